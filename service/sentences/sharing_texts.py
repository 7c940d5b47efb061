"""The words of further approvals and of forwarding, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.definition import Label

SENTENCES: Mapping[str, Label] = {
    "approver-added": Label(
        "{actor} meminta persetujuan tambahan dari {office} {place} tahap {step} pada {request}{text}.",
        "{actor} asked {office} for an additional approval {place} the step {step} of {request}{text}.",
    ),
    "request-forwarded": Label(
        "{actor} meneruskan penyiapan putusan tahap {step} atas {request} kepada {office}{text}.",
        "{actor} handed the preparation of the verdict on {request}, step {step}, to {office}{text}.",
    ),
    "preparation-noted": Label(
        "{actor} memberi catatan untuk putusan tahap {step} atas {request}{text}{back}.",
        "{actor} noted for the verdict on {request}, step {step}{text}{back}.",
    ),
}
CLAUSES: Mapping[str, Label] = {
    "extra before": Label("sebelum", "before"),
    "extra after": Label("sesudah", "after"),
    "handed back": Label("; penyiapannya selesai", "; the preparation is done"),
}

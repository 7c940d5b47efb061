"""The words of facts about what happened elsewhere, and how other systems call things."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.definition import Label

SENTENCES: Mapping[str, Label] = {
    "named-elsewhere": Label(
        "{kind} {name} bernomor {external_id} di sistem {system}.",
        "The {kind} {name} has the id {external_id} in the system {system}.",
    ),
    "history-imported": Label(
        "{actor} mengimpor riwayat dari berkas {file} (sidik jari {digest}){title}.",
        "{actor} imported a history from the file {file} (fingerprint {digest}){title}.",
    ),
    "state-imported": Label(
        "Menurut riwayat yang diimpor: {state} sejak {true_on}{move}{source}{note}.",
        "By the imported history: {state} since {true_on}{move}{source}{note}.",
    ),
    "state-corrected": Label(
        "Menurut riwayat yang diimpor, sebagai koreksi: {before} menjadi {state} sejak {true_on}{reason}"
        "{source}{note}.",
        "By the imported history, as a correction: {before} became {state} on {true_on}{reason}{source}{note}.",
    ),
    "external-id-given": Label(
        "{actor} mencatat nomor{item} di sistem {system}: {external_id}.",
        "{actor} recorded the id{item} in the system {system}: {external_id}.",
    ),
}

CLAUSES: Mapping[str, Label] = {
    "kind party": Label("Pihak", "party"),
    "kind subject": Label("Pokok", "subject"),
    "titled": Label(": “{it}”", ": “{it}”"),
    "by source": Label(", menurut “{it}”", ", by “{it}”"),
    "of item": Label(" {it}", " of {it}"),
}

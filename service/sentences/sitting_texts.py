"""The words of facts about sittings and what is signed, in both languages, by stored name."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.definition import Label

SENTENCES: Mapping[str, Label] = {
    "signature-recorded": Label(
        "{actor} menandatangani lembar komitmen {party} {mode}{place}"
        " pada {signed_on}{sitting}{recorded}{evidence} ({kind}).",
        "{actor} signed the commitment sheet of {party} {mode}{place}"
        " on {signed_on}{sitting}{recorded}{evidence} ({kind}).",
    ),
    "witness-recorded": Label(
        "{actor} menyaksikan penandatanganan lembar komitmen {party} {mode}{place}"
        " pada {signed_on}{sitting}{recorded}.",
        "{actor} witnessed the signing of the commitment sheet of {party} {mode}{place}"
        " on {signed_on}{sitting}{recorded}.",
    ),
    "sitting-opened": Label(
        "{actor} membuka risalah sidang {title} {mode}{place}, dimulai {held_at}.",
        "{actor} opened the record of the sitting {title} {mode}{place}, begun {held_at}.",
    ),
    "sitting-attendance-recorded": Label(
        "{actor} mencatat yang hadir dalam sidang: {attendees}.",
        "{actor} recorded who was at the sitting: {attendees}.",
    ),
    "sitting-corrected": Label(
        "{actor} membetulkan risalah sidang{changes}{struck}{reason}.",
        "{actor} put the record of the sitting right{changes}{struck}{reason}.",
    ),
    "sitting-closed": Label(
        "{actor} menutup risalah sidang, berakhir {ended_at}{minutes}{evidence}.",
        "{actor} closed the record of the sitting, ended {ended_at}{minutes}{evidence}.",
    ),
}
CLAUSES: Mapping[str, Label] = {
    "signature internal": Label("pengakuan internal", "internal acknowledgement"),
    "signature scan": Label("pindaian tanda tangan basah", "scan of wet ink"),
    "signature certified": Label("tanda tangan elektronik tersertifikasi", "certified electronic signature"),
    "in sitting": Label(", dalam sidang", ", in a sitting"),
    "in sitting on": Label(", dalam sidang pada {it}", ", in a sitting on {it}"),
    "sitting changes": Label(": {it}", ": {it}"),
    "sitting title": Label("nama menjadi {it}", "the title becomes {it}"),
    "sitting mode": Label("cara menjadi {it}", "the mode becomes {it}"),
    "sitting place": Label("tempat menjadi {it}", "the place becomes {it}"),
    "sitting minutes": Label("notulen diganti", "the minutes are replaced"),
    "sitting file": Label("berkas {it}", "the file {it}"),
    "sitting struck": Label(", tidak hadir: {it}", ", not there: {it}"),
    "sitting minutes said": Label(": {it}", ": {it}"),
    "sitting evidence": Label(" (berkas {it})", " (file {it})"),
}

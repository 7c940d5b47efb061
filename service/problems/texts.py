"""Sentences for what the service itself refuses; the domain and identity bring their own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from service import identity
from workflows import blockers
from workflows.definition import Label

SENTENCES: Mapping[str, Label] = MappingProxyType(
    {
        code: Label(id=indonesian, en=english)
        for code, indonesian, english in (
            # how it was asked
            ("request_malformed", "Permintaan tidak dapat dibaca.", "The request can't be read."),
            ("body_malformed", "Isi permintaan bukan JSON yang sah: {reason}.", "The body isn't valid JSON: {reason}."),
            (
                "cursor_malformed",
                "Penanda halaman tidak dikenal; mulailah dari halaman pertama.",
                "The cursor is unknown; begin with the first page.",
            ),
            (
                "idempotency_key_missing",
                "Kepala Idempotency-Key wajib ada; ulangan dengan kunci yang sama tidak mencatat dua kali.",
                "The header Idempotency-Key is needed: a repeat with the same key records nothing twice.",
            ),
            (
                "idempotency_key_malformed",
                "Idempotency-Key harus 1 sampai {most} karakter ASCII yang tampak.",
                "An Idempotency-Key has 1 to {most} visible ASCII characters.",
            ),
            (
                "idempotency_key_reused",
                "Idempotency-Key ini sudah dipakai untuk permintaan lain.",
                "This Idempotency-Key was used for another request.",
            ),
            (
                "if_match_missing",
                "Kepala If-Match dengan ETag yang Saudara lihat wajib ada.",
                "The header If-Match with the ETag that you saw is needed.",
            ),
            (
                "if_match_malformed",
                "If-Match harus memuat satu ETag seperti yang diberikan.",
                "If-Match takes one ETag as it was given.",
            ),
            (
                "position_header_malformed",
                "X-Kawal-Position harus bilangan bulat.",
                "X-Kawal-Position takes a whole number.",
            ),
            (
                "stale_version",
                "Keadaannya sudah berubah sejak Saudara melihatnya; mohon lihat dahulu yang baru.",
                "It has changed since you saw it; please look at it anew.",
            ),
            ("uri_too_long", "Alamat terlalu panjang.", "The address is too long."),
            ("header_too_large", "Kepala permintaan terlalu besar.", "The request's headers are too large."),
            ("range_not_satisfiable", "Rentang yang diminta tidak ada.", "There is no such range."),
            ("method_not_allowed", "Metode {method} tidak berlaku di alamat ini.", "{method} isn't possible here."),
            ("not_acceptable", "Bentuk jawaban yang diminta tidak tersedia.", "The wanted form isn't available."),
            (
                "media_type_unsupported",
                "Jenis isi {found} tidak diterima; kirim {wanted}.",
                "The media type {found} isn't accepted; send {wanted}.",
            ),
            (
                "body_too_large",
                "Isi permintaan melebihi batas {most} bita.",
                "The body is larger than the limit of {most} bytes.",
            ),
            (
                "fact_too_large",
                "Isian terlalu panjang untuk dicatat ({bytes} bita).",
                "What was filled in is too long to be recorded ({bytes} bytes).",
            ),
            ("input_invalid", "Isian belum benar: {fields}.", "Some fields aren't right: {fields}."),
            # what was named
            (
                "not_found",
                "Yang diminta tidak ada atau tidak tersedia bagi Saudara.",
                "There is none that you may see.",
            ),
            (
                "organisation_unknown",
                "Organisasi {organisation} tidak dikenal{suggestion}.",
                "The organisation {organisation} is unknown{suggestion}.",
            ),
            ("subject_unknown", "{subject} tidak dikenal.", "{subject} is unknown."),
            (
                "state_unknown",
                "Keadaan {state} tidak dikenal; yang ada: {known}.",
                "No state {state}; there are: {known}.",
            ),
            (
                "as_of_malformed",
                "{found} bukan tanggal atau waktu dengan selisih zona.",
                "{found} is neither a date nor a time with its offset.",
            ),
            (
                "as_of_filter_unknown",
                "Saringan {fields} tidak berlaku untuk keadaan masa lalu.",
                "The filters {fields} have no past.",
            ),
            (
                "certified_signature_not_configured",
                "Tanda tangan elektronik tersertifikasi belum disiapkan di sini; caranya ada di {guide}.",
                "No certified electronic signature is set up here; {guide} says how.",
            ),
            (
                "sheet_nothing_ready",
                "Belum ada komitmen pada lembar {sheet} yang siap.",
                "No commitment of the sheet {sheet} is ready.",
            ),
            (
                "report_draft_moved",
                "Konsep laporan ini sudah disimpan oleh {office} (simpanan ke-{saved}); mohon lihat dahulu yang baru.",
                "This draft report was saved by {office} meanwhile (save {saved}); please look at it anew.",
            ),
            (
                "report_workbook_empty",
                "Tidak ada laporan periode {period} yang dapat disiapkan oleh jabatan ini.",
                "There is no report of the period {period} that this office can prepare.",
            ),
            (
                "report_workbook_refused",
                "Ada {count} hal pada berkas yang tidak dapat diterima; belum ada yang tersimpan.",
                "{count} things in the file can't be taken; nothing was saved.",
            ),
            (
                "report_workbook_unreadable",
                "Berkas {name} tidak dapat dibaca sebagai report.xlsx: mohon unggah lembar yang diunduh dari sini.",
                "The file {name} can't be read as a report.xlsx: please upload the workbook that you downloaded here.",
            ),
            (
                "log_rewound",
                "Log tidak lagi memuat kejadian pada posisi {position} yang Saudara kenal.",
                "The log no longer holds the event at position {position} that you know.",
            ),
            # files
            ("evidence_empty", "Berkas kosong.", "The file is empty."),
            (
                "evidence_too_large",
                "Berkas melebihi batas {limit_bytes} bita.",
                "The file is larger than the limit of {limit_bytes} bytes.",
            ),
            (
                "evidence_type_refused",
                "Jenis berkas ini tidak diterima; yang diterima: {allowed}.",
                "This type of file isn't accepted; accepted are: {allowed}.",
            ),
            (
                "evidence_unknown",
                "Berkas {digest} belum diunggah.",
                "The file {digest} wasn't uploaded.",
            ),
            (
                "evidence_damaged",
                "Berkas {digest} di penyimpanan bukan lagi berkas yang tercatat; mohon beri tahu pengelola.",
                "The stored file {digest} is no longer the one that was recorded; please tell the operator.",
            ),
            # who asks
            (
                "token_missing",
                "Token wajib ada: Authorization: Bearer kwl_...",
                "A token is needed: Authorization: Bearer kwl_...",
            ),
            # what is away
            (
                "database_locked",
                "Basis data sedang dipakai; silakan ulangi sebentar lagi.",
                "The database is in use; please repeat in a moment.",
            ),
            (
                "database_away",
                "Basis data tidak dapat dihubungi; tidak ada yang tercatat.",
                "The database can't be reached; nothing was recorded.",
            ),
            ("disk_full", "Ruang simpan penuh; tidak ada yang tercatat.", "The disk is full; nothing was recorded."),
            ("busy", "Sedang ramai; silakan ulangi sebentar lagi.", "It is busy; please repeat in a moment."),
            (
                "outcome_unknown",
                "Belum diketahui apakah tercatat; ulangi dengan Idempotency-Key yang sama.",
                "It isn't known whether it was recorded; repeat with the same Idempotency-Key.",
            ),
            ("log_missing", "Log belum disiapkan.", "The log hasn't been made yet."),
            ("server_error", "Terjadi kesalahan pada kawal.", "Something went wrong in kawal."),
        )
    }
)


def codes() -> Mapping[str, Label]:
    """Every code that a door can answer, with its sentence in both languages."""
    return {**blockers.SENTENCES, **identity.SENTENCES, **SENTENCES}

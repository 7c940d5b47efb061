"""Refusals about sittings."""

from __future__ import annotations

TEXTS: tuple[tuple[str, str, str], ...] = (
    (
        "signature_kind_unknown",
        "Jenis tanda tangan {kind} tidak dikenal; yang ada: {known}.",
        "The kind of signature {kind} is unknown; there are: {known}.",
    ),
    (
        "signature_kind_not_of_file",
        "Jenis tanda tangan {kind} tidak sesuai dengan berkasnya: pengakuan internal tanpa, pindaian dengan.",
        "The kind of signature {kind} doesn't fit its file: an acknowledgement has none, a scan is one.",
    ),
    (
        "scan_not_paper",
        "Pindaian berupa {media_type}; yang diterima: {known}.",
        "The scan is {media_type}; what is taken: {known}.",
    ),
    ("sitting_unknown", "Sidang {sitting} tidak dikenal.", "The sitting {sitting} is unknown."),
    ("sitting_exists", "Sidang {sitting} sudah ada.", "The sitting {sitting} exists already."),
    (
        "sitting_of_others",
        "Risalah sidang ini diisi oleh organisasi {office}.",
        "The record of this sitting is kept by the organisation of {office}.",
    ),
    (
        "sitting_of_another_programme",
        "Sidang {sitting} adalah sidang program lain.",
        "The sitting {sitting} is one of another programme.",
    ),
    (
        "sitting_in_future",
        "Waktu sidang belum tiba: {held_at}.",
        "The time of the sitting hasn't come yet: {held_at}.",
    ),
    (
        "sitting_closed",
        "Risalah sidang {sitting} sudah ditutup.",
        "The record of the sitting {sitting} is closed.",
    ),
    (
        "sitting_not_closed",
        "Risalah sidang {sitting} belum ditutup; notulen diisi ketika menutupnya.",
        "The record of the sitting {sitting} isn't closed yet; its minutes come with its closing.",
    ),
    (
        "sitting_ends_before",
        "Sidang berakhir ({ended_at}) sebelum dimulai atau sebelum putusan terakhir di dalamnya ({held_at}).",
        "The sitting ends ({ended_at}) before it began, or before the last that was made in it ({held_at}).",
    ),
    ("title_missing", "Nama sidang belum diisi.", "The sitting's title is empty."),
    ("sitting_place_missing", "Tempat sidang belum diisi.", "The sitting's place is empty."),
    ("minutes_missing", "Notulen belum diisi atau diunggah.", "The minutes are neither written nor uploaded."),
    ("attendees_missing", "Daftar hadir masih kosong.", "Nobody is in the attendance yet."),
    ("attendee_unknown", "Jabatan {named} tidak terdaftar.", "The office {named} isn't registered."),
    ("attendee_twice", "{office} tercantum dua kali.", "{office} stands in it twice."),
    (
        "attendee_not_recorded",
        "{office} tidak tercantum dalam daftar hadir.",
        "{office} isn't in the attendance.",
    ),
    (
        "attendee_not_holder_then",
        "Pada hari sidang tidak ada pemegang jabatan {office} dengan kedudukan itu ({capacity}; yang ada: {held}).",
        "On the day of the sitting nobody held {office} in that capacity ({capacity}; there was: {held}).",
    ),
    (
        "presence_unknown",
        "Kehadiran {presence} tidak dikenal; yang ada: {known}.",
        "The presence {presence} is unknown; there are: {known}.",
    ),
    (
        "not_in_attendance",
        "{office} tidak tercantum, atau diwakili pejabat lain, dalam daftar hadir sidang {sitting}.",
        "{office} isn't in the attendance of the sitting {sitting}, or was there by another holder.",
    ),
    (
        "decided_before_sitting",
        "Waktu putusan {decided_at} mendahului sidangnya ({held_at}).",
        "The time of the decision {decided_at} is before its sitting ({held_at}).",
    ),
    (
        "decided_before_asked",
        "Waktu putusan {decided_at} mendahului saat putusan itu diminta ({asked_at}).",
        "The time of the decision {decided_at} is before it was asked for ({asked_at}).",
    ),
    (
        "decided_in_future",
        "Waktu putusan belum tiba: {decided_at}.",
        "The time of the decision hasn't come yet: {decided_at}.",
    ),
    (
        "decider_not_holder_then",
        "Saudara belum atau tidak lagi memegang jabatan {office} pada waktu putusan ({decided_at}).",
        "You did not hold the office {office} at the time of the decision ({decided_at}).",
    ),
)

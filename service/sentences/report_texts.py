"""The words of facts about reports, their periods and the looks at their claims."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.definition import Label

SENTENCES: Mapping[str, Label] = {
    "evidence-attached": Label(
        "{actor} melampirkan bukti dukung {item}{evidence}.",
        "{actor} attached evidence of {item}{evidence}.",
    ),
    "claim-checked": Label(
        "{actor} memeriksa capaian {item} dan menyatakannya sesuai: {value}{second}{note}.",
        "{actor} checked the progress on {item} and found it right: {value}{second}{note}.",
    ),
    "claims-sampled": Label(
        "Undian uji petik periode {period} (benih {seed}, {share} dari seribu) jatuh pada {claims}.",
        "The lot of the period {period} (seed {seed}, {share} of a thousand) fell on {claims}.",
    ),
    "report-submitted": Label(
        "{actor} menyampaikan laporan {period}{late}: {claims}, {nihil}; tanda terima {receipt}{prepared}{note}.",
        "{actor} submitted the report {period}{late}: {claims}, {nihil}; receipt {receipt}{prepared}{note}.",
    ),
    "report-due-moved": Label(
        "Laporan {period} kini jatuh tempo {due_on}{reason}.",
        "The report {period} is due on {due_on} now{reason}.",
    ),
    "period-extended": Label(
        "{actor} memperpanjang periode {period} untuk {parties}: jatuh tempo {due_on}, ditutup {closes_on}{reason}.",
        "{actor} extended the period {period} for {parties}: due {due_on}, closing {closes_on}{reason}.",
    ),
    "period-closed": Label(
        "{actor} menutup periode {period} untuk {parties}{reason}.",
        "{actor} closed the period {period} for {parties}{reason}.",
    ),
    "period-reopened": Label(
        "{actor} membuka kembali periode {period} untuk {parties} sampai {closes_on}{reason}.",
        "{actor} opened the period {period} for {parties} again until {closes_on}{reason}.",
    ),
    "sample-drawn": Label(
        "{actor} mengundi uji petik periode {period}: benih {seed}, {share} dari seribu klaim.",
        "{actor} drew the sample of the period {period}: seed {seed}, {share} of a thousand claims.",
    ),
}

CLAUSES: Mapping[str, Label] = {
    "evidence follows": Label(", bukti dukung menyusul", ", its evidence is to follow"),
    "second look": Label("; menunggu verifikasi {it}", "; {it} is to verify it"),
    "claim": Label("klaim {number}", "claim {number}"),
    "check of claim": Label("pemeriksaan klaim {number}{item}", "the check of claim {number}{item}"),
    "verification of claim": Label("verifikasi klaim {number}{item}", "the verification of claim {number}{item}"),
    "no claim": Label("tidak satu klaim pun", "no claim"),
    "no claims": Label("tanpa butir", "no items"),
    "nihil": Label("nihil {it}", "nihil {it}"),
    "no nihil": Label("tanpa nihil", "none nihil"),
    "prepared by": Label(", disiapkan oleh {it}", ", prepared by {it}"),
    "report": Label("laporan {period}", "the report {period}"),
    "answer by": Label(", dijawab paling lambat {it}", ", to be answered by {it}"),
    "no day": Label("tidak ada", "none"),
    "all parties": Label("semua pihak", "all parties"),
}

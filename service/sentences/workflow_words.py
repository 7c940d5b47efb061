"""What a workflow's keywords are called: meanings, acts, guards, conditions, effects, ways of telling."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.definition import Label
from workflows.sentences.words import WORDS

MEANINGS: Mapping[str, Label] = {
    "open": Label("terbuka", "open"),
    "working": Label("terbuka, sedang dikerjakan", "open, work goes on"),
    "closed": Label("ditutup", "closed"),
    "success": Label("ditutup, tercapai", "closed, achieved"),
    "exit": Label("ditutup, keluar", "closed, an exit"),
}
MARKS: Mapping[str, Label] = {
    "initial": Label("keadaan awal", "the first state"),
    "private": Label("hanya dilihat jajaran pihaknya sendiri", "seen by the party's own line alone"),
    "claims": Label("capaian dapat diklaim", "progress may be claimed"),
    "owed": Label("butir rencana menjadi kewajiban", "the plan's items are owed"),
}
ACTS: Mapping[str, Label] = {**WORDS["act"], "import": Label("menyusun konsep dari berkas", "draft from files")}
GUARDS: Mapping[str, Label] = {
    "plan_complete": Label("rencana aksi lengkap", "the plan is complete"),
    "ends_after_signature": Label(
        "tidak ada butir yang berakhir sebelum tanda tangan", "no item ends before the signature"
    ),
    "signature_effective": Label("sudah ditandatangani", "it is signed"),
    "pic_named": Label("penanggung jawab ditetapkan", "a person in charge is named"),
    "plan_differs": Label("rencana berbeda dari yang berlaku", "the plan differs from the one in force"),
    "all_items_verified": Label("semua butir diverifikasi tuntas", "every item is verified complete"),
    "no_open_finding": Label("tidak ada temuan terbuka", "no finding is open"),
    "money_settled": Label("seluruh uang yang ditetapkan terbukti dibayar", "all money established is proven paid"),
    "new_items": Label("rencana memuat butir baru", "the plan has a new item"),
    "not_on_hold": Label("tidak sedang ditunda", "it isn't on hold"),
}
CONDITIONS: Mapping[str, Label] = {
    "not_initial": Label("sudah meninggalkan keadaan awal", "it has left the first state"),
    "core_component_changes": Label("komponen inti berubah", "a core component changes"),
    "core_component_dropped": Label("komponen inti dihapus", "a core component is dropped"),
    "target_falls_over_quarter": Label(
        "target turun lebih dari seperempat atau diukur lain",
        "a target falls by more than a quarter or is measured otherwise",
    ),
    "ends_after_year": Label("berakhir setelah tahun anggaran", "it ends after the fiscal year"),
    "third_amendment": Label("perubahan ketiga", "it is the third amendment"),
    "long_hold": Label("penundaan lama", "the hold is long"),
}
ANSWERS: Mapping[str, Label] = {
    "finding": Label("jawaban atas temuan", "answer to a finding"),
    "direction": Label("jawaban atas arahan", "answer to a direction"),
    "help": Label("jawaban atas permintaan bantuan", "answer to a call for help"),
}
VERDICTS: Mapping[str, Label] = {
    "approve": Label("setujui", "approve"),
    "return": Label("kembalikan", "return"),
    "reject": Label("tolak", "reject"),
}
STYLES: Mapping[str, Label] = {
    "message": Label("pesan", "a message"),
    "list": Label("daftar", "a list"),
    "digest": Label("rangkuman", "a digest"),
}
TYPES: Mapping[str, Label] = {
    "text": Label("teks", "text"),
    "number": Label("angka", "number"),
    "money": Label("rupiah", "rupiah"),
    "date": Label("tanggal", "date"),
    "choice": Label("pilihan", "choice"),
    "letter": Label("nomor dan tanggal surat", "number and date of a letter"),
    "office": Label("jabatan", "office"),
}
OBJECTS: Mapping[str, Label] = {
    "commitment": Label("komitmen", "commitment"),
    "item": Label("butir rencana", "plan item"),
    "claim": Label("klaim", "claim"),
    "request": Label("permohonan", "request"),
}


def word(words: Mapping[str, Label], code: str) -> Label:
    """What a keyword is called; itself where nobody named it."""
    return words.get(code, Label(code, code))

"""What codes inside a sentence are called, where no definition says it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from workflows.definition import Label

WORDS: Mapping[str, Mapping[str, Label]] = MappingProxyType(
    {
        "verdict": {
            "approve": Label("setujui", "approve"),
            "return": Label("kembalikan", "return"),
            "reject": Label("tolak", "reject"),
        },
        "status": {
            "open": Label("terbuka", "open"),
            "approved": Label("disetujui", "approved"),
            "returned": Label("dikembalikan untuk perbaikan", "returned for revision"),
            "rejected": Label("ditolak", "rejected"),
            "withdrawn": Label("ditarik pemohon", "taken back by its asker"),
            "closed": Label("ditutup", "closed"),
            "void": Label("batal dengan sendirinya", "void"),
            "checked": Label("diperiksa", "checked"),
            "verified": Label("diverifikasi", "verified"),
            "recorded": Label("dicatat", "recorded"),
            "proven": Label("terbukti", "proven"),
            "superseded": Label("tidak berlaku lagi", "no longer in force"),
            "confirmed": Label("disahkan", "confirmed"),
            "declined": Label("tidak disetujui", "declined"),
            "ended": Label("selesai", "ended"),
            "installed": Label("dipasang", "installed"),
            "overtaken": Label("didahului usulan lain", "overtaken by another one"),
            "claimed": Label("menunggu verifikasi", "waiting for verification"),
            "revoked": Label("verifikasinya dicabut", "its verification revoked"),
            "answered": Label("dijawab", "answered"),
            "lapsed": Label("gugur bersama komitmennya", "lapsed with its commitment"),
        },
        "object": {
            "commitment": Label("komitmen", "commitment"),
            "item": Label("butir", "item"),
            "claim": Label("klaim", "claim"),
            "request": Label("permohonan", "request"),
        },
        "expected": {
            "text": Label("teks", "text"),
            "number": Label("angka", "a number"),
            "money": Label("rupiah bulat", "whole rupiah"),
            "date": Label("tanggal", "a date"),
            "choice": Label("salah satu pilihan", "one of the choices"),
            "letter": Label("tanggal dan nomor surat", "a letter's date and number"),
            "office": Label("jabatan yang terdaftar", "a registered office"),
        },
        "act": {
            "draft": Label("menyusun konsep", "draft"),
            "edit_draft": Label("mengubah konsep", "edit the draft"),
            "claim": Label("mengklaim capaian", "claim progress"),
            "verify_claim": Label("memverifikasi capaian", "verify progress"),
            "check_claim": Label("memeriksa capaian", "check progress"),
            "approve": Label("menyetujui", "approve"),
            "sign": Label("menandatangani", "sign"),
            "return": Label("mengembalikan", "return"),
            "reject": Label("menolak", "reject"),
            "withdraw_request": Label("menarik permohonan", "take the request back"),
            "give_opinion": Label("memberi pendapat", "give an opinion"),
            "retract_decision": Label("menarik kembali putusan", "take a decision back"),
            "share": Label(
                "meminta persetujuan tambahan atau meneruskan", "ask for an additional approval, or forward"
            ),
            "note_preparation": Label("memberi catatan penyiapan", "note in preparation"),
            "ask": Label("mengajukan", "ask for"),
            "prepare_report": Label("menyiapkan laporan", "prepare a report"),
            "submit_report": Label("menyampaikan laporan", "submit a report"),
            "attach_evidence": Label("melampirkan bukti dukung", "attach evidence"),
            "manage_periods": Label("mengatur periode laporan", "manage reporting periods"),
            "reopen_period": Label("membuka kembali periode laporan", "open a reporting period again"),
            "hold_sitting": Label("mengisi risalah sidang", "keep a sitting's record"),
            "draw_sample": Label("mengundi uji petik", "draw the sample"),
            "import_history": Label("mengimpor riwayat", "import a history"),
            "give_external_id": Label("memberi nomor sistem lain", "give another system's id"),
            "witness": Label("menyaksikan tanda tangan", "witness a signature"),
            "open_programme": Label("membuka program", "open a programme"),
            "establish_money": Label("menetapkan nilai uang", "establish an amount"),
            "pay": Label("mencatat pembayaran", "record a payment"),
            "prove_payment": Label("menilai pembayaran", "judge a payment"),
            "receive_document": Label("mencatat tanda terima", "record a receipt"),
            "administer": Label("mengelola sistem", "administer"),
            "install_definition": Label("memasang definisi", "install a definition"),
            "revoke_verification": Label("mencabut verifikasi", "revoke a verification"),
            "record_finding": Label("mencatat temuan", "record a finding"),
            "give_direction": Label("memberi arahan", "give a direction"),
            "report_obstacle": Label("melaporkan kendala", "report an obstacle"),
            "close_obstacle": Label("menutup kendala", "close an obstacle"),
            "ask_help": Label("meminta bantuan", "ask for help"),
            "answer_help": Label("memberi bantuan", "help"),
            "note_visit": Label("mencatat kunjungan", "note a visit"),
            "note": Label("memberi catatan", "make a note"),
            "answer": Label("menjawab", "answer"),
            "send_back": Label("mengembalikan jawaban", "send an answer back"),
            "close": Label("menutup", "close"),
        },
    }
)

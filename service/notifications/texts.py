"""The words of notices, in both languages: headlines, what is asked, what comes next, and why one was told."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.definition import Label

HEADLINES: Mapping[str, Label] = {
    "commitment-drafted": Label("Konsep komitmen dibuka", "Draft commitment opened"),
    "draft-edited": Label("Konsep komitmen diperbarui", "Draft commitment edited"),
    "plan-drafted": Label("Rencana aksi disusun", "Action plan drawn up"),
    "request-opened": Label("Permohonan diajukan: {move}", "Request made: {move}"),
    "step-reached": Label("Menunggu putusan: {move}", "Waiting for a verdict: {move}"),
    "opinion-invited": Label("Pendapat diminta: {move}", "Opinion invited: {move}"),
    "opinion-given": Label("Pendapat diberikan: {move}", "Opinion given: {move}"),
    "request-approved": Label("Tahap disetujui: {move}", "Step approved: {move}"),
    "member-rejected": Label("Satu jabatan menolak: {move}", "One office rejected: {move}"),
    "approver-added": Label("Persetujuan tambahan diminta: {move}", "Additional approval asked for: {move}"),
    "request-forwarded": Label("Diteruskan untuk disiapkan: {move}", "Forwarded to be prepared: {move}"),
    "preparation-noted": Label("Catatan penyiapan: {move}", "Noted in preparation: {move}"),
    "members-released": Label("Putusan tidak diperlukan lagi: {move}", "Verdict needed no longer: {move}"),
    "request-returned": Label("Dikembalikan untuk perbaikan: {move}", "Returned for revision: {move}"),
    "request-rejected": Label("Ditolak: {move}", "Rejected: {move}"),
    "decision-retracted": Label("Putusan ditarik kembali: {move}", "Decision taken back: {move}"),
    "request-voided": Label("Permohonan batal dengan sendirinya: {move}", "Request void: {move}"),
    "request-withdrawn": Label("Permohonan ditarik kembali: {move}", "Request taken back: {move}"),
    "signature-recorded": Label("Lembar komitmen ditandatangani", "Commitment sheet signed"),
    "witness-recorded": Label("Penandatanganan disaksikan", "Signing witnessed"),
    "request-fulfilled": Label("{move} berlaku", "{move} took effect"),
    "item-extended": Label("Waktu butir diperpanjang", "Item extended"),
    "commitment-corrected": Label("Penulisan dibetulkan", "A slip was put right"),
    "hold-begun": Label("Pelaksanaan ditunda", "The work is on hold"),
    "hold-ended": Label("Penundaan diakhiri", "The hold ended"),
    "due-moved": Label("Jatuh tempo bergeser", "Due dates moved"),
    "money-established": Label("Nilai uang ditetapkan", "An amount was established"),
    "payment-recorded": Label("Pembayaran menunggu penilaian", "A payment waits to be judged"),
    "payment-proven": Label("Pembayaran terbukti", "A payment is proven"),
    "payment-returned": Label("Pembayaran belum terbukti", "A payment isn't proven"),
    "obligations-met": Label("Kewajiban terpenuhi", "Duties fulfilled"),
    "document-received": Label("Dokumen diterima", "Document received"),
    "state-changed": Label("Status kini {to_state}", "Now {to_state}"),
    "plan-amended": Label("Rencana aksi diubah", "Action plan amended"),
    "obligations-arisen": Label("Kewajiban mulai berjalan", "Duties began"),
    "claim-made": Label("Capaian diajukan, {matter}", "Progress claimed, {matter}"),
    "claim-verified": Label("Capaian diverifikasi, {matter}", "Progress verified, {matter}"),
    "claim-returned": Label("Klaim dikembalikan untuk perbaikan, {matter}", "Claim returned for revision, {matter}"),
    "definition-migrated": Label("Komitmen mengikuti versi definisi lain", "Now by another version of the definition"),
    "verification-revoked": Label("Verifikasi dicabut, {matter}", "Verification revoked, {matter}"),
    "finding-recorded": Label("Dicatat: {matter}", "Recorded: {matter}"),
    "finding-answered": Label("Dijawab: {matter}", "Answered: {matter}"),
    "finding-returned": Label("Jawaban dikembalikan: {matter}", "Answer sent back: {matter}"),
    "finding-closed": Label("Ditutup: {matter}", "Closed: {matter}"),
    "direction-given": Label("Diberikan: {matter}", "Given: {matter}"),
    "direction-answered": Label("Dijawab: {matter}", "Answered: {matter}"),
    "direction-returned": Label("Jawaban belum diterima: {matter}", "Answer not accepted: {matter}"),
    "direction-settled": Label("Selesai: {matter}", "Settled: {matter}"),
    "obstacle-reported": Label("Dilaporkan: {matter}", "Reported: {matter}"),
    "obstacle-closed": Label("Ditutup: {matter}", "Closed: {matter}"),
    "help-requested": Label("Diajukan: {matter}", "Asked: {matter}"),
    "help-answered": Label("Dijawab: {matter}", "Answered: {matter}"),
    "visit-noted": Label("Kunjungan dicatat", "Visit noted"),
    "note-made": Label("Catatan diberikan", "Note made"),
    "evidence-attached": Label("Bukti dukung dilampirkan, {matter}", "Evidence attached, {matter}"),
    "claim-checked": Label("Capaian diperiksa, {matter}", "Progress checked, {matter}"),
    "claims-sampled": Label("Uji petik diundi, {matter}", "Sample drawn, {matter}"),
    "report-submitted": Label("Tanda terima: {matter} disampaikan", "Receipt: {matter} submitted"),
    "report-due-moved": Label("Tenggat berubah: {matter}, {due_day}", "Another due day: {matter}, {due_day}"),
    "history-imported": Label("Riwayat diimpor", "History imported"),
    "state-imported": Label("Status menurut riwayat yang diimpor", "State by the imported history"),
    "state-corrected": Label(
        "Status dikoreksi menurut riwayat yang diimpor", "State corrected by the imported history"
    ),
    "external-id-given": Label("Nomor di sistem lain dicatat", "Another system's id recorded"),
    "escalation-raised": Label("Pengingat: {matter}, jatuh tempo {due_day}", "Reminder: {matter}, due {due_day}"),
}
"""The subject line's beginning by the fact's stored name."""

ACTIONS: Mapping[str, Label] = {
    "step-reached": Label("Mohon putusan: {move}", "Your verdict is asked: {move}"),
    "opinion-invited": Label("Mohon pendapat: {move}", "Your opinion is asked: {move}"),
    "request-returned": Label("Mohon perbaikan: {move}", "Please revise: {move}"),
    "request-forwarded": Label("Mohon penyiapan putusan: {move}", "Please prepare the verdict: {move}"),
    "preparation-noted": Label("Penyiapan putusan selesai: {move}", "The verdict is prepared: {move}"),
    "claim-made": Label("Mohon pemeriksaan capaian, {matter}", "Please check progress, {matter}"),
    "claim-returned": Label("Mohon perbaikan klaim, {matter}", "Please revise the claim, {matter}"),
    "verification-revoked": Label("Mohon klaim baru, {matter}", "Please claim again, {matter}"),
    "finding-recorded": Label("Mohon jawaban: {matter}", "Your answer is asked: {matter}"),
    "finding-answered": Label("Mohon penilaian jawaban: {matter}", "Please judge the answer: {matter}"),
    "finding-returned": Label("Mohon jawaban baru: {matter}", "A new answer is asked: {matter}"),
    "direction-given": Label("Mohon tindak lanjut: {matter}", "Please follow: {matter}"),
    "direction-answered": Label("Mohon penilaian jawaban: {matter}", "Please judge the answer: {matter}"),
    "direction-returned": Label("Mohon jawaban baru: {matter}", "A new answer is asked: {matter}"),
    "help-requested": Label("Mohon bantuan: {matter}", "Your help is asked: {matter}"),
    "report-submitted": Label("Mohon pemeriksaan {matter}", "Please check {matter}"),
    "evidence-attached": Label("Mohon pemeriksaan capaian, {matter}", "Please check progress, {matter}"),
    "claim-checked": Label("Mohon verifikasi capaian, {matter}", "Please verify progress, {matter}"),
    "claims-sampled": Label("Mohon verifikasi hasil undian, {matter}", "Please verify what was drawn, {matter}"),
}
"""The same where it is the reader's turn to do something."""

ASKS: Mapping[str, Label] = {
    "step-reached": Label(
        "Permohonan ini menunggu putusan Bapak/Ibu paling lambat {due}. Pilihannya: {verdicts}.",
        "This request waits for your verdict by {due}. The choices: {verdicts}.",
    ),
    "opinion-invited": Label(
        "Pendapat Bapak/Ibu sangat diharapkan paling lambat {due}. Permohonan berjalan terus tanpa menunggunya.",
        "Your opinion is welcome by {due}. The request goes on without waiting for it.",
    ),
    "request-returned": Label(
        "Mohon perbaiki isi permohonan, lalu ajukan kembali. Isi yang sama tidak dapat diajukan dua kali.",
        "Please revise the request and make it again. The same content can't be asked for twice.",
    ),
    "claim-made": Label(
        "Mohon periksa capaian ini terhadap bukti dukungnya, lalu verifikasi atau kembalikan untuk perbaikan.",
        "Please check this progress against its evidence, then verify it or return it for revision.",
    ),
    "claim-returned": Label(
        "Mohon lengkapi bukti dukung atau perbaiki angkanya, lalu ajukan klaim kembali.",
        "Please complete the evidence or correct the figure, then claim again.",
    ),
    "verification-revoked": Label(
        "Mohon periksa buktinya, lalu ajukan klaim baru atas butir ini.",
        "Please look at the evidence, then claim this item's progress again.",
    ),
    "finding-recorded": Label("Mohon jawab temuan ini paling lambat {due}.", "Please answer this finding by {due}."),
    "finding-answered": Label(
        "Mohon nilai jawabannya: tutup temuan ini, atau kembalikan jawabannya.",
        "Please judge the answer: close this finding, or send the answer back.",
    ),
    "finding-returned": Label("Mohon jawab kembali paling lambat {due}.", "Please answer again by {due}."),
    "direction-given": Label(
        "Mohon laksanakan arahan ini dan laporkan paling lambat {due}.",
        "Please follow this direction and say how by {due}.",
    ),
    "direction-answered": Label(
        "Mohon nilai jawabannya: nyatakan arahan ini selesai, atau kembalikan jawabannya.",
        "Please judge the answer: take this direction for settled, or send the answer back.",
    ),
    "direction-returned": Label("Mohon jawab kembali paling lambat {due}.", "Please answer again by {due}."),
    "help-requested": Label("Mohon jawab paling lambat {due}.", "Please answer by {due}."),
    "escalation answer": Label("Mohon beri jawaban atas hal ini.", "Please give your answer on this."),
    "report-submitted": Label(
        "Mohon periksa butir demi butir terhadap bukti dukungnya; yang belum sesuai dikembalikan, yang lain tetap.",
        "Please check it item by item against the evidence; what doesn't fit goes back, the others stand.",
    ),
    "evidence-attached": Label(
        "Bukti dukung yang dijanjikan sudah dilampirkan; mohon periksa capaian ini.",
        "The evidence that was promised is there; please check this progress.",
    ),
    "claim-checked": Label(
        "Capaian ini sudah diperiksa dan menunggu verifikasi Bapak/Ibu.",
        "This progress was checked and waits for your verification.",
    ),
    "claims-sampled": Label(
        "Undian jatuh pada klaim berikut; mohon verifikasi terhadap bukti dukungnya.",
        "The lot fell on these claims; please verify them against their evidence.",
    ),
    "escalation report": Label(
        "Mohon siapkan dan sampaikan laporan ini; bila tidak ada capaian, nyatakan nihil beserta alasannya.",
        "Please prepare and submit this report; where there is no progress, say nihil with the reason.",
    ),
    "escalation item": Label(
        "Mohon ajukan capaian butir ini beserta bukti dukungnya.",
        "Please claim the progress of this item, with its evidence.",
    ),
    "escalation look": Label(
        "Mohon periksa klaim ini terhadap bukti dukungnya: nyatakan sesuai, atau kembalikan dengan alasan.",
        "Please look at this claim against its evidence: find it right, or send it back with a reason.",
    ),
    "escalation decision": Label(
        "Mohon beri putusan atas permohonan ini.",
        "Please give your verdict on this request.",
    ),
}
"""What the reader is asked to do, where it is their turn."""

VERDICTS: Mapping[str, Label] = {
    "approve": Label("menyetujui", "approve"),
    "return": Label("mengembalikan untuk perbaikan", "return for revision"),
    "reject": Label("menolak dengan alasan", "reject with a reason"),
}
LINES: Mapping[str, Label] = {
    "greeting": Label("Yth. Bapak/Ibu {office},", "To the holder of {office},"),
    "settled": Label(
        "Hal yang sebelumnya diingatkan kepada Bapak/Ibu sudah ditangani. Terima kasih atas perhatiannya.",
        "The matter that you were reminded of has been dealt with. Thank you for your attention.",
    ),
    "settled headline": Label("Sudah ditangani: {it}", "Dealt with: {it}"),
    "others late": Label(
        "Hal ini ada pada {office}, yang sudah diingatkan lebih dahulu. Dukungan Bapak/Ibu diharapkan agar hal ini"
        " dapat diselesaikan.",
        "The matter is with {office}, which was reminded first. Your support in settling it is welcome.",
    ),
    "days left": Label("Waktu yang tersisa: {days}.", "Time left: {days}."),
    "due today": Label("Jatuh temponya hari ini.", "It is due today."),
    "days over": Label("Sudah {days} melewati jatuh tempo.", "It is {days} past the due day."),
    "deputy": Label(
        "Bila Bapak/Ibu berhalangan, mohon tunjuk pelaksana harian (Plh.) agar permohonan ini tidak tertahan.",
        "If you are prevented, please have an acting holder (Plh.) appointed so that the request isn't held up.",
    ),
    "next": Label(
        "Bila belum selesai, pengingat berikutnya disampaikan {days} lagi kepada {whom}.",
        "If it isn't settled, the next reminder goes in {days} to {whom}.",
    ),
    "last": Label("Ini pengingat terakhir tentang hal ini.", "This is the last reminder about this matter."),
    "asked by": Label("Pemohon", "Asked by"),
    "claimed by": Label("Pengaju klaim", "Claimed by"),
    "in charge": Label("Penanggung jawab", "In charge"),
    "by": Label("Oleh", "By"),
    "change": Label("Perubahan", "Change"),
    "plan": Label("Rencana aksi", "Action plan"),
    "reason": Label("Alasan", "Reason"),
    "note": Label("Catatan pemohon", "Asker's note"),
    "date": Label("Tanggal", "Date"),
    "due": Label("Jatuh tempo", "Due"),
    "reference": Label("Nomor komitmen", "Commitment"),
    "open": Label("Silakan buka di sini:", "Open it here:"),
    "open to act": Label("Silakan periksa dan tindak lanjuti di sini:", "Look at it and act here:"),
    "why": Label("Pemberitahuan ini disampaikan karena {why}.", "You are told this because {why}."),
    "why delegate": Label(
        "wewenang {giver} sedang dilimpahkan kepada jabatan Bapak/Ibu",
        "the authority of {giver} is delegated to your office",
    ),
    "no reply": Label("Mohon tidak membalas surel ini.", "Please don't answer this mail."),
    "sample": Label(
        "Program ini berisi data contoh: tidak satu pun angka atau keputusan di dalamnya nyata.",
        "This programme holds sample data (data contoh): no figure or decision in it is real.",
    ),
    "demo": Label(
        "Jam demo: waktu dalam pesan ini menurut jam peragaan, bukan waktu sebenarnya.",
        "Demo clock (Jam demo): times in this message are the demonstration's, not real ones.",
    ),
    "sample mark": Label(" (data contoh)", " (data contoh: sample data)"),
}

WHYS: Mapping[str, Label] = {
    "approver": Label("putusan atas permohonan ini ada pada jabatan Bapak/Ibu", "the verdict is your office's"),
    "asker": Label("jabatan Bapak/Ibu mengajukan permohonan ini", "your office made this request"),
    "heard": Label("pendapat jabatan Bapak/Ibu diminta atas permohonan ini", "your office's opinion was invited"),
    "claimant": Label("jabatan Bapak/Ibu mengajukan klaim ini", "your office made this claim"),
    "verifier": Label("pemeriksaan klaim ini ada pada jabatan Bapak/Ibu", "your office checks this claim"),
    "addressee": Label("hal ini ditujukan kepada jabatan Bapak/Ibu", "this is addressed to your office"),
    "raiser": Label("jabatan Bapak/Ibu yang menyampaikan hal ini", "your office raised this"),
    "preparer": Label("jabatan Bapak/Ibu menyiapkan putusan ini", "your office prepares this verdict"),
    "acted": Label("jabatan Bapak/Ibu bertindak dalam permohonan ini", "your office acted in this request"),
    "retracted": Label(
        "jabatan Bapak/Ibu sudah diberi tahu tentang putusan yang ditarik kembali itu",
        "your office was told of the decision that was taken back",
    ),
    "escalation": Label("jabatan Bapak/Ibu termasuk penerima pengingat ini", "your office receives this reminder"),
    "settled": Label("jabatan Bapak/Ibu pernah menerima pengingat tentang hal ini", "your office was reminded of this"),
}
ROLE_WHY = Label("jabatan Bapak/Ibu adalah {role} bagi {party}", "your office is the {role} of {party}")

OFFICE_HEADLINES: Mapping[str, Label] = {
    "delegation-given": Label("Pelimpahan wewenang", "Delegation of authority"),
    "delegation-begun": Label("Pelimpahan wewenang mulai berlaku", "Delegation begins"),
    "delegation-ended": Label("Pelimpahan wewenang berakhir", "Delegation has ended"),
    "delegation-revoked": Label("Pelimpahan wewenang dicabut", "Delegation revoked"),
    "holder-proposed": Label("Mohon pengesahan: pengangkatan", "Please confirm: appointment"),
    "holder-proposal-declined": Label("Usulan pengangkatan tidak disahkan", "Proposed appointment not confirmed"),
    "holder-appointed": Label("Pemegang jabatan baru", "New holder of an office"),
    "go-live-set": Label("Hari mulai dipakai ditetapkan", "Go-live day set"),
}
"""The subject line of what happens to offices, by the fact's stored name."""

OFFICE_WHYS: Mapping[str, Label] = {
    "delegation": Label(
        "jabatan Bapak/Ibu memberi atau menerima wewenang itu", "your office gives or receives that authority"
    ),
    "appointment": Label(
        "jabatan Bapak/Ibu mengusulkan atau dapat mengesahkan pengangkatan itu",
        "your office proposed that appointment or may confirm it",
    ),
    "holder": Label("hal ini menyangkut jabatan Bapak/Ibu", "this concerns your office"),
    "programme": Label("jabatan Bapak/Ibu mengawal program itu", "your office sees to that programme"),
}
"""Why one is told of what happens to offices."""

"""The words of every fact, in both languages: one sentence by the fact's stored name, and the clauses inside them.

Places in braces are filled by `commitments` and `basis`; a clause that doesn't apply is filled with nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from service.sentences import history_texts, money_texts, programme_texts, report_texts, sharing_texts, sitting_texts
from service.sentences.office_texts import OFFICE_SENTENCES
from workflows.definition import Label

SENTENCES: Mapping[str, Label] = {
    **history_texts.SENTENCES,
    **sharing_texts.SENTENCES,
    **programme_texts.SENTENCES,
    **report_texts.SENTENCES,
    **money_texts.SENTENCES,
    **sitting_texts.SENTENCES,
    **OFFICE_SENTENCES,
    "calendar-adopted": Label(
        "Kalender kerja {calendar} versi {version} berlaku untuk {first_day} sampai {last_day},"
        " dengan {days_off} hari libur menurut {source}.",
        "Version {version} of the working calendar {calendar} holds for {first_day} to {last_day},"
        " with {days_off} days off by {source}.",
    ),
    "definition-installed": Label(
        "Alur kerja {definition} versi {version} dipasang (sidik jari {digest}).",
        "Version {version} of the workflow {definition} was installed (fingerprint {digest}).",
    ),
    "programme-opened": Label(
        "Program {name} dibuka oleh {organisation} untuk Tahun Anggaran {year}, {starts_on} sampai {ends_on}:"
        " {parties} pihak dan {subjects} pokok komitmen{sample}.",
        "The programme {name} was opened by {organisation} for fiscal year {year}, {starts_on} to {ends_on}:"
        " {parties} parties and {subjects} subjects{sample}.",
    ),
    "clock-corrected": Label(
        "Jam yang menunjuk {before} diterima sebagai {after}: {text}.",
        "A clock that showed {before} was accepted as {after}: {text}.",
    ),
    "commitment-drafted": Label(
        "{actor} membuka konsep komitmen {reference}: {party} untuk {subject}, Tahun Anggaran {year},"
        " lingkup {scope}; penanggung jawab {pic}{following}.",
        "{actor} opened the draft commitment {reference}: {party} on {subject}, fiscal year {year},"
        " scope {scope}; in charge is {pic}{following}.",
    ),
    "draft-edited": Label(
        "{actor} memperbarui konsep: lingkup {scope}, perangkat daerah {agency}, penanggung jawab {pic}.",
        "{actor} edited the draft: scope {scope}, agency {agency}, in charge {pic}.",
    ),
    "plan-drafted": Label(
        "{actor} menyusun rencana aksi: {items}, anggaran {budget}.",
        "{actor} drew up the action plan: {items}, budget {budget}.",
    ),
    "request-opened": Label(
        "{actor} mengajukan {request}, dari {from_state} ke {to_state}{reason}{plan}{evidence}{text}.",
        "{actor} asked for {request}, from {from_state} to {to_state}{reason}{plan}{evidence}{text}.",
    ),
    "step-reached": Label(
        "{Request} menunggu putusan {office} pada tahap {step}{quorum}, paling lambat {due_on}.{skipped}",
        "{Request} waits for the verdict of {office} at the step {step}{quorum}, by {due_on}.{skipped}",
    ),
    "opinion-invited": Label(
        "{office} diundang memberi pendapat{body} atas {request}, paling lambat {due_on}; permohonan berjalan terus.",
        "{office} was invited to give its opinion{body} on {request}, by {due_on}; the request goes on meanwhile.",
    ),
    "opinion-given": Label(
        "{actor} memberi pendapat{body} atas {request}{text}.",
        "{actor} gave an opinion{body} on {request}{text}.",
    ),
    "request-approved": Label(
        "{actor} menyetujui {request} pada tahap {step}{sitting}{note}.",
        "{actor} approved {request} at the step {step}{sitting}{note}.",
    ),
    "member-rejected": Label(
        "{actor} menolak {request} pada tahap {step}{sitting}{reason}{text}; putusan jabatan lain masih ditunggu.",
        "{actor} rejected {request} at the step {step}{sitting}{reason}{text};"
        " the verdicts of other offices are still awaited.",
    ),
    "members-released": Label(
        "Persetujuan pada tahap {step} sudah cukup untuk {request}; putusan {offices} tidak diperlukan lagi.",
        "Enough offices approved {request} at the step {step}; the verdict of {offices} is needed no longer.",
    ),
    "request-returned": Label(
        "{actor} mengembalikan {request} untuk perbaikan pada tahap {step}{sitting}{reason}{text}.",
        "{actor} returned {request} for revision at the step {step}{sitting}{reason}{text}.",
    ),
    "request-rejected": Label(
        "{actor} menolak {request} pada tahap {step}{sitting}{reason}{text}.",
        "{actor} rejected {request} at the step {step}{sitting}{reason}{text}.",
    ),
    "decision-retracted": Label(
        "{actor} menarik kembali {decision} atas {request} pada tahap {step}{text};"
        " keadaannya kembali seperti sebelumnya.",
        "{actor} took back {decision} {request} at the step {step}{text}; all is again as it was before.",
    ),
    "request-voided": Label(
        "{request} batal dengan sendirinya, karena tidak terpenuhi lagi: {lost}. Persetujuan yang ada"
        " gugur; permohonan dapat diajukan lagi.",
        "{request} is void, because this no longer holds: {lost}. What was approved counts no more; it can be asked for"
        " again.",
    ),
    "request-withdrawn": Label(
        "{actor} menarik kembali {request}{text}.",
        "{actor} took {request} back{text}.",
    ),
    "state-changed": Label(
        "Komitmen berubah dari {from_state} menjadi {to_state}{since}{reason}{closes}.",
        "The commitment changed from {from_state} to {to_state}{since}{reason}{closes}.",
    ),
    "plan-amended": Label(
        "Rencana aksi menjadi revisi {revision}: {items}, anggaran {budget}{changes}.",
        "The action plan is now revision {revision}: {items}, budget {budget}{changes}.",
    ),
    "obligations-arisen": Label(
        "{obligations} mulai berjalan{due}.",
        "{obligations} began{due}.",
    ),
    "due-moved": Label(
        "{obligations} bergeser{due}.",
        "{obligations} moved{due}.",
    ),
    "request-fulfilled": Label(
        "{Request} berlaku; keadaan tetap {state}.",
        "{Request} took effect; the state stays {state}.",
    ),
    "hold-begun": Label(
        "Pelaksanaan ditunda sejak {begins_on} sampai {ends_on} ({days} hari kerja){items}.",
        "The work is on hold from {begins_on} to {ends_on} ({days} working days){items}.",
    ),
    "item-extended": Label(
        "{item} diperpanjang sampai {ends_on} (semula {was}), {days} hari kerja; perpanjangan ke-{number}.",
        "{item} now ends {ends_on} (before: {was}), {days} working days later; extension {number}.",
    ),
    "commitment-corrected": Label(
        "Penulisan dibetulkan: {corrections}.",
        "Put right: {corrections}.",
    ),
    "hold-ended": Label(
        "Penundaan diakhiri pada {ended_on}, {days} hari kerja lebih awal{items}.",
        "The hold ended on {ended_on}, {days} working days early{items}.",
    ),
    "obligations-met": Label("{matters} terpenuhi.", "{matters}: fulfilled."),
    "document-received": Label(
        "{actor} mencatat dokumen diterima pada {received_at} dengan tanda terima {letter}{evidence}.",
        "{actor} recorded that the document was received at {received_at} by the receipt {letter}{evidence}.",
    ),
    "claim-made": Label(
        "{actor} mengajukan capaian {item}: {value}{target}{late}{evidence}{reason}{note}; menunggu pemeriksaan"
        " {verifier}.",
        "{actor} claimed progress on {item}: {value}{target}{late}{evidence}{reason}{note}; {verifier} is to check it.",
    ),
    "claim-verified": Label(
        "{actor} memverifikasi capaian {item}: {value}{completes}{note}.",
        "{actor} verified the progress on {item}: {value}{completes}{note}.",
    ),
    "claim-returned": Label(
        "{actor} mengembalikan klaim capaian {item} untuk perbaikan{reason}{text}.",
        "{actor} returned the progress claim on {item} for revision{reason}{text}.",
    ),
    "definition-migrated": Label(
        "Komitmen kini mengikuti definisi versi {to_version}, bukan lagi versi {from_version}{undone}{letter};"
        " {state}{text}.",
        "The commitment now follows version {to_version} of its definition instead of version {from_version}{undone}"
        "{letter}; {state}{text}.",
    ),
    "definition-proposed": Label(
        "{office} mengusulkan definisi {definition} versi {version} ({digest}); usulan {proposal} menunggu pengesahan"
        " orang kedua.",
        "{office} proposed version {version} of the definition {definition} ({digest}); {proposal} waits for a second"
        " person.",
    ),
    "definition-declined": Label(
        "Usulan definisi {proposal} tidak disetujui{text}.",
        "The proposed definition {proposal} was declined{text}.",
    ),
    "programme-definition-changed": Label(
        "Konsep baru dalam program {programme} mengikuti definisi {definition} versi {to_version}, bukan lagi versi"
        " {from_version}{letter}{text}.",
        "New drafts of the programme {programme} follow version {to_version} of the definition {definition} instead of"
        " version {from_version}{letter}{text}.",
    ),
    "migration-proposed": Label(
        "{office} mengusulkan migrasi {migration}: {what} dalam program {programme}{target}{letter}{text}.",
        "{office} proposed the migration {migration}: {what} of the programme {programme}{target}{letter}{text}.",
    ),
    "migration-confirmed": Label(
        "{office} mengesahkan migrasi {migration}.",
        "{office} confirmed the migration {migration}.",
    ),
    "migration-declined": Label(
        "Migrasi {migration} tidak disetujui{text}.",
        "The migration {migration} was declined{text}.",
    ),
    "migration-ended": Label(
        "Migrasi {migration} selesai: {moved} komitmen berpindah, {left} tetap pada versinya.",
        "The migration {migration} ended: {moved} commitments went over, {left} keep their version.",
    ),
    "verification-revoked": Label(
        "{actor} mencabut verifikasi capaian {item}{reason}; yang masih terverifikasi {value}{text}.",
        "{actor} revoked a verification of {item}{reason}; what stands verified is {value}{text}.",
    ),
    "finding-recorded": Label(
        "{actor} mencatat {matter}{item} kepada {addressee}, jawaban paling lambat {due_on}{evidence}{text}.",
        "{actor} recorded {matter}{item}, addressed to {addressee}, to be answered by {due_on}{evidence}{text}.",
    ),
    "finding-answered": Label(
        "{actor} menjawab {matter}{evidence}{text}.",
        "{actor} answered {matter}{evidence}{text}.",
    ),
    "finding-returned": Label(
        "{actor} mengembalikan jawaban atas {matter}, jawaban baru paling lambat {due_on}{text}.",
        "{actor} sent back the answer to {matter}, a new one is due by {due_on}{text}.",
    ),
    "finding-closed": Label("{actor} menutup {matter}{text}.", "{actor} closed {matter}{text}."),
    "direction-given": Label(
        "{actor} memberi {matter} kepada {addressee}, paling lambat {due_on}{evidence}{text}.",
        "{actor} gave {matter} to {addressee}, due by {due_on}{evidence}{text}.",
    ),
    "direction-answered": Label(
        "{actor} melaporkan pelaksanaan {matter}{evidence}{text}.",
        "{actor} said how {matter} was followed{evidence}{text}.",
    ),
    "direction-returned": Label(
        "{actor} belum menerima jawaban atas {matter}, jawaban baru paling lambat {due_on}{text}.",
        "{actor} didn't accept the answer to {matter}, a new one is due by {due_on}{text}.",
    ),
    "direction-settled": Label(
        "{actor} menyatakan {matter} selesai{text}.",
        "{actor} took {matter} for settled{text}.",
    ),
    "obstacle-reported": Label(
        "{actor} melaporkan {matter}{item} ({category}){evidence}{text}.",
        "{actor} reported {matter}{item} ({category}){evidence}{text}.",
    ),
    "obstacle-closed": Label(
        "{actor} menutup {matter} dengan hasil{text}.",
        "{actor} closed {matter} with the outcome{text}.",
    ),
    "help-requested": Label(
        "{actor} mengajukan {matter} kepada {addressee}, jawaban paling lambat {due_on}{evidence}{text}.",
        "{actor} sent {matter} to {addressee}, to be answered by {due_on}{evidence}{text}.",
    ),
    "help-answered": Label(
        "{actor} menjawab {matter}{evidence}{text}.",
        "{actor} answered {matter}{evidence}{text}.",
    ),
    "visit-noted": Label(
        "{actor} berkunjung ke {place} pada {visited_on}{recorded}{evidence}{text}.",
        "{actor} visited {place} on {visited_on}{recorded}{evidence}{text}.",
    ),
    "note-made": Label("{actor} memberi catatan{evidence}{text}.", "{actor} made a note{evidence}{text}."),
    "escalation-raised": Label(
        "Pengingat tingkat {level} tentang {matter}, jatuh tempo {due_on}, disampaikan kepada {recipients}.{skipped}",
        "Reminder {level} about {matter}, due on {due_on}, went to {recipients}.{skipped}",
    ),
}

CLAUSES: Mapping[str, Label] = {
    **history_texts.CLAUSES,
    **sharing_texts.CLAUSES,
    **sitting_texts.CLAUSES,
    **report_texts.CLAUSES,
    "state renamed": Label("{before} kini disebut {after}", "{before} is now called {after}"),
    "state kept": Label("keadaannya tetap {it}", "its state stays {it}"),
    "undoing": Label(", membatalkan migrasi {it}", ", undoing the migration {it}"),
    "as proposed": Label(", sesuai usulan {it}", ", as proposed in {it}"),
    "to version": Label(" ke versi {it}", " to version {it}"),
    "back before": Label(" kembali ke versi sebelum migrasi {it}", " back to the version before the migration {it}"),
    "some commitments": Label("{it} komitmen", "{it} commitments"),
    "all commitments": Label("semua komitmen", "all commitments"),
    "and": Label(" dan ", " and "),
    "request": Label("permohonan {number}{move}", "request {number}{move}"),
    "finding": Label("temuan {number}", "finding {number}"),
    "direction": Label("arahan {number}", "direction {number}"),
    "obstacle": Label("kendala {number}", "obstacle {number}"),
    "help": Label("permintaan bantuan {number}", "call for help {number}"),
    "answer to": Label("jawaban atas {it}", "the answer to {it}"),
    "on item": Label(" atas {it}", " on {it}"),
    "in brackets": Label(" ({it})", " ({it})"),
    "item": Label("butir {number}{activity}", "item {number}{activity}"),
    "items": Label("{count} butir", "{count} items"),
    "one item": Label("1 butir", "1 item"),
    "verdict on": Label("putusan atas {request}, tahap {step}", "the verdict on {request}, step {step}"),
    "quorum": Label(
        " ({needed} dari {members} jabatan harus menyetujui)", " ({needed} of {members} offices must approve)"
    ),
    "decision request-approved": Label("persetujuannya", "the approval of"),
    "decision member-rejected": Label("penolakannya", "the rejection of"),
    "decision request-returned": Label("pengembaliannya", "the return of"),
    "decision request-rejected": Label("penolakannya", "the rejection of"),
    "following": Label("; menyusul {it}, yang sudah berakhir", "; it follows {it}, which has ended"),
    "because": Label(", dengan alasan {it}", ", for the reason {it}"),
    "said": Label(": “{it}”", ": “{it}”"),
    "note": Label(", dengan catatan “{it}”", ", with the note “{it}”"),
    "one file": Label(", dengan bukti dukung “{it}”", ", with the evidence “{it}”"),
    "files": Label(", dengan {count} bukti dukung ({it})", ", with {count} pieces of evidence ({it})"),
    "new plan": Label(", dengan rencana aksi baru berisi {items}", ", with a new action plan of {items}"),
    "skipped": Label(" {office} dilewati karena {why}.", " {office} was passed over: {why}."),
    "why conflicted": Label("terlibat dalam permohonan ini", "it takes part in the matter itself"),
    "why vacant": Label("jabatan itu kosong", "the office is vacant"),
    "why absent": Label("pemegang jabatan berhalangan", "its holder is absent"),
    "in_person": Label("secara langsung", "in person"),
    "online": Label("secara daring", "online"),
    "wet_ink": Label("dengan tanda tangan basah", "in wet ink"),
    "place": Label(" di {it}", " in {it}"),
    "recorded later": Label(", dicatat pada {it}", ", recorded on {it}"),
    "since": Label(", berlaku sejak {it}", ", in force since {it}"),
    "asked of": Label(", yang diminta dari {body},", ", to be had of {body},"),
    "opinion by letter": Label(" {body} (surat {letter}, {letter_on})", " of {body} (letter {letter}, {letter_on})"),
    "verified then": Label(", {percent}% terverifikasi", ", {percent}% verified"),
    "closes": Label("; kewajiban yang masih terbuka ditutup", "; what was still owed is closed"),
    "letter": Label("{number} tanggal {day}", "{number} of {day}"),
    "ends now": Label("{item} berakhir {ends_on} (semula {was})", "{item} ends {ends_on} (before: {was})"),
    "corrected": Label("{field} {old} → {new}", "{field} {old} → {new}"),
    "pic": Label("penanggung jawab", "the person in charge"),
    "items end": Label("; {it}", "; {it}"),
    "added": Label("ditambah {it}", "added {it}"),
    "dropped": Label("dihapus {it}", "dropped {it}"),
    "changed": Label("diubah {it}", "changed {it}"),
    "one owed": Label("Kewajiban {office} atas {matter}", "The duty of {office} on {matter}"),
    "many owed": Label("{count} kewajiban", "{count} duties"),
    "due": Label(", jatuh tempo {it}", ", due on {it}"),
    "due between": Label(
        ", jatuh tempo yang pertama {first} dan yang terakhir {last}", ", the first due on {first}, the last on {last}"
    ),
    "of target": Label(" dari target {it}", " of the target {it}"),
    "late": Label(", setelah jatuh tempo", ", after it was due"),
    "completes": Label("; butir ini tuntas", "; the item is complete"),
    "none above": Label(
        "tidak seorang pun, karena tidak ada jabatan di atasnya", "nobody, as no office stands above it"
    ),
    "nobody": Label("tidak seorang pun, karena tidak ada jabatan yang terisi", "nobody, as no office is filled"),
    "below": Label(" di bawah {it}", " below {it}"),
    "reports to": Label(", bertanggung jawab kepada {it}", ", reporting to {it}"),
    "acts for": Label(", bertindak untuk {it}", ", acting for {it}"),
    "until": Label(" sampai {it}", " until {it}"),
    "by letter": Label(", dengan surat {it}", ", by letter {it}"),
    "as definitive": Label(" definitif", " definitive"),
    "as pj": Label(" sebagai penjabat (Pj.)", " as acting holder (Pj.)"),
    "as plt": Label(" sebagai pelaksana tugas (Plt.)", " as acting holder (Plt.)"),
    "as plh": Label(" sebagai pelaksana harian (Plh.)", " as acting holder by the day (Plh.)"),
    "authority of": Label(" {it}", " of {it}"),
    "only for": Label(", hanya untuk {it}", ", only for {it}"),
    "in capacity an": Label("atas nama (a.n.)", "to sign on its behalf (a.n.)"),
    "in capacity assist": Label(
        "sebagai asisten (membaca, memilah dan memberi saran, tidak memutus)",
        "as its assistant (who reads, sorts and advises, and decides nothing)",
    ),
    "in capacity plh": Label("sebagai pelaksana harian (Plh.)", "as its acting holder by the day (Plh.)"),
    "in capacity plt": Label("sebagai pelaksana tugas (Plt.)", "as its acting holder (Plt.)"),
    "grant organisation": Label("{it} dan semua di bawahnya", "{it} and all below it"),
    "grant subject": Label("pokok komitmen {it}", "the subject {it}"),
    "grant commitment": Label("komitmen {it}", "the commitment {it}"),
    "sample": Label(" (data contoh)", " (sample data)"),
    "on behalf": Label("{office}, a.n. {principal}", "{office}, on behalf of {principal}"),
    "on behalf assist": Label("{office}, asisten {principal}", "{office}, assistant of {principal}"),
    "on behalf plh": Label("Plh. {principal} ({office})", "Acting (Plh.) {principal} ({office})"),
    "on behalf plt": Label("Plt. {principal} ({office})", "Acting (Plt.) {principal} ({office})"),
    "acting pj": Label("Pj. {it}", "Acting (Pj.) {it}"),
    "acting plt": Label("Plt. {it}", "Acting (Plt.) {it}"),
    "acting plh": Label("Plh. {it}", "Acting (Plh.) {it}"),
    "operator": Label("Operator sistem", "The system's operator"),
    "clock": Label("Penjadwal", "The clock"),
}

FIELDS: Mapping[str, Label] = {
    "stage": Label("tahapan", "stage"),
    "activity": Label("kegiatan", "activity"),
    "output": Label("keluaran", "output"),
    "indicator": Label("indikator", "indicator"),
    "unit": Label("satuan", "unit"),
    "target": Label("target", "target"),
    "starts_on": Label("waktu mulai", "start"),
    "ends_on": Label("waktu selesai", "end"),
    "agency": Label("perangkat daerah", "agency"),
    "budget_idr": Label("anggaran", "budget"),
    "fund": Label("sumber dana", "fund"),
    "evidence_required": Label("bukti dukung yang disyaratkan", "evidence wanted"),
    "component": Label("komponen", "component"),
    "value": Label("cara menghitung", "way of counting"),
    "depends_on": Label("butir pendahulu", "items before it"),
    "weight": Label("bobot", "weight"),
    "targets": Label("target per periode", "targets by period"),
}

"""Why a request can't be asked for, decided on or signed: (code, Indonesian, English)."""

TEXTS: tuple[tuple[str, str, str], ...] = (
    ("office_unknown", "Jabatan {office} tidak dikenal.", "The office {office} is unknown."),
    (
        "not_a_holder",
        "Saudara hari ini bukan pemegang jabatan {office}.",
        "You don't hold the office {office} today.",
    ),
    (
        "out_of_scope",
        "Komitmen ini di luar lingkup {office}.",
        "This commitment is outside the scope of {office}.",
    ),
    (
        "role_may_not",
        "Yang berwenang untuk tindakan ini ({act}): {roles}.",
        "This act ({act}) belongs to: {roles}.",
    ),
    ("move_unknown", "Permohonan {move} tidak dikenal; yang ada: {known}.", "No move {move}; there are: {known}."),
    (
        "not_in_state",
        "{move} tidak dapat diajukan pada keadaan {state}; hanya pada: {sources}.",
        "{move} can't be asked for in the state {state}; only in: {sources}.",
    ),
    (
        "request_open",
        "Permohonan {move} masih menunggu putusan; satu komitmen hanya satu permohonan terbuka.",
        "The request {move} still waits for a verdict; a commitment has one open request at most.",
    ),
    ("reason_missing", "Alasan belum dipilih: {known}.", "No reason was chosen: {known}."),
    (
        "reason_unknown",
        "Alasan {reason} tidak ada dalam daftar: {known}.",
        "The reason {reason} isn't in the list: {known}.",
    ),
    (
        "reason_text_short",
        "Alasan {reason} memerlukan penjelasan sekurangnya {characters} huruf.",
        "The reason {reason} needs an explanation of at least {characters} characters.",
    ),
    ("text_missing", "Uraian belum diisi.", "The text is empty."),
    (
        "evidence_missing",
        "Bukti dukung belum lengkap, sekurangnya satu berkas untuk setiap jenis: {wanted}.",
        "Evidence is missing, at least one file of each kind: {wanted}.",
    ),
    (
        "evidence_invalid",
        "Berkas ini kosong atau tidak tersimpan utuh: {files}.",
        "These files are empty or not stored whole: {files}.",
    ),
    ("plan_missing", "{move} harus memuat rencana aksi baru.", "{move} must carry a new action plan."),
    ("plan_not_asked", "{move} tidak memuat rencana aksi.", "{move} carries no action plan."),
    (
        "substance_unchanged",
        "Isinya sama dengan permohonan {request} yang dikembalikan; mohon diperbaiki lebih dahulu.",
        "It says the same as the request {request} that was returned; please revise it first.",
    ),
    (
        "plan_incomplete",
        "Rencana aksi belum lengkap (butir: {items}): kegiatan, indikator, satuan, target, perangkat daerah, dana.",
        "The action plan isn't complete (items: {items}): activity, indicator, unit, target, agency, fund.",
    ),
    (
        "item_ends_before_signature",
        "Butir {items} berakhir sebelum hari penandatanganan, {signed_on}.",
        "Items {items} end before the day of signature, {signed_on}.",
    ),
    ("signature_missing", "{party} belum menandatangani.", "{party} hasn't signed yet."),
    (
        "pic_missing",
        "Penanggung jawab (PIC) belum ditunjuk atau jabatannya kosong: {pic}.",
        "No person in charge is named, or that office is vacant: {pic}.",
    ),
    (
        "plan_stale",
        "Rencana ini ditulis dari revisi {based_on}, padahal yang berlaku kini revisi {revision};"
        " mohon sesuaikan dengan yang berlaku.",
        "This plan was written from revision {based_on}, but revision {revision} is in force now;"
        " please adjust it to that.",
    ),
    (
        "plan_unchanged",
        "Rencana aksi yang diajukan sama dengan yang berlaku (revisi {revision}).",
        "The plan that is asked for is the one in force (revision {revision}).",
    ),
    (
        "items_unverified",
        "Butir ini belum diverifikasi tuntas: {items}.",
        "These items aren't verified complete yet: {items}.",
    ),
    (
        "step_unfillable",
        "Tidak ada pejabat yang dapat memutus sebagai {role} (dilewati: {skipped}); "
        "mohon tunjuk Plh. atau limpahkan wewenang.",
        "Nobody can decide as {role} (passed over: {skipped}); please appoint a Plh. or delegate.",
    ),
    (
        "quorum_unreachable",
        "Tahap ini memerlukan {needed} persetujuan, tetapi hanya {filled} dari {members} jabatan ({role}) dapat"
        " memutus (yang ada atau dilewati: {skipped}); mohon tunjuk Plh. atau limpahkan wewenang.",
        "This step needs {needed} approvals, but only {filled} of {members} offices ({role}) can decide "
        "(there are or were passed over: {skipped}); please appoint a Plh. or delegate.",
    ),
    (
        "decision_stands",
        "Tidak ada putusan atas {request} yang masih dapat ditarik kembali: setelahnya sudah ada tindakan lain, atau "
        "putusannya berupa tanda tangan.",
        "No decision on {request} can be taken back any more: something was done since, or it is a signature.",
    ),
    (
        "not_the_decider",
        "Hanya pejabat yang memutus sebagai {office} yang dapat menarik kembali putusan atas {request}.",
        "Only who decided as {office} can take back the decision on {request}.",
    ),
    (
        "retraction_late",
        "Putusan atas {request} hanya dapat ditarik kembali dalam {minutes} menit.",
        "The decision on {request} can be taken back within {minutes} minutes only.",
    ),
    ("place_unknown", "Tempat {place} tidak dikenal; yang ada: {known}.", "No place {place}; there are: {known}."),
    (
        "extra_after_signature",
        "Setelah tanda tangan tidak ada persetujuan tambahan; mohon minta sebelumnya.",
        "Nobody approves after a signature; please ask before it.",
    ),
    (
        "extra_in_quorum",
        "Jumlah jabatan pada tahap {step} sudah ditetapkan saat permohonan diajukan.",
        "How many offices decide the step {step} was counted when the request opened.",
    ),
    (
        "extras_too_many",
        "Paling banyak {most} persetujuan tambahan untuk satu permohonan.",
        "A request has {most} additional approvals at most.",
    ),
    (
        "extra_conflicted",
        "{office} sudah mempunyai bagian dalam permohonan ini.",
        "{office} has a part in this request already.",
    ),
    (
        "extra_in_chain",
        "{office} memutus pada tahap berikutnya dari permohonan ini.",
        "{office} decides a later step of this request.",
    ),
    (
        "forward_not_below",
        "Penyiapan putusan diteruskan kepada jabatan di bawah; {office} bukan bawahan.",
        "A verdict is prepared by an office below; {office} isn't one.",
    ),
    (
        "asker_prepares",
        "Pemohon ({office}) tidak dapat menyiapkan putusan atas permohonannya sendiri.",
        "The asker ({office}) can't prepare the verdict on the own request.",
    ),
    (
        "forwarded_already",
        "Penyiapan putusan ini sudah ada pada {office}.",
        "The preparation of this verdict is with {office} already.",
    ),
    (
        "not_preparing",
        "Penyiapan putusan atas {request} tidak ada pada jabatan ini.",
        "The preparation of the verdict on {request} isn't with this office.",
    ),
    (
        "calendar_ends",
        "Kalender kerja {calendar} belum mencakup {day}.",
        "The working calendar {calendar} doesn't reach {day} yet.",
    ),
    ("request_unknown", "Permohonan {request} tidak ada.", "There is no request {request}."),
    (
        "no_request_open",
        "Pada keadaan {state} belum ada permohonan yang menunggu.",
        "No request waits in the state {state}.",
    ),
    ("nothing_claimed", "Belum ada klaim yang menunggu pemeriksaan.", "No claim waits to be checked."),
    (
        "request_closed",
        "Permohonan {request} sudah ditutup ({status}).",
        "The request {request} is closed ({status}).",
    ),
    (
        "asker_approves",
        "Pemohon tidak dapat memutus permohonannya sendiri ({office}).",
        "The asker can't decide on the own request ({office}).",
    ),
    (
        "acted_already",
        "{office} sudah bertindak atas {request}.",
        "{office} has acted on {request} already.",
    ),
    (
        "same_person",
        "Saudara sudah menyetujui permohonan {request} sebagai {office}.",
        "You approved the request {request} as {office} already.",
    ),
    (
        "kept_apart",
        "Saudara atau jabatan ini sudah bertindak atas {request}, yang harus terpisah dari permohonan ini.",
        "You or this office acted on {request}, which is kept apart from this request.",
    ),
    ("not_your_turn", "Putusan sekarang ada pada {office}.", "The verdict is with {office} now."),
    (
        "verdict_not_allowed",
        "Putusan {verdict} tidak tersedia pada tahap ini; yang tersedia: {allowed}.",
        "The verdict {verdict} isn't given at this step; there are: {allowed}.",
    ),
    (
        "sign_by_sheet",
        "Tahap ini adalah tanda tangan: gunakan lembar komitmen.",
        "This step is the signature: use the sheet.",
    ),
    (
        "substance_moved",
        "Isi permohonan {request} berbeda dari yang Saudara lihat; mohon periksa kembali.",
        "The request {request} isn't what you saw; please look at it again.",
    ),
    (
        "not_the_asker",
        "Hanya {asker} yang dapat menarik permohonan {request}.",
        "Only {asker} can take {request} back.",
    ),
    (
        "not_invited",
        "Pendapat jabatan ini tidak diminta atas {request}.",
        "This office wasn't asked for its opinion on {request}.",
    ),
    (
        "signature_not_awaited",
        "Tanda tangan belum ditunggu; keadaan: {state}.",
        "No signature is awaited yet; the state is {state}.",
    ),
    ("sheet_unknown", "Lembar {sheet} tidak ada; yang benar: {known}.", "There is no sheet {sheet}; it is {known}."),
    (
        "mode_unknown",
        "Cara {mode} tidak dikenal; yang ada: {known}.",
        "The mode {mode} is unknown; there are: {known}.",
    ),
    (
        "scan_missing",
        "Tanda tangan basah memerlukan pindaian lembar.",
        "A signature in wet ink needs the scanned sheet.",
    ),
    (
        "signed_in_future",
        "Waktu tanda tangan belum tiba: {signed_at}.",
        "The time of signature hasn't come yet: {signed_at}.",
    ),
    (
        "signed_before_draft",
        "Waktu tanda tangan {signed_at} mendahului konsepnya ({drafted_at}).",
        "The time of signature {signed_at} is before the draft ({drafted_at}).",
    ),
    (
        "signed_before_asked",
        "Waktu tanda tangan {signed_at} mendahului permohonannya ({asked_at}).",
        "The time of signature {signed_at} is before its request ({asked_at}).",
    ),
    (
        "signed_before_approved",
        "Waktu tanda tangan {signed_at} mendahului persetujuan sebelum tahap tanda tangan ({approved_at}).",
        "The time of signature {signed_at} is before the approvals that lead up to it ({approved_at}).",
    ),
    (
        "signer_not_holder_then",
        "Saudara belum atau tidak lagi memegang jabatan {office} pada waktu tanda tangan ({signed_at}).",
        "You did not hold the office {office} at the time of signature ({signed_at}).",
    ),
    (
        "witnessed_before_signature",
        "Kesaksian mendahului tanda tangan ({signed_at}).",
        "It was witnessed before it was signed ({signed_at}).",
    ),
    (
        "witnessed_in_future",
        "Waktu kesaksian belum tiba: {witnessed_at}.",
        "The time of witnessing hasn't come yet: {witnessed_at}.",
    ),
    (
        "signer_witnesses",
        "Penanda tangan ({office}) tidak dapat menjadi saksinya sendiri.",
        "The signer ({office}) can't be the own witness.",
    ),
)

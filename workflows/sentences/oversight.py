"""Why a matter can't be raised, answered or closed, or a verification be revoked: (code, Indonesian, English)."""

TEXTS: tuple[tuple[str, str, str], ...] = (
    (
        "act_not_in_state",
        "Tindakan ini ({act}) tidak tersedia pada keadaan {state}; hanya pada: {states}.",
        "This act ({act}) isn't possible in the state {state}; only in: {states}.",
    ),
    (
        "act_not_of_matter",
        "Tindakan ini ({act}) tidak berlaku untuk {matter}.",
        "This act ({act}) isn't for {matter}.",
    ),
    ("matter_unknown", "Tidak ada {matter}.", "There is no {matter}."),
    ("matter_closed", "Sudah ditutup ({status}): {matter}.", "It is closed already ({status}): {matter}."),
    ("addressee_unknown", "Jabatan yang dituju, {office}, tidak dikenal.", "The addressee {office} is unknown."),
    (
        "addressee_is_asker",
        "Yang dituju ({office}) tidak boleh jabatan atau orang yang sama dengan pengirimnya.",
        "The addressee ({office}) can't be the sender, neither as office nor as person.",
    ),
    (
        "addressee_vacant",
        "Jabatan yang dituju, {office}, sedang kosong.",
        "The office that is addressed, {office}, is vacant.",
    ),
    (
        "addressee_out_of_scope",
        "Komitmen ini di luar lingkup {office}.",
        "This commitment is outside the scope of {office}.",
    ),
    (
        "addressee_not_below",
        "Arahan diberikan kepada jabatan di bawah; {office} bukan bawahan.",
        "Directions go to offices below; {office} isn't one.",
    ),
    ("due_in_past", "Tenggat {due_on} sudah lewat.", "The due day {due_on} is over."),
    (
        "helper_missing",
        "Tidak ada pejabat yang dapat membantu ({roles}).",
        "Nobody can help ({roles}).",
    ),
    ("not_the_addressee", "Jawaban ditunggu dari {office} ({matter}).", "The answer is {office}'s to give ({matter})."),
    (
        "not_the_raiser",
        "Hanya {office} yang dapat menilai {matter}.",
        "Only {office} can judge {matter}.",
    ),
    (
        "addressee_judges",
        "Yang dituju ({office}) tidak dapat menilai {matter} sendiri.",
        "The addressee ({office}) can't judge {matter} itself.",
    ),
    ("answer_missing", "Belum ada jawaban atas {matter}.", "There is no answer yet to {matter}."),
    ("place_missing", "Tempat kunjungan belum diisi.", "The place of the visit is empty."),
    (
        "visited_in_future",
        "Hari kunjungan belum tiba: {visited_on}.",
        "The day of the visit hasn't come yet: {visited_on}.",
    ),
    (
        "visited_before_draft",
        "Hari kunjungan {visited_on} mendahului konsepnya ({drafted_on}).",
        "The day of the visit {visited_on} is before the draft ({drafted_on}).",
    ),
    (
        "claim_not_verified",
        "Klaim {claim} tidak dalam keadaan terverifikasi ({status}).",
        "The claim {claim} isn't verified ({status}).",
    ),
    (
        "revocation_not_allowed",
        "Verifikasi tidak dapat dicabut pada keadaan {state}; hanya pada: {states}.",
        "A verification can't be revoked in the state {state}; only in: {states}.",
    ),
    (
        "claimant_revokes",
        "Pengklaim ({office}) tidak dapat mencabut verifikasi atas klaimnya sendiri.",
        "The claimant ({office}) can't revoke the verification of the own claim.",
    ),
    (
        "verifier_above",
        "Klaim {claim} diverifikasi oleh {office}; hanya jabatan itu atau yang di atasnya yang dapat mencabut.",
        "The claim {claim} was verified by {office}; only that office or one above can revoke it.",
    ),
    (
        "findings_open",
        "Masih ada temuan terbuka: {findings}.",
        "There are open findings: {findings}.",
    ),
)

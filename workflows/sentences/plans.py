"""Why a draft, a plan or a claim can't stand, or a level not be taken: (code, Indonesian, English)."""

TEXTS: tuple[tuple[str, str, str], ...] = (
    (
        "receipt_not_asked",
        "Pada keadaan {state} tidak ada dokumen yang ditunggu; hanya pada: {states}.",
        "In the state {state} no document is waited for; only in: {states}.",
    ),
    (
        "received_already",
        "Dokumen sudah diterima pada {received_at} dengan tanda terima {letter}.",
        "The document was received at {received_at} by the receipt {letter}.",
    ),
    ("received_in_future", "Waktu terima {received_at} belum tiba.", "The time of receipt {received_at} hasn't come."),
    ("letter_missing", "Nomor surat wajib diisi.", "The number of the letter is missing."),
    (
        "duty_unowed",
        "Belum ada jabatan {role} yang dapat memikul kewajiban {duty}.",
        "No office {role} is there to owe the duty {duty}.",
    ),
    ("commitment_unknown", "Komitmen ini tidak ada.", "There is no such commitment."),
    (
        "commitment_exists",
        "Komitmen {commitment} sudah ada ({state}).",
        "The commitment {commitment} exists ({state}).",
    ),
    ("programme_unknown", "Program {programme} tidak ada.", "There is no programme {programme}."),
    (
        "party_not_in_programme",
        "Pihak {party} di luar lingkup program {programme}.",
        "The party {party} isn't in the programme {programme}.",
    ),
    (
        "subject_not_in_programme",
        "Pokok {subject} di luar lingkup program {programme}.",
        "The subject {subject} isn't in the programme {programme}.",
    ),
    (
        "fiscal_year_unknown",
        "Tahun anggaran {fiscal_year} bukan tahun program ({known}).",
        "The fiscal year {fiscal_year} isn't the programme's ({known}).",
    ),
    (
        "draft_only",
        "Hanya konsep yang dapat diubah langsung; keadaan sekarang {state}.",
        "Only a draft is edited; the state is {state} now.",
    ),
    (
        "scope_unknown",
        "Lingkup replikasi {scope} tidak dikenal; yang ada: {known}.",
        "The replication scope {scope} is unknown; there are: {known}.",
    ),
    (
        "agency_not_of_party",
        "{office} ({place}) bukan perangkat {party}.",
        "{office} ({place}) isn't an office of {party}.",
    ),
    ("item_number_twice", "Nomor butir ganda: {items}.", "These item numbers stand twice: {items}."),
    ("item_number_not_positive", "Nomor butir harus 1 ke atas: {items}.", "Item numbers start at 1: {items}."),
    (
        "target_not_positive",
        "Target harus lebih dari nol (butir {items}).",
        "A target must be above zero (items {items}).",
    ),
    ("budget_negative", "Anggaran tidak boleh negatif (butir {items}).", "A budget can't be negative (items {items})."),
    ("date_order", "Butir berakhir sebelum mulai: {items}.", "These items end before they start: {items}."),
    (
        "stage_unknown",
        "Tahapan tidak dikenal (butir {items}); yang ada: {known}.",
        "Unknown stages (items {items}); there are: {known}.",
    ),
    (
        "fund_unknown",
        "Sumber dana tidak dikenal (butir {items}); yang ada: {known}.",
        "Unknown funds (items {items}); there are: {known}.",
    ),
    (
        "value_unknown",
        "Cara hitung capaian tidak dikenal (butir {items}); yang ada: {known}.",
        "Unknown ways of counting (items {items}); there are: {known}.",
    ),
    (
        "component_unknown",
        "Komponen tidak dikenal (butir {items}); yang ada: {known}.",
        "Unknown components (items {items}); there are: {known}.",
    ),
    (
        "field_missing",
        "Isian {fields} ({object}) wajib diisi.",
        "{fields} ({object}) must be filled in.",
    ),
    (
        "field_invalid",
        "Isian {fields} ({object}) harus berupa {expected} dalam batasnya.",
        "{fields} ({object}) must be {expected} within its bounds.",
    ),
    (
        "field_unknown",
        "Isian {fields} ({object}) tidak dikenal; yang ada: {known_fields}.",
        "{fields} ({object}) is unknown; there are: {known_fields}.",
    ),
    ("item_unknown", "Butir {item} tidak ada dalam rencana aksi ({known}).", "The plan has no item {item} ({known})."),
    (
        "claim_not_allowed",
        "Capaian tidak dapat diklaim pada keadaan {state}; hanya pada: {states}.",
        "Progress can't be claimed in the state {state}; only in: {states}.",
    ),
    ("item_complete", "Butir {item} sudah diverifikasi tuntas.", "The item {item} is verified complete."),
    (
        "claim_waiting",
        "Klaim {claim} atas butir {item} masih menunggu verifikasi.",
        "The claim {claim} on item {item} still waits for verification.",
    ),
    (
        "value_not_positive",
        "Nilai capaian butir {item} harus lebih dari nol: {value}.",
        "The claimed value of item {item} must be above zero: {value}.",
    ),
    (
        "verifier_missing",
        "Tidak ada pejabat yang dapat memverifikasi ({roles}).",
        "Nobody can verify ({roles}).",
    ),
    ("claim_unknown", "Klaim {claim} tidak ada.", "There is no claim {claim}."),
    ("claim_decided", "Klaim {claim} sudah diputus ({status}).", "The claim {claim} is decided ({status})."),
    (
        "claimant_verifies",
        "Pengklaim ({office}) tidak dapat memverifikasi klaimnya sendiri.",
        "The claimant ({office}) can't verify the own claim.",
    ),
    ("not_the_clock", "Hanya jam sistem yang melakukan ini.", "Only the clock does this."),
    ("obligation_unknown", "Kewajiban {obligation} tidak ada.", "There is no obligation {obligation}."),
    ("obligation_ended", "Kewajiban {obligation} sudah selesai.", "The obligation {obligation} has ended."),
    (
        "round_ended",
        "Putaran itu sudah lewat; sekarang putaran {round}.",
        "That round is over; it is round {round} now.",
    ),
    ("level_taken", "Tingkat {level} sudah diambil.", "The level {level} was taken already."),
    ("level_unknown", "Tingkat {level} bukan yang berikutnya.", "The level {level} isn't the next one."),
    ("level_not_due", "Tingkat {level} belum waktunya.", "The level {level} isn't due yet."),
    ("outside_hours", "Di luar jam pemberitahuan.", "It is outside the hours of telling."),
)

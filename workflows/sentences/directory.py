"""Why an office, an appointment, a calendar or a programme can't be so: (code, Indonesian, English)."""

TEXTS: tuple[tuple[str, str, str], ...] = (
    ("field_blank", "{field} belum diisi.", "{field} is empty."),
    (
        "field_unusable",
        "Isian {field} memuat huruf yang tidak dapat dipakai di sana: {letters}.",
        "The field {field} holds letters that can't be used there: {letters}.",
    ),
    ("organisation_exists", "Organisasi {organisation} sudah ada dan berbeda.", "{organisation} exists and differs."),
    ("organisation_unknown", "Organisasi {organisation} tidak ada.", "There is no organisation {organisation}."),
    ("parent_unknown", "Organisasi induk {organisation} tidak ada.", "There is no parent {organisation}."),
    ("loop_in_tree", "{id} akan berada di bawah dirinya sendiri.", "{id} would stand below itself."),
    ("zone_unknown", "Zona waktu {zone} tidak dikenal.", "The time zone {zone} is unknown."),
    ("office_exists", "Jabatan {office} sudah ada dan berbeda.", "The office {office} exists and differs."),
    (
        "visibility_unknown",
        "Lingkup jabatan {scope} tidak dikenal; yang ada: {known}.",
        "The office's scope {scope} is unknown; there are: {known}.",
    ),
    ("reports_to_unknown", "Jabatan atasan {office} tidak ada.", "There is no superior office {office}."),
    (
        "appointment_exists",
        "Pengangkatan {appointment} sudah ada dan berbeda.",
        "The appointment {appointment} exists and differs.",
    ),
    ("appointment_unknown", "Pengangkatan {appointment} tidak ada.", "There is no appointment {appointment}."),
    (
        "appointment_over",
        "Pengangkatan sudah berakhir pada {end}, sebelum {asked}.",
        "The appointment ended on {end} already, before {asked}.",
    ),
    (
        "may_not_appoint",
        "Jabatan ini tidak berwenang mengusulkan atau mengesahkan pemegang {office}.",
        "This office neither proposes nor confirms a holder of {office}.",
    ),
    (
        "appointee_decides",
        "Calon pemegang {office} tidak dapat mengusulkan atau mengesahkan dirinya sendiri.",
        "Who is to hold {office} can't propose or confirm it.",
    ),
    (
        "appointee_unknown",
        "Tidak ada orang yang dikenal dengan alamat itu; mohon didaftarkan dahulu oleh pengelola sistem.",
        "Nobody is known by that address; the system's operator has to make the person known first.",
    ),
    ("proposal_over", "Masa jabatan yang diusulkan sudah lewat ({end}).", "The proposed term is over ({end})."),
    (
        "proposal_waiting",
        "Pengangkatan yang sama sudah diusulkan ({appointment}) dan menunggu pengesahan.",
        "The same appointment was proposed already ({appointment}) and waits for its confirmation.",
    ),
    (
        "appointment_in_past",
        "Pengangkatan mulai {start} sudah lampau; paling awal hari ini, {today}.",
        "An appointment from {start} lies in the past; the earliest is today, {today}.",
    ),
    (
        "capacity_unknown",
        "Kapasitas {capacity} tidak dikenal; yang ada: {known}.",
        "The capacity {capacity} is unknown; there are: {known}.",
    ),
    ("end_before_start", "Akhir {end} mendahului awal {start}.", "The end {end} is before the start {start}."),
    (
        "office_held",
        "Jabatan {office} sudah dipegang secara definitif sejak {start}.",
        "The office {office} has had a definitive holder since {start}.",
    ),
    ("grant_exists", "Izin {grant} sudah ada dan berbeda.", "The grant {grant} exists and differs."),
    (
        "acts_by_grant",
        "{office} bertindak untuk organisasi lain, jadi melihat menurut izin, bukan menurut lingkup {scope}.",
        "{office} acts for another organisation, so it sees by grants, not by the scope {scope}.",
    ),
    (
        "grant_not_needed",
        "{office} melihat menurut lingkup {scope}, bukan menurut izin.",
        "{office} sees by its scope {scope}, not by grants.",
    ),
    (
        "grant_names_one_thing",
        "Izin menyebut tepat satu: organisasi, pokok atau komitmen.",
        "A grant names exactly one organisation, subject or commitment.",
    ),
    (
        "version_out_of_order",
        "Versi {version} tidak berlaku; yang berikutnya {next}.",
        "Version {version} can't be; the next one is {next}.",
    ),
    ("definition_invalid", "Definisi salah pada {place}: {reason}", "The definition is wrong at {place}: {reason}"),
    (
        "definition_differs",
        "Isi definisi menyebut {read}, bukan {asked}.",
        "The definition's text says {read}, not {asked}.",
    ),
    (
        "definition_unknown",
        "Definisi {definition} versi {version} tidak ada.",
        "No definition {definition} version {version}.",
    ),
    ("day_outside", "Hari ini di luar kalender: {days}.", "These days are outside the calendar: {days}."),
    ("calendar_unknown", "Kalender {calendar} tidak ada.", "There is no calendar {calendar}."),
    ("programme_exists", "Program {programme} sudah ada dan berbeda.", "The programme {programme} exists and differs."),
    ("party_unknown", "Organisasi ini tidak dikenal: {parties}.", "These organisations are unknown: {parties}."),
    ("subject_twice", "Pokok ini tertulis ganda: {subjects}.", "These subjects stand twice: {subjects}."),
)

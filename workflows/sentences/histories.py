"""Why a history from elsewhere, or another system's id, can't be recorded: (code, Indonesian, English)."""

TEXTS: tuple[tuple[str, str, str], ...] = (
    ("history_empty", "Riwayat {reference} tidak memuat keadaan apa pun.", "The history of {reference} has no state."),
    (
        "history_state_unknown",
        "Keadaan ini tidak dikenal alur kerja: {found}; yang ada: {known}.",
        "The workflow doesn't know these states: {found}; there are: {known}.",
    ),
    (
        "history_in_future",
        "Riwayat memuat waktu yang belum tiba: {true_at}.",
        "The history has a time that hasn't come: {true_at}.",
    ),
    (
        "history_contradicts",
        "Pada waktu yang sama ({true_at}) riwayat menyebut beberapa keadaan: {found}.",
        "At one time ({true_at}) the history names several states: {found}.",
    ),
    (
        "history_older",
        "Riwayat memuat {true_at}, lebih lama daripada yang sudah diimpor ({last_at}), yang tidak diubah lagi.",
        "The history has {true_at}, older than what was imported ({last_at}); what was imported stands.",
    ),
    (
        "history_after_requests",
        "Komitmen {commitment} sudah berjalan di sini (permohonan, laporan, temuan, uang); berkas tak menambahnya.",
        "The commitment {commitment} has requests, reports, matters or money of its own here; no file adds to it.",
    ),
    (
        "history_move_unknown",
        "Alur kerja tidak mengenal perpindahan ini: {moves}.",
        "The workflow doesn't know these moves: {moves}.",
    ),
    (
        "external_id_taken",
        "Nomor {id} di sistem {system} sudah berarti yang lain di program ini.",
        "The id {id} of the system {system} means something else in this programme already.",
    ),
    (
        "external_kind_unknown",
        "Jenis {kind} tidak dikenal; yang ada: {known}.",
        "The kind {kind} is unknown; there are: {known}.",
    ),
    (
        "external_id_unusable",
        "Isian {field} harus satu baris tanpa spasi di tepi, sekurangnya 1 dan paling banyak {most} karakter.",
        "The field {field} takes one line without blanks around it, 1 to {most} characters.",
    ),
)

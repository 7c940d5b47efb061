"""Why what leaves the state as it is can't be asked for or take effect: (code, Indonesian, English)."""

TEXTS: tuple[tuple[str, str, str], ...] = (
    (
        "on_hold",
        "Pelaksanaan sedang ditunda sampai {ends_on}.",
        "The work is on hold until {ends_on}.",
    ),
    ("not_on_hold", "Pelaksanaan tidak sedang ditunda.", "The work isn't on hold."),
    (
        "hold_end_missing",
        "Hari terakhir penundaan belum diisi.",
        "The last day of the hold is missing.",
    ),
    (
        "hold_ends_past",
        "Hari terakhir penundaan ({until}) sudah lewat atau hari ini.",
        "The last day of the hold ({until}) is today or over.",
    ),
    (
        "hold_too_long",
        "Penundaan {days} hari kerja; paling lama {longest} hari kerja.",
        "A hold of {days} working days; {longest} are the most.",
    ),
    (
        "terms_not_asked",
        "Permohonan {move} tidak memuat ketentuan lain di luar alasan, uraian, dan bukti.",
        "The request {move} takes no terms beside its reason, text and evidence.",
    ),
)

"""Why a programme can't be closed, or nothing be done in one that is: (code, Indonesian, English)."""

TEXTS: tuple[tuple[str, str, str], ...] = (
    ("programme_closed", "Program {programme} sudah ditutup.", "The programme {programme} is closed."),
    ("programme_not_closed", "Program {programme} tidak sedang ditutup.", "The programme {programme} isn't closed."),
    (
        "commitments_open",
        "Masih ada {count} komitmen yang terbuka: {commitments}.",
        "{count} commitments are still open: {commitments}.",
    ),
    (
        "before_go_live",
        "Jatuh tempo sebelum kawal dipakai ({on}); tidak ada pengingat.",
        "It fell due before kawal was in use ({on}); there is no reminder.",
    ),
)

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
        "party_joined",
        "{party} sudah ikut serta sejak {on}.",
        "{party} takes part already, since {on}.",
    ),
    (
        "party_not_invited",
        "{party} belum diundang.",
        "{party} wasn't invited yet.",
    ),
    (
        "seat_in_future",
        "Harinya ({on}) belum tiba; catat setelah terjadi.",
        "The day ({on}) is still to come; record it once it has.",
    ),
    (
        "answered_before_invited",
        "{party} baru diundang pada {invited_on}; jawaban tidak dapat mendahuluinya.",
        "{party} was invited on {invited_on}; an answer can't come before that.",
    ),
    (
        "before_go_live",
        "Jatuh tempo sebelum kawal dipakai ({on}); tidak ada pengingat.",
        "It fell due before kawal was in use ({on}); there is no reminder.",
    ),
)

"""Why money can't be established, paid or found proven: (code, Indonesian, English)."""

TEXTS: tuple[tuple[str, str, str], ...] = (
    (
        "ledger_not_kept",
        "Alur kerja {definition} tidak mencatat uang.",
        "The workflow {definition} keeps no ledger of money.",
    ),
    (
        "money_not_in_state",
        "Uang tidak dicatat pada keadaan {state}; hanya pada: {states}.",
        "No money is recorded in the state {state}; only in: {states}.",
    ),
    (
        "money_not_established",
        "Nilai yang harus dibayar belum ditetapkan.",
        "How much is owed hasn't been established yet.",
    ),
    (
        "amount_not_positive",
        "Nilai harus lebih dari nol ({amount_idr}).",
        "An amount must be above zero ({amount_idr}).",
    ),
    (
        "amount_below_paid",
        "Nilai {amount_idr} kurang dari yang sudah dibayar ({paid_idr}).",
        "The amount {amount_idr} is below what was paid already ({paid_idr}).",
    ),
    (
        "payment_over_remaining",
        "Pembayaran {amount_idr} melebihi sisa yang belum dibayar ({left_idr}).",
        "The payment of {amount_idr} is more than is left to pay ({left_idr}).",
    ),
    ("paid_in_future", "Tanggal bayar {paid_on} belum tiba.", "The day of payment {paid_on} hasn't come."),
    ("payment_unknown", "Pembayaran {payment} tidak ada.", "There is no payment {payment}."),
    (
        "payment_decided",
        "Pembayaran {payment} sudah diputuskan: {status}.",
        "The payment {payment} is decided already: {status}.",
    ),
    (
        "payer_proves",
        "{office} yang membayar tidak menilai pembayarannya sendiri ({payment}).",
        "{office}, which paid, doesn't judge its own payment ({payment}).",
    ),
    (
        "money_remaining",
        "Masih tersisa {remaining_idr} yang belum terbukti dibayar.",
        "{remaining_idr} isn't proven to be paid yet.",
    ),
)

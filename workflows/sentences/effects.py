"""Why what leaves the state as it is can't be asked for or take effect: (code, Indonesian, English)."""

TEXTS: tuple[tuple[str, str, str], ...] = (
    (
        "adaptation_unnamed",
        "Rencana yang ditandatangani tidak menyebut bagian yang boleh disesuaikan ({components}).",
        "The signed plan names no part that may be adapted ({components}).",
    ),
    (
        "adaptation_elsewhere",
        "Penyesuaian hanya boleh pada butir {named}; rencana ini juga mengubah butir {items}.",
        "Only items {named} may be adapted; this plan changes items {items} too.",
    ),
    (
        "adaptation_breaks_promise",
        "Penyesuaian tidak mengubah yang dijanjikan; ini perlu perubahan rencana: {fields}.",
        "An adaptation leaves what was promised as it is; these need an amendment: {fields}.",
    ),
    (
        "year_not_long_over",
        "Baru dapat diajukan sejak {from}, {days} hari kerja setelah tahun {year} berakhir.",
        "It can be asked for from {from}, {days} working days after the end of {year}.",
    ),
    (
        "closed_too_long_ago",
        "Hanya dapat dibuka kembali dalam {months} bulan; hari terakhirnya {last_day}.",
        "It can be opened again within {months} months alone; the last day was {last_day}.",
    ),
    (
        "items_not_new",
        "Pembukaan kembali memerlukan butir baru, dengan nomor yang belum pernah dipakai ({known} sudah).",
        "Opening again needs a new item, with a number never used before ({known} were).",
    ),
    (
        "items_end_past",
        "Butir yang belum tuntas harus berakhir hari ini atau sesudahnya: {items}.",
        "Items that aren't complete must end today or later: {items}.",
    ),
    (
        "on_hold",
        "Pelaksanaan sedang ditunda sampai {ends_on}.",
        "The work is on hold until {ends_on}.",
    ),
    ("not_on_hold", "Pelaksanaan tidak sedang ditunda.", "The work isn't on hold."),
    (
        "until_missing",
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
    ("extensions_missing", "Belum ada butir yang dimintakan perpanjangan.", "No item to extend was named."),
    (
        "extension_not_later",
        "Akhir yang baru harus sesudah hari ini dan sesudah akhir yang sekarang (butir {items}).",
        "A new end must lie after today and after the present end (items {items}).",
    ),
    (
        "extension_after_year",
        "Perpanjangan tidak boleh melewati tahun {year} (butir {items}).",
        "An extension can't go beyond {year} (items {items}).",
    ),
    (
        "extension_too_long",
        "Perpanjangan paling lama {longest} hari kerja (butir {items}).",
        "An extension is {longest} working days at most (items {items}).",
    ),
    (
        "extended_too_often",
        "Sebuah butir diperpanjang paling banyak {most} kali (butir {items}).",
        "An item is extended {most} times at most (items {items}).",
    ),
    ("corrections_missing", "Belum ada yang dibetulkan.", "Nothing to correct was named."),
    (
        "correction_forbidden",
        "Yang dijanjikan hanya dapat diubah dengan perubahan rencana, bukan dengan pembetulan: {fields}.",
        "What was promised is amended, never corrected: {fields}.",
    ),
    (
        "correction_unknown",
        "Isian ini tidak ada, tidak dapat dibetulkan, atau disebut dua kali: {fields}.",
        "These fields don't exist, can't be corrected or are named twice: {fields}.",
    ),
    (
        "correction_empty",
        "Pembetulan ini kosong atau sama dengan yang sudah tertulis: {fields}.",
        "These corrections are empty, or what stands there already: {fields}.",
    ),
    (
        "correction_of_figures",
        "Angka di dalam teks tidak dapat diubah dengan pembetulan: {fields}.",
        "A figure inside a text can't be corrected: {fields}.",
    ),
    (
        "terms_not_asked",
        "Permohonan {move} tidak memuat ketentuan lain di luar alasan, uraian, dan bukti.",
        "The request {move} takes no terms beside its reason, text and evidence.",
    ),
)

"""Why a report can't be submitted, a period not be changed or a claim not be judged: (code, Indonesian, English)."""

TEXTS: tuple[tuple[str, str, str], ...] = (
    (
        "period_unknown",
        "Periode {period} tidak dikenal; yang ada: {known}.",
        "The period {period} is unknown; there are: {known}.",
    ),
    (
        "period_not_open",
        "Periode {period} baru dibuka pada {opens_on}.",
        "The period {period} opens on {opens_on}.",
    ),
    ("period_closed", "Periode {period} sudah ditutup.", "The period {period} is closed."),
    ("period_not_closed", "Periode {period} belum ditutup.", "The period {period} isn't closed yet."),
    (
        "period_not_longer",
        "Perpanjangan periode {period} harus melewati yang berlaku (jatuh tempo {due_on}, ditutup {closes_on}).",
        "An extension of {period} must go beyond what holds now (due {due_on}, closing {closes_on}).",
    ),
    (
        "period_ends_before",
        "Periode {period} tidak dapat dibuka kembali sampai hari yang sudah lewat ({closes_on}).",
        "The period {period} can't be opened again until a day that is past ({closes_on}).",
    ),
    (
        "report_empty",
        "Laporan {period} belum memuat apa pun; isi capaian atau nyatakan nihil beserta alasannya.",
        "The report {period} says nothing yet; give progress, or say nihil with the reason.",
    ),
    (
        "report_incomplete",
        "Butir ini belum dilaporkan: {items}; isi capaiannya atau nyatakan nihil beserta alasannya.",
        "These items aren't reported yet: {items}; give their progress, or say nihil with the reason.",
    ),
    ("item_reported_twice", "Butir ini dilaporkan ganda: {items}.", "These items are reported twice: {items}."),
    (
        "nihil_reason_missing",
        "Nihil untuk butir {item} memerlukan alasan.",
        "Nihil for the item {item} needs a reason.",
    ),
    (
        "value_falls",
        "Nilai kumulatif butir {item} ({value}) di bawah yang terakhir ({last}); mohon isi alasannya.",
        "The cumulative value of item {item} ({value}) is below the last one ({last}); please give the reason.",
    ),
    (
        "evidence_awaited",
        "Bukti dukung klaim {claim} masih menyusul; klaim baru dapat diperiksa setelah bukti dilampirkan.",
        "The evidence of the claim {claim} is still to come; the claim is checked once it is there.",
    ),
    ("evidence_attached", "Berkas ini sudah dilampirkan: {files}.", "These files are attached already: {files}."),
    (
        "check_not_asked",
        "Menurut alur kerja ini capaian langsung diverifikasi, tanpa pemeriksaan tersendiri.",
        "In this workflow progress is verified at once, without a check of its own.",
    ),
    (
        "claim_unchecked",
        "Klaim {claim} belum diperiksa; verifikasi dilakukan setelahnya.",
        "The claim {claim} isn't checked yet; it is verified after that.",
    ),
    (
        "checker_verifies",
        "Pemeriksa pertama ({office}) tidak dapat memverifikasi klaim yang sama.",
        "Who checked it first ({office}) can't verify the same claim.",
    ),
    (
        "sample_not_asked",
        "Alur kerja {definition} tidak meminta uji petik.",
        "The workflow {definition} asks for no sample.",
    ),
    (
        "sample_drawn",
        "Uji petik periode {period} sudah diundi; undian hanya sekali.",
        "The sample of {period} was drawn already; it is drawn once.",
    ),
    (
        "sample_missing",
        "Uji petik periode {period} belum diundi.",
        "The sample of {period} wasn't drawn yet.",
    ),
    (
        "weight_not_positive",
        "Bobot harus lebih dari nol (butir {items}).",
        "A weight must be above zero (items {items}).",
    ),
    (
        "dependency_unknown",
        "Butir ini bergantung pada butir yang tidak ada: {items}.",
        "These items depend on items that don't exist: {items}.",
    ),
    (
        "dependency_circular",
        "Butir ini saling bergantung berputar: {items}.",
        "These items depend on each other in a circle: {items}.",
    ),
    (
        "target_periods_unsound",
        "Target per periode tidak sesuai (butir {items}): periode berurutan dari {known}, tidak menurun dan tidak"
        " melebihi target.",
        "The targets by period don't fit (items {items}): periods in order out of {known}, not falling and not above"
        " the target.",
    ),
)

"""Why a workflow's version can't be brought in, or a commitment not go over to it: (code, Indonesian, English)."""

TEXTS: tuple[tuple[str, str, str], ...] = (
    (
        "second_person_needed",
        "Definisi {definition} perlu diusulkan lalu disahkan orang kedua.",
        "The definition {definition} has to be proposed, and confirmed by a second person.",
    ),
    ("proposal_unknown", "Usulan {proposal} tidak ada.", "There is no proposal {proposal}."),
    ("proposal_closed", "Usulan {proposal} sudah {status}.", "The proposal {proposal} is {status}."),
    (
        "proposer_confirms",
        "Pengusul ({office}) tidak dapat mengesahkan usulannya sendiri, dalam jabatan apa pun.",
        "The proposer ({office}) can't confirm the own proposal, in whatever office.",
    ),
    ("migration_unknown", "Migrasi {migration} tidak ada.", "There is no migration {migration}."),
    ("migration_closed", "Migrasi {migration} berstatus {status}.", "The migration {migration} is {status}."),
    (
        "migration_not_confirmed",
        "Migrasi {migration} tidak disahkan oleh {office}.",
        "The migration {migration} was not confirmed by {office}.",
    ),
    (
        "not_in_migration",
        "Komitmen ini tidak termasuk dalam migrasi {migration}.",
        "This commitment is no part of the migration {migration}.",
    ),
    (
        "not_moved_last",
        "Yang terakhir memindahkan komitmen ini bukan migrasi {migration}.",
        "It wasn't the migration {migration} that moved this commitment last.",
    ),
    ("state_mapped_twice", "Keadaan ini dipetakan ganda: {states}.", "These states are mapped twice: {states}."),
    (
        "state_unknown_anywhere",
        "Keadaan ini tidak ada dalam definisi: {states}.",
        "No version of the definition has these states: {states}.",
    ),
    (
        "state_unmapped",
        "Keadaan {state} tidak ada pada versi {version}, dan padanannya tidak disebut.",
        "Version {version} has no state {state}, and none is named in its place.",
    ),
    (
        "state_means_otherwise",
        "Keadaan {state} berarti lain daripada {as} pada versi {version}.",
        "The state {state} means something else than {as} in version {version}.",
    ),
    (
        "request_would_break",
        "Permohonan {move} masih menunggu putusan, dan pada versi {version} jalannya lain atau tidak ada; "
        "komitmen ini ikut pindah setelah permohonan itu diputus atau ditarik.",
        "The request {move} still waits for a verdict, and in version {version} its way is another or none; "
        "the commitment goes over once that request is decided or withdrawn.",
    ),
    (
        "duty_would_not_end",
        "Kewajiban ini masih terbuka dan tidak dikenal versi {version}: {duties}.",
        "These duties are still open, and version {version} doesn't know them: {duties}.",
    ),
    (
        "plan_unsayable",
        "Lingkup, tahapan, sumber dana atau isian ini tidak ada seperti itu pada versi {version}: {missing}.",
        "Version {version} has no such scope, stage, fund or field: {missing}.",
    ),
    (
        "happened_since",
        "Sejak itu terjadi yang tidak dimungkinkan versi {version}: {what}.",
        "Something happened since that version {version} doesn't allow: {what}.",
    ),
)

"""Why nobody may act on another office's behalf, or give its authority away: (code, Indonesian, English)."""

TEXTS: tuple[tuple[str, str, str], ...] = (
    (
        "delegation_unknown",
        "Tidak ada pelimpahan wewenang dari {on_behalf_of} kepada {office}.",
        "No authority was delegated by {on_behalf_of} to {office}.",
    ),
    (
        "delegation_not_begun",
        "Pelimpahan wewenang dari {on_behalf_of} kepada {office} baru berlaku mulai {start}.",
        "The delegation from {on_behalf_of} to {office} begins on {start}.",
    ),
    (
        "delegation_ended",
        "Pelimpahan wewenang dari {on_behalf_of} kepada {office} sudah berakhir.",
        "The delegation from {on_behalf_of} to {office} has ended.",
    ),
    (
        "delegation_out_of_scope",
        "Pelimpahan wewenang dari {on_behalf_of} kepada {office} tidak mencakup tindakan ini.",
        "The delegation from {on_behalf_of} to {office} doesn't reach this act.",
    ),
    (
        "delegation_not_then",
        "Pada {at} wewenang {on_behalf_of} tidak sedang dilimpahkan kepada {office}.",
        "At {at} the authority of {on_behalf_of} wasn't delegated to {office}.",
    ),
    (
        "assistant_decides",
        "Asisten {on_behalf_of} ({office}) membaca, memilah dan memberi saran; memutus tidak.",
        "The assistant of {on_behalf_of} ({office}) reads, sorts and advises, and decides nothing.",
    ),
    ("delegation_not_found", "Pelimpahan {delegation} tidak ada.", "There is no delegation {delegation}."),
    (
        "term_not_due",
        "Belum waktunya, atau sudah, dinyatakan bahwa pelimpahan {delegation} mulai atau berakhir.",
        "It isn't time to say that the delegation {delegation} begins or ends, or it was said.",
    ),
    (
        "delegation_exists",
        "Pelimpahan {delegation} sudah ada dan berbeda.",
        "The delegation {delegation} exists and differs.",
    ),
    (
        "delegation_to_oneself",
        "Wewenang tidak dapat dilimpahkan kepada diri sendiri ({office}).",
        "Nobody delegates to oneself ({office}).",
    ),
    (
        "delegation_in_past",
        "Pelimpahan mulai {start} sudah lampau; paling awal hari ini, {today}.",
        "A delegation from {start} lies in the past; the earliest is today, {today}.",
    ),
    (
        "delegation_scope_unknown",
        "Program atau permohonan ini tidak dikenal: {unknown}.",
        "These programmes or moves are unknown: {unknown}.",
    ),
    (
        "delegation_overlaps",
        "Wewenang yang sama sudah dilimpahkan kepada {to} dari {start} sampai {end}.",
        "The same authority is delegated to {to} from {start} to {end} already.",
    ),
    (
        "delegation_loop",
        "Pelimpahan dari {office} kepada {to} akan kembali kepada pemberinya.",
        "The delegation from {office} to {to} would lead back to its giver.",
    ),
    (
        "not_the_giver",
        "Hanya {office} yang dapat memberi atau mencabut pelimpahan ini.",
        "Only {office} gives or revokes this delegation.",
    ),
    (
        "redelegation_not_allowed",
        "{on_behalf_of} tidak mengizinkan {office} melimpahkan wewenangnya lagi.",
        "{on_behalf_of} doesn't allow {office} to pass its authority on.",
    ),
    (
        "redelegation_exceeds",
        "Yang dilimpahkan lagi tidak boleh melebihi yang diterima ({start} sampai {end}, dengan lingkup yang sama).",
        "What is passed on can't exceed what was received ({start} to {end}, within the same scope).",
    ),
)

"""What a doubt about a workflow says, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from workflows.definition import Label


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubt. code: a key of SENTENCES; place: where in the text, as a path; facts: what fills the sentence"""

    code: str
    place: str
    facts: Mapping[str, str]

    def sentence(self, language: str) -> str:
        """The doubt in a sentence (id | en)."""
        label = SENTENCES[self.code]
        return (label.en if language == "en" else label.id).format_map(self.facts)


SENTENCES: Mapping[str, Label] = MappingProxyType(
    {
        "unreachable_state": Label(
            "Tidak ada jalan dari keadaan awal ke {state}.", "No way leads from the first state to {state}."
        ),
        "dead_end": Label(
            "Keadaan {state} terbuka, tetapi tidak ada jalan keluarnya.",
            "The state {state} is open and has no way out.",
        ),
        "never_closes": Label(
            "Dari keadaan {state} tidak ada jalan ke keadaan yang ditutup.",
            "No way leads from the state {state} to a closed one.",
        ),
        "endless_wait": Label(
            "Langkah {step} ({move}) menunggu bila jabatannya kosong atau terlibat ({ways}),"
            " dan tangga {ladder} hanya memberi tahu jabatan itu sendiri: tidak seorang pun dapat mengakhirinya.",
            "The step {step} ({move}) waits where its office is vacant or conflicted ({ways}), and the ladder {ladder}"
            " tells that office alone: nobody would end the wait.",
        ),
        "acted_at_ceiling": Label(
            "Langkah {step} ({move}): {role} sudah bertindak dalam permohonan ini, dan di atasnya tidak ada yang dapat"
            " menggantikan (ceiling).",
            "Step {step} ({move}): {role} has acted in the request already, and nobody above may stand in (ceiling).",
        ),
        "duty_never_met": Label(
            "Kewajiban {duty} tidak pernah terpenuhi: dari {states} tidak ada jalan ke {until}.",
            "The duty {duty} is never met: no way leads from {states} to {until}.",
        ),
        "acted_already": Label(
            "Langkah {step} ({move}): {role} sudah bertindak dalam permohonan ini, dan if_conflicted: block"
            " melarang penggantinya.",
            "Step {step} ({move}): {role} has acted in the request already, and if_conflicted: block lets nobody"
            " stand in.",
        ),
        "guard_never_holds": Label(
            "Syarat {guard} ({move}) tidak pernah terpenuhi: tidak ada {missing}.",
            "The guard {guard} ({move}) never holds: nothing {missing}.",
        ),
        "act_without_role": Label(
            "Capaian dapat diklaim pada {state}, tetapi tidak ada peran dengan {act}.",
            "Progress may be claimed in {state}, and no role may {act}.",
        ),
        "ledger_without_role": Label(
            "Uang dicatat, tetapi tidak ada peran dengan {acts}.", "Money is kept, and no role may {acts}."
        ),
        "guard_without_ledger": Label(
            "Syarat money_settled ({move}) tidak menahan apa pun: alur kerja ini tidak mencatat uang.",
            "The guard money_settled ({move}) holds nothing up: this workflow keeps no ledger.",
        ),
        "field_nobody_fills": Label(
            "Isian {field} wajib, tetapi yang melihatnya ({roles}) tidak dapat mengisinya.",
            "The field {field} is required, and those who see it ({roles}) can't write it.",
        ),
        "field_late": Label(
            "Isian {field} hanya ditulis dalam konsep, tetapi baru wajib pada {stages}.",
            "The field {field} is written in the draft alone, and required only in {stages}.",
        ),
        "unused_catalogue": Label(
            "Katalog alasan {name} tidak dipakai.", "Nobody uses the catalogue of reasons {name}."
        ),
        "unused_ladder": Label("Tangga {name} tidak dipakai.", "Nobody uses the ladder {name}."),
        "notice_of_nothing": Label(
            "Kejadian {fact} bukan milik komitmen: pemberitahuan ini tidak pernah dikirim.",
            "The fact {fact} is no commitment's: this notice is never sent.",
        ),
        "notice_of_no_state": Label(
            "Tidak ada yang menuju {states}: pemberitahuan ini tidak pernah dikirim.",
            "Nothing leads to {states}: this notice is never sent.",
        ),
        "notice_nobody_hears": Label(
            "Kejadian {fact} tidak mengenal {addressees}: tidak ada yang mendengarnya.",
            "The fact {fact} has no {addressees}: nobody hears it.",
        ),
        "role_without_office": Label("Tidak ada jabatan dengan peran {role}.", "No office has the role {role}."),
        "step_unfilled_for": Label(
            "Langkah {step} ({move}): tidak ada jabatan {role} untuk {parties} atau di atasnya.",
            "Step {step} ({move}): no office of the role {role} for {parties} or above.",
        ),
        "quorum_too_large": Label(
            "Langkah {step} ({move}) perlu {quorum} persetujuan, lebih dari jabatan yang ada untuk {parties}.",
            "Step {step} ({move}) needs {quorum} approvals, more than there are offices for {parties}.",
        ),
    }
)

"""A workflow with fields of its own, and a programme that uses it beside the usual one."""

from __future__ import annotations

from dataclasses import replace

from service import catalog
from service.dispatch import Caller
from tests.support.api_world import ApiWorld
from tests.support.short_path import short_path
from tests.support.world import COORDINATOR, OPENED
from workflows.commands import ConfirmDefinition, OpenProgramme, ProposeDefinition
from workflows.context import Acting

NAME, PROGRAMME = "replikasi-inovasi", "kalbar-2022-b"
FIELDS = """
fields:
  commitment:
    group:
      label: {id: Kelompok sasaran, en: Target group}
      type: choice
      required_in: [drafted]
      choices: {children: {id: Anak, en: Children}, elderly: {id: Lansia, en: Elderly}}
    hotline: {label: {id: Nomor layanan, en: Hotline}, type: text}
    decree: {label: {id: Surat keputusan, en: Decree}, type: letter, required_in: [signed]}
    secret: {label: {id: Catatan dinas, en: Office note}, type: text, visible_to: [region_coordinator]}
    partner: {label: {id: Mitra, en: Partner}, type: office}
    ceiling: {label: {id: Pagu, en: Ceiling}, type: money}
    share: {label: {id: Porsi, en: Share}, type: number, min: 0, max: 100}
    met_on: {label: {id: Tanggal bertemu, en: Day of meeting}, type: date}
  item:
    cost: {label: {id: Biaya satuan, en: Cost of one}, type: money, min: 1, required_in: [sign, amend]}
    remark: {label: {id: Keterangan, en: Remark}, type: text, visible_to: [region_coordinator]}
  claim:
    index: {label: {id: Indeks kepuasan, en: Satisfaction}, type: number, min: 0, max: 100, required_in: [signed]}
  request:
    sign:
      met_on: {label: {id: Tanggal rapat, en: Day of the meeting}, type: date, required_in: [sign]}
      host: {label: {id: Catatan rapat, en: Minutes}, type: text, visible_to: [agency_head]}
parents: [group]
scale:
  label: {id: Tingkat penyelesaian, en: Completion}
  levels:
    not_started: {label: {id: Belum dimulai, en: Not started}, from_percent: 0}
    limited: {label: {id: Sebagian kecil, en: Limited}, from_percent: 1}
    completed: {label: {id: Tuntas, en: Completed}, from_percent: 100}
publication:
  states: [signed, completed]
  fields: [commitment.group]
  facts: [state-changed]
retention:
  commitment: {label: {id: Berkas komitmen, en: Commitment}, years: 10, placeholder: true}
"""


def text_with_fields() -> str:
    """The workflow's text: the shipped one's second version, with fields."""
    return short_path().replace("version: 1\n", "version: 2\n", 1) + FIELDS


def with_own_fields(world: ApiWorld) -> ApiWorld:
    """The world with the workflow installed, and the programme opened that uses it."""
    stream = catalog.definition_stream(NAME)
    coordinator = Caller(Acting(COORDINATOR, world.persons[COORDINATOR]), "cli:test")
    world.tell(stream, ProposeDefinition(NAME, text_with_fields()))
    (proposal,) = world.runtime.basis(fresh=True).installed.proposals
    world.tell(stream, ConfirmDefinition(proposal), by=coordinator)
    opened = replace(OPENED, programme=PROGRAMME, definition_version=2)
    world.tell(catalog.programme_stream(PROGRAMME), OpenProgramme(opened), by=coordinator)
    return world

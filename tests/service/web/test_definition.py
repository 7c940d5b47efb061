"""A workflow's page: drawn, and said in words, in both languages; linked from each commitment."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from service.sentences import workflow_told
from tests.support.api_world import ApiWorld
from tests.support.browsing import visitor
from tests.support.own_fields import text_with_fields, with_own_fields
from tests.support.world import HEAD, REGION
from workflows.definition_yaml import parse, shipped, shipped_names

PATH = "/definitions/replikasi-inovasi/1"


def test_a_commitment_leads_to_the_page_of_its_workflow(world: ApiWorld, drafted: str) -> None:
    one = visitor(world, HEAD)
    one.open(f"/commitments/{drafted}")
    assert f'href="{PATH}"' in one.page
    one.open(PATH)
    assert one.status == 200
    assert "Replikasi inovasi pelayanan publik" in one.words
    assert "<svg" in one.page
    assert (
        "Langkah 2: Tanda tangan Sekretaris daerah kabupaten/kota; 5 hari kerja; tangga putusan; menandatangani"
        in one.words
    )
    assert "Dimintai pendapat pemilik pokok; 7 hari kerja; setelah Pemeriksaan; bila komponen inti berubah" in one.words
    assert "+20 hari kerja dari tenggat Sekretaris daerah provinsi (rangkuman)" in one.words
    assert "Lainnya (perlu penjelasan minimal 20 karakter)" in one.words


def test_the_page_is_english_for_who_chose_it(world: ApiWorld) -> None:
    one = visitor(world, REGION)
    one.open("/")
    one.send(one.form("/language"), button=("language", "en"))
    one.open(PATH)
    assert "Step 2: Signature Regional secretary; 5 working days; ladder of verdicts; signs" in one.words
    assert 'lang="en"' in one.page
    assert "Langkah" not in one.words


def test_own_fields_scale_publication_and_retention_are_shown(world: ApiWorld) -> None:
    with_own_fields(world)
    one = visitor(world, HEAD)
    one.open("/definitions/replikasi-inovasi/2")
    for said in (
        "Kelompok sasaran commitment.group Pada komitmen Jenis pilihan Pilihan Anak; Lansia Wajib pada Konsep",
        "Dilihat oleh Koordinator kabupaten/kota",
        "Tuntas completed mulai 100%",
        "Keadaan states Ditandatangani, Selesai",
        "Berkas komitmen commitment 10 tahun setelah ditutup (angka sementara, belum ditetapkan)",
    ):
        assert said in one.words, said
    assert 'href="/definitions/replikasi-inovasi/1"' in one.page


def test_the_drawing_can_be_saved(world: ApiWorld) -> None:
    answer = visitor(world, HEAD).open(f"{PATH}.svg")
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="replikasi-inovasi-1.svg"'
    assert ET.fromstring(answer.get_data(as_text=True)).tag.endswith("svg")


@pytest.mark.parametrize("path", ["/definitions/replikasi-inovasi/9", "/definitions/unheard/1", f"{PATH}0.svg"])
def test_a_workflow_that_is_not_installed_is_not_found(world: ApiWorld, path: str) -> None:
    one = visitor(world, HEAD)
    one.open(path)
    assert one.status == 404


def test_a_stranger_is_asked_to_sign_in(world: ApiWorld) -> None:
    one = visitor(world)
    one.open(PATH)
    assert "<svg" not in one.page


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_state_move_role_and_ladder_is_told(language: str) -> None:
    for text in (*(shipped(name) for name in shipped_names()), text_with_fields()):
        definition = parse(text)
        told = {
            section.name: {entry.code for entry in section.entries} for section in workflow_told(definition, language)
        }
        assert told["states"] == set(definition.states)
        assert told["moves"] == set(definition.moves)
        assert told["roles"] == set(definition.roles)
        assert told["ladders"] == set(definition.ladders)

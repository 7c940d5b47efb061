"""`kawal definition install|confirm|decline|use|proposals|migrate` on a real log, by an operator and two offices."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from service.catalog import commitment_stream, programme_stream
from service.cli import exits
from service.cli.root import kawal
from service.dispatch import Caller
from service.migrating import carrying_out
from tests.support.api_story import signed
from tests.support.api_world import NOBODY_LISTENS, ApiWorld, api_world
from tests.support.short_path import short_path
from tests.support.world import ADMIN, COORDINATOR, HEAD, PROGRAMME
from workflows.commands import ConfirmMigration
from workflows.context import Acting

NAME = "replikasi-inovasi"
NEXT = short_path().replace("version: 1", "version: 2", 1).replace("en: Signed}", "en: Agreed}")
RENAMED = re.sub(r"\bsigned\b", "agreed", NEXT)
REASONED = ("--letter", "800/7", "--reason", "Aturan baru")


@dataclass
class Desk:
    """Somebody at the command line of a world's machine."""

    world: ApiWorld
    folder: Path

    def run(self, *words: str, by: str | None = None) -> Result:
        token = ("--token-file", self._token(by)) if by else ()
        environment = {"KAWAL_DATA_DIR": str(self.world.config.data_dir), "REDIS_URL": NOBODY_LISTENS}
        return CliRunner().invoke(kawal, ["definition", *words, *token], env=environment)

    def done(self, *words: str, by: str | None = None, code: int = exits.OK) -> dict[str, Any]:
        result = self.run(*words, "--json", by=by)
        assert result.exit_code == code, result.output
        found: dict[str, Any] = json.loads(result.stdout)
        return found

    def refused(self, *words: str, by: str | None = None) -> str:
        result = self.run(*words, by=by)
        assert result.exit_code not in (exits.OK, exits.PARTIAL), result.output
        return result.output

    def file(self, text: str, name: str = "workflow.yaml") -> str:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def install(self, text: str) -> None:
        proposal = self.done("install", self.file(text))["proposal"]
        self.done("confirm", proposal, by=COORDINATOR)

    def _token(self, office: str) -> str:
        return self.file(f"{self.world.tokens[office]}\n", f"{office}.token")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(api_world(tmp_path / "data"), tmp_path)


def test_the_first_workflow_of_a_log_is_installed_by_one_and_the_next_takes_two(tmp_path: Path) -> None:
    world = api_world(tmp_path / "data")
    alone = Desk(world, tmp_path)
    empty = tmp_path / "empty"
    environment = {"KAWAL_DATA_DIR": str(empty), "REDIS_URL": NOBODY_LISTENS}
    assert CliRunner().invoke(kawal, ["migrate"], env=environment).exit_code == 0
    first = CliRunner().invoke(kawal, ["definition", "install", NAME, "--json"], env=environment)
    assert json.loads(first.stdout)["status"] == "installed", first.output
    again = CliRunner().invoke(kawal, ["definition", "install", NAME, "--json"], env=environment)
    assert json.loads(again.stdout) == {"definition": NAME, "version": 1, "status": "installed", "new": False}
    assert alone.done("install", alone.file(NEXT))["status"] == "open"


def test_an_operator_proposes_and_an_office_confirms(desk: Desk) -> None:
    proposed = desk.done("install", desk.file(NEXT))
    assert proposed == {"definition": NAME, "version": 2, "proposal": f"{NAME}.p1", "status": "open", "new": True}
    assert desk.done("install", desk.file(NEXT))["new"] is False
    assert [row["id"] for row in json.loads(desk.run("proposals", "--json").stdout)] == [f"{NAME}.p1"]
    assert "proposer_confirms" in desk.refused("confirm", f"{NAME}.p1")
    assert "role_may_not" in desk.refused("confirm", f"{NAME}.p1", by=HEAD)
    assert desk.done("confirm", f"{NAME}.p1", by=COORDINATOR)["status"] == "installed"
    assert "proposal_closed" in desk.refused("confirm", f"{NAME}.p1", by=ADMIN)
    assert "Nothing waits" in desk.run("proposals").output
    assert f"{NAME}.p1" in desk.run("proposals", "--all").output


def test_an_office_may_propose_by_its_token_and_not_confirm_itself(desk: Desk) -> None:
    desk.done("install", desk.file(NEXT), by=ADMIN)
    assert "proposer_confirms" in desk.refused("confirm", f"{NAME}.p1", by=ADMIN)
    assert desk.done("decline", f"{NAME}.p1", "--reason", "salah berkas", by=ADMIN)["status"] == "declined"
    assert "proposal_closed" in desk.refused("confirm", f"{NAME}.p1", by=COORDINATOR)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: x", "definition_invalid"),
        (short_path().replace("version: 1", "version: 5", 1), "version_out_of_order"),
    ],
)
def test_a_text_that_cannot_be_installed_is_refused_with_its_reason(desk: Desk, text: str, said: str) -> None:
    assert said in desk.refused("install", desk.file(text))


def test_what_is_no_workflow_nor_token_is_said(desk: Desk) -> None:
    assert desk.run("install", "no-such-workflow").exit_code == exits.USAGE
    (desk.folder / "binary.yaml").write_bytes(b"\xff\xfe")
    assert "not UTF-8" in desk.refused("install", str(desk.folder / "binary.yaml"))
    wrong = desk.run("install", NAME, "--token-file", desk.file("kwl_nothing"))
    assert wrong.exit_code == 1
    assert "proposal_unknown" in desk.refused("confirm", f"{NAME}.p9", by=COORDINATOR)
    assert "proposal_unknown" in desk.refused("decline", "nothing", "--reason", "x", by=COORDINATOR)


def test_new_drafts_follow_another_version_after_an_act_alone(desk: Desk) -> None:
    desk.install(NEXT)
    assert desk.world.runtime.basis(fresh=True).programmes[PROGRAMME].definition_version == 1
    wish = ("use", PROGRAMME, "--version", "2", *REASONED)
    assert "office_unknown" in desk.refused(*wish)
    assert desk.done(*wish, "--as", COORDINATOR)["new"] is True
    assert desk.done(*wish, by=COORDINATOR)["new"] is False
    assert desk.world.runtime.basis(fresh=True).programmes[PROGRAMME].definition_version == 2


def test_a_migration_is_looked_at_proposed_confirmed_and_taken_back(desk: Desk) -> None:
    commitment = signed(desk.world).commitment
    desk.install(RENAMED)
    unmapped = desk.done("migrate", PROGRAMME, "--to", "2", "--dry-run", code=exits.PARTIAL)
    assert [why["code"] for why in unmapped["commitments"][0]["why_not"]] == ["state_unmapped"]
    wish = ("migrate", PROGRAMME, "--to", "2", "--state-map", "signed=agreed")
    looked = desk.done(*wish, "--dry-run")["commitments"][0]
    assert (looked["from_state"], looked["to_state"], looked["to_version"]) == ("signed", "agreed", 2)
    assert "would go over" in desk.run(*wish, "--dry-run").output
    assert desk.world.runtime.commitment(commitment, fresh=True).state.definition_version == 1
    assert "field_blank" in desk.refused(*wish)
    proposed = desk.done(*wish, *REASONED)
    assert proposed == {"migration": f"{PROGRAMME}.m1", "status": "open", "new": True}
    assert desk.done(*wish, *REASONED) == {**proposed, "new": False}
    assert "proposer_confirms" in desk.refused("confirm", f"{PROGRAMME}.m1")
    ended = desk.done("confirm", f"{PROGRAMME}.m1", by=COORDINATOR)
    assert ended == {"migration": f"{PROGRAMME}.m1", "status": "ended", "moved": 1, "left": 0}
    state = desk.world.runtime.commitment(commitment, fresh=True).state
    assert state is not None
    assert (state.definition_version, state.state) == (2, "agreed")
    desk.world.catch_up()
    assert (
        desk.done("migrate", PROGRAMME, "--undo", f"{PROGRAMME}.m1", "--dry-run")["commitments"][0]["to_version"] == 1
    )
    undo = desk.done("migrate", PROGRAMME, "--undo", f"{PROGRAMME}.m1", *REASONED)["migration"]
    assert desk.done("confirm", undo, by=ADMIN)["moved"] == 1
    back = desk.world.runtime.commitment(commitment, fresh=True).state
    assert back is not None
    assert (back.definition_version, back.state) == (1, "signed")


def test_a_worker_carries_out_what_was_confirmed_elsewhere_and_a_second_confirmation_goes_on_with_it(
    desk: Desk,
) -> None:
    commitment = signed(desk.world).commitment
    desk.install(NEXT)
    desk.done("migrate", PROGRAMME, "--to", "2", *REASONED)
    runtime, person = desk.world.runtime, desk.world.persons[COORDINATOR]
    by = Caller(Acting(COORDINATOR, person), "cli:test")
    desk.world.tell(programme_stream(PROGRAMME), ConfirmMigration(f"{PROGRAMME}.m1"), by=by)
    assert [one.moved for one in islice(carrying_out(runtime, f"{PROGRAMME}.m1"), 1)] == [True]
    desk.world.catch_up()
    state = desk.world.runtime.commitment(commitment, fresh=True).state
    assert state is not None
    assert state.definition_version == 2
    known = desk.world.runtime.basis(fresh=True).installed.migrations[f"{PROGRAMME}.m1"]
    assert (known.status, known.moved, known.left) == ("ended", 1, 0)
    story = [event.type for event in runtime.store.read_stream(commitment_stream(commitment))]
    assert story.count("definition-migrated") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("migrate", PROGRAMME), "--to"),
        (("migrate", PROGRAMME, "--to", "2", "--undo", "x"), "--to"),
        (("migrate", PROGRAMME, "--to", "1", "--state-map", "signed"), "OLD=NEW"),
        (("migrate", PROGRAMME, "--to", "9", *REASONED), "definition_unknown"),
        (("migrate", "nowhere", "--to", "1", *REASONED), "programme_unknown"),
        (("migrate", PROGRAMME, "--to", "1", "--commitment", "k9", *REASONED), "no such commitments"),
        (("migrate", PROGRAMME, "--undo", "x.m1", *REASONED), "migration_unknown"),
    ],
)
def test_an_order_that_makes_no_sense_is_refused_in_a_sentence(desk: Desk, words: tuple[str, ...], said: str) -> None:
    assert said in desk.refused(*words)


def test_a_declined_migration_moves_nothing(desk: Desk) -> None:
    desk.install(NEXT)
    desk.done("migrate", PROGRAMME, "--to", "2", *REASONED)
    assert desk.done("decline", f"{PROGRAMME}.m1", "--reason", "belum siap")["status"] == "declined"
    assert "migration_closed" in desk.refused("confirm", f"{PROGRAMME}.m1", by=COORDINATOR)

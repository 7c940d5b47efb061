import pytest
from transitions import MachineError

from workflows.definition_yaml import parse, shipped
from workflows.lifecycle import Standing, compile_table, machine_of, mermaid

TEXT = shipped("replikasi-inovasi")
DEFINITION = parse(TEXT)
PAIRS = [(state, move) for state in DEFINITION.states for move in DEFINITION.moves]


def led(state: str, move: str) -> str | None:
    """Where the machine itself goes when the move is fired in that state; None if it refuses."""
    standing = Standing()
    machine = machine_of(DEFINITION, standing)
    machine.set_state(state)
    try:
        assert standing.trigger(move)
    except MachineError:
        return None
    return standing.state


@pytest.mark.parametrize(("state", "move"), PAIRS)
def test_table_and_machine_agree_on_every_state_and_move(state: str, move: str) -> None:
    assert compile_table(DEFINITION).get((state, move)) == led(state, move)


def test_the_table_has_one_row_a_source_of_a_move() -> None:
    rows = {(source, move.name): move.target or source for move in DEFINITION.moves.values() for source in move.sources}
    assert dict(compile_table(DEFINITION)) == rows
    assert len(rows) == 34


@pytest.mark.parametrize("state", ["signed", "in_replication", "modified"])
def test_a_move_without_a_target_stays_where_it_began(state: str) -> None:
    assert compile_table(DEFINITION)[state, "hold"] == state
    drawn = [line.strip() for line in mermaid(DEFINITION, "en").splitlines()]
    assert any(line.startswith(f"{state} --> {state}: ") and "Hold" in line for line in drawn)


def test_a_machine_begins_in_the_initial_state() -> None:
    standing = Standing()
    machine_of(DEFINITION, standing)
    assert standing.state == "drafted"


def test_the_table_changes_when_the_text_does() -> None:
    reached = parse(TEXT.replace("to: modified", "to: in_replication"))
    assert compile_table(DEFINITION)["modified", "amend"] == "modified"
    assert compile_table(reached)["modified", "amend"] == "in_replication"
    assert compile_table(reached) is compile_table(parse(TEXT.replace("to: modified", "to: in_replication")))


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("id", ('title: "Replikasi inovasi pelayanan publik"', 'state "Konsep" as drafted', "Penandatanganan")),
        ("en", ('title: "Replication of public-service innovations"', 'state "Draft" as drafted', "Signing")),
    ],
)
def test_the_drawing_shows_every_state_and_move_in_the_readers_language(language: str, lines: tuple[str, ...]) -> None:
    title, state, move = lines
    drawing = mermaid(DEFINITION, language)
    drawn = [line.strip() for line in drawing.splitlines()]
    assert drawn[:4] == ["---", title, "---", "stateDiagram-v2"]
    assert state in drawn
    assert f"drafted --> signed: {move}" in drawn
    assert "[*] --> drafted" in drawn
    assert sum(" as " in line and line.startswith("state ") for line in drawn) == len(DEFINITION.states)
    arrows = {(source, target) for (source, _), target in compile_table(DEFINITION).items()}
    assert sum("-->" in line for line in drawn) == len(arrows) + 1
    assert "class" not in drawing.lower()


def test_quotes_in_a_label_do_not_break_the_drawing() -> None:
    quoted = parse(TEXT.replace("{id: Konsep, en: Draft}", """{id: '"Konsep"', en: Draft}"""))
    assert """state "'Konsep'" as drafted""" in mermaid(quoted, "id")

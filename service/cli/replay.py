"""`kawal replay`: one commitment as it is, or as it was."""

from __future__ import annotations

import click
from rich.markup import escape

from service.basis import Basis
from service.cli import exits
from service.cli.naming import commitment_named, moment_option, words_for
from service.cli.output import console, json_option, print_json
from service.cli.setting import settings
from service.replaying import AsOf, history_as_of
from service.runtime import Runtime
from service.sentences import Vocabulary, told
from workflows.commitment import Recorded, evolve
from workflows.commitment import replay as fold
from workflows.facts import NAMES


@click.command()
@click.argument("commitment")
@click.option("--to-position", type=click.IntRange(min=0), help="Only what stands in the log up to this position.")
@click.option("--known-on", help="Only what the log knew then: a date (its end, in the programme's zone) or a time.")
@click.option("--true-on", help="Only what was true by then: a date or a time.")
@click.option("--language", type=click.Choice(("id", "en")), default="id", show_default=True, help="Of the sentences.")
@json_option
def replay(
    commitment: str, to_position: int | None, known_on: str | None, true_on: str | None, language: str, as_json: bool
) -> None:
    """Print a commitment's state and its story in sentences, now or at a past.

    COMMITMENT is its id or its reference, like KALBAR-2022-6102-e-open. The two time axes may be combined.
    """
    runtime = Runtime(settings())
    state = commitment_named(runtime, commitment)
    basis = runtime.basis()
    zone = basis.programmes[state.drafted.programme].zone
    as_of = AsOf(to_position, moment_option(known_on, zone, "--known-on"), moment_option(true_on, zone, "--true-on"))
    history = history_as_of(runtime, state.id, as_of)
    if as_json:
        print_json(_document(history, basis, language))
    else:
        _print(history, basis, language=language, zone=zone)
    raise SystemExit(exits.OK)


def _told(history: list[Recorded], words: Vocabulary) -> list[tuple[Recorded, str]]:
    lines, state = [], None
    for event in history:
        state = evolve(state, event)
        lines.append((event, told(event, words, state)))
    return lines


def _print(history: list[Recorded], basis: Basis, *, language: str, zone: str) -> None:
    state = fold(history)
    if state is None:
        console.print("Belum ada apa pun saat itu." if language == "id" else "There was nothing yet.")
        return
    words = words_for(state, basis, language)
    programme = basis.programmes[state.drafted.programme]
    mark = "  (data contoh)" if programme.sample else ""
    console.print(f"[bold]{state.drafted.reference}[/]{mark}", highlight=False)
    console.print(
        f"{words.organisation(state.drafted.party)} · {words.subject(state.drafted.subject)}", highlight=False
    )
    console.print(f"[bold]{words.state(state.state)}[/], {state.id}, v{state.last.version}\n", highlight=False)
    for event, text in _told(history, words):
        later = "" if event.valid_at == event.recorded_at else f" [dim](berlaku {words.moment(event.valid_at)})[/]"
        at = f"[dim]{event.position:>6}  {words.moment(event.recorded_at)}[/]"
        console.print(f"{at}  {escape(text)}{later}", highlight=False)


def _document(history: list[Recorded], basis: Basis, language: str) -> dict[str, object]:
    state = fold(history)
    if state is None:
        return {"state": None, "story": []}
    story = [
        {
            "position": event.position,
            "version": event.version,
            "fact": NAMES[type(event.fact)],
            "office": event.office,
            "recorded_at": event.recorded_at.isoformat(),
            "valid_at": event.valid_at.isoformat(),
            "sentence": text,
        }
        for event, text in _told(history, words_for(state, basis, language))
    ]
    return {
        "commitment": state.id,
        "reference": state.drafted.reference,
        "state": state.state,
        "version": state.last.version,
        "revision": state.revision,
        "story": story,
    }

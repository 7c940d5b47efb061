"""`kawal why`: what stands in a commitment's way, for an office or for all that have to do with it."""

from __future__ import annotations

from collections.abc import Sequence

import click
from rich.markup import escape

from service import why_not
from service.api.refusals import shown_blocker
from service.cli.naming import commitment_named, moment_option, words_for
from service.cli.operator import desk
from service.cli.output import console, json_option, print_json
from service.replaying import AsOf
from service.sentences import Vocabulary, clears, refusal
from service.why_not import Moment
from workflows.questions import Attempt


@click.command()
@click.argument("commitment", metavar="REFERENCE")
@click.option("--office", help="For this office, as if its holder acted. Default: for each act whoever comes nearest.")
@click.option("--act", help="This act alone: approve, sign, claim, ...")
@click.option("--move", help="The asking for this move alone.")
@click.option("--known-on", help="As the log knew it then: a date (its end, in the programme's zone) or a time.")
@click.option("--language", type=click.Choice(("id", "en")), default="id", show_default=True, help="Of the sentences.")
@json_option
def why(
    commitment: str,
    office: str | None,
    act: str | None,
    move: str | None,
    known_on: str | None,
    language: str,
    *,
    as_json: bool,
) -> None:
    """Tell what may be done with a commitment, why the rest may not, who can change that and by when.

    REFERENCE is its reference or its id.
    """
    with desk() as at:
        state, basis = commitment_named(at.runtime, commitment), at.runtime.basis(fresh=True)
        zone = basis.programmes[state.drafted.programme].zone
        past = AsOf(known_on=moment_option(known_on, zone, "--known-on"))
        now = at.runtime.now()
        moment = (
            why_not.present(basis, state, now)
            if past.is_now
            else why_not.moment_as_known(at.runtime, state.id, past, now)
        )
        if office is not None and moment.basis.directory.office(office) is None:
            raise click.BadParameter(f"there is no office {office}; see kawal office list", param_hint="--office")
        attempts = _narrowed(moment.attempts(moment.ways(moment.line if office is None else (office,))), act, move)
    words = words_for(moment.commitment, moment.basis, language)
    if as_json:
        print_json(_document(moment, attempts, words))
    else:
        _print(moment, attempts, words)


def _narrowed(attempts: Sequence[Attempt], act: str | None, move: str | None) -> Sequence[Attempt]:
    """Those about the act or move; raises BadParameter where there is none of that name."""
    for option, wanted, found in (
        ("--act", act, {one.act: None for _, one in attempts}),
        ("--move", move, {one.on: None for _, one in attempts if one.act == "ask"}),
    ):
        if wanted is not None and wanted not in found:
            raise click.BadParameter(f"one of {', '.join(found)}", param_hint=option)
    kept = [one for one in attempts if act in (None, one[1].act)]
    return kept if move is None else [one for one in kept if (one[1].act, one[1].on) == ("ask", move)]


def _print(moment: Moment, attempts: Sequence[Attempt], words: Vocabulary) -> None:
    state = moment.commitment
    console.print(f"[bold]{escape(state.drafted.reference)}[/]: {escape(words.state(state.state))}", highlight=False)
    for acting, one in sorted(attempts, key=lambda attempt: not attempt[1].may):
        sign = "✓" if one.may else "✗"
        named = f"{sign} {words.act(one.act, one.on)} ({words.office(acting.office)})"
        console.print(escape(named), highlight=False)
        for blocker in one.blockers:
            who = words.listed(words.office(office) for office in blocker.cleared_by) if blocker.cleared_by else ""
            tail = ", ".join(part for part in (who, clears(blocker, words)) if part)
            arrow = f" → {tail}" if tail else ""
            line = f"    {refusal(blocker, words)}{arrow}"
            console.print(f"{escape(line)} [dim]{blocker.code}[/dim]", highlight=False)


def _document(moment: Moment, attempts: Sequence[Attempt], words: Vocabulary) -> dict[str, object]:
    return {
        "commitment": moment.commitment.id,
        "reference": moment.commitment.drafted.reference,
        "state": moment.commitment.state,
        "at": moment.now,
        "possible": [
            {
                "act": one.act,
                "on": one.on,
                "office": acting.office,
                "may": one.may,
                "blockers": [shown_blocker(blocker, words) for blocker in one.blockers],
            }
            for acting, one in attempts
        ],
    }

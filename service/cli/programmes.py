"""`kawal programme`: parties' seats, and spreading a commitment's plan to further parties."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import click
import uuid6
from rich.markup import escape
from rich.table import Table

from service import reading
from service.cli import exits
from service.cli.definition_install import token_option
from service.cli.naming import commitment_named
from service.cli.operator import DAY, Desk, desk, words_of
from service.cli.output import console, json_option, print_json
from service.cli.programme_seats import seat
from service.dispatch import Caller
from service.sentences import Vocabulary, refusal
from service.waves import NEW, REFUSED, Adopter, Spread, Wave, carry_out, preview
from workflows.field_sight import commitment_seen

YEARS = range(1945, 2200)
"""The years that every door takes."""


@click.group()
def programme() -> None:
    """Programmes: their parties' seats, and a commitment's plan spread to further parties."""


programme.add_command(seat)


@programme.command()
@click.argument("reference", metavar="REFERENCE")
@click.option("--into", metavar="PROGRAMME", help="The programme of the new drafts. Default: the reference's own.")
@click.option(
    "--to",
    "adopters",
    metavar="PARTY=AGENCY[/PIC]",
    multiple=True,
    required=True,
    help="A further party, the agency of it that promises, and its person in charge; again for each party.",
)
@click.option(
    "--start-on", type=DAY, help="The first item's first day. Default: the same days of the programme's year."
)
@click.option("--dry-run", is_flag=True, help="Show what would be drafted, write nothing.")
@token_option
@json_option
def spread(
    reference: str,
    *,
    into: str | None,
    adopters: tuple[str, ...],
    start_on: date | None,
    token: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Draft a commitment for further parties with the plan of REFERENCE, a reference or an id.

    Each is a draft of its own; no progress comes with it. The same again is nothing new, so that a wave that was broken
    off goes on where it stopped. What is refused for a party is named and holds no other up (exit 3). Whoever the token
    names drafts, so it takes an office that may draft or import.
    """
    wanted = tuple(_adopter(one) for one in adopters)
    if len({one.party for one in wanted}) < len(wanted):
        raise click.BadParameter("a party is named once", param_hint="--to")
    if start_on is not None and start_on.year not in YEARS:
        raise click.BadParameter(f"a year from {YEARS[0]} to {YEARS[-1]} is expected", param_hint="--start-on")
    with desk() as here:
        caller = here.signed_in(token)
        wave = _wave(here, caller, reference, wanted, into=into, start_on=start_on)
        if dry_run:
            found = preview(here.runtime, wave, caller)
        else:
            found = carry_out(here.runtime, wave, caller, operation=f"cli:{caller.acting.person}:{uuid6.uuid7()}")
        words = words_of(here.runtime)
    if as_json:
        print_json({"dry_run": dry_run, "drafts": [_document(one, words) for one in found]})
    else:
        _print(found, words, dry_run=dry_run)
    if any(one.what == REFUSED for one in found):
        raise SystemExit(exits.PARTIAL)


def _adopter(text: str) -> Adopter:
    party, _, offices = text.partition("=")
    agency, _, pic = offices.partition("/")
    if not party or not agency:
        raise click.BadParameter(f"{text!r} isn't PARTY=AGENCY or PARTY=AGENCY/PIC", param_hint="--to")
    return Adopter(party, agency, pic)


def _wave(
    here: Desk,
    caller: Caller,
    reference: str,
    adopters: tuple[Adopter, ...],
    *,
    into: str | None,
    start_on: date | None,
) -> Wave:
    """What is spread, as the caller's office sees it. Raises ClickException, BadParameter."""
    like, basis = commitment_named(here.runtime, reference), here.runtime.basis(fresh=True)
    office = caller.acting.authority
    if not reading.may_see(basis, office, like, here.runtime.now()):
        raise click.ClickException(f"the office {office} sees no commitment {reference}; --token-file says who acts")
    programme = into or like.drafted.programme
    if programme not in basis.programmes:
        raise click.BadParameter(f"there is no programme {programme}", param_hint="--into")
    own, known = reading.definition_of(basis, like).fields, basis.directory.office(office)
    return Wave(commitment_seen(like, own, None if known is None else known.role), programme, adopters, start_on)


def _document(one: Spread, words: Vocabulary) -> dict[str, object]:
    return {
        "party": one.command.party,
        "reference": one.command.reference,
        "commitment": one.commitment,
        "what": one.what,
        "items": len(one.command.items),
        "blockers": [{"code": blocker.code, "sentence": refusal(blocker, words)} for blocker in one.blockers],
    }


def _print(found: Sequence[Spread], words: Vocabulary, *, dry_run: bool) -> None:
    table = Table("Draft", "Items", "From", "Until", "", title="dry run" if dry_run else None)
    for one in found:
        days = [(item.starts_on, item.ends_on) for item in one.command.items]
        first, last = (str(min(days)[0]), str(max(end for _, end in days))) if days else ("", "")
        why = "\n".join(f"{refusal(blocker, words)} [{blocker.code}]" for blocker in one.blockers)
        table.add_row(*map(escape, (one.command.reference, str(len(days)), first, last, why or one.what)))
    console.print(table)
    new = sum(one.what == NEW for one in found)
    console.print(f"{new} would be drafted." if dry_run else f"{new} drafted.")

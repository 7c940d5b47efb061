"""`kawal programme seat`: parties' places in a programme, recorded as on its page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

import click
from rich.markup import escape
from rich.table import Table

from service import reading
from service.catalog import programme_stream
from service.cli.definition_install import token_option
from service.cli.operator import DAY, Desk, desk
from service.cli.output import console, json_option, print_json, say_if_sample
from service.dispatch import Caller
from service.read_models.scope import Scope
from service.seats import ReadSeat, counted, read_seats, seat_document
from service.sentences import Happening, Vocabulary, sentence
from workflows.commands import DeclineInvitation, InviteParties, JoinProgramme, SeatCommand
from workflows.facts import ProgrammeOpened, SeatFact
from workflows.programmes import decide_programme

F = TypeVar("F", bound=Callable[..., object])


@click.group()
def seat() -> None:
    """Which parties were invited, joined or declined, and which signed.

    Whoever the token names records, so it takes an office that may open the programme. The same again is nothing new.
    """


def act_options(command: F) -> F:
    """What every act on a seat takes: who acts, and whether it is only tried."""
    tried = click.option("--dry-run", is_flag=True, help="Show what would be recorded, write nothing.")
    return tried(token_option(json_option(command)))


@seat.command("list")
@click.argument("programme", metavar="PROGRAMME")
@token_option
@json_option
def show(programme: str, *, token: str | None, as_json: bool) -> None:
    """List the seats of PROGRAMME: of the parties that the token's office sees, or all for the operator.

    Scope, invited and signed are three different sets.
    """
    with desk() as here:
        opened = _known(here, programme)
        basis = here.runtime.basis(fresh=True)
        found = read_seats(here.runtime, basis, _scope(here, opened, token), programme)
        words = Vocabulary("en", basis.directory, opened)
    rows = [seat_document(one, words) for one in found]
    if as_json:
        print_json({"programme": programme, "counts": counted(found), "seats": rows})
        return
    say_if_sample((opened,))
    console.print(_table(found, words))
    console.print(", ".join(f"{name.replace('_', ' ')} {count}" for name, count in counted(found).items()))


@seat.command()
@click.argument("programme", metavar="PROGRAMME")
@click.argument("parties", metavar="PARTY...", nargs=-1, required=True)
@click.option("--letter", required=True, help="The number of the letter.")
@click.option("--on", "invited_on", type=DAY, required=True, help="The letter's date.")
@click.option("--answer-by", type=DAY, help="The day by which an answer is asked, if the letter names one.")
@act_options
def invite(
    programme: str,
    parties: tuple[str, ...],
    *,
    letter: str,
    invited_on: date,
    answer_by: date | None,
    token: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Record the letter that invites each PARTY into PROGRAMME.

    A newer letter takes the place of an older one; a party that joined already isn't invited again.
    """
    _record(InviteParties(programme, parties, letter, invited_on, answer_by), token, dry_run=dry_run, as_json=as_json)


@seat.command()
@click.argument("programme", metavar="PROGRAMME")
@click.argument("party", metavar="PARTY")
@click.option("--on", "joined_on", type=DAY, required=True, help="The day from which it takes part.")
@click.option("--letter", default="", help="The number of its answer, if there is one.")
@act_options
def join(
    programme: str,
    party: str,
    *,
    joined_on: date,
    letter: str,
    token: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Record that PARTY takes part in PROGRAMME from a day on; after the day for its answer it reads as late."""
    _record(JoinProgramme(programme, party, letter, joined_on), token, dry_run=dry_run, as_json=as_json)


@seat.command()
@click.argument("programme", metavar="PROGRAMME")
@click.argument("party", metavar="PARTY")
@click.option("--on", "declined_on", type=DAY, required=True, help="The day of its answer.")
@click.option("--reason", required=True, help="Why it takes no part.")
@click.option("--letter", default="", help="The number of its answer, if there is one.")
@act_options
def decline(
    programme: str,
    party: str,
    *,
    declined_on: date,
    reason: str,
    letter: str,
    token: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Record that PARTY, which was invited, takes no part in PROGRAMME."""
    command = DeclineInvitation(programme, party, letter, declined_on, reason)
    _record(command, token, dry_run=dry_run, as_json=as_json)


def _record(command: SeatCommand, token: str | None, *, dry_run: bool, as_json: bool) -> None:
    """Record what is new of it, or say what would be; refusals end with every reason why not."""
    with desk() as here:
        opened, caller = _known(here, command.programme), here.signed_in(token)
        stated = _stated(here, command, caller)
        if not dry_run:
            here.ask(command, stream=programme_stream(opened.programme), caller=caller)
        words = Vocabulary("en", here.directory, opened)
        told = [sentence(Happening(fact, here.runtime.now(), fact.office), words) for fact in stated]
    if as_json:
        parties = [fact.party for fact in stated]
        print_json({"programme": command.programme, "dry_run": dry_run, "recorded": parties, "sentences": told})
        return
    for line in told:
        click.echo(line)
    mark = "would be recorded" if dry_run else "recorded"
    click.echo(f"{len(told)} {mark}." if told else f"Nothing new {mark}.")


def _stated(here: Desk, command: SeatCommand, caller: Caller) -> Sequence[SeatFact]:
    basis = here.runtime.basis(fresh=True)
    decided = decide_programme(
        basis.installed, command, by=caller.acting, directory=basis.directory, now=here.runtime.now()
    )
    return [fact for fact in decided if isinstance(fact, SeatFact)]


def _known(here: Desk, programme: str) -> ProgrammeOpened:
    found = here.runtime.basis(fresh=True).programmes.get(programme)
    if found is None:
        raise click.BadParameter(f"there is no programme {programme}", param_hint="PROGRAMME")
    return found


def _scope(here: Desk, opened: ProgrammeOpened, token: str | None) -> Scope:
    """What is listed: all of it for who runs the machine, else what the token's office sees."""
    caller = here.signed_in(token)
    if token is None:
        return Scope(caller.acting.office, parties=frozenset(opened.parties))
    return reading.scope(here.runtime.basis(), caller.acting.authority, here.runtime.now())


def _table(found: Sequence[ReadSeat], words: Vocabulary) -> Table:
    table = Table("Party", "Name", "Standing", "Letter", "Invited", "Answer by", "Answered", "Signed")
    for one in found:
        shown = seat_document(one, words)
        days = (shown["letter"], shown["invited_on"], shown["answer_by"], shown["answered_on"])
        standing = f"{one.standing.replace('_', ' ')}{', late' if one.seat.is_late else ''}"
        cells = (
            one.seat.party,
            words.organisation(one.seat.party),
            standing,
            *("" if day is None else day for day in days),
        )
        table.add_row(*(escape(str(cell)) for cell in cells), "yes" if one.signed else "no")
    return table

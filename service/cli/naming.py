"""How a command line names a commitment and a past."""

from __future__ import annotations

from datetime import datetime

import click

from events.engine import answering
from service.basis import Basis
from service.reading import words_of
from service.references import commitment_of
from service.replaying import moment
from service.runtime import Runtime
from service.sentences import Vocabulary
from workflows.commitment import Commitment


def commitment_named(runtime: Runtime, name: str) -> Commitment:
    """The commitment of that id or reference; raises ClickException."""
    with answering(), runtime.engine.connect() as connection:
        known = commitment_of(connection, name) or name
    state = runtime.commitment(known).state
    if state is None:
        raise click.ClickException(f"there is no commitment {name}")
    return state


def moment_option(text: str | None, zone: str, option: str) -> datetime | None:
    """The moment that an option names; a bare date is the end of that day in the zone. Raises BadParameter."""
    if text is None:
        return None
    try:
        return moment(text, zone)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=option) from error


def words_for(state: Commitment, basis: Basis, language: str) -> Vocabulary:
    """The names that a commitment's programme and workflow give, in a language."""
    return words_of(basis, state, language)

"""What every administrative command shares: the log opened, the operator as its actor, and errors as sentences."""

from __future__ import annotations

import getpass
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, NoReturn

import click
import msgspec
import uuid6

from events import errors as log_errors
from service import errors, identity, sentences
from service.catalog import OFFICES
from service.cli import exits
from service.cli.setting import settings
from service.config import Config
from service.dispatch import Ask, Caller, Outcome, dispatch
from service.runtime import Runtime
from service.sentences import Vocabulary
from workflows.commands import DefinitionCommand, DelegationCommand, OfficeCommand, ProgrammeCommand
from workflows.context import Acting
from workflows.errors import Refused
from workflows.offices import Directory

OPERATOR = "operator"
_TRIES = 4


class Day(click.ParamType[date]):
    """A calendar day as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error that shows how one is written."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value) if len(value) == 10 else self._refuse(value, param, ctx)
        except ValueError:
            self._refuse(value, param, ctx)

    def _refuse(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> NoReturn:
        self.fail(f"{value!r} is no day that exists, written like 2022-03-01", param, ctx)


DAY = Day()


@dataclass(frozen=True, slots=True)
class Desk:
    """Where an administrator works: the log opened for one command."""

    config: Config
    runtime: Runtime

    @property
    def caller(self) -> Caller:
        """The operator of this machine, as its account is called: who may run this may do all that it does."""
        return Caller(Acting(office=OPERATOR, person=OPERATOR), f"cli:{_account()}")

    @property
    def directory(self) -> Directory:
        """The offices as they are now."""
        return self.runtime.basis(fresh=True).directory

    def signed_in(self, token: str | None) -> Caller:
        """Whoever a bearer token names, in the office that it is for; None: the operator.

        raises  identity.NotSignedIn
        """
        if token is None:
            return self.caller
        log_now = self.runtime.now()
        principal = identity.token_of(
            self.runtime.engine, token, directory=self.directory, now=self.now(), log_now=log_now
        )
        return Caller(principal.acting, principal.signin)

    def now(self) -> datetime:
        """The machine's clock; the log's is `runtime.now()`."""
        return datetime.now(UTC)

    def person(self, email: str) -> identity.Person:
        """The person with that address. Raises ClickException."""
        found = identity.person_by_email(self.runtime.engine, email)
        if found is None:
            raise click.ClickException(f"there is no person with the address {email}; see kawal person list")
        return found

    def ask(
        self,
        command: OfficeCommand | DelegationCommand | ProgrammeCommand | DefinitionCommand,
        *,
        stream: str = OFFICES,
        caller: Caller | None = None,
        generated: str | None = None,
    ) -> Outcome:
        """Record what the command states about offices, or about another basis stream, once.

        caller     None: the operator
        generated  the field whose id was made here, and so is no part of what was asked
        raises     Refused, service.errors.Unavailable after several tries under the same operation key
        """
        by, asked = caller or self.caller, msgspec.json.decode(msgspec.json.encode(command), type=dict[str, Any])
        if generated is not None:
            del asked[generated]
        ask = Ask(
            command=command,
            stream=stream,
            caller=by,
            operation=f"cli:{by.acting.person}:{uuid6.uuid7()}",
            request=asked,
        )
        for _ in range(_TRIES - 1):
            try:
                return dispatch(self.runtime, ask)
            except errors.Unavailable as error:
                # It may be written all the same; only the same key asked again can tell.
                time.sleep(error.retry_after_s)
        return dispatch(self.runtime, ask)


@contextmanager
def desk() -> Iterator[Desk]:
    """Open the log for one command; whatever goes wrong on purpose ends as a sentence and an exit code."""
    config = settings()
    try:
        runtime = Runtime(config)
        try:
            runtime.now()  # A database without a log says so here, before any other table is missed.
            yield Desk(config, runtime)
        except Refused as refused:
            raise click.ClickException(refusal(refused, words_of(runtime))) from refused
        finally:
            runtime.close()
    except identity.IdentityError as error:
        raise click.ClickException(error.sentence("en")) from error
    except log_errors.LogMissing as error:
        raise click.ClickException("there is no log yet; make it by: kawal migrate") from error
    except log_errors.OutcomeUnknown as error:
        click.echo("kawal: the database broke off while it wrote; look what is there, then run it again", err=True)
        raise SystemExit(exits.UNAVAILABLE) from error
    except (errors.Unavailable, log_errors.Unavailable) as error:
        click.echo(f"kawal: the database is {error.reason}; try again in {error.retry_after_s} s", err=True)
        raise SystemExit(exits.UNAVAILABLE) from error


def refusal(refused: Refused, words: Vocabulary) -> str:
    """Every reason why not, one a line, in the words of the log's own offices and workflow, with its code."""
    return "\n".join(f"{sentences.refusal(blocker, words)} [{blocker.code}]" for blocker in refused.blockers)


def words_of(runtime: Runtime) -> Vocabulary:
    """English, with the offices as they are now and the newest workflow that is installed, if any is."""
    basis = runtime.basis(fresh=True)
    newest = next((versions[-1] for versions in reversed(tuple(basis.installed.definitions.values()))), None)
    definition = None if newest is None else basis.definition(newest.definition, newest.version)
    return Vocabulary("en", basis.directory, definition=definition)


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        # A container may run under a number without a name.
        return "unknown"

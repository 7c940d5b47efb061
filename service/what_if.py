"""Commands supposed one after the other on commitments as they are: read, decided, folded, and forgotten.

Nothing is written, locked or kept: not in the log, not under an operation key, not among the folds of the process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from events.envelope import etag
from service.basis import Basis
from service.runtime import Folded
from workflows.commands import FollowingCommand
from workflows.commitment import Commitment
from workflows.context import Acting, Context
from workflows.errors import Blocker, Refused
from workflows.supposing import Supposed, suppose_held

MOST_COMMANDS = 20
MOST_COMMITMENTS = 12
See = Callable[[str], Folded]
"""Reads a commitment for whoever asks, as the log's head has it; raises NotFound where they may not see it."""


class TooMuchSupposed(Exception):
    """More commitments than one question may touch."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A commitment that a command wouldn't reach, and why."""

    commitment: str
    blockers: tuple[Blocker, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One command supposed.

    done  what it would do, a commitment each; empty where it would be refused everywhere
    """

    number: int
    office: str
    done: tuple[Supposed, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def is_refused(self) -> bool:
        """Whether it would do nothing because the rules forbid it."""
        return not self.done


@dataclass(slots=True)
class Imagined:
    """The commitments that a question touches: as they are, and as they would be so far."""

    basis: Basis
    now: datetime
    see: See
    real: dict[str, Folded] = field(default_factory=dict)
    supposed: dict[str, Commitment] = field(default_factory=dict)

    def state(self, commitment: str) -> Commitment:
        """The commitment as it would be by now; raises NotFound, TooMuchSupposed."""
        if commitment not in self.supposed:
            if len(self.supposed) == MOST_COMMITMENTS:
                raise TooMuchSupposed
            folded = self.see(commitment)
            assert folded.state is not None, "what may be seen is there"
            self.real[commitment], self.supposed[commitment] = folded, folded.state
        return self.supposed[commitment]

    def do(self, number: int, office: str, command: FollowingCommand, commitments: tuple[str, ...]) -> Step:
        """Suppose a command of an office on each of these commitments."""
        done: list[Supposed] = []
        left_out: list[LeftOut] = []
        for one in commitments:
            state = self.state(one)
            try:
                supposed = suppose_held(state, command, self._context(state, office))
            except Refused as refused:
                left_out.append(LeftOut(one, refused.blockers))
                continue
            self.supposed[one] = supposed.after
            done.append(supposed)
        return Step(number, office, tuple(done), tuple(left_out))

    def etag(self, commitment: str) -> str:
        """The ETag of what was supposed upon."""
        return etag(self.real[commitment].head)

    def touched(self) -> Iterator[tuple[Commitment, Commitment]]:
        """Each commitment as it is, and as it would be."""
        for name, folded in self.real.items():
            assert folded.state is not None
            yield folded.state, self.supposed[name]

    def _context(self, state: Commitment, office: str) -> Context:
        drafted, by = state.drafted, Acting(office, "")
        return self.basis.context(drafted.programme, state.definition_version, by=by, now=self.now)

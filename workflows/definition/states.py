"""What state a commitment may be in."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.definition.labels import Label


@dataclass(frozen=True, slots=True)
class State:
    """A state and its meaning.

    meaning  open | working | closed | success | exit: working is open too; success and exit are closed too
    private  seen by the party's own line of offices alone
    claims   progress may be claimed in it
    owed     the plan's items are owed in it
    """

    name: str
    label: Label
    meaning: str
    initial: bool = False
    private: bool = False
    claims: bool = False
    owed: bool = False

    @property
    def is_open(self) -> bool:
        """True while the commitment can still move by an ordinary request."""
        return self.meaning in ("open", "working")

"""Feeds one read model from the log: fold outside, write only what differs, move the checkpoint with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import Connection

from events.envelope import Event
from service.read_models.commitments import Commitments
from service.read_models.histories import Histories, by_commitment
from service.read_models.inbox import Inbox
from service.read_models.model import Difference, Model, differences, write
from service.read_models.obligations import Obligations
from service.read_models.progress import Progress
from service.read_models.story import Story

MODELS: tuple[Model, ...] = (Commitments(), Inbox(), Obligations(), Progress(), Story())


class ModelProjection:
    """A read model as a subscription; an event touches only rows of its own stream."""

    partition: Literal["stream"] = "stream"

    def __init__(self, model: Model, histories: Histories) -> None:
        self.model = model
        self._histories = histories

    @property
    def name(self) -> str:
        """The model's stored name."""
        return self.model.name

    @property
    def version(self) -> int:
        """The model's version."""
        return self.model.version

    def prepare(self, events: Sequence[Event], connection: Connection) -> list[Difference]:
        """What a batch changes, folded without any lock."""
        found: list[Difference] = []
        for stream, mine in by_commitment(events).items():
            before, after = self._histories.at(stream, mine)
            rows_before = self.model.rows(before) if before else {}
            found += differences(rows_before, self.model.rows(after))
        return found

    def write(self, connection: Connection, changes: list[Difference]) -> None:
        """Write it, in the transaction that moves the checkpoint."""
        write(connection, changes)


def projections(histories: Histories) -> tuple[ModelProjection, ...]:
    """Every read model's projection, sharing their folds."""
    return tuple(ModelProjection(model, histories) for model in MODELS)

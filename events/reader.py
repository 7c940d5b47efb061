"""What every store of the log can be asked; implemented by the database's store and by the one in memory."""

from datetime import datetime, timedelta
from typing import Protocol

from events.envelope import Event, Head, LogHead, Receipt


class Reader(Protocol):
    """Reads the log and its clock; the two implementations answer alike."""

    @property
    def log_id(self) -> str:
        """The log's own id, fixed when it was made."""

    @property
    def kind(self) -> str:
        """'real' or 'demo', fixed when it was made."""

    def now(self) -> datetime:
        """Give the log's clock: the database's, plus the offset that only a demo log has."""

    def clock_offset(self) -> timedelta:
        """Give how far a demo log's clock runs ahead of (or behind) the database's; zero in a real log."""

    def advance_clock(self, *, to: datetime | None = None, by: timedelta | None = None) -> datetime:
        """Move a demo log's clock forward and give where it stands then; raises NotADemo, ValueError."""

    def set_clock(self, to: datetime) -> datetime:
        """Set a demo log's clock, also back, but never before what the log knows; raises NotADemo, ValueError."""

    def read_stream(
        self, stream: str, after_version: int = 0, *, up_to_version: int | None = None, limit: int | None = None
    ) -> list[Event]:
        """Read one stream in version order, dense; raises BrokenLog."""

    def read_all(self, after: int = 0, limit: int = 1000, *, up_to: int | None = None) -> list[Event]:
        """Read a page of the log in position order: begins at after + 1 and is dense, else BrokenLog."""

    def read_basis(self, after: int = 0) -> list[Event]:
        """Read every basis event above a position, in order."""

    def last_basis(self) -> bytes | None:
        """Give the leaf hash of the log's last basis event."""

    def stream_head(self, stream: str) -> Head:
        """Give where a stream stands; EMPTY if it doesn't exist."""

    def log_head(self) -> LogHead | None:
        """Give where the log stands; None if it is empty."""

    def receipt(self, operation: str) -> Receipt | None:
        """Find what an operation key recorded. Settle before answering from it."""

    def operation_events(self, operation: str) -> list[Event]:
        """Read the events that an operation key recorded, in order."""

    def event_at(self, position: int) -> Event | None:
        """Read the event at one position."""

    def streams(self, prefix: str = "", after: str = "", *, limit: int = 1000) -> list[str]:
        """List the names of streams that begin with a prefix, in bytewise order, a page after `after`."""

    def position_known_on(self, time: datetime) -> int:
        """Give the last position with known_at <= time: the prefix that the log knew then; 0 for none."""

    def settle(self) -> None:
        """Return once all that was read before this call is durable; free when nothing is unflushed."""

"""What a stored name means: one decoder a name for its current schema version, and one step up from each older one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from events.envelope import Event, Json
from events.errors import RegistryGap, UnknownType

Data: TypeAlias = Mapping[str, Json]
Decode: TypeAlias = Callable[[Data], object]
Upcast: TypeAlias = Callable[[Data], Data]


@dataclass(slots=True)
class _Entry:
    version: int
    decode: Decode
    steps: dict[int, Upcast] = field(default_factory=dict)


class Registry:
    """Decodes any event ever stored into today's type, once it is closed without a gap.

    Registered at start, then closed; a closed registry never changes.
    """

    def __init__(self) -> None:
        self._entries: dict[str, _Entry] = {}
        self._steps: dict[tuple[str, int], Upcast] = {}
        self._closed = False

    def register(self, name: str, version: int, decode: Decode) -> None:
        """State the current schema version of a stored name and how its data is decoded.

        raises   RegistryGap if the name was registered before
        """
        assert not self._closed, "the registry is closed"
        if name in self._entries or version < 1:
            raise RegistryGap(name, version)
        self._entries[name] = _Entry(version, decode)

    def upcast(self, name: str, from_version: int, step: Upcast) -> None:
        """Add the one step that turns data of `from_version` into data of the next version.

        raises   RegistryGap if that step was added before
        """
        assert not self._closed, "the registry is closed"
        if (name, from_version) in self._steps:
            raise RegistryGap(name, from_version)
        self._steps[name, from_version] = step

    def close(self) -> None:
        """Refuse a registry in which any stored version couldn't be brought to the current one.

        raises   RegistryGap naming the first missing step, or a step that leads nowhere
        """
        for (name, from_version), step in self._steps.items():
            entry = self._entries.get(name)
            if entry is None or not 1 <= from_version < entry.version:
                raise RegistryGap(name, from_version)
            entry.steps[from_version] = step
        for name, entry in self._entries.items():
            for from_version in range(1, entry.version):
                if from_version not in entry.steps:
                    raise RegistryGap(name, from_version)
        self._closed = True

    def decode(self, event: Event) -> object:
        """Bring an event's data to the current schema version, step by step, and decode it.

        raises   UnknownType for an unknown name, or a schema version newer than this program
        """
        return self.decode_data(event.type, event.schema_version, data=event.data)

    def decode_data(self, name: str, version: int, *, data: Data) -> object:
        """Decode data that isn't in an event (yet); the same rules as `decode`."""
        assert self._closed, "close the registry before decoding"
        entry = self._entries.get(name)
        if entry is None or not 1 <= version <= entry.version:
            raise UnknownType(name, version)
        for from_version in range(version, entry.version):
            data = entry.steps[from_version](data)
        return entry.decode(data)

    def current(self, name: str) -> int:
        """Give the schema version in which new events of this name are written.

        raises   UnknownType
        """
        if name not in self._entries:
            raise UnknownType(name, 0)
        return self._entries[name].version

    def names(self) -> tuple[str, ...]:
        """List the registered names, sorted."""
        return tuple(sorted(self._entries))

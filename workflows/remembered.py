"""What is made once for an object that never changes, and found again by that object, not by what is in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Remembered(Generic[K, V]):
    """`make(key)`, made once for each object `key`, which has to be immutable; at most `size` are kept.

    An equal but other object is made for anew. Costs one look-up by address where it is kept; the kept objects live on,
    so that no address is used twice. When full, all are forgotten.
    """

    __slots__ = ("_kept", "_make", "_size")

    def __init__(self, make: Callable[[K], V], *, size: int) -> None:
        self._make, self._size = make, size
        self._kept: dict[int, tuple[K, V]] = {}

    def __call__(self, key: K) -> V:
        """The result for that very object."""
        kept = self._kept.get(id(key))
        if kept is not None:
            return kept[1]
        made = self._make(key)
        if len(self._kept) >= self._size:
            self._kept.clear()
        self._kept[id(key)] = (key, made)
        return made


class once(Generic[K, V]):
    """A property of an object that never changes, found when it is first asked for, without a lock."""

    def __init__(self, find: Callable[[K], V]) -> None:
        self._find, self.__doc__ = find, find.__doc__

    def __set_name__(self, owner: type[K], name: str) -> None:
        self._name = name

    def __get__(self, one: K, owner: type[K]) -> V:
        found = one.__dict__[self._name] = self._find(one)
        return found

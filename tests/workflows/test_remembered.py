"""What is remembered for an object is made once for it, and never taken for another's."""

from __future__ import annotations

from workflows.remembered import Remembered, once


def test_a_result_is_made_once_for_each_object_even_where_others_are_equal() -> None:
    made: list[tuple[int, ...]] = []

    def total(numbers: tuple[int, ...]) -> int:
        made.append(numbers)
        return sum(numbers)

    remembered = Remembered(total, size=8)
    one, other = (tuple(range(first, 303)) for first in (300, 300))
    assert [remembered(one), remembered(one), remembered(other)] == [903, 903, 903]
    assert len(made) == 2


def test_when_full_all_are_forgotten_and_made_again() -> None:
    made: list[tuple[int, ...]] = []

    def total(numbers: tuple[int, ...]) -> int:
        made.append(numbers)
        return sum(numbers)

    remembered = Remembered(total, size=2)
    keys = [(number, 500) for number in range(3)]
    assert [remembered(key) for key in keys] == [500, 501, 502]
    assert remembered(keys[2]) == 502
    assert remembered(keys[0]) == 500
    assert made == [*keys, keys[0]]


class Numbers:
    """Counts how often its total was looked for."""

    def __init__(self, *numbers: int) -> None:
        self.numbers, self.looked = numbers, 0

    @once
    def total(self) -> int:
        """The sum."""
        self.looked += 1
        return sum(self.numbers)


def test_a_property_is_found_once_for_each_object() -> None:
    one, other = Numbers(1, 2), Numbers(3)
    assert [one.total, one.total, other.total] == [3, 3, 3]
    assert (one.looked, other.looked) == (1, 1)

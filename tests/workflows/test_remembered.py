"""What is remembered for an object is made once for it, and never taken for another's."""

from __future__ import annotations

from workflows.remembered import Remembered


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

"""Reads of several statements, each with a snapshot of its own, while others append in between."""

import pytest
from sqlalchemy import event

from tests.support.log import Log, a_fact, an_append, open_log


@pytest.mark.parametrize("place", [1, 2, 3])
def test_receipt_of_the_last_operation_is_found_though_another_comes_in_between(database_log: Log, place: int) -> None:
    request = an_append(database_log.reader, "s", a_fact(), a_fact())
    receipt = database_log.write(request)
    other, seen = open_log(database_log.url), [0]

    def append_meanwhile(*_: object) -> None:
        seen[0] += 1
        if seen[0] == place:
            other.append("other")

    event.listen(database_log.engine, "after_cursor_execute", append_meanwhile)
    found = database_log.reader.receipt(request.operation)
    event.remove(database_log.engine, "after_cursor_execute", append_meanwhile)
    other.engine.dispose()

    assert seen[0] > place
    assert found is not None
    assert (found.first_position, found.last_position) == (receipt.first_position, receipt.last_position)

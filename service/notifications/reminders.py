"""What a reminder says beside the fact: how late it is, what is asked, what happens next and when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from service import formats
from service.notifications.texts import ASKS, LINES
from service.sentences import Vocabulary
from workflows.audience import Told
from workflows.calendar import local_day
from workflows.commitment import Commitment, Owed, Recorded
from workflows.definition import Level
from workflows.escalation import recipients
from workflows.facts import EscalationRaised


def paragraphs(
    fact: EscalationRaised, recorded: Recorded, commitment: Commitment, words: Vocabulary, *, told: Told
) -> Iterator[str]:
    """The paragraphs of a reminder for one reader: the obliged office is asked, others hear where the matter is."""
    words = words.at(fact.ladder_version)
    level = next(level for level in _levels(fact, words) if level.number == fact.level)
    late = _lateness(fact, recorded, commitment, words, level)
    if told.action:
        ask = ASKS[f"escalation {_asked(fact.obligation)}"]
        yield " ".join(part for part in (words.said(ask), late) if part)
        if level.offers_delegation:
            yield words.said(LINES["deputy"])
    else:
        others = words.said(LINES["others late"]).format(office=words.office(fact.office))
        yield " ".join(part for part in (others, late) if part)
    yield _next(fact, recorded, commitment, words, level=level)


def _asked(obligation: str) -> str:
    if "/" in obligation:
        return "decision"
    kind = obligation.partition("-")[0]
    if kind in ("check", "verification"):
        return "look"
    return kind if kind in ("item", "report") else "answer"


def _lateness(
    fact: EscalationRaised, recorded: Recorded, commitment: Commitment, words: Vocabulary, level: Level
) -> str:
    """In working days, where the level was taken on its day; else nothing is said, and the due day stands below."""
    levels = commitment.owed[fact.obligation].obligation.levels
    planned = next((due.at for due in levels if due.level == fact.level), None)
    if planned is None or words.day_of(planned) != words.day_of(recorded.recorded_at):
        return ""
    if level.offset_days == 0:
        return words.said(LINES["due today"])
    count = formats.days(abs(level.offset_days), words.language)
    return words.said(LINES["days left" if level.offset_days < 0 else "days over"]).format(days=count)


def _next(
    fact: EscalationRaised, recorded: Recorded, commitment: Commitment, words: Vocabulary, *, level: Level
) -> str:
    owed = commitment.owed[fact.obligation]
    following = next((due.level for due in owed.obligation.levels if due.level > fact.level), None)
    coming = next((one for one in _levels(fact, words) if one.number == following), None)
    day = local_day(recorded.recorded_at, words.directory.zone_of(fact.office))
    whom = () if coming is None else _whom(coming, owed, commitment, words, day=day)
    if coming is None or not whom:
        return words.said(LINES["last"])
    count = formats.days(coming.offset_days - level.offset_days, words.language)
    return words.said(LINES["next"]).format(days=count, whom=words.listed(words.office(office) for office in whom))


def _whom(coming: Level, owed: Owed, commitment: Commitment, words: Vocabulary, *, day: date) -> tuple[str, ...]:
    """Who would hear of that level today; where all of them are vacant, those that wait for a holder."""
    assert words.definition is not None, "a reminder is told with its definition"
    offices, skipped = recipients(
        coming,
        owed,
        party=commitment.drafted.party,
        directory=words.directory,
        definition=words.definition,
        on=day,
    )
    return offices or tuple(one.office for one in skipped)


def _levels(fact: EscalationRaised, words: Vocabulary) -> tuple[Level, ...]:
    assert words.definition is not None, "a reminder is told with its definition"
    return words.definition.ladders[fact.ladder].levels

"""What a reminder says beside the fact: how late it is, what is asked, what happens next and when."""

from __future__ import annotations

from collections.abc import Iterator

from service import formats
from service.notifications.texts import ASKS, LINES
from service.sentences import Vocabulary
from workflows.audience import Told
from workflows.commitment import Commitment, Recorded
from workflows.definition import Ladder, Level, Recipient
from workflows.facts import EscalationRaised


def paragraphs(
    fact: EscalationRaised, recorded: Recorded, commitment: Commitment, words: Vocabulary, *, told: Told
) -> Iterator[str]:
    """The paragraphs of a reminder for one reader: the obliged office is asked, others hear where the matter is."""
    assert words.definition is not None, "a reminder is told with its definition"
    ladder = words.definition.ladders[fact.ladder]
    level = next(level for level in ladder.levels if level.number == fact.level)
    late = _lateness(fact, recorded, commitment, words, level)
    if told.action:
        ask = ASKS["escalation decision" if "/" in fact.obligation else "escalation item"]
        yield " ".join(part for part in (words.said(ask), late) if part)
        if level.offers_delegation:
            yield words.said(LINES["deputy"])
    else:
        others = words.said(LINES["others late"]).format(office=words.office(fact.office))
        yield " ".join(part for part in (others, late) if part)
    yield _next(fact, ladder, level, commitment, words)


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


def _next(fact: EscalationRaised, ladder: Ladder, level: Level, commitment: Commitment, words: Vocabulary) -> str:
    levels = commitment.owed[fact.obligation].obligation.levels
    following = next((due.level for due in levels if due.level > fact.level), None)
    coming = next((one for one in ladder.levels if one.number == following), None)
    if coming is None:
        return words.said(LINES["last"])
    count = formats.days(coming.offset_days - level.offset_days, words.language)
    whom = words.listed(dict.fromkeys(_whom(recipient, fact, words) for recipient in coming.recipients))
    return words.said(LINES["next"]).format(days=count, whom=whom)


def _whom(recipient: Recipient, fact: EscalationRaised, words: Vocabulary) -> str:
    match recipient.kind:
        case "obliged":
            return words.office(fact.office)
        case "superior":
            return words.said(LINES["superior"]).format(office=words.office(fact.office))
        case "next_up":
            above = words.directory.next_up(fact.office, recipient.roles)
            return words.role(recipient.roles[0]) if above is None else words.office(above)
        case _:
            return words.listed(words.role(role) for role in recipient.roles)

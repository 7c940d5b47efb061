"""What happens to offices or programmes, told to one office: what happened, then the link to where it is dealt with."""

from __future__ import annotations

import textwrap

from service.notifications.message import Message
from service.notifications.texts import LINES, OFFICE_HEADLINES, OFFICE_WHYS
from service.sentences import Happening, Vocabulary, sentence
from workflows.audience import Told
from workflows.facts import NAMES, DelegationFact, GoLiveSet

WIDTH = 76


def render_office(told: Told, happening: Happening, words: Vocabulary, *, base_url: str, is_demo: bool) -> Message:
    """Write the message of one fact for one office, in the reader's language and never to a name."""
    fact = happening.fact
    path = _path(happening)

    def line(name: str, **places: str) -> str:
        return words.said(LINES[name]).format_map(places)

    footer = [line("why", why=words.said(OFFICE_WHYS[told.why])), line("no reply")]
    if is_demo:
        footer.append(line("demo"))
    parts = [
        textwrap.fill(line("greeting", office=words.office(told.office)), WIDTH),
        textwrap.fill(sentence(happening, words), WIDTH, break_on_hyphens=False),
        f"{line('open to act' if told.action else 'open')}\n{base_url}{path}",
        "-- \n" + "\n".join(textwrap.fill(one, WIDTH, break_on_hyphens=False) for one in footer),
    ]
    headline = words.said(OFFICE_HEADLINES[NAMES[type(fact)]])
    return Message(headline, "\n\n".join(parts) + "\n", path)


def _path(happening: Happening) -> str:
    match happening.fact:
        case GoLiveSet(programme=programme):
            return f"/programmes/{programme}"
        case fact:
            return "/delegations" if isinstance(fact, DelegationFact) else "/appointments"

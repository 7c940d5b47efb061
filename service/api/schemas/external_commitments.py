"""A draft under another system's id, as it goes over the wire."""

from __future__ import annotations

from service.api.fields import LongText
from service.api.schemas.asked import DraftBody


class ExternalDraftBody(DraftBody):
    """A commitment to be drafted, or a draft to be made so. system, id: what the other system calls it"""

    system = LongText(required=True, least=1, most=60)
    id = LongText(required=True, least=1, most=1_000)

"""Strict fields: what a JSON value is, is what it must be; nothing is guessed or cut."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields, missing, validate

from events.envelope import rfc3339
from workflows.facts import FieldValue

LONGEST_NAME = 200
LONGEST_TEXT = 4_000
_MOST_DIGITS = 13
MOST_OWN = 100
OWN_VALUES = "the workflow's own fields that the office sees, by name, in canonical form"
_FIRST_YEAR, _LAST_YEAR = 1945, 2199
_QUANTITY = re.compile(r"-?\d{1,12}(\.\d{1,6})?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


def nothing() -> None:
    """What a query means by leaving a parameter out; described as that, not as a null that an address can't say."""


class Name(fields.String):
    """One line of text: an id, a word, a name."""

    def __init__(self, *, most: int = LONGEST_NAME, **kwargs: Any) -> None:
        super().__init__(validate=validate.Length(min=1, max=most), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not text.isprintable() or text != text.strip():
            raise ValidationError("One line without blanks around it is expected.")
        return unicodedata.normalize("NFC", text)


class LongText(fields.String):
    """Free text over several lines, empty unless said otherwise."""

    def __init__(self, *, least: int = 0, most: int = LONGEST_TEXT, **kwargs: Any) -> None:
        super().__init__(validate=validate.Length(min=least, max=most), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs).replace("\r\n", "\n")
        if any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\t" for letter in text):
            raise ValidationError("The text holds characters that aren't allowed.")
        return unicodedata.normalize("NFC", text).strip()


class OwnValues(fields.Field[tuple[FieldValue, ...]]):
    """Values of the workflow's own fields as a JSON object of texts by name; an empty text takes a value away.

    It is called `fields` on the wire and in the domain: a schema's class can't hold that name beside marshmallow's.
    """

    default_error_messages = {"invalid": "Not a valid mapping type."}  # noqa: RUF012  (marshmallow's own way)

    def __init__(self, *, required: bool = False, load_default: Any = missing) -> None:
        described = {"description": OWN_VALUES, "additionalProperties": {"type": "string", "maxLength": LONGEST_TEXT}}
        super().__init__(
            required=required, load_default=load_default, data_key="fields", attribute="fields", metadata=described
        )
        self._texts = fields.Dict(keys=Name(), values=LongText(), validate=validate.Length(max=MOST_OWN))

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> tuple[FieldValue, ...]:
        texts: Mapping[str, str] = self._texts.deserialize(value)
        return tuple(FieldValue(name, texts[name]) for name in sorted(texts))

    def _serialize(
        self, value: tuple[FieldValue, ...] | None, attr: str | None, obj: Any, **kwargs: Any
    ) -> dict[str, str]:
        return {one.name: one.value for one in value or ()}


class Whole(fields.Integer):
    """A whole number, given as a JSON number."""

    def __init__(self, *, least: int, most: int, **kwargs: Any) -> None:
        super().__init__(strict=True, validate=validate.Range(min=least, max=most), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> int:
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        raise self.make_error("invalid", input=value)


class AskedWhole(Whole):
    """A whole number in an address's query, where everything is text."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> int:
        if not isinstance(value, str) or not value.isascii() or not value.isdigit() or len(value) > 15:
            raise self.make_error("invalid", input=value)
        return int(value)


class Quantity(fields.Field[Decimal]):
    """A number with at most 12 digits before and 6 behind the point: a JSON number, or decimal text."""

    default_error_messages = {  # noqa: RUF012  (marshmallow's own way to say it)
        "invalid": "A number is expected, with at most 12 digits before and 6 behind the point."
    }

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
            raise self.make_error("invalid")
        # Written out only within its bounds: 1e999999999 would be a gigabyte of zeros.
        if isinstance(value, Decimal):
            text = format(value, "f") if -_MOST_DIGITS < value.adjusted() < _MOST_DIGITS else ""
        else:
            text = str(value)
        if _QUANTITY.fullmatch(text) is None:
            raise self.make_error("invalid")
        return Decimal(text)

    def _serialize(self, value: Decimal | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else format(value, "f")


class Day(fields.Date):
    """A calendar day as YYYY-MM-DD; one that doesn't exist is refused."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> date:
        if not isinstance(value, str) or _DAY.fullmatch(value) is None:
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE)
        return super()._deserialize(value, attr, data, **kwargs)


class Moment(fields.AwareDateTime):
    """An RFC 3339 time with its offset; written in UTC."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> datetime:
        if not isinstance(value, str) or _MOMENT.fullmatch(value) is None:
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE)
        try:
            read = super()._deserialize(value, attr, data, **kwargs).astimezone(UTC)
        except OverflowError as error:
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE) from error
        # Years that every zone can say: nothing promised here is older or later.
        if not _FIRST_YEAR <= read.year <= _LAST_YEAR:
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE)
        return read

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else rfc3339(value)


class Digest(fields.String):
    """A SHA-256 in lower hex."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validate=validate.Regexp(_DIGEST.pattern + r"\Z"), **kwargs)


class YesNo(fields.String):
    """`yes` or `no` in a query, read as a bool."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validate=validate.OneOf(("yes", "no")), **kwargs)

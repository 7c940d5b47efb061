"""What a form brings: its own key, the version that was seen, and its fields as typed values or as errors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import Request
from uuid6 import uuid7

from service import formats
from service.web.refusals import FormRefused

KEY, ETAG = "key", "etag"
_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_ETAG = re.compile(r'"[0-9a-f-]{1,100}"')
WHOLE_DIGITS, FRACTION_DIGITS = 12, 6
EARLIEST, LATEST = date(1945, 1, 1), date(2199, 12, 31)
_AMBIGUOUS = re.compile(r"[0-9]{1,3},[0-9]{3}")
_DIGITS_AND_SEPARATORS = re.compile(r"[0-9][0-9.,]*")


class FieldWrong(Exception):
    """A field can't be read. code: a key of `field_errors.SENTENCES`"""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field = field
        self.code = code


def new_key() -> str:
    """A key for a form that is about to be shown."""
    return str(uuid7())


def key_of(request: Request) -> str:
    """The form's key: what makes a second click the same operation. Raises FormRefused."""
    key = request.form.get(KEY, "")
    if _KEY.fullmatch(key) is None:
        raise FormRefused("key")
    return key


def etag_of(request: Request) -> str:
    """The version that the form was made from. Raises FormRefused."""
    etag = request.form.get(ETAG, "")
    if _ETAG.fullmatch(etag) is None:
        raise FormRefused("key")
    return etag


def text(form: Mapping[str, str], field: str) -> str:
    """A text with the ends of its lines as everybody has them, without blanks around it and control characters."""
    lines = form.get(field, "").replace("\r\n", "\n")
    return "".join(one for one in lines if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cs")).strip()


def number(form: Mapping[str, str], field: str) -> Decimal:
    """A number as people write it here: 1.234,5 or 1234,5 or 1234. Raises FieldWrong.

    "1,250" is refused: an English hand means a thousand more than an Indonesian one.
    """
    written = text(form, field).replace(" ", "")
    if not written:
        raise FieldWrong(field, "missing")
    if _DIGITS_AND_SEPARATORS.fullmatch(written) is None:
        raise FieldWrong(field, "number")
    whole, comma, rest = written.partition(",")
    grouped = whole.split(".")
    ambiguous = len(grouped) == 1 and len(rest) == 3
    if ambiguous or (len(grouped) > 1 and any(len(part) != 3 for part in grouped[1:])):
        raise FieldWrong(field, "number")
    digits = "".join(grouped)
    # The API's own bounds: past them no page could write the number, and nobody means it.
    if len(digits.lstrip("0")) > WHOLE_DIGITS or len(rest) > FRACTION_DIGITS:
        raise FieldWrong(field, "number")
    try:
        return Decimal(digits + (f".{rest}" if comma else ""))
    except InvalidOperation as error:
        raise FieldWrong(field, "number") from error


def written_number(value: Decimal) -> str:
    """A number as `number` reads it back: 12,5 or 1.234,5; 0,125 gets a zero more, so that nobody takes it for 125."""
    written = formats.number(value, "id")
    return f"{written}0" if _AMBIGUOUS.fullmatch(written) else written


def day(form: Mapping[str, str], field: str) -> date:
    """A date as the browser's picker writes it. Raises FieldWrong."""
    written = text(form, field)
    if not written:
        raise FieldWrong(field, "missing")
    try:
        read = date.fromisoformat(written)
    except ValueError as error:
        raise FieldWrong(field, "date") from error
    if not EARLIEST <= read <= LATEST:
        raise FieldWrong(field, "date")
    return read


def moment(form: Mapping[str, str], day_field: str, time_field: str, *, zone: str) -> datetime:
    """A day and an hour of a zone, as an aware moment. Raises FieldWrong."""
    on = day(form, day_field)
    try:
        at = time.fromisoformat(text(form, time_field).replace(".", ":"))
    except ValueError as error:
        raise FieldWrong(time_field, "time") from error
    return datetime.combine(on, at.replace(tzinfo=None), ZoneInfo(zone))


def place_here(target: str | None) -> str:
    """Where to go next: only a path on these very pages, else the first page."""
    if not target or not target.startswith("/") or target.startswith("//") or len(target) > 2000:
        return "/"
    parts = urlsplit(target)
    outside = parts.scheme or parts.netloc or "\\" in target or any(ord(one) < 33 or ord(one) == 127 for one in target)
    return "/" if outside else target

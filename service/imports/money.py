"""Money and quantities as offices write them: "Rp1.250.000", "-", 1.250 and 2,5; never guessed."""

from __future__ import annotations

import re
from decimal import Decimal

from service.imports.problems import CellValue, Unreadable

MOST_IDR = 2**53 - 1
"""The log's JSON holds whole numbers up to here exactly."""
_DASHES = frozenset("-–—")
_EXPECTED = 'whole rupiah such as "Rp1.250.000", or "-" for none'
_PREFIX = re.compile(r"(?:rp|idr)\s*\.?\s*", re.IGNORECASE)
_AMOUNT = re.compile(r"(?P<whole>[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?P<cents>,(?:[0-9]{2}|-))?")
_NEGATIVE = re.compile(r"\(.*[0-9].*\)|[-–—−].*[0-9].*|.*[0-9]\s*[-–—−]")
_QUANTITY = "a number above zero such as 1030 or 2,5"
_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+")
_DECIMAL_COMMA = re.compile(r"(?P<whole>[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+),(?P<part>[0-9]{1,6})")
_DECIMAL_POINT = re.compile(r"[0-9]+\.[0-9]{1,6}")
_MOST_QUANTITY = Decimal(10) ** 12


def parse_money(value: CellValue) -> int:
    """Whole rupiah; a dash is zero.

    raises  Unreadable money_missing, money_unreadable, money_negative, money_has_cents, money_too_large
    """
    if value is None or value == "":
        raise Unreadable("money_missing", _EXPECTED)
    if isinstance(value, str):
        return _bounded(_money_from_text(" ".join(value.split())))
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise Unreadable("money_unreadable", _EXPECTED)
    if value < 0:
        raise Unreadable("money_negative", "an amount of zero or more")
    if value > MOST_IDR:
        raise Unreadable("money_too_large", f"at most {write_money(MOST_IDR)}")
    if value != value or value != int(value):
        raise Unreadable("money_has_cents", _EXPECTED)
    return int(value)


def write_money(amount: int) -> str:
    """Whole rupiah as an Indonesian letter writes them: "Rp1.250.000"."""
    return "Rp" + f"{amount:,}".replace(",", ".")


def parse_quantity(value: CellValue) -> Decimal:
    """A target above zero, without trailing zeros, so that 250 and 250,0 are one value.

    A text such as "1.250" is refused as long as it could be read two ways; in a workbook a number cell is exact.
    raises  Unreadable number_missing, number_unreadable, number_ambiguous, number_not_positive, number_too_large
    """
    if value is None or value == "":
        raise Unreadable("number_missing", _QUANTITY)
    if isinstance(value, str):
        number = _quantity_from_text(value.strip())
    elif isinstance(value, bool) or not isinstance(value, int | float | Decimal) or value != value:
        raise Unreadable("number_unreadable", _QUANTITY)
    else:
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if number <= 0:
        raise Unreadable("number_not_positive", _QUANTITY)
    if not number.is_finite() or number > _MOST_QUANTITY:
        raise Unreadable("number_too_large", f"at most {_MOST_QUANTITY:f}")
    return plain(number)


def parse_count(value: CellValue) -> int:
    """A row's number: 1, 2, 3, ...

    raises  Unreadable count_missing, count_unreadable
    """
    if value is None or value == "":
        raise Unreadable("count_missing", "a number from 1 to 999")
    if isinstance(value, str) and value.strip().rstrip(".").isascii() and value.strip().rstrip(".").isdigit():
        value = int(value.strip().rstrip(".")[:9])
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 999:
        raise Unreadable("count_unreadable", "a number from 1 to 999")
    return value


def plain(number: Decimal) -> Decimal:
    """The same number with neither an exponent nor trailing zeros."""
    shortest = number.normalize()
    return shortest.quantize(Decimal(1)) if shortest == shortest.to_integral_value() else shortest


def _money_from_text(text: str) -> int:
    if text in _DASHES:
        return 0
    bare = _PREFIX.sub("", text, count=1) if _PREFIX.match(text) else text
    amount = _AMOUNT.fullmatch(bare.removesuffix(",-"))
    if amount is None:
        if _NEGATIVE.fullmatch(bare) or _NEGATIVE.fullmatch(text):
            raise Unreadable("money_negative", "an amount of zero or more")
        raise Unreadable("money_unreadable", _EXPECTED)
    if amount["cents"] not in (None, ",00", ",-"):
        raise Unreadable("money_has_cents", _EXPECTED)
    return int(amount["whole"].replace(".", ""))


def _bounded(amount: int) -> int:
    if amount > MOST_IDR:
        raise Unreadable("money_too_large", f"at most {write_money(MOST_IDR)}")
    return amount


def _quantity_from_text(text: str) -> Decimal:
    if text.isascii() and text.isdigit():
        return Decimal(text)
    if _GROUPED.fullmatch(text):
        raise Unreadable("number_ambiguous", f"{text.replace('.', '')} without a point, or {text.replace('.', ',')}")
    comma = _DECIMAL_COMMA.fullmatch(text)
    if comma is not None:
        return Decimal(f"{comma['whole'].replace('.', '')}.{comma['part']}")
    if _DECIMAL_POINT.fullmatch(text):
        return Decimal(text)
    if text[:1] in ("-", "−"):
        raise Unreadable("number_not_positive", _QUANTITY)
    raise Unreadable("number_unreadable", _QUANTITY)

"""What is wrong with a field, in Indonesian where the answer is: schemas say it in English."""

from __future__ import annotations

import re
from collections.abc import Mapping

_TEXTS: tuple[tuple[str, str], ...] = (
    ("Missing data for required field.", "Wajib diisi."),
    ("Field may not be null.", "Tidak boleh null."),
    ("Unknown field.", "Tidak dikenal."),
    ("Given more than once.", "Diberikan lebih dari satu kali."),
    ("Invalid input type.", "Jenis isian tidak sesuai."),
    ("Invalid type.", "Jenis isian tidak sesuai."),
    ("Invalid value.", "Isian tidak sah."),
    ("Not a valid string.", "Harus berupa teks."),
    ("Not a valid utf-8 string.", "Harus berupa teks UTF-8."),
    ("Not a valid integer.", "Harus bilangan bulat."),
    ("Not a valid number.", "Harus bilangan."),
    ("Number too large.", "Bilangan terlalu besar."),
    ("Not a valid boolean.", "Harus true atau false."),
    ("Not a valid list.", "Harus berupa daftar."),
    ("Not a valid mapping type.", "Harus berupa objek."),
    ("Not a valid date.", "Harus tanggal yang ada, seperti 2022-03-31."),
    ("Not a valid datetime.", "Harus waktu dengan selisih zona, seperti 2022-03-31T09:00:00+07:00."),
    ("Not a valid aware datetime.", "Harus waktu dengan selisih zona, seperti 2022-03-31T09:00:00+07:00."),
    ("Not a valid naive datetime.", "Harus waktu tanpa selisih zona."),
    ('"{value}" cannot be formatted as a date.', "{value} tidak dapat ditulis sebagai tanggal."),
    ('"{value}" cannot be formatted as a datetime.', "{value} tidak dapat ditulis sebagai waktu."),
    ("Shorter than minimum length {least}.", "Lebih pendek dari {least}."),
    ("Longer than maximum length {most}.", "Lebih panjang dari {most}."),
    ("Length must be between {least} and {most}.", "Panjangnya harus {least} sampai {most}."),
    ("Length must be {most}.", "Panjangnya harus {most}."),
    (
        "Must be greater than or equal to {least} and less than or equal to {most}.",
        "Harus antara {least} dan {most}.",
    ),
    ("Must be greater than or equal to {least}.", "Tidak boleh kurang dari {least}."),
    ("Must be less than or equal to {most}.", "Tidak boleh lebih dari {most}."),
    ("Must be one of: {known}.", "Harus salah satu dari: {known}."),
    ("String does not match expected pattern.", "Bentuknya tidak sesuai."),
    ("One line without blanks around it is expected.", "Harus satu baris tanpa spasi di awal dan akhir."),
    ("The text holds characters that aren't allowed.", "Teks memuat karakter yang tidak diperbolehkan."),
    (
        "A number is expected, with at most 12 digits before and 6 behind the point.",
        "Harus bilangan dengan paling banyak 12 angka di depan dan 6 di belakang koma.",
    ),
    ("unknown: {found}; did you mean {near}?", "tidak dikenal: {found}; maksud Saudara {near}?"),
    ("unknown: {found}", "tidak dikenal: {found}"),
)


def in_language(errors: Mapping[str, object], language: str) -> Mapping[str, object]:
    """Errors by field, nested as they are; a text that nobody translated, a code for one, stays."""
    return errors if language == "en" else {name: _said(one) for name, one in errors.items()}


def indonesian(text: str) -> str:
    """One error in Indonesian; itself where nobody translated it."""
    for pattern, said in _PATTERNS:
        found = pattern.fullmatch(text)
        if found is not None:
            return said.format_map(found.groupdict())
    return text


def _said(error: object) -> object:
    match error:
        case str():
            return indonesian(error)
        case list():
            return [_said(one) for one in error]
        case dict():
            return {name: _said(one) for name, one in error.items()}
    return error


def _pattern(english: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", english)
    return re.compile(
        "".join(f"(?P<{one}>.*)" if at % 2 else re.escape(one) for at, one in enumerate(parts)), re.DOTALL
    )


_PATTERNS = tuple((_pattern(english), said) for english, said in _TEXTS)

"""How two workflows differ, in what they mean: order of writing, comments and defaults spelt out don't count.

A workflow is taken apart into leaves by their place; whatever a noun of `workflows.definition` gains is compared too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal

from workflows.definition import Definition, Heard, Label, Limit, NoticeRule, Recipient

LEFT_OUT = frozenset({"digest", "row"})
NOTHING = Label("–", "–")
WORDS: Mapping[str, Label] = {
    "ask": Label("pemohon", "asker"),
    "ceiling": Label("batas teratas", "ceiling"),
    "claim_limit": Label("batas klaim ulang", "limit of claiming again"),
    "does": Label("akibat", "effect"),
    "duties": Label("kewajiban", "duty"),
    "evidence": Label("bukti dukung", "evidence"),
    "fields": Label("isian", "field"),
    "funds": Label("sumber dana", "fund"),
    "guards": Label("syarat", "guards"),
    "heard": Label("dimintai pendapat", "heard"),
    "if_conflicted": Label("bila terlibat", "if conflicted"),
    "if_vacant": Label("bila kosong", "if vacant"),
    "item_ladder": Label("tangga butir", "ladder of items"),
    "label": Label("nama", "label"),
    "ladder": Label("tangga", "ladder"),
    "ladders": Label("tangga", "ladder"),
    "ledger": Label("uang yang dicatat", "money that is kept"),
    "levels": Label("tingkat", "level"),
    "limit": Label("batas waktu", "limit"),
    "may": Label("boleh", "may"),
    "meaning": Label("arti", "meaning"),
    "moves": Label("perubahan", "move"),
    "notices": Label("pemberitahuan", "notice"),
    "order": Label("urutan", "order"),
    "parents": Label("induk", "parents"),
    "party": Label("pihak", "party"),
    "publication": Label("publikasi", "publication"),
    "quorum": Label("kuorum", "quorum"),
    "reasons": Label("alasan", "reasons"),
    "recipients": Label("penerima", "recipients"),
    "required_in": Label("wajib pada", "required in"),
    "retention": Label("penyimpanan", "retention"),
    "role": Label("peran", "role"),
    "roles": Label("peran", "role"),
    "scale": Label("tingkat penyelesaian", "scale"),
    "signs": Label("menandatangani", "signs"),
    "sources": Label("dari", "from"),
    "stages": Label("tahapan", "stage"),
    "states": Label("keadaan", "state"),
    "steps": Label("langkah", "step"),
    "subject": Label("pokok", "subject"),
    "target": Label("ke", "to"),
    "verdicts": Label("putusan", "verdicts"),
    "version": Label("versi", "version"),
    "visible_to": Label("dilihat oleh", "visible to"),
    "when": Label("bila", "when"),
}
KINDS = {
    "added": Label("Ditambah", "Added"),
    "dropped": Label("Dihapus", "Dropped"),
    "changed": Label("Diubah", "Changed"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. kind: added | dropped | changed; place: as a path; old, new: what stands there, or NOTHING"""

    kind: str
    place: str
    old: Label
    new: Label

    def sentence(self, language: str) -> str:
        """The difference in words (id | en)."""
        words = " ".join(_named(part, language) for part in self.place.split("."))
        what = f"{_said(KINDS[self.kind], language)}: {words}"
        if self.kind == "changed":
            return f"{what}: {_said(self.old, language)} → {_said(self.new, language)}."
        shown = _said(self.new if self.kind == "added" else self.old, language)
        return f"{what}: {shown}." if shown else f"{what}."


def changes(old: Definition, new: Definition) -> tuple[Difference, ...]:
    """Every difference from `old` to `new`, in the order of a workflow's nouns; of something new or gone, its whole."""
    before, after = dict(_leaves(old, "")), dict(_leaves(new, ""))
    places = dict.fromkeys((*before, *after))
    found: list[Difference] = []
    for place in places:
        there, then = before.get(place, NOTHING), after.get(place, NOTHING)
        if there == then or _is_inside(place, found):
            continue
        kind = "added" if place not in before else "dropped" if place not in after else "changed"
        found.append(Difference(kind, place, there, then))
    return tuple(found)


def _is_inside(place: str, found: list[Difference]) -> bool:
    """Whether the place is a part of something that is new or gone as a whole."""
    return any(one.kind != "changed" and place.startswith(f"{one.place}.") for one in found)


def _leaves(value: object, place: str) -> Iterator[tuple[str, Label]]:
    """What a value says, by place; of a noun with a label first that label, as the noun itself."""
    if isinstance(value, Limit):
        kind = ("hari kerja", "working days") if value.working else ("hari kalender", "calendar days")
        yield place, Label(f"{value.days} {kind[0]}", f"{value.days} {kind[1]}")
    elif isinstance(value, Label):
        yield from _label(value, place)
    elif isinstance(value, Mapping):
        for name, member in value.items():
            yield from _leaves(member, _below(place, str(name)))
    elif isinstance(value, tuple) and any(is_dataclass(member) for member in value):
        yield from _members(value, place)
    elif is_dataclass(value):
        yield from _noun(value, place)
    else:
        yield place, _plain(value)


def _noun(value: object, place: str) -> Iterator[tuple[str, Label]]:
    if place:
        label = getattr(value, "label", None)
        yield place, Label(label.id, label.en) if isinstance(label, Label) else Label("", "")
    for field in fields(value):  # type: ignore[arg-type]  # asked: it is a dataclass
        own = getattr(value, field.name)
        if field.name in LEFT_OUT or (place and field.name in ("name", "label", "number")):
            continue
        yield from _leaves(own, _below(place, field.name))


def _members(members: tuple[object, ...], place: str) -> Iterator[tuple[str, Label]]:
    """The members of a list by their name or number, else by what tells them apart; then the order of named ones."""
    keys = [_key(member) for member in members]
    names = [key if keys.index(key) == at else f"{key} {at}" for at, key in enumerate(keys)]
    for name, member in zip(names, members, strict=True):
        yield from _leaves(member, _below(place, name))
    if any(getattr(member, "name", None) for member in members):
        yield _below(place, "order"), Label(", ".join(names), ", ".join(names))


def _key(member: object) -> str:
    for attribute in ("name", "number"):
        known = getattr(member, attribute, None)
        if known is not None:
            return str(known)
    match member:
        case Label():
            parts = [member.id]
        case NoticeRule():
            parts = [member.fact, *sorted(member.states), member.to]
        case Heard():
            parts = [member.role, member.after or ""]
        case Recipient():
            parts = [member.kind, *member.roles]
        case _:
            parts = [_plain(member).en]
    return " ".join(part.replace(".", " ") for part in parts if part)


def _label(value: Label, place: str) -> Iterator[tuple[str, Label]]:
    yield place, Label(value.id, value.en)
    least = getattr(value, "text_chars", 0)
    if least:
        yield _below(place, "text_chars"), Label(str(least), str(least))


def _plain(value: object) -> Label:
    match value:
        case None:
            return NOTHING
        case bool():
            return Label("ya", "yes") if value else Label("tidak", "no")
        case frozenset():
            return _plain(tuple(sorted(str(one) for one in value)))
        case tuple():
            text = ", ".join(str(one) for one in value)
            return Label(text, text) if text else NOTHING
        case Decimal():
            return _plain(format(value, "f"))
    if is_dataclass(value):
        parts = [(field.name, _plain(getattr(value, field.name)).en) for field in fields(value)]
        text = " ".join(f"{name} {said}" for name, said in parts if said not in (NOTHING.en, "no"))
        return Label(text, text)
    return Label(str(value), str(value))


def _below(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _named(part: str, language: str) -> str:
    return _said(WORDS[part], language) if part in WORDS else part


def _said(label: Label, language: str) -> str:
    return label.en if language == "en" else label.id

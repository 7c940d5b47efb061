"""A report as a form: what stands in its fields, and the content that they make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Request

from service.evidence import EvidenceRefused
from service.named_files import evidence_in
from service.report_drafts import Content, DraftLine
from service.web.forms import number, text, written_number
from service.web.uploads import uploaded
from service.web.visit import Visit
from workflows.commitment import Commitment
from workflows.facts import Evidence, PlanItem

TEXTS = ("value", "note", "reason", "nihil")


@dataclass(frozen=True, slots=True)
class LineShown:
    """One item as fields.

    fields   what stands in them; stored: what somebody else saved meanwhile, where that is another value
    kept     its files; reusable: further files of the commitment that it may name again
    errors   what is wrong with it, in sentences
    """

    item: int
    activity: str
    unit: str
    target: str
    last: str
    evidence_required: str
    is_per_period: bool
    fields: Mapping[str, str]
    promised: bool
    stored: str
    kept: tuple[Evidence, ...]
    reusable: tuple[Evidence, ...]
    errors: tuple[str, ...]

    @property
    def is_filled(self) -> bool:
        """Whether anything stands in it."""
        return self.promised or bool(self.kept) or any(self.fields.values())


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a form by item, with the first that wasn't taken."""

    by_item: Mapping[int, tuple[Evidence, ...]]
    error: EvidenceRefused | None = None


def files_of(visit: Visit, request: Request, items: tuple[PlanItem, ...]) -> Files:
    """Keep what the form brings for each item, beside what was there."""
    found: dict[int, tuple[Evidence, ...]] = {}
    error = None
    for item in items:
        one = uploaded(visit, request, field=f"evidence-{item.number}", kept=f"kept-{item.number}")
        found[item.number], error = one.evidence, error or one.error
    return Files(found, error)


def content_of(form: Mapping[str, str], items: tuple[PlanItem, ...], files: Files) -> Content:
    """What the fields make. Raises FieldWrong for a value that is no number."""
    lines = tuple(_line(form, item.number, files.by_item.get(item.number, ())) for item in items)
    return Content(
        tuple(line for line in lines if line != DraftLine(line.item)), text(form, "nihil_rest"), text(form, "note")
    )


def lines_shown(
    visit: Visit,
    state: Commitment,
    items: tuple[PlanItem, ...],
    stored: Content,
    *,
    entered: Mapping[str, str] | None = None,
    files: Files | None = None,
    errors: Mapping[int, tuple[str, ...]] | None = None,
) -> tuple[LineShown, ...]:
    """The items as fields. entered, files: of a form that was refused; None: what is stored"""
    words = visit.words(state)
    known = {one.digest: one for one in evidence_in(state)}
    shown = []
    for item in items:
        line = stored.line(item.number)
        kept = line.evidence if files is None else files.by_item.get(item.number, ())
        fields = _written(line) if entered is None else _entered(entered, item.number)
        mine = {one.digest for one in kept}
        was = _written(line)["value"]
        shown.append(
            LineShown(
                item=item.number,
                activity=item.activity,
                unit=item.unit,
                target=words.quantity(item.target, item.unit),
                last=words.quantity(state.progress[item.number].claimed_value, item.unit),
                evidence_required=item.evidence_required,
                is_per_period=item.value != "cumulative",
                fields=fields,
                promised=line.promised if entered is None else f"promised-{item.number}" in entered,
                stored=was if entered is not None and was != fields["value"] else "",
                kept=kept,
                reusable=tuple(one for digest, one in known.items() if digest not in mine),
                errors=(errors or {}).get(item.number, ()),
            )
        )
    return tuple(shown)


def _line(form: Mapping[str, str], item: int, evidence: tuple[Evidence, ...]) -> DraftLine:
    return DraftLine(
        item=item,
        value=number(form, f"value-{item}") if text(form, f"value-{item}") else None,
        note=text(form, f"note-{item}"),
        reason=text(form, f"reason-{item}"),
        nihil=text(form, f"nihil-{item}"),
        promised=f"promised-{item}" in form,
        evidence=evidence,
    )


def _written(line: DraftLine) -> Mapping[str, str]:
    # Fields are read as they are written here, whatever the page's language.
    value = "" if line.value is None else written_number(line.value)
    return {"value": value, "note": line.note, "reason": line.reason, "nihil": line.nihil}


def _entered(form: Mapping[str, str], item: int) -> Mapping[str, str]:
    return {name: text(form, f"{name}-{item}") for name in TEXTS}

"""A workflow's moves in words: who asks, what must hold, who decides in which order and time, who is heard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from service.sentences import workflow_words as called
from service.sentences.vocabulary import Vocabulary
from workflows.definition import OWNER, Heard, Label, Limit, Move, Step


def move_lines(move: Move, words: Vocabulary) -> tuple[tuple[str, str], ...]:
    """What is said of a move, line by line."""
    return tuple(_lines(move, words))


def limit_told(limit: Limit, words: Vocabulary) -> str:
    """A limit: "5 hari kerja"."""
    kind = Label("hari kerja", "working days") if limit.working else Label("hari kalender", "calendar days")
    return f"{limit.days} {words.said(kind)}"


def _lines(move: Move, words: Vocabulary) -> Iterator[tuple[str, str]]:
    def say(indonesian: str, english: str) -> str:
        return words.said(Label(indonesian, english))

    stays = say("tanpa mengubah keadaan", "leaves the state as it is")
    definition = words.definition
    states = () if definition is None else definition.states
    sources = ", ".join(words.state(name) for name in states if name in move.sources)
    yield say("Perubahan", "Change"), f"{sources} → {stays if move.target is None else words.state(move.target)}"
    yield say("Diajukan oleh", "Asked by"), ", ".join(words.role(role) for role in move.ask)
    if move.guards:
        yield say("Syarat", "Must hold"), "; ".join(_named(called.GUARDS, move.guards, words))
    if move.after_year_days is not None:
        after = limit_told(Limit(move.after_year_days), words)
        told = say(f"{after} setelah tahun anggaran", f"{after} after the fiscal year")
        yield say("Paling cepat", "At the earliest"), told
    if move.within_months is not None:
        months = move.within_months
        told = say(f"{months} bulan setelah ditutup", f"{months} months after closing")
        yield say("Paling lambat", "At the latest"), told
    if move.evidence:
        yield say("Bukti dukung", "Evidence"), "; ".join(words.said(kind) for kind in move.evidence)
    if move.plan:
        yield say("Membawa", "Carries"), say("rencana aksi baru yang utuh", "a whole new plan")
    if move.adapts:
        yield say("Batas", "Bounds"), say("yang dijanjikan tetap", "what was promised stays as it is")
    if move.apart_from:
        others = ", ".join(words.move(name) for name in sorted(move.apart_from))
        told = say(f"tidak bertindak dalam {others}", f"no hand in {others}")
        yield say("Terpisah", "Kept apart"), told
    if move.reasons is not None and definition is not None:
        reasons = definition.reasons[move.reasons].values()
        yield say("Alasan", "Reasons"), "; ".join(words.said(reason) for reason in reasons)
    for number, step in enumerate(move.steps, start=1):
        yield f"{say('Langkah', 'Step')} {number}: {words.said(step.label)}", _step(step, move, words)
    for heard in move.heard:
        yield say("Dimintai pendapat", "Heard"), _heard(heard, move, words)


def _step(step: Step, move: Move, words: Vocabulary) -> str:
    def say(indonesian: str, english: str) -> str:
        return words.said(Label(indonesian, english))

    who = ", ".join(words.role(role) for role in step.roles)
    parts = [say(f"setiap {who}", f"every {who}") if step.every else who, limit_told(step.limit, words)]
    if step.quorum is not None:
        parts.append(say(f"cukup {step.quorum} yang menyetujui", f"{step.quorum} of them must approve"))
    if step.after is not None:
        names = ", ".join(words.step(move.name, name) for name in step.after) or say("awal", "the beginning")
        parts.append(say(f"setelah {names}", f"after {names}"))
    if words.definition is not None:
        parts.append(words.said(words.definition.ladders[step.ladder].label).lower())
    if step.signs:
        parts.append(say("menandatangani", "signs"))
    if len(step.verdicts) < len(called.VERDICTS):
        parts.append(say("putusan: ", "verdicts: ") + ", ".join(_named(called.VERDICTS, sorted(step.verdicts), words)))
    parts.extend(_when(step.when, words))
    blocked = [
        text
        for way, text in (
            (step.if_conflicted, say("bila terlibat, menunggu", "waits where it takes part itself")),
            (step.if_vacant, say("bila kosong, menunggu", "waits where the office is vacant")),
        )
        if way == "block"
    ]
    return "; ".join((*parts, *blocked))


def _heard(heard: Heard, move: Move, words: Vocabulary) -> str:
    def say(indonesian: str, english: str) -> str:
        return words.said(Label(indonesian, english))

    owner = say("pemilik pokok", "the subject's owner")
    parts = [owner if heard.role == OWNER else words.role(heard.role), limit_told(heard.limit, words)]
    if heard.after is not None:
        named = words.step(move.name, heard.after)
        parts.append(say(f"setelah {named}", f"after {named}"))
    return "; ".join((*parts, *_when(heard.when, words)))


def _when(when: Iterable[str], words: Vocabulary) -> Iterator[str]:
    told = _named(called.CONDITIONS, when, words)
    if told:
        either = words.said(Label(" atau ", " or ")).join(told)
        yield words.said(Label(f"bila {either}", f"if {either}"))


def _named(known: Mapping[str, Label], codes: Iterable[str], words: Vocabulary) -> list[str]:
    return [words.said(called.word(known, code)) for code in codes]

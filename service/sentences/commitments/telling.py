"""The phrases that facts of several groups share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from service.sentences.happening import Happening
from service.sentences.vocabulary import Vocabulary
from workflows.commitment import Commitment
from workflows.facts import Evidence, PlanItem, Skipped

_KINDS = {"f": "finding", "d": "direction", "o": "obstacle", "h": "help"}


def matter(obligation: str, words: Vocabulary, commitment: Commitment | None) -> str:
    """What an obligation is about, by its name ("item-3", "r2/check"): a plan item, or the verdict on a request."""
    return Telling(words, commitment).matter(obligation)


def raised(matter: str, words: Vocabulary) -> str:
    """A finding, direction, obstacle or call for help, by its id: "temuan 1"."""
    return Telling(words, None).raised(matter)


def item_named(number: int, words: Vocabulary, commitment: Commitment | None) -> str:
    """A plan item: "butir 3 (Uji coba terbatas)"."""
    return Telling(words, commitment).item(number)


@dataclass(frozen=True, slots=True)
class Telling:
    """The names for one happening, and the state that it belongs to.

    commitment  None: requests, items and obligations are called by their number
    happening   None for a phrase in which nobody acts
    """

    words: Vocabulary
    commitment: Commitment | None
    happening: Happening | None = None

    @property
    def happened(self) -> Happening:
        """The happening, where there is one."""
        assert self.happening is not None, "nothing happens in a phrase"
        return self.happening

    @property
    def actor(self) -> str:
        """Who acted."""
        happening = self.happened
        return self.words.actor(happening.office, happening.capacity, happening.on_behalf_of)

    def request(self, request: str) -> str:
        """A request by its id: "permohonan 2 (Amandemen)"."""
        number = request.rpartition(".r")[2]
        return self.request_numbered(number, self.move_of(request))

    def request_numbered(self, number: int | str, move: str | None) -> str:
        """A request by its number and move."""
        label = self.words.clause_if("in brackets", None if move is None else self.words.move(move))
        return self.words.clause("request", number=str(number), move=label)

    def move_of(self, request: str) -> str | None:
        """The move that a request asks for."""
        known = None if self.commitment is None else self.commitment.requests.get(request)
        return None if known is None else known.opened.move

    def item(self, number: int) -> str:
        """A plan item by its number."""
        item = self.plan_item(number)
        activity = self.words.clause_if("in brackets", item.activity if item else None)
        return self.words.clause("item", number=str(number), activity=activity)

    def plan_item(self, number: int) -> PlanItem | None:
        """The item as the latest plan has it that has it."""
        if self.commitment is None:
            return None
        plans = (self.commitment.items, *reversed(self.commitment.revisions))
        return next((item for plan in plans for item in plan if item.number == number), None)

    def items_counted(self, items: tuple[PlanItem, ...]) -> str:
        """How many items a plan has."""
        return self.counted(len(items))

    def counted(self, items: int) -> str:
        """A number of items in words."""
        if items == 1:
            return self.words.clause("one item")
        return self.words.clause("items", count=self.words.number(items))

    def raised(self, matter: str) -> str:
        """A finding, direction, obstacle or call for help, by its id: "temuan 1"."""
        _, _, name = matter.rpartition(".")
        return self.words.clause(_KINDS[name[0]], number=name[1:]) if name[:1] in _KINDS else matter

    def matter(self, obligation: str) -> str:
        """What an obligation is about."""
        request, *steps = obligation.split("/")
        kind, _, number = obligation.partition("-")
        if not steps and kind in _KINDS.values():
            return self.words.clause("answer to", it=self.words.clause(kind, number=number))
        if not steps and kind in ("check", "verification"):
            return self.look(kind, number)
        if not steps:
            if obligation.startswith("report-"):
                return self.words.clause("report", period=obligation.removeprefix("report-"))
            number = obligation.removeprefix("item-")
            return self.item(int(number)) if number.isdigit() else self.words.duty(obligation.removeprefix("duty-"))
        whole = f"{self.commitment.id}.{request}" if self.commitment else f".{request}"
        named = self.words.step(self.move_of(whole), steps[0])
        return self.words.clause("verdict on", request=self.request(whole), step=named)

    def look(self, kind: str, number: str) -> str:
        """The check or the verification of a claim, by its number: "verifikasi klaim 3 atas butir 2 (Uji coba)"."""
        claim = None if self.commitment is None else self.commitment.claims.get(f"{self.commitment.id}.c{number}")
        item = self.words.clause_if("on item", None if claim is None else self.item(claim.made.item))
        return self.words.clause(f"{kind} of claim", number=number, item=item)

    def evidence(self, files: tuple[Evidence, ...]) -> str:
        """The files' names; nothing for no files."""
        if len(files) == 1:
            return self.words.clause("one file", it=files[0].name)
        named = ", ".join(file.name for file in files)
        return self.words.clause("files", count=str(len(files)), it=named) if files else ""

    def skipped(self, skipped: Iterable[Skipped]) -> str:
        """The offices that were passed over, and why."""
        words = self.words
        return "".join(
            words.clause("skipped", office=words.office(one.office), why=words.clause(f"why {one.why}"))
            for one in skipped
        )

    def because(self, reason: str | None) -> str:
        """The clause about a reason; nothing for none."""
        return self.words.clause_if("because", reason)

"""What fills the places of a commitment's sentences, fact by fact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import assert_never

from service.sentences.happening import Happening
from service.sentences.texts import FIELDS
from service.sentences.vocabulary import Vocabulary
from workflows import facts
from workflows.commitment import Commitment
from workflows.facts import CommitmentFact, Evidence, Obligation, PlanItem, Skipped
from workflows.plan import Change, differences

CHANGES_SHOWN = 8


def places(
    fact: CommitmentFact, happening: Happening, words: Vocabulary, *, commitment: Commitment | None
) -> Mapping[str, str]:
    """The texts of a sentence's places.

    commitment  its state at or after the fact: it knows the request, item or obligation that the fact only names
    """
    tell = _Teller(happening, words, commitment)
    match fact:
        case facts.CommitmentDrafted() | facts.DraftEdited() | facts.PlanDrafted() | facts.PlanAmended():
            return tell.plan_fact(fact)
        case facts.RequestOpened() | facts.StepReached() | facts.OpinionInvited() | facts.OpinionGiven():
            return tell.request_fact(fact)
        case facts.RequestApproved() | facts.RequestReturned() | facts.RequestRejected() | facts.RequestWithdrawn():
            return tell.verdict_fact(fact)
        case facts.SignatureRecorded() | facts.WitnessRecorded():
            return tell.signing_fact(fact)
        case facts.StateChanged():
            return tell.moved(fact)
        case facts.ObligationsArisen() | facts.EscalationRaised():
            return tell.owed_fact(fact)
        case facts.ClaimMade() | facts.ClaimVerified() | facts.ClaimReturned():
            return tell.claim_fact(fact)
        case _:
            assert_never(fact)


def matter(obligation: str, words: Vocabulary, commitment: Commitment | None) -> str:
    """What an obligation is about, by its name ("item-3", "r2/check"): a plan item, or the verdict on a request."""
    return _Teller(None, words, commitment).matter(obligation)


def item_named(number: int, words: Vocabulary, commitment: Commitment | None) -> str:
    """A plan item: "butir 3 (Uji coba terbatas)"."""
    return _Teller(None, words, commitment).item(number)


def plan_changes(old: tuple[PlanItem, ...], new: tuple[PlanItem, ...], words: Vocabulary) -> str:
    """What a new plan changes, in words; empty for equal plans."""
    changes = differences(old, new)
    parts = [_numbers(changes, kind, words) for kind in ("added", "dropped")]
    fields = [_field(change, new, words) for change in changes if change.kind == "changed"]
    if fields:
        left_out = len(fields) - CHANGES_SHOWN
        shown = fields[:CHANGES_SHOWN] + ([f"+{left_out}"] if left_out > 0 else [])
        parts.append(words.clause("changed", it=words.listed(shown)))
    return "; ".join(part for part in parts if part)


class _Teller:
    """One happening, the names for it and the state that it belongs to."""

    def __init__(self, happening: Happening | None, words: Vocabulary, commitment: Commitment | None) -> None:
        self._happening = happening
        self._words = words
        self._commitment = commitment

    @property
    def actor(self) -> str:
        assert self._happening is not None, "nobody acts in a phrase"
        happening = self._happening
        return self._words.actor(happening.office, happening.capacity, happening.on_behalf_of)

    def plan_fact(
        self, fact: facts.CommitmentDrafted | facts.DraftEdited | facts.PlanDrafted | facts.PlanAmended
    ) -> Mapping[str, str]:
        words = self._words
        match fact:
            case facts.CommitmentDrafted():
                return {
                    "actor": self.actor,
                    "reference": fact.reference,
                    "party": words.organisation(fact.party),
                    "subject": words.subject(fact.subject),
                    "year": str(fact.fiscal_year),
                    "scope": words.scope(fact.replication_scope),
                    "pic": words.office(fact.pic),
                }
            case facts.DraftEdited():
                return {
                    "actor": self.actor,
                    "scope": words.scope(fact.replication_scope),
                    "agency": words.office(fact.agency),
                    "pic": words.office(fact.pic),
                }
            case facts.PlanDrafted():
                return {"actor": self.actor, **self._plan(fact.items)}
            case facts.PlanAmended():
                changes = plan_changes(self._revision_before(fact), fact.items, words)
                told = f": {changes}" if changes else ""
                return {"revision": str(fact.revision), **self._plan(fact.items), "changes": told}

    def request_fact(
        self, fact: facts.RequestOpened | facts.StepReached | facts.OpinionInvited | facts.OpinionGiven
    ) -> Mapping[str, str]:
        words, request = self._words, self.request(fact.request)
        match fact:
            case facts.RequestOpened():
                plan = "" if fact.items is None else words.clause("new plan", items=self._count(fact.items))
                return {
                    "actor": self.actor,
                    "request": self._request(fact.number, fact.move),
                    "from_state": words.state(fact.from_state),
                    "to_state": words.state(fact.to_state),
                    "reason": self._because(fact.reason and words.reason_of_move(fact.move, fact.reason)),
                    "plan": plan,
                    "evidence": self._evidence(fact.evidence),
                    "text": words.quoted("said", fact.text),
                }
            case facts.StepReached():
                return {
                    "Request": request[:1].upper() + request[1:],
                    "office": words.office(fact.office),
                    "step": words.step(self._move(fact.request), fact.step),
                    "due_on": words.weekday(fact.obligation.due_on),
                    "skipped": self._skipped(fact.skipped),
                }
            case facts.OpinionInvited():
                due_on = words.weekday(fact.due_on)
                return {"office": words.office(fact.office), "request": request, "due_on": due_on}
            case facts.OpinionGiven():
                return {"actor": self.actor, "request": request, "text": words.quoted("said", fact.text)}

    def verdict_fact(
        self, fact: facts.RequestApproved | facts.RequestReturned | facts.RequestRejected | facts.RequestWithdrawn
    ) -> Mapping[str, str]:
        words = self._words
        told = {"actor": self.actor, "request": self.request(fact.request)}
        if isinstance(fact, facts.RequestWithdrawn):
            return {**told, "text": words.quoted("said", fact.text)}
        told["step"] = words.step(self._move(fact.request), fact.step)
        if isinstance(fact, facts.RequestApproved):
            return {**told, "note": words.quoted("note", fact.note)}
        catalogue = "return" if isinstance(fact, facts.RequestReturned) else "reject"
        reason = self._because(words.reason(catalogue, fact.reason))
        return {**told, "reason": reason, "text": words.quoted("said", fact.text)}

    def signing_fact(self, fact: facts.SignatureRecorded | facts.WitnessRecorded) -> Mapping[str, str]:
        words = self._words
        signed_at = fact.signed_at if isinstance(fact, facts.SignatureRecorded) else fact.witnessed_at
        told = {
            "actor": self.actor,
            "party": words.organisation(fact.sheet.rpartition(":")[2]),
            "mode": words.clause(fact.mode) if fact.mode in ("in_person", "online", "wet_ink") else fact.mode,
            "place": words.clause_if("place", fact.place),
            "signed_on": words.weekday(words.day_of(signed_at)),
            "recorded": self._recorded_later(signed_at),
        }
        if isinstance(fact, facts.SignatureRecorded):
            told["evidence"] = self._evidence(() if fact.scan is None else (fact.scan,))
        return told

    def moved(self, fact: facts.StateChanged) -> Mapping[str, str]:
        words = self._words
        since = "" if fact.effective_at is None else self._since(fact.effective_at)
        return {
            "from_state": words.state(fact.from_state),
            "to_state": words.state(fact.to_state),
            "since": since,
            "reason": self._because(fact.reason and words.reason_of_move(fact.move, fact.reason)),
            "closes": words.clause("closes") if fact.closes else "",
        }

    def owed_fact(self, fact: facts.ObligationsArisen | facts.EscalationRaised) -> Mapping[str, str]:
        words = self._words
        if isinstance(fact, facts.ObligationsArisen):
            return self._arisen(fact.obligations)
        recipients = words.listed(words.office(office) for office in fact.recipients)
        return {
            "level": str(fact.level),
            "matter": self.matter(fact.obligation),
            "due_on": words.weekday(self._due_on(fact)),
            "recipients": recipients or words.clause("nobody" if fact.skipped else "none above"),
            "skipped": self._skipped(fact.skipped),
        }

    def claim_fact(self, fact: facts.ClaimMade | facts.ClaimVerified | facts.ClaimReturned) -> Mapping[str, str]:
        words, item = self._words, self._item(fact.item)
        told = {"actor": self.actor, "item": self.item(fact.item)}
        if isinstance(fact, facts.ClaimReturned):
            reason = self._because(words.reason("return", fact.reason))
            return {**told, "reason": reason, "text": words.quoted("said", fact.text)}
        told["value"] = words.quantity(fact.value, item.unit if item else "")
        told["note"] = words.quoted("note", fact.note)
        if isinstance(fact, facts.ClaimVerified):
            return {**told, "completes": words.clause("completes") if fact.completes else ""}
        target = words.quantity(item.target, item.unit) if item else ""
        return {
            **told,
            "target": words.clause_if("of target", target),
            "late": words.clause("late") if self._is_late(fact.claim) else "",
            "evidence": self._evidence(fact.evidence),
            "verifier": words.office(fact.verifier),
        }

    def request(self, request: str) -> str:
        number = request.rpartition(".r")[2]
        return self._request(number, self._move(request))

    def item(self, number: int) -> str:
        item = self._item(number)
        activity = self._words.clause_if("in brackets", item.activity if item else None)
        return self._words.clause("item", number=str(number), activity=activity)

    def matter(self, obligation: str) -> str:
        request, slash, step = obligation.partition("/")
        if not slash:
            number = obligation.removeprefix("item-")
            return self.item(int(number)) if number.isdigit() else obligation
        whole = f"{self._commitment.id}.{request}" if self._commitment else f".{request}"
        named = self._words.step(self._move(whole), step)
        return self._words.clause("verdict on", request=self.request(whole), step=named)

    def _request(self, number: int | str, move: str | None) -> str:
        label = self._words.clause_if("in brackets", None if move is None else self._words.move(move))
        return self._words.clause("request", number=str(number), move=label)

    def _move(self, request: str) -> str | None:
        known = None if self._commitment is None else self._commitment.requests.get(request)
        return None if known is None else known.opened.move

    def _item(self, number: int) -> PlanItem | None:
        if self._commitment is None:
            return None
        plans = (self._commitment.items, *reversed(self._commitment.revisions))
        return next((item for plan in plans for item in plan if item.number == number), None)

    def _is_late(self, claim: str) -> bool:
        known = None if self._commitment is None else self._commitment.claims.get(claim)
        return known is not None and known.late

    def _due_on(self, fact: facts.EscalationRaised) -> date:
        known = None if self._commitment is None else self._commitment.owed.get(fact.obligation)
        if known is not None and known.obligation.round == fact.round:
            return known.obligation.due_on
        return self._words.day_of(fact.due_at)

    def _revision_before(self, fact: facts.PlanAmended) -> tuple[PlanItem, ...]:
        revisions = () if self._commitment is None else self._commitment.revisions
        return revisions[fact.revision - 1] if 0 < fact.revision <= len(revisions) else fact.items

    def _plan(self, items: tuple[PlanItem, ...]) -> dict[str, str]:
        budget = self._words.money(sum(item.budget_idr for item in items))
        return {"items": self._count(items), "budget": budget}

    def _count(self, items: tuple[PlanItem, ...]) -> str:
        if len(items) == 1:
            return self._words.clause("one item")
        return self._words.clause("items", count=self._words.number(len(items)))

    def _arisen(self, obligations: tuple[Obligation, ...]) -> Mapping[str, str]:
        words = self._words
        days = sorted(one.due_on for one in obligations)
        if len(obligations) == 1:
            one = obligations[0]
            who = words.clause("one owed", office=words.office(one.office), matter=self.matter(one.obligation))
            return {"obligations": who, "due": words.clause("due", it=words.weekday(one.due_on))}
        many = words.clause("many owed", count=words.number(len(obligations)))
        if not days:
            return {"obligations": many, "due": ""}
        return {
            "obligations": many[:1].upper() + many[1:],
            "due": words.clause("due between", first=words.day(days[0]), last=words.day(days[-1])),
        }

    def _evidence(self, files: tuple[Evidence, ...]) -> str:
        if len(files) == 1:
            return self._words.clause("one file", it=files[0].name)
        named = ", ".join(file.name for file in files)
        return self._words.clause("files", count=str(len(files)), it=named) if files else ""

    def _skipped(self, skipped: Iterable[Skipped]) -> str:
        words = self._words
        return "".join(
            words.clause("skipped", office=words.office(one.office), why=words.clause(f"why {one.why}"))
            for one in skipped
        )

    def _because(self, reason: str | None) -> str:
        return self._words.clause_if("because", reason)

    def _recorded_later(self, at: datetime) -> str:
        assert self._happening is not None, "a signature is recorded"
        recorded_on = self._words.day_of(self._happening.recorded_at)
        if recorded_on == self._words.day_of(at):
            return ""
        return self._words.clause("recorded later", it=self._words.weekday(recorded_on))

    def _since(self, at: datetime) -> str:
        assert self._happening is not None, "a change is recorded"
        same_day = self._words.day_of(at) == self._words.day_of(self._happening.recorded_at)
        return "" if same_day else self._words.clause("since", it=self._words.weekday(self._words.day_of(at)))


def _numbers(changes: Iterable[Change], kind: str, words: Vocabulary) -> str:
    numbers = [words.clause("item", number=str(one.number), activity="") for one in changes if one.kind == kind]
    return words.clause(kind, it=words.listed(numbers)) if numbers else ""


def _field(change: Change, new: tuple[PlanItem, ...], words: Vocabulary) -> str:
    item = next(item for item in new if item.number == change.number)
    named = words.clause("item", number=str(change.number), activity="")
    old, now = (_value(change.field, value, item, words) for value in (change.old, change.new))
    return f"{named} {words.said(FIELDS[change.field])} {old} → {now}"


def _value(field: str, value: str, item: PlanItem, words: Vocabulary) -> str:
    match field:
        case "target":
            return words.quantity(Decimal(value), item.unit)
        case "budget_idr":
            return words.money(int(value))
        case "starts_on" | "ends_on":
            return words.day(date.fromisoformat(value))
        case "agency":
            return words.office(value)
        case "stage":
            return words.stage(value)
        case "fund":
            return words.fund(value)
        case _:
            return f"“{value}”"

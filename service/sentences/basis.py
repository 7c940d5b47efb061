"""What fills the places of the sentences about offices, programmes, calendars and workflows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import assert_never

from service.sentences import definitions
from service.sentences.vocabulary import Vocabulary
from workflows import facts
from workflows.facts import ClockCorrected, DefinitionFact, DelegationFact, OfficeFact, ProgrammeFact


def places(fact: OfficeFact | DelegationFact | ProgrammeFact | ClockCorrected, words: Vocabulary) -> Mapping[str, str]:
    """The texts of a sentence's places."""
    if isinstance(fact, DefinitionFact):
        return definitions.places(fact, words)
    match fact:
        case facts.CalendarAdopted():
            return _calendar(fact, words)
        case facts.ProgrammeOpened():
            return _programme(fact, words)
        case facts.DelegationGiven():
            return _delegation(fact, words)
        case facts.DelegationRevoked():
            return {
                "office": words.office(fact.office),
                "to": words.office(fact.to),
                "reason": words.quoted("because", fact.reason),
            }
        case facts.DelegationBegun() | facts.DelegationEnded():
            return {"office": words.office(fact.office), "to": words.office(fact.to)}
        case facts.NamedElsewhere():
            name = words.organisation(fact.name) if fact.kind == "party" else words.subject(fact.name)
            kind = words.clause(f"kind {fact.kind}")
            return {"kind": kind, "name": name, "system": fact.system, "external_id": fact.external_id}
        case facts.ClockCorrected():
            return {"before": words.moment(fact.before), "after": words.moment(fact.after), "text": fact.text}
        case facts.PeriodExtended() | facts.PeriodClosed() | facts.PeriodReopened():
            return _period(fact, words)
        case facts.GoLiveSet() | facts.ProgrammeClosed() | facts.ProgrammeReopened():
            return _life(fact, words)
        case facts.PartyInvited() | facts.InvitationDeclined() | facts.PartyJoined():
            return _seat(fact, words)
        case facts.SampleDrawn():
            return {
                "actor": words.office(fact.office),
                "period": fact.period,
                "seed": fact.seed,
                "share": words.number(fact.permille),
            }
        case _:
            return _of_office(fact, words)


def _life(fact: facts.LifeFact, words: Vocabulary) -> Mapping[str, str]:
    told = {
        "actor": words.office(fact.office),
        "programme": words.programme.name if words.programme else fact.programme,
        "text": words.quoted("said", fact.text),
    }
    if isinstance(fact, facts.GoLiveSet):
        return {**told, "on": words.clause("no day") if fact.on is None else words.day(fact.on)}
    return {**told, "letter": words.clause_if("by letter", fact.letter)}


def _seat(fact: facts.SeatFact, words: Vocabulary) -> Mapping[str, str]:
    told = {
        "actor": words.office(fact.office),
        "party": words.organisation(fact.party),
        "letter": words.clause_if("by letter", fact.letter),
    }
    match fact:
        case facts.PartyInvited():
            limit = words.clause_if("answer by", None if fact.answer_by is None else words.day(fact.answer_by))
            return {**told, "on": words.day(fact.invited_on), "answer_by": limit}
        case facts.InvitationDeclined():
            return {**told, "on": words.day(fact.declined_on), "reason": words.quoted("said", fact.reason)}
        case facts.PartyJoined():
            return {**told, "on": words.day(fact.joined_on)}
        case _:
            assert_never(fact)


def _period(fact: facts.PeriodFact, words: Vocabulary) -> Mapping[str, str]:
    parties = words.listed(words.organisation(party) for party in fact.parties) if fact.parties else None
    told = {
        "actor": words.office(fact.office),
        "period": fact.period,
        "parties": parties or words.clause("all parties"),
        "reason": words.quoted("said", fact.reason),
    }
    if isinstance(fact, facts.PeriodExtended):
        told["due_on"] = words.day(fact.due_on)
    if not isinstance(fact, facts.PeriodClosed):
        told["closes_on"] = words.day(fact.closes_on)
    return told


def _of_office(fact: OfficeFact, words: Vocabulary) -> Mapping[str, str]:
    match fact:
        case facts.OrganisationRegistered():
            below = words.clause_if("below", None if fact.parent is None else words.organisation(fact.parent))
            return {"name": fact.name, "organisation": fact.organisation, "below": below, "zone": fact.zone}
        case facts.OfficeEstablished():
            return {
                "name": fact.name,
                "organisation": words.organisation(fact.organisation),
                "role": words.role(fact.role),
                "reports_to": words.clause_if("reports to", fact.reports_to and words.office(fact.reports_to)),
                "acts_for": words.clause_if("acts for", fact.acts_for and words.organisation(fact.acts_for)),
            }
        case facts.HolderAppointed():
            return _appointed(fact, words)
        case facts.HolderProposed():
            return {"proposer": words.office(fact.proposed_by), **_appointed(fact, words)}
        case facts.HolderProposalDeclined():
            return {"office": words.office(fact.office), "reason": words.quoted("because", fact.reason)}
        case facts.AppointmentEnded():
            return {
                "office": words.office(fact.office),
                "ended_on": words.day(fact.ended_on),
                "letter": words.clause_if("by letter", fact.letter),
            }
        case facts.GrantGiven():
            return {"office": words.office(fact.office), "what": _granted(fact, words), **_dated(fact, words)}
        case _:
            assert_never(fact)


def _delegation(fact: facts.DelegationGiven, words: Vocabulary) -> Mapping[str, str]:
    moves = [words.move(move) for move in fact.moves]
    names = {words.programme.programme: words.programme.name} if words.programme else {}
    programmes = [names.get(one, one) for one in fact.programmes]
    return {
        "giver": words.office(fact.given_by),
        "office": words.clause_if("authority of", None if fact.given_by == fact.office else words.office(fact.office)),
        "to": words.office(fact.to),
        "capacity": words.clause(f"in capacity {fact.capacity}"),
        "starts_on": words.day(fact.starts_on),
        "ends_on": words.day(fact.ends_on),
        "scope": words.clause_if("only for", words.listed([*programmes, *moves])),
        "letter": words.clause_if("by letter", fact.letter),
    }


def _calendar(fact: facts.CalendarAdopted, words: Vocabulary) -> Mapping[str, str]:
    return {
        "calendar": fact.calendar,
        "version": str(fact.version),
        "first_day": words.day(fact.first_day),
        "last_day": words.day(fact.last_day),
        "days_off": words.number(len(fact.days_off)),
        "source": fact.source,
    }


def _appointed(fact: facts.HolderAppointed | facts.HolderProposed, words: Vocabulary) -> Mapping[str, str]:
    capacity = words.clause(f"as {fact.capacity}") if fact.capacity in ("pj", "plt", "plh") else ""
    return {"office": words.office(fact.office), "capacity": capacity, **_dated(fact, words)}


def _dated(fact: facts.HolderAppointed | facts.HolderProposed | facts.GrantGiven, words: Vocabulary) -> dict[str, str]:
    return {
        "starts_on": words.day(fact.starts_on),
        "until": _until(fact.ends_on, words),
        "letter": words.clause_if("by letter", fact.letter),
    }


def _until(ends_on: date | None, words: Vocabulary) -> str:
    return words.clause_if("until", None if ends_on is None else words.day(ends_on))


def _granted(fact: facts.GrantGiven, words: Vocabulary) -> str:
    if fact.organisation is not None:
        return words.clause("grant organisation", it=words.organisation(fact.organisation))
    if fact.subject is not None:
        return words.clause("grant subject", it=words.subject(fact.subject))
    return words.clause("grant commitment", it=fact.commitment or "")


def _programme(fact: facts.ProgrammeOpened, words: Vocabulary) -> Mapping[str, str]:
    return {
        "name": fact.name,
        "organisation": words.organisation(fact.organisation),
        "year": str(fact.fiscal_year),
        "starts_on": words.day(fact.starts_on),
        "ends_on": words.day(fact.ends_on),
        "parties": words.number(len(fact.parties)),
        "subjects": words.number(len(fact.subjects)),
        "sample": words.clause("sample") if fact.sample else "",
    }

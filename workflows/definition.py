"""A workflow as typed data: what a definition's YAML says, once it has been checked.

The code knows no state, role, reason or ladder by name: all of them come from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ACT_NAMES = frozenset(
    {"draft", "import", "edit_draft", "claim", "verify_claim", "witness", "open_programme", "administer"}
)
GUARD_NAMES = frozenset(
    {"plan_complete", "ends_after_signature", "signature_effective", "pic_named", "plan_differs", "all_items_verified"}
)
CONDITION_NAMES = frozenset(
    {
        "not_initial",
        "core_component_changes",
        "core_component_dropped",
        "target_falls_over_quarter",
        "ends_after_year",
        "third_amendment",
    }
)
VERDICT_NAMES = frozenset({"approve", "return", "reject"})
ADDRESSEE_NAMES = frozenset({"approver", "asker", "heard", "claimant", "verifier"})
OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Label:
    """A text in both languages of the pages."""

    id: str
    en: str


@dataclass(frozen=True, slots=True)
class Reason(Label):
    """A reason's name; `text_chars` is how many characters of free text it needs at least."""

    text_chars: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """A state and its meaning.

    meaning  open | working | closed | success | exit: working is open too; success and exit are closed too
    private  seen by the party's own line of offices alone
    claims   progress may be claimed in it
    owed     the plan's items are owed in it
    """

    name: str
    label: Label
    meaning: str
    initial: bool = False
    private: bool = False
    claims: bool = False
    owed: bool = False

    @property
    def is_open(self) -> bool:
        """True while the commitment can still move by an ordinary request."""
        return self.meaning in ("open", "working")


@dataclass(frozen=True, slots=True)
class Limit:
    """How long an office has: whole days, working ones unless said otherwise."""

    days: int
    working: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """One approval of a chain.

    role           resolved from the party upwards when the step is reached
    verdicts       which of approve, return, reject the office may give
    signs          the approval is the party's signature of its sheet
    when           names of conditions (CONDITION_NAMES): the step stands if any holds; empty: always
    if_conflicted, if_vacant   up | block
    """

    name: str
    label: Label
    role: str
    limit: Limit
    ladder: str
    verdicts: frozenset[str] = frozenset({"approve", "return", "reject"})
    signs: bool = False
    when: tuple[str, ...] = ()
    if_conflicted: str = "up"
    if_vacant: str = "up"


@dataclass(frozen=True, slots=True)
class Heard:
    """An office that is invited to give its opinion once the step `after` has passed (None: at once); it never blocks.

    role   as in Step; the special word `owner` is the subject's owner office
    """

    role: str
    limit: Limit
    after: str | None = None
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """A change of state that is asked for and approved.

    sources    states it may begin in; target: the state it leads to
    ask        roles that may ask
    guards     names of rules (GUARD_NAMES) that must hold when asked and again when the last step passes
    evidence   kinds of evidence wanted, as labels; at least one file is required if not empty
    reasons    name of the reason catalogue, None: no reason is asked
    plan       the request carries a whole new plan
    """

    name: str
    label: Label
    sources: frozenset[str]
    target: str
    ask: tuple[str, ...]
    steps: tuple[Step, ...]
    heard: tuple[Heard, ...] = ()
    guards: tuple[str, ...] = ()
    evidence: tuple[Label, ...] = ()
    reasons: str | None = None
    plan: bool = False


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who hears of a ladder's level.

    kind   obliged: the obliged office · role: the office with that role, from the party upwards · next_up: the nearest
           office above the obliged one with one of `roles` · superior: who the obliged office reports to
    never_above   a role at which the climb ends
    """

    kind: str
    roles: tuple[str, ...] = ()
    never_above: str | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a ladder: days (working) from the due day, and how it is told: message | list | digest."""

    number: int
    offset_days: int
    recipients: tuple[Recipient, ...]
    style: str = "message"
    offers_delegation: bool = False


@dataclass(frozen=True, slots=True)
class Ladder:
    """An escalation ladder: its levels, earliest first; it ends after the last."""

    name: str
    label: Label
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """What a role is called and which acts outside the moves it may do.

    may   some of ACT_NAMES
    """

    name: str
    label: Label
    may: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NoticeRule:
    """One cell of the table of who is told.

    fact      the stored name of the fact; `states` narrows state-changed to changes into these states
    to        a role, or one of ADDRESSEE_NAMES: approver is the open step's office, verifier the claim's
    urgency   now | daily | weekly | page
    action    it is now that office's turn to do something
    receipt   told even of its own act
    """

    fact: str
    to: str
    urgency: str
    states: frozenset[str] = frozenset()
    action: bool = False
    receipt: bool = False


@dataclass(frozen=True, slots=True)
class Definition:
    """A whole workflow. `name` and `version` identify it; `digest` is the SHA-256 of its text in hex.

    reasons  catalogues by name; every verdict but approve has its own: return, reject
    ceiling  the role where every climb up the line of superiors ends; None: it ends at the top
    """

    name: str
    version: int
    digest: str
    label: Label
    party: Label
    subject: Label
    states: Mapping[str, State]
    moves: Mapping[str, Move]
    roles: Mapping[str, Role]
    reasons: Mapping[str, Mapping[str, Reason]]
    ladders: Mapping[str, Ladder]
    notices: tuple[NoticeRule, ...]
    item_ladder: str
    claim_limit: Limit
    replication_scopes: Mapping[str, Label]
    stages: Mapping[str, Label]
    funds: Mapping[str, Label]
    ceiling: str | None = None

    @property
    def initial(self) -> State:
        """The one state that a commitment begins in."""
        return next(state for state in self.states.values() if state.initial)

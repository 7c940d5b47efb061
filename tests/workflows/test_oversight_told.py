"""Who hears of findings, directions, obstacles, help and revoked verifications."""

from dataclasses import replace
from datetime import date

from tests.support.directory import directory, grant
from tests.support.world import (
    AUDITOR,
    COORDINATOR,
    HEAD,
    MENTOR,
    PHOTO,
    PIC,
    PROVINCE,
    REGION,
    SECRETARY,
    SPRING,
    STARTED,
    Act,
    K,
    Story,
    World,
    claimed,
    given,
    world,
)
from workflows.audience import Told, audience
from workflows.commands import (
    AnswerMatter,
    CloseMatter,
    GiveDirection,
    MakeNote,
    RecordFinding,
    ReportObstacle,
    RequestHelp,
    ReturnMatter,
    RevokeVerification,
)
from workflows.commitment import Recorded, replay

DUE = date(2022, 3, 15)
FINDING = RecordFinding(HEAD, DUE, "Daftar hadir tidak ada", PHOTO)
AUDITED = World(directory=directory(more=(grant(AUDITOR, organisation="61.03"),)))
F1, D1, H1 = f"{K}.f1", f"{K}.d1", f"{K}.h1"


def heard(story: Story, event: Recorded | None = None) -> dict[str, Told]:
    """Who hears of the story's last event, or of that one, by office."""
    event = event or story.events[-1]
    after = replay(story.events[: event.version])
    assert after is not None
    found = audience(
        event,
        replay(story.events[: event.version - 1]),
        after,
        directory=story.world.directory,
        definition=story.world.definition,
        programme=story.world.programme,
    )
    assert len({one.office for one in found}) == len(found), "an office hears twice"
    return {one.office: one for one in found}


def urgencies(story: Story, event: Recorded | None = None) -> dict[str, str]:
    return {office: one.urgency for office, one in heard(story, event).items()}


def test_those_concerned_hear_now_that_a_verification_was_revoked() -> None:
    revoke = RevokeVerification(f"{K}.c1", "salah_hitung")
    story = given(*STARTED, *claimed(1, 100, at=SPRING), Act(COORDINATOR, revoke))
    event = story.events[-2]
    assert urgencies(story, event) == {
        PIC: "now",
        HEAD: "now",
        REGION: "now",
        SECRETARY: "now",
        PROVINCE: "weekly",
        MENTOR: "page",
    }
    assert heard(story, event)[PIC].action
    assert heard(story, event)[REGION].why == "verifier"


def test_a_finding_calls_its_addressee_and_tells_the_line() -> None:
    story = given(*STARTED, Act(AUDITOR, FINDING, SPRING), world=AUDITED)
    assert urgencies(story) == {
        HEAD: "now",
        PIC: "now",
        REGION: "now",
        SECRETARY: "now",
        COORDINATOR: "now",
        PROVINCE: "weekly",
        MENTOR: "page",
    }
    assert (heard(story)[HEAD].why, heard(story)[HEAD].action) == ("addressee", True)


def test_an_auditor_is_pushed_replies_to_the_own_findings_and_nothing_else() -> None:
    story = given(*STARTED, Act(AUDITOR, FINDING, SPRING), world=AUDITED)
    assert AUDITOR not in heard(story)
    answered = story.does(Act(HEAD, AnswerMatter(F1, "Terlampir")))
    assert (heard(answered)[AUDITOR].urgency, heard(answered)[AUDITOR].why) == ("now", "raiser")
    other = given(*STARTED, Act(COORDINATOR, FINDING, SPRING), Act(HEAD, AnswerMatter(F1, "Ya")), world=AUDITED)
    assert AUDITOR not in heard(other)
    without_grant = answered.during(world())
    assert AUDITOR not in heard(without_grant), "who no longer sees the commitment isn't told of it"


def test_an_answer_sent_back_calls_the_addressee_again_and_a_closing_tells_it() -> None:
    answered = given(*STARTED, Act(COORDINATOR, FINDING, SPRING), Act(HEAD, AnswerMatter(F1, "Ya")))
    returned = answered.does(Act(COORDINATOR, ReturnMatter(F1, "Kurang")))
    assert heard(returned)[HEAD].action
    closed = answered.does(Act(COORDINATOR, CloseMatter(F1, "Cukup")))
    assert heard(closed)[HEAD].urgency == "now"


def test_a_direction_is_told_to_its_addressee_and_shown_to_the_province() -> None:
    story = given(*STARTED, Act(PROVINCE, GiveDirection(REGION, DUE, "Percepat"), SPRING))
    assert urgencies(story) == {REGION: "now", COORDINATOR: "page", MENTOR: "page"}
    answered = story.does(Act(REGION, AnswerMatter(D1, "Sudah")))
    assert heard(answered)[PROVINCE].action


def test_an_obstacle_and_a_call_for_help_reach_the_mentor_now() -> None:
    daily = {HEAD: "daily", REGION: "daily", COORDINATOR: "daily", SECRETARY: "weekly", MENTOR: "now"}
    obstacle = given(*STARTED, Act(PIC, ReportObstacle("teknis", "Jaringan"), SPRING))
    assert urgencies(obstacle) == daily
    asked = given(*STARTED, Act(PIC, RequestHelp("Mohon contoh"), SPRING))
    assert urgencies(asked) == daily
    assert heard(asked)[MENTOR].action
    assert heard(asked.does(Act(MENTOR, AnswerMatter(H1, "Ini"))))[PIC].why == "raiser"
    closed = obstacle.does(Act(PIC, CloseMatter(f"{K}.o1", "Selesai")))
    assert heard(closed)[MENTOR].urgency == "daily"


def test_an_obstacle_has_no_addressee_to_be_told() -> None:
    rules = tuple(
        replace(rule, to="addressee") if rule.fact in ("obstacle-reported", "note-made") else rule
        for rule in world().definition.notices
    )
    odd = World(definition=replace(world().definition, notices=rules))
    assert heard(given(*STARTED, Act(PIC, ReportObstacle("teknis", "Jaringan"), SPRING), world=odd)) == {}
    assert heard(given(*STARTED, Act(MENTOR, MakeNote("Baik"), SPRING), world=odd)) == {}

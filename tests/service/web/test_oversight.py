"""Findings, directions, obstacles, help and notes on pages, without JavaScript: raised, answered, judged."""

from __future__ import annotations

from datetime import timedelta

from tests.support.api_story import ApiStory, done, started
from tests.support.api_world import ApiWorld
from tests.support.browsing import Visitor, visitor
from tests.support.world import COORDINATOR, HEAD, MENTOR, PIC, PROVINCE, REGION, SECRETARY

PHOTO = ("evidence", b"%PDF-1.7 berita acara", "berita-acara.pdf")


def due(world: ApiWorld) -> str:
    return (world.runtime.now() + timedelta(days=14)).date().isoformat()


def raised(world: ApiWorld, story: ApiStory, office: str, form: str, **fields: str) -> Visitor:
    """The office's browser after it sent the form."""
    one = visitor(world, office)
    one.open(f"{story.path}/raise/{form}")
    assert one.status == 200, one.words
    one.send(one.form(f"{story.path}/raise/{form}"), fields, file=PHOTO)
    world.catch_up()
    return one


def test_a_finding_goes_from_the_page_to_the_inbox_and_back(world: ApiWorld) -> None:
    story = started(world)
    one = raised(world, story, COORDINATOR, "finding", addressee=HEAD, due_on=due(world), text="Daftar hadir tidak ada")
    assert one.status == 200, one.words
    assert "Temuan 1" in one.words
    head = visitor(world, HEAD)
    head.open("/")
    assert "Jawaban Saudara ditunggu" in head.words
    answer = head.form(f"{story.path}/matters")
    head.send(answer, {"act": "answer", "text": " "})
    assert head.status == 422
    assert 'aria-invalid="true"' in head.page
    assert not head.skips_a_heading
    head.send(head.form(f"{story.path}/matters"), {"act": "answer", "text": "Terlampir"}, file=PHOTO)
    assert head.status == 200, head.words
    world.catch_up()
    judge = visitor(world, COORDINATOR)
    judge.open("/matrix")
    assert "temuan terbuka: 1" in judge.words
    (cell,) = [one for one in done(world.get(COORDINATOR, "/matrix"))["cells"] if one["commitment"]]
    assert (cell["findings"], cell["held"]) == (1, 0)
    judge.open("/")
    assert "Jawaban yang harus Saudara nilai" in judge.words
    judge.send(judge.form(f"{story.path}/matters"), {"act": "close", "text": "Sudah lengkap"})
    assert judge.status == 200, judge.words
    state = world.runtime.commitment(story.commitment).state
    assert state.matters[f"{story.commitment}.f1"].status == "closed"
    judge.open(story.path)
    assert "Sudah lengkap" in judge.words
    world.catch_up()
    judge.open("/matrix")
    assert "temuan terbuka" not in judge.words


def test_a_judgement_on_what_has_changed_says_what_happened_meanwhile(world: ApiWorld) -> None:
    story = started(world)
    raised(world, story, COORDINATOR, "finding", addressee=HEAD, due_on=due(world), text="Kurang")
    judge = visitor(world, COORDINATOR)
    judge.open(story.path)
    stale = judge.form(f"{story.path}/matters")
    matter = f"{story.commitment}.f1"
    done(world.post(HEAD, f"/matters/{matter}/answers", {"text": "Baru saja dijawab"}))
    judge.send(stale, {"act": "close", "text": "Tidak dijawab"})
    assert judge.status == 412
    assert "menjawab temuan 1" in judge.words
    assert "Tidak dijawab" in judge.page, "what was typed isn't lost"


def test_a_form_names_its_wrong_fields_and_keeps_what_was_typed(world: ApiWorld) -> None:
    story = started(world)
    one = raised(world, story, PROVINCE, "direction", addressee=REGION, due_on="2021-01-04", text="Percepat")
    assert one.status == 422
    assert "Tenggat 4 Januari 2021 sudah lewat." in one.words
    assert "Percepat" in one.page
    one = raised(world, story, PROVINCE, "direction", addressee=REGION, due_on="besok", text="Percepat")
    assert one.status == 422
    one = raised(world, story, MENTOR, "visit", visited_on="2030-01-01", place="", text="Nanti")
    assert one.status == 422
    assert "Hari kunjungan belum tiba" in one.words
    one = raised(world, story, PIC, "obstacle", reason="", item="x", text="Banjir")
    assert one.status == 422


def test_directions_are_offered_to_offices_below_alone(world: ApiWorld) -> None:
    story = started(world)
    one = visitor(world, SECRETARY)
    one.open(f"{story.path}/raise/direction")
    assert f'value="{HEAD}"' in one.page
    assert f'value="{PROVINCE}"' not in one.page
    assert f'value="{SECRETARY}"' not in one.page


def test_an_office_that_may_not_sees_why_and_no_form(world: ApiWorld) -> None:
    story = started(world)
    one = visitor(world, HEAD)
    one.open(f"{story.path}/raise/finding")
    assert "Belum dapat dilakukan oleh jabatan Saudara" in one.words
    assert "<textarea" not in one.page
    one.open(f"{story.path}/raise/nonsense")
    assert one.status == 404
    one.open(story.path)
    assert "Catat temuan" not in one.words
    assert "Laporkan kendala" in one.words


def test_an_obstacle_help_a_visit_and_a_note_stand_on_the_page(world: ApiWorld) -> None:
    story = started(world)
    raised(world, story, PIC, "obstacle", reason="teknis", item="1", text="Jaringan belum stabil")
    raised(world, story, PIC, "help", text="Mohon contoh SOP")
    today = world.runtime.now().date().isoformat()
    raised(world, story, MENTOR, "visit", visited_on=today, place="Sanggau", text="Layanan berjalan")
    raised(world, story, MENTOR, "note", text="Patut dicontoh")
    one = visitor(world, MENTOR)
    one.open(story.path)
    for said in ("Kendala 1", "Permintaan bantuan 1", "Layanan berjalan", "Sanggau", "Patut dicontoh", "teknis"):
        assert said in one.words, said
    one.send(one.form(f"{story.path}/matters"), {"act": "answer", "text": "Contoh terlampir"}, file=PHOTO)
    assert one.status == 200, one.words
    assert world.runtime.commitment(story.commitment).state.matters[f"{story.commitment}.h1"].status == "closed"


def test_a_verification_is_revoked_on_the_page_and_the_claimant_finds_it_in_the_inbox(world: ApiWorld) -> None:
    story = started(world)
    claim = story.claim(1, 100)
    done(world.post(REGION, f"/claims/{claim}/verifications"))
    one = visitor(world, REGION)
    one.open(story.path)
    form = one.form(f"{story.path}/checks")
    one.send(form, {"verdict": "revoke", "reason": "", "text": ""})
    assert one.status == 422
    assert "Alasan belum dipilih" in one.words
    one.send(
        one.form(f"{story.path}/checks"), {"verdict": "revoke", "reason": "salah_hitung", "text": "Dihitung dua kali"}
    )
    assert one.status == 200, one.words
    assert "verifikasi dicabut" in one.words
    world.catch_up()
    pic = visitor(world, PIC)
    pic.open("/")
    assert "Dihitung dua kali" in pic.words


def test_a_past_shows_what_was_raised_by_then_and_no_form(world: ApiWorld) -> None:
    story = started(world)
    before = world.runtime.commitment(story.commitment).head.version
    raised(world, story, COORDINATOR, "finding", addressee=HEAD, due_on=due(world), text="Kurang")
    one = visitor(world, HEAD)
    one.open(f"{story.path}?as_known_on={world.runtime.now().date().isoformat()}")
    assert one.status == 200
    assert f'action="{story.path}/matters"' not in one.page
    assert before < world.runtime.commitment(story.commitment).head.version


def test_one_direction_goes_on_all_that_were_chosen(world: ApiWorld) -> None:
    story = started(world)
    world.catch_up()
    one = visitor(world, PROVINCE)
    one.open("/sheets/kalbar-2022:61.03")
    assert "Beri arahan" in one.words
    where = "/directions?programme=kalbar-2022&party=61.03"
    one.open(where)
    form = one.form("/directions")
    one.send(form, {"addressee": REGION, "due_on": due(world), "text": "Percepat"})
    assert one.status == 422
    assert "Mohon pilih salah satu" in one.words
    assert "Percepat" in one.page, "what was typed isn't lost"
    said = {"commitment": story.commitment, "addressee": REGION, "due_on": due(world)}
    one.send(one.form("/directions"), {**said, "text": ""})
    assert one.status == 422
    one.send(one.form("/directions"), {**said, "text": "Percepat"})
    assert one.status == 200, one.words
    assert "Diberikan atas 1 dari 1 komitmen" in one.words
    assert world.runtime.commitment(story.commitment).state.matters[f"{story.commitment}.d1"].text == "Percepat"
    one.open(where)
    one.send(one.form("/directions"), {**said, "due_on": "2021-01-04", "text": "Terlambat"})
    assert "Diberikan atas 0 dari 1 komitmen" in one.words
    assert "sudah lewat" in one.words


def test_who_gives_no_directions_is_not_led_to_them(world: ApiWorld) -> None:
    started(world)
    one = visitor(world, REGION)
    one.open("/sheets/kalbar-2022:61.03")
    assert "Beri arahan" not in one.words

"""`kawal init|office|person|token|import persons`, run as an administrator would, on a real database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from events.engine import make_engine
from events.store import LogStore
from service import identity
from service.basis import Basis, extend
from service.cli.import_persons import persons as import_persons
from service.cli.root import kawal
from tests.support.identity import PASSWORD

REGION = (
    ("add-organisation", "61", "--name", "Provinsi Kalimantan Barat", "--kind", "provinsi"),
    ("add-organisation", "61.10", "--parent", "61", "--name", "Kabupaten Melawi", "--kind", "kabupaten"),
)
ZONE = ("--zone", "Asia/Pontianak", "--calendar", "id")
SECRETARY = ("61.10.sekda", "--name", "Sekretaris Daerah", "--role", "region_secretary", "--organisation", "61.10")
COORDINATOR = ("61.10.bagian", "--name", "Bagian Organisasi", "--role", "region_coordinator", "--organisation", "61.10")
APPOINT = ("61.10.sekda", "sekda@melawi.example", "--letter", "800/1", "--from", "2020-01-01")
HEADER = "office,name,email,language,capacity,letter,starts_on,ends_on\n"
LIST = HEADER + (
    "61.10.sekda,Pemegang Satu,satu@melawi.example,id,Pj.,821/7,2020-01-01,\n"
    "61.10.bagian,Pemegang Dua,dua@melawi.example,en,definitif,821/8,6 Desember 2021,31 Desember 2030\n"
    "61.10.sekda,Pemegang Dua,dua@melawi.example,en,plh,821/9,2022-02-01,2022-02-05\n"
)


class Machine:
    """One data directory and the command line on it."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.environment = {"KAWAL_DATA_DIR": str(data_dir), "DATABASE_URL": "", "REDIS_URL": ""}
        self.engine = make_engine(f"sqlite:///{data_dir / 'kawal.db'}")

    def run(self, *arguments: str, typed: str | None = None) -> Result:
        """Run a command to its end, whatever it is."""
        return CliRunner().invoke(kawal, arguments, input=typed, env=self.environment)

    def done(self, *arguments: str, typed: str | None = None) -> str:
        """Run a command that must succeed, for its standard output."""
        result = self.run(*arguments, typed=typed)
        assert result.exit_code == 0, result.output
        return result.stdout

    def json(self, *arguments: str) -> Any:
        """Run a command that must succeed, for its document."""
        return json.loads(self.done(*arguments, "--json"))

    def bring_in(self, path: Path, *options: str) -> tuple[int, Any]:
        """`kawal import persons`: its exit code and document."""
        result = CliRunner().invoke(import_persons, [str(path), *options, "--json"], env=self.environment)
        return result.exit_code, json.loads(result.stdout) if result.stdout else result.stderr

    def events(self) -> list[Any]:
        """Everything in the log."""
        return LogStore(self.engine).read_all()


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    """An empty log."""
    made = Machine(tmp_path)
    made.done("migrate")
    yield made
    made.engine.dispose()


@pytest.fixture
def region(machine: Machine) -> Machine:
    """A log with one regency and two offices, both vacant."""
    for arguments in REGION:
        machine.done("office", *arguments, *ZONE)
    machine.done("office", "add", *SECRETARY)
    machine.done("office", "add", *COORDINATOR, "--reports-to", "61.10.sekda")
    return machine


def test_init_makes_the_database_an_administrator_and_a_link_that_works_once(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "new")
    made = machine.json("init", "--email", "admin@melawi.example", "--name", "Pengelola Sistem")
    address, _, secret = made["link"].rpartition("/")
    assert address == "http://127.0.0.1:8000/login/link"
    assert made["office"] == "pengelola.admin"
    now = datetime.now(UTC)
    directory = _directory(machine)
    opened = identity.use_link(machine.engine, secret, directory=directory, now=now, log_now=now)
    found = identity.session_of(machine.engine, opened.cookie, directory=directory, now=now, log_now=now)
    assert (found.person, found.office, found.capacity) == (made["person"], "pengelola.admin", "definitive")
    with pytest.raises(identity.NotSignedIn):
        identity.use_link(machine.engine, secret, directory=directory, now=now, log_now=now)
    assert [event.type for event in machine.events()] == [
        "organisation-registered",
        "office-established",
        "holder-appointed",
    ]


def test_init_again_gives_a_fresh_link_and_states_nothing_new(machine: Machine) -> None:
    arguments = ("init", "--email", "admin@melawi.example", "--name", "Pengelola Sistem")
    first, second = machine.json(*arguments), machine.json(*arguments)
    assert first["link"] != second["link"]
    assert first["person"] == second["person"]
    assert len(machine.events()) == 3


def test_init_is_refused_while_somebody_else_is_administrator(machine: Machine) -> None:
    machine.done("init", "--email", "admin@melawi.example", "--name", "Pengelola Sistem")
    result = machine.run("init", "--email", "lain@melawi.example", "--name", "Lain")
    assert result.exit_code == 1
    assert "office_held" in result.stderr
    assert len(machine.events()) == 3


def test_every_event_names_the_operator_and_no_event_names_a_person(region: Machine) -> None:
    region.done("person", "add", "sekda@melawi.example", "--name", "Nama Rahasia")
    region.done("office", "appoint", *APPOINT)
    events = region.events()
    assert len(events) == 5
    for event in events:
        assert (event.actor.office, event.actor.person) == ("operator", "operator")
        assert event.actor.signin.startswith("cli:")
        assert event.operation.startswith("cli:operator:")
        assert b"Rahasia" not in event.body
        assert b"melawi.example" not in event.body


def test_offices_and_organisations_again_are_nothing_new_and_other_content_is_refused(region: Machine) -> None:
    assert region.done("office", "add", *SECRETARY).startswith("Nothing new")
    other = region.run("office", "add", *SECRETARY[:-1], "61")
    assert other.exit_code == 1
    assert f"{SECRETARY[SECRETARY.index('--name') + 1]} exists" in other.stderr
    assert "office_exists" in other.stderr
    assert len(region.events()) == 4


def test_a_holder_is_appointed_once_listed_and_ended(region: Machine) -> None:
    region.done("person", "add", "sekda@melawi.example", "--name", "Pemegang Jabatan")
    made = region.json("office", "appoint", *APPOINT, "--capacity", "pj")
    again = region.json("office", "appoint", *APPOINT, "--capacity", "pj")
    assert again == {"appointment": made["appointment"], "new": False}
    [held] = _office(region.json("office", "list"), "61.10.sekda")["holders"]
    assert (held["name"], held["capacity"], held["ends_on"]) == ("Pemegang Jabatan", "pj", None)
    [person] = region.json("person", "list")
    assert person["offices"] == [{"office": "61.10.sekda", "capacity": "pj"}]
    region.done("office", "end", "61.10.sekda", "sekda@melawi.example", "--on", "2021-12-31", "--letter", "800/2")
    assert _office(region.json("office", "list"), "61.10.sekda")["holders"] == []
    assert len(_office(region.json("office", "list", "--on", "2021-12-31"), "61.10.sekda")["holders"]) == 1
    assert "vacant" in region.done("office", "list", "--organisation", "61.10")


@pytest.mark.parametrize(
    ("arguments", "exit_code", "says"),
    [
        (("office", "appoint", "61.10.sekda", "x@y.example", "--letter", "1", "--from", "2022-01-01"), 1, "no person"),
        (("office", "appoint", *APPOINT[:-1], "2022-02-30"), 2, "no day that exists"),
        (("office", "appoint", *APPOINT[:-1], "20220201"), 2, "no day that exists"),
        (("office", "appoint", *APPOINT, "--until", "2019-12-31"), 1, "end_before_start"),
        (("office", "appoint", *APPOINT, "--capacity", "pjs"), 2, "pjs"),
        (("office", "appoint", "61.1.sekda", *APPOINT[1:]), 1, "office_unknown"),
        (("office", "end", "61.10.sekda", "sekda@melawi.example", "--on", "2022-01-01", "--letter", "1"), 1, "none"),
        (
            ("office", "add", "61.10.x", "--name", "X", "--role", "r", "--organisation", "61.1"),
            1,
            "organisation_unknown",
        ),
        (("office", "grant", "61.10.sekda", "--letter", "1", "--from", "2022-01-01", "--subject", "e"), 1, "grant_not"),
        (("office", "list", "--organisation", "61.1"), 1, "no organisation 61.1"),
        (("person", "add", "sekda@melawi.example", "--name", "Lagi"), 1, "already"),
        (("person", "add", "sekda", "--name", "Lagi"), 1, "can't be used"),
        (("person", "link", "sekda@melawi.example"), 1, "holds no office"),
        (("token", "issue", "sekda@melawi.example", "--name", "x"), 1, "holds no office"),
        (("token", "revoke", "nothing"), 1, "unknown"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence_and_changes_nothing(
    region: Machine, arguments: tuple[str, ...], exit_code: int, says: str
) -> None:
    region.done("person", "add", "sekda@melawi.example", "--name", "Pemegang Jabatan")
    before = len(region.events())
    result = region.run(*arguments)
    assert (result.exit_code, says in result.stderr) == (exit_code, True), result.output
    assert len(region.events()) == before
    assert len(region.json("person", "list")) == 1


def test_a_grant_lets_a_granted_office_see_one_thing(region: Machine) -> None:
    auditor = ("61.audit", "--name", "Pemeriksa", "--role", "external_auditor", "--organisation", "61")
    region.done("office", "add", *auditor, "--scope", "granted")
    dated = ("--letter", "ST/1", "--from", "2022-01-01", "--until", "2022-06-30")
    region.done("office", "grant", "61.audit", "--organisation", "61.10", *dated)
    [grant] = _directory(region).grants.values()
    assert (grant.office, grant.organisation, grant.subject) == ("61.audit", "61.10", None)


def test_a_password_set_by_the_operator_signs_in(region: Machine) -> None:
    region.done("person", "add", "sekda@melawi.example", "--name", "Pemegang Jabatan")
    region.done("person", "password", "sekda@melawi.example", "--stdin", typed=PASSWORD + "\n")
    assert identity.verify_password(region.engine, "sekda@melawi.example", PASSWORD) is not None
    region.done("person", "password", "sekda@melawi.example", typed=f"{PASSWORD} 2\n{PASSWORD} 2\n")
    assert identity.verify_password(region.engine, "sekda@melawi.example", PASSWORD) is None
    short = region.run("person", "password", "sekda@melawi.example", "--stdin", typed="pendek\n")
    assert (short.exit_code, "12" in short.stderr) == (1, True)
    region.done("person", "deactivate", "sekda@melawi.example")
    assert identity.verify_password(region.engine, "sekda@melawi.example", f"{PASSWORD} 2") is None
    region.done("person", "reactivate", "sekda@melawi.example")
    assert identity.verify_password(region.engine, "sekda@melawi.example", f"{PASSWORD} 2") is not None


def test_a_token_is_shown_once_works_and_is_revoked(region: Machine) -> None:
    region.done("person", "add", "sekda@melawi.example", "--name", "Pemegang Jabatan")
    region.done("office", "appoint", *APPOINT)
    secret = region.done("token", "issue", "sekda@melawi.example", "--name", "rekap").strip()
    now = datetime.now(UTC)
    directory = _directory(region)
    found = identity.token_of(region.engine, secret, directory=directory, now=now, log_now=now)
    assert found.office == "61.10.sekda"
    [listed] = region.json("token", "list")
    assert (listed["id"], listed["works"][:5]) == (found.id, "until")
    assert secret not in json.dumps(listed)
    region.done("token", "revoke", found.id)
    with pytest.raises(identity.NotSignedIn):
        identity.token_of(region.engine, secret, directory=directory, now=now, log_now=now)
    assert region.json("token", "list", "--person", "sekda@melawi.example")[0]["works"] == "revoked"


def test_a_link_of_a_person_with_one_office_needs_no_office_named(region: Machine) -> None:
    region.done("person", "add", "sekda@melawi.example", "--name", "Pemegang Jabatan")
    region.done("office", "appoint", *APPOINT)
    assert "/login/link/" in region.done("person", "link", "sekda@melawi.example")
    region.done("office", "appoint", "61.10.bagian", *APPOINT[1:])
    which = region.run("person", "link", "sekda@melawi.example")
    assert (which.exit_code, "--office" in which.stderr) == (1, True)
    region.done("person", "link", "sekda@melawi.example", "--office", "61.10.bagian")


def test_a_command_before_there_is_a_log_says_how_to_make_one(tmp_path: Path) -> None:
    result = Machine(tmp_path).run("person", "list")
    assert (result.exit_code, "kawal migrate" in result.stderr) == (1, True)


def test_a_list_brings_in_persons_and_appointments_and_again_is_nothing_new(region: Machine, tmp_path: Path) -> None:
    path = tmp_path / "persons.csv"
    path.write_text(LIST)
    exit_code, dry = region.bring_in(path, "--dry-run")
    assert (exit_code, dry["persons_new"], dry["appointed"], dry["problems"]) == (0, 2, 3, [])
    assert region.json("person", "list") == []
    assert len(region.events()) == 4
    exit_code, done = region.bring_in(path)
    assert (exit_code, done) == (0, {**dry, "dry_run": False})
    people = {one["email"]: one for one in region.json("person", "list")}
    assert (people["dua@melawi.example"]["language"], people["satu@melawi.example"]["name"]) == ("en", "Pemegang Satu")
    assert people["satu@melawi.example"]["offices"] == [{"office": "61.10.sekda", "capacity": "pj"}]
    operations = [event.operation for event in region.events()[4:]]
    assert operations == [f"import:{done['digest']}:row:persons.csv:{number}" for number in (2, 3, 4)]
    exit_code, again = region.bring_in(path)
    assert (exit_code, again["unchanged"], again["appointed"], again["persons_new"]) == (0, 3, 0, 0)
    assert len(region.events()) == 7


def test_a_workbook_says_the_same_as_the_csv_file(region: Machine, tmp_path: Path) -> None:
    csv, xlsx = tmp_path / "persons.csv", tmp_path / "persons.xlsx"
    csv.write_text(LIST)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Daftar pemegang jabatan"])
    sheet.append([])
    sheet.append(["No", "Ends_on", "LETTER", "office", "name", "email", "language", "capacity", "starts_on"])
    date = datetime(2020, 1, 1)  # noqa: DTZ001  (a cell's date has no zone)
    sheet.append([1, None, "821/7", "61.10.sekda", "Pemegang Satu", "satu@melawi.example", None, "pj", date])
    last = datetime(2030, 12, 31)  # noqa: DTZ001  # no zone is meant
    sheet.append([2, last, "821/8", "61.10.bagian", "Pemegang Dua", "dua@melawi.example", "en", None, "2021-12-06"])
    sheet.append(
        [3, "2022-02-05", "821/9", "61.10.sekda", "Pemegang Dua", "dua@melawi.example", "en", "Plh.", "1 Februari 2022"]
    )
    book.save(xlsx)
    assert region.bring_in(csv)[0] == 0
    exit_code, done = region.bring_in(xlsx)
    assert (exit_code, done["unchanged"], done["appointed"]) == (0, 3, 0)


def test_a_later_list_changes_names_and_ends_appointments(region: Machine, tmp_path: Path) -> None:
    path = tmp_path / "persons.csv"
    path.write_text(LIST)
    region.bring_in(path)
    path.write_text(
        LIST.replace("Pemegang Satu", "Pemegang Pertama").replace("821/7,2020-01-01,", "821/7,2020-01-01,2022-12-31")
    )
    exit_code, done = region.bring_in(path)
    assert (exit_code, done["persons_changed"], done["ended"], done["unchanged"]) == (0, 1, 1, 2)
    people = {one["email"]: one["name"] for one in region.json("person", "list")}
    assert people["satu@melawi.example"] == "Pemegang Pertama"
    assert region.events()[-1].type == "appointment-ended"
    assert region.bring_in(path)[1]["unchanged"] == 3
    path.write_text(LIST)
    exit_code, reopened = region.bring_in(path)
    assert (exit_code, [one["code"] for one in reopened["problems"]]) == (3, ["appointment_over"])


BAD = (
    ("61.1.sekda,N,a@b.example,id,pj,1,2022-01-01,", "A2", "office_unknown"),
    ("61.10.sekda,,a@b.example,id,pj,1,2022-01-01,", "B2", "text_missing"),
    ("61.10.sekda,N,bukan alamat,id,pj,1,2022-01-01,", "C2", "email_invalid"),
    ("61.10.sekda,N,a@b.example,jv,pj,1,2022-01-01,", "D2", "language_unknown"),
    ("61.10.sekda,N,a@b.example,id,bupati,1,2022-01-01,", "E2", "capacity_unknown"),
    ("61.10.sekda,N,a@b.example,id,pj,,2022-01-01,", "F2", "text_missing"),
    ("61.10.sekda,N,a@b.example,id,pj,1,31 Februari 2022,", "G2", "date_impossible"),
    ("61.10.sekda,N,a@b.example,id,pj,1,01/02/2022,", "G2", "date_unreadable"),
    ("61.10.sekda,N,a@b.example,id,pj,1,2022-01-01,2021-12-31", "H2", "end_before_start"),
    ("61.10.sekda,N,satu@melawi.example,id,pj,1,2022-01-01,", "B3", "person_differs"),
    ("61.10.sekda,Pemegang Satu,satu@melawi.example,id,Pj.,1,2020-01-01,", "A3", "row_twice"),
)


@pytest.mark.parametrize(("row", "cell", "code"), BAD)
def test_a_bad_row_names_its_cell_and_is_left_out_while_the_rest_goes_in(
    region: Machine, tmp_path: Path, row: str, cell: str, code: str
) -> None:
    path = tmp_path / "persons.csv"
    lines = LIST.splitlines()
    path.write_text("\n".join([lines[0], row, *lines[1:]]))
    exit_code, done = region.bring_in(path)
    [problem] = done["problems"]
    assert (exit_code, problem["cell"], problem["code"]) == (3, cell, code)
    assert problem["found"]
    assert problem["expected"]
    assert done["rows"] == 4
    assert done["appointed"] == 3


def test_an_office_that_is_held_refuses_a_second_definitive_holder_by_its_cell(region: Machine, tmp_path: Path) -> None:
    path = tmp_path / "persons.csv"
    path.write_text(
        HEADER
        + "61.10.sekda,Satu,satu@melawi.example,,,821/7,2020-01-01,\n"
        + "61.10.sekda,Dua,dua@melawi.example,,,821/8,2021-01-01,\n"
    )
    for options in (("--dry-run",), ()):
        exit_code, done = region.bring_in(path, *options)
        [problem] = done["problems"]
        assert (exit_code, problem["cell"], problem["code"], done["appointed"]) == (3, "A3", "office_held", 1)
    assert [one["email"] for one in region.json("person", "list")] == ["satu@melawi.example"]


def test_with_all_or_nothing_one_bad_row_keeps_everything_out(region: Machine, tmp_path: Path) -> None:
    path = tmp_path / "persons.csv"
    path.write_text(LIST + BAD[0][0] + "\n")
    exit_code, done = region.bring_in(path, "--all-or-nothing")
    assert (exit_code, len(done["problems"])) == (3, 1)
    assert region.json("person", "list") == []
    assert len(region.events()) == 4


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("missing.csv", None, "file_missing"),
        ("persons.csv", b"office,name\n61.10.sekda,N\n", "column_missing"),
        ("persons.csv", HEADER.encode() + b"61.10.sekda,N\xe9,a@b.example,id,pj,1,2022-01-01,\n", "encoding_broken"),
        ("persons.csv", HEADER.encode() + b'61.10.sekda,"N\n', "quote_open"),
        ("persons.xlsx", b"no workbook", "not_a_workbook"),
        ("persons.xlsx", b"PK\x03\x04 broken", "not_a_workbook"),
    ],
)
def test_a_file_that_is_no_list_is_refused_whole(
    region: Machine, tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    exit_code, complaint = region.bring_in(path)
    assert (exit_code, code in complaint) == (2, True), complaint
    assert len(region.events()) == 4


def _office(rows: list[dict[str, Any]], office: str) -> dict[str, Any]:
    return next(one for one in rows if one["office"] == office)


def _directory(machine: Machine) -> Any:
    return extend(Basis(), LogStore(machine.engine).read_basis()).directory

import csv
import io
import stat

import pytest

from pipeline.second_opinion.__main__ import main
from tests.unit.pipeline.fake_validator import fake_environment

HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
OURS = "issue_id,severity,person_id,table,row_id,column,value,detail,owner,affects,repaired\n"


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """A stand-in without the rule that hangs: the tests of the rules wait for that one."""
    folder = fake_environment(tmp_path_factory.mktemp("validator"))
    rules = folder / "packages" / "lac_validator" / "rules" / "ruleset_utils.py"
    rules.write_text(rules.read_text("utf-8").replace("time.sleep(60)", "pass"), "utf-8")
    return folder


@pytest.fixture
def ask(settings, environment, monkeypatch):
    """Ask the command; get its status and what it printed."""
    for name in ("INBOX", "OUT", "MONTH"):
        monkeypatch.delenv(name, raising=False)

    def asked(*arguments, environment=environment):
        stream = io.StringIO()
        folders = ["--inbox", str(settings.inbox), "--out", str(settings.out)]
        status = main([*folders, *arguments], stream, environment)
        return status, stream.getvalue()

    return asked


@pytest.fixture
def header(write_file):
    """Two children, one of whom a formula in a spreadsheet, and one without a valid sex."""
    return write_file("2026-10/ssda903/header.csv", f"{HEADER}=a&b,x,,,A1,,\nsound,1,,,A2,,\n")


@pytest.fixture
def published(settings):
    """A published month in which we found something of one child, and something of none."""
    restricted = settings.out / "2026-10" / "restricted"
    restricted.mkdir(parents=True)
    rows = (
        "DQ01,high,'=a&b,t,r,c,v,<b>Copied</b> end date.,o,,false\nDQ30,low,,t,r,c,v,d,o,,false\n"
    )
    (restricted / "dq_issues.csv").write_text(OURS + rows, "utf-8")
    return settings.out / "2026-10"


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_findings_rules_and_page_stand_beside_the_marts(settings, ask, header, published):
    before = sorted(settings.out.rglob("2026-10/**/*.csv"))
    status, told = ask()
    folder = settings.out / "restricted" / "second-opinion" / "2026-10"
    assert status == 0, told
    assert "6 rules ran, 7 did not" in told
    assert str(folder / "second-opinion.html") in told
    assert sorted(path.name for path in folder.iterdir()) == [
        "findings.csv",
        "rules.csv",
        "second-opinion.html",
    ]
    page = (folder / "second-opinion.html").read_text("utf-8")
    assert "Children with findings of both: 1; of ours alone: 0;" in page
    assert "&lt;b&gt;Copied&lt;/b&gt; end date." in page
    assert sorted(published.rglob("*.csv")) == [p for p in before if published in p.parents]


def test_a_finding_names_child_rule_table_and_row_and_is_safe_in_a_spreadsheet(
    settings, ask, header
):
    ask("--month", "2026-10")
    folder = settings.out / "restricted" / "second-opinion" / "2026-10"
    rows = rows_of(folder / "findings.csv")
    assert rows[0] == {
        "child": "'=a&b",
        "rule": "101",
        "words": "Sex is not valid.",
        "table": "header",
        "row": "header.csv:2",
    }
    rules = {row["rule"]: row for row in rows_of(folder / "rules.csv")}
    assert (rules["101"]["status"], rules["101"]["rows_found"]) == ("run", "1")
    assert (rules["102"]["status"], rules["102"]["why"]) == (
        "not run",
        "it crashed: ValueError: no such thing",
    )


def test_only_its_owner_can_open_it_and_restricted_stays_as_it_was(settings, ask, header):
    restricted = settings.out / "restricted"
    restricted.mkdir(parents=True)
    restricted.chmod(0o750)
    assert ask()[0] == 0
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in restricted.rglob("*")}
    assert modes == {
        "second-opinion": 0o700,
        "2026-10": 0o700,
        "findings.csv": 0o600,
        "rules.csv": 0o600,
        "second-opinion.html": 0o600,
    }
    assert stat.S_IMODE(restricted.stat().st_mode) == 0o750


def test_a_second_run_takes_the_place_of_the_first(settings, ask, header):
    ask()
    folder = settings.out / "restricted" / "second-opinion"
    (folder / "2026-10" / "old.csv").touch()
    first = (folder / "2026-10" / "findings.csv").read_bytes()
    header.write_text(f"{HEADER}sound,1,,,A2,,\n", "utf-8")
    ask()
    assert [path.name for path in folder.iterdir()] == ["2026-10"]
    assert not (folder / "2026-10" / "old.csv").exists()
    assert (folder / "2026-10" / "findings.csv").read_bytes() != first


def test_nothing_that_identifies_is_left_behind(settings, ask, header):
    header.write_text(f"{HEADER}a,x,,,UPN99,,\n", "utf-8")
    ask()
    texts = (path.read_bytes() for path in settings.out.rglob("*") if path.is_file())
    assert not any(b"UPN99" in text for text in texts)


def test_the_newest_month_with_903_files_is_asked_about(settings, ask, header, write_file):
    write_file("2026-11/social_care/ssd_person.csv", "x")
    assert ask()[0] == 0
    assert (settings.out / "restricted" / "second-opinion" / "2026-10").is_dir()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--month", "2026-09"], "there are no SSDA903 files of 2026-09"),
        (["--month", "October"], "'October' is not a month"),
        (["--inbox", "/nowhere"], "/nowhere: there is no such folder."),
        (["--inbox", ""], "make second-opinion INBOX=dir MONTH=2026-10"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_line(settings, ask, header, arguments, told):
    status, said = ask(*arguments)
    assert status == 1
    assert told in said and said.count("\n") == 1
    assert not settings.out.exists()


def test_without_the_environment_it_says_how_to_install_it(settings, ask, header, tmp_path):
    status, said = ask(environment=tmp_path / "none")
    assert status == 1
    assert said == "The validator is not installed. Install it once: make validator\n"
    assert not settings.out.exists()

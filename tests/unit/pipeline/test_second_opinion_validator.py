import pytest

from pipeline.inboxes import ROOT
from pipeline.refusal import PublicationRefused
from pipeline.second_opinion.returns import ReturnFile
from pipeline.second_opinion.validator import ENVIRONMENT, NOT_RUN, RUN, ask, python_of
from tests.unit.pipeline.fake_validator import fake_environment, fake_python

SEXES = ("1", "x", "2", "", "1", "1")
HEADER_COLUMNS = ("CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB")


def return_file(table, columns, rows, absent=()):
    places = tuple(f"{table}.csv:{number}" for number in range(2, len(rows) + 2))
    return ReturnFile(table, False, columns, tuple(rows), places, absent)


@pytest.fixture(scope="module")
def python(tmp_path_factory):
    return python_of(fake_environment(tmp_path_factory.mktemp("validator")))


@pytest.fixture(scope="module")
def opinion(python):
    """The answers of all the stand-in's rules, with a limit of a second for each."""
    rows = [(f"child{n}", sex, "", "", "", "", "") for n, sex in enumerate(SEXES)]
    header = return_file("header", HEADER_COLUMNS, rows, absent=("UPN",))
    episodes = return_file("episodes", ("CHILD",), [("child1",)])
    return ask(python, (header, episodes), 2027, "unknown", rule_seconds=1)


@pytest.fixture(scope="module")
def rules(opinion):
    return {rule.code: rule for rule in opinion.rules}


def test_every_rule_is_answered_by_name_in_the_order_of_its_number(opinion):
    codes = [rule.code for rule in opinion.rules]
    assert codes == [*(str(number) for number in range(101, 113)), "1000"]
    assert (opinion.version, opinion.rules_of) == ("0.0", 2027)


def test_a_rule_says_which_rows_in_its_own_words(rules):
    assert rules["101"].words == "Sex is not valid."
    assert (rules["101"].status, rules["101"].why) == (RUN, "")
    assert rules["101"].found == {"Header": [1, 3]}
    assert rules["101"].rows_found == 2


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("102", "it crashed: ValueError: no such thing"),
        ("103", "it took longer than 1 seconds"),
        ("104", "its process ended without an answer"),
        (
            "105",
            "not given: last year's episodes, Ofsted's list of providers",
        ),
        ("109", "not given: UPN of header"),
        ("111", "not given: the council's code"),
        ("112", "not given: the council's code"),
        ("1000", "it gave no answer: it lacks a file, or is not for CSV files"),
    ],
)
def test_a_rule_that_did_not_run_is_named_and_stops_no_other(rules, code, why):
    assert (rules[code].status, rules[code].why) == (NOT_RUN, why)
    assert rules[code].rows_found == 0


def test_a_rule_that_changes_its_rows_changes_them_for_itself_alone(rules):
    assert (rules["106"].status, rules["106"].why) == (RUN, "")
    assert rules["107"].found == rules["101"].found


def test_a_rule_whose_answer_depends_on_the_order_of_the_rows_is_not_sure(rules):
    assert rules["108"].status == RUN
    assert rules["108"].why == (
        "not sure: with the rows in another order it names other rows (1 as given, 1 then)"
    )


def test_what_a_rule_prints_and_rows_that_do_not_exist_are_left_out(rules):
    assert rules["110"].found == {"Header": [0]}


def test_the_rules_of_the_nearest_year_are_asked(python):
    file = return_file("header", HEADER_COLUMNS, [("a", "x", "", "", "", "", "")])
    for asked, year in ((2018, 2025), (2026, 2025), (2031, 2027)):
        opinion = ask(python, (file,), asked, "E06000001", rules=("1", "101"))
        assert opinion.rules_of == year
        assert [rule.rows_found for rule in opinion.rules] == [1]


def test_an_environment_that_is_not_or_half_installed_is_refused(tmp_path):
    fake_python(tmp_path, "exit 0")
    with pytest.raises(PublicationRefused, match="make validator"):
        python_of(tmp_path)


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("exit 3", r"stopped \(status 3\) before every rule was asked"),
        ("""echo '{"version": "1", "rules_of": 2027}'""", "before every rule was asked"),
        ("""echo '{"failed": "UploadError: no"}'""", "could not read the files: UploadError: no"),
        ("exec sleep 60", "no answer within 0.5 seconds"),
    ],
)
def test_a_validator_without_an_answer_is_refused(tmp_path, command, told):
    with pytest.raises(PublicationRefused, match=told):
        ask(fake_python(tmp_path, command), (), 2027, "unknown", all_seconds=0.5)


def test_the_installed_validator_answers():
    """With the real rules, where `make validator` has installed them."""
    if not any(ENVIRONMENT.glob(".ready-*")):
        pytest.skip("no validator: make validator")
    header = [
        ("sound", "M", "30/04/2015", "WBRI", "A123456789012", "", ""),
        ("no_sex", "7", "30/04/2015", "WBRI", "A123456789012", "", ""),
        ("no_birth", "F", "", "WBRI", "A123456789012", "", ""),
    ]
    columns = tuple(
        "CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE HOME_POST PL_POST "
        "URN".split()
    )
    care = ("C2", "N1", "U1", "PR1")
    ended = ("sound", "01/05/2026", "S", *care, "01/06/2026", "", "", "", "", "")
    still = ("no_sex", "01/05/2026", "S", *care, "", "", "", "", "", "")
    files = (
        return_file("header", HEADER_COLUMNS, header),
        return_file("episodes", columns, [ended, still]),
    )
    opinion = ask(python_of(), files, 2027, "E06000001", rules=("101", "102", "148", "502", "1008"))
    by_code = {rule.code: rule for rule in opinion.rules}
    assert by_code["101"].found == {"Header": [1]}
    assert by_code["102"].found == {"Header": [2]}
    assert by_code["148"].found == {"Episodes": [0]}
    assert by_code["502"].why == "not given: last year's episodes"
    assert by_code["1008"].why == "not given: Ofsted's list of providers"


def test_the_lock_holds_hashes_and_no_registry():
    lock = (ROOT / "requirements" / "validator.txt").read_text(encoding="utf-8")
    assert "csc-validator-be-903==" in lock and "://" not in lock
    assert all("--hash=" in entry for entry in lock.strip().replace("\\\n", "").splitlines())


def test_make_installs_the_validator_only_where_it_is_asked_for(repository):
    made = (repository / "Makefile").read_text(encoding="utf-8")
    for target in ("setup", "pack", "test", "lint"):
        (rule,) = (line for line in made.splitlines() if line.startswith(f"{target}:"))
        assert "validator" not in rule.lower(), rule

import sys

import pytest

from requirements.audit import Answer, ask, read, verdict

REPORT = {
    "dependencies": [
        {"name": "sound", "version": "1.0", "vulns": []},
        {
            "name": "faulty",
            "version": "2.0",
            "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}, {"id": "PYSEC-2"}],
        },
        {"name": "unknown", "skip_reason": "Dependency not found"},
    ]
}
CLEAN = Answer("lock.txt", 2, {}, ())
FAULTY = Answer("lock.txt", 2, {"faulty 2.0": ("PYSEC-1",)}, ())
HALF_ASKED = Answer("lock.txt", 2, {}, ("unknown",))


def test_a_report_is_read_in_plain_words():
    answer = read("lock.txt", REPORT)
    assert list(answer.lines) == [
        "lock.txt: 2 of 3 packages looked up, 1 faulty",
        "  faulty 2.0: PYSEC-1 (mended in 2.1), PYSEC-2 (not mended yet)",
        "  nothing is known about unknown",
    ]


def test_many_packages_without_an_answer_are_named_in_part():
    answer = Answer("lock.txt", 9, {}, tuple("abcdefg"))
    assert list(answer.lines)[-1] == "  nothing is known about a, b, c, d, e and 2 more"


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ([CLEAN, CLEAN], 0),
        ([CLEAN, FAULTY], 1),
        ([HALF_ASKED, FAULTY], 1),
        ([None, FAULTY], 1),
        ([CLEAN, HALF_ASKED], 2),
        ([CLEAN, None], 2),
        ([None], 2),
    ],
)
def test_only_what_was_answered_for_every_package_is_called_clean(answers, status):
    assert verdict(answers)[0] == status


@pytest.mark.parametrize("printed", ["", "Cannot reach the index"])
def test_a_database_that_does_not_answer_is_told_and_is_no_answer(tmp_path, capsys, printed):
    program = tmp_path / "pip-audit"
    program.write_text(f"#!{sys.executable}\nprint({printed!r})\nraise SystemExit('no network')\n")
    program.chmod(0o755)
    assert ask(str(program), "lock.txt") is None
    assert capsys.readouterr().out == "lock.txt: not looked up: no network\n"

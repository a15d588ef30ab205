"""What people can get wrong: one clear message, nothing published, the earlier month still whole.

The month is built once and rendered again and again, each time with something wrong.
"""

from __future__ import annotations

import csv
import shutil
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest

from pipeline import publishing
from pipeline.month import Month
from pipeline.refusal import PublicationRefused
from tests.bad_input.inbox import GOOD, PEOPLE
from tests.bad_input.workbooks import bomb
from tests.dags.conftest import COMMENTARY, FORMULAS, ORDERS

pytestmark = pytest.mark.slow

OCTOBER = Month(2026, 10)
# File, its text, and what the message says besides the file.
BAD_COMMENTARY = {
    "a broken expression": (
        *("looked-after-children.md", "Fine.\n\n{{ figure('lac_count' }} children."),
        "line 3: {{ figure('lac_count' }}: broken expression",
    ),
    "an unknown indicator": (
        *("health.md", "Fine.\n{{ figure('lac_cuont') }} children."),
        "line 2: {{ figure('lac_cuont') }}: the scorecard has no indicator lac_cuont",
    ),
    "HTML": ("health.md", "One.\n\nTwo <b>three</b>.", "line 3: HTML is not printed"),
    "a script": ("summary.md", "<script>alert(1)</script>", "line 1: HTML is not printed"),
    "a link that is a script": (
        *("summary.md", "[here](javascript:alert(1))"),
        "line 1: a link leads to https",
    ),
    "a template": ("adoption.md", "{% for x in y %}{% endfor %}", "line 1: {% is not allowed"),
    "the program's insides": (
        *("placements.md", "{{ ''.__class__ }}"),
        "line 1: {{ ''.__class__ }}: only a function of the commentary",
    ),
    "a number that contradicts": (
        *("looked-after-children.md", "Well.\nThere were 999 looked after children this month."),
        "line 2: “There were 999 looked after children this month.” 999, typed by hand, seems to be"
        " Number of looked after children (October 2026), which the pack publishes as",
    ),
    "a misspelt name": ("helth.md", "Well.", "no part of the pack has this name (is health.md"),
}


def publish(settings):
    """Go on from the build, as the DAG does."""
    publishing.render_month(settings, OCTOBER)
    publishing.check_month(settings, OCTOBER)
    publishing.publish_month(settings, OCTOBER)


def bytes_of(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def refused(built):
    """Publish with something wrong; return the message, after a look at what is published."""

    def refuse(settings):
        before = bytes_of(built.out / "2026-10")
        listed = (built.out / "index.html").read_bytes()
        with pytest.raises(PublicationRefused) as refusal:
            publish(settings)
        assert bytes_of(built.out / "2026-10") == before
        assert (built.out / "index.html").read_bytes() == listed
        return refusal.value.lines

    return refuse


@pytest.mark.parametrize("what", BAD_COMMENTARY)
def test_commentary_that_cannot_be_published(built, refused, tmp_path, what):
    name, text, told = BAD_COMMENTARY[what]
    file = tmp_path / "inbox" / "commentary" / "2026-10" / name
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    message, end = refused(replace(built, inbox=tmp_path / "inbox"))
    assert message.startswith(str(file))
    assert told in message
    assert end == "Nothing was published."


def test_a_word_template_that_is_not_there(built, refused, tmp_path):
    (message, _) = refused(replace(built, cover_template=tmp_path / "ours.docx"))
    assert (
        message == f"{tmp_path / 'ours.docx'}: the Word template of the cover report is not there."
    )


def test_a_word_template_that_is_no_word_document(built, refused, tmp_path):
    template = tmp_path / "ours.docx"
    template.write_text("Dear panel")
    (message, _) = refused(replace(built, cover_template=template))
    assert message.startswith(f"{template}: this is not a Word document")


def test_make_pack_says_at_once_that_the_word_template_is_not_there(
    published, small_inbox, run_pack, tmp_path
):
    out, _ = published
    before = bytes_of(out / "2026-10")
    template = tmp_path / "ours.docx"
    done = run_pack("--inbox", small_inbox, "--out", out, PACK_COVER_TEMPLATE=str(template))
    assert done.returncode == 1
    assert f"{template}: the Word template of the cover report is not there." in done.stdout
    assert "computing" not in done.stdout
    assert bytes_of(out / "2026-10") == before


def test_what_is_written_well_is_in_every_form_of_both_editions(published):
    from pipeline.checking.documents import texts

    count = next(
        row["month"]
        for row in rows_of(published[0] / "2026-10" / "scorecard.csv")
        if row["indicator_id"] == "lac_count"
    )
    said = COMMENTARY.replace("{{ figure('lac_count') }}", count).replace("'", "’").strip()
    for edition in ("pack", "restricted/pack"):
        for form in ("index.html", "pack.pdf", "pack.xlsx", "cover-report.docx"):
            words = "\n".join(texts(published[0] / "2026-10" / edition / form))
            assert said in " ".join(words.replace("'", "’").split()), (edition, form)


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_team_named_like_a_formula_is_a_text_wherever_it_is_written(published):
    month = published[0] / "2026-10"
    faults = [row for row in rows_of(month / "restricted" / "dq_issues.csv")]
    assert {f"'{name}" for name in FORMULAS} <= {row["value"] for row in faults}
    listed = [
        cell.value
        for path in (month / "restricted" / "worklists").glob("*.xlsx")
        for cell in cells_of(path)
    ]
    assert {*FORMULAS, *ORDERS} <= set(listed)


def test_no_cell_of_any_workbook_is_a_formula_from_the_data(published):
    month = published[0] / "2026-10"
    for path in month.rglob("*.xlsx"):
        formulas = [cell for cell in cells_of(path) if cell.data_type == "f"]
        allowed = path.name == "pack.xlsx"
        assert allowed or not formulas, path
        assert not [cell for cell in formulas if "evil" in cell.value or "cmd" in cell.value]


def cells_of(path: Path):
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            yield from (cell for cell in row if cell.value is not None)


def test_no_cell_of_any_table_starts_like_a_formula(published):
    for path in (published[0] / "2026-10").rglob("*.csv"):
        for row in rows_of(path):
            for name, value in row.items():
                is_number = value.lstrip("-").replace(".", "", 1).isdigit()
                is_refused_value = path.name == "quarantine.csv" and name == "value"
                if value[:1] in ("=", "+", "-", "@") and not is_number:
                    assert is_refused_value, (path.name, name)


def test_a_team_named_like_html_is_printed_letter_by_letter(published):
    pages = [
        path.read_text(encoding="utf-8") for path in (published[0] / "2026-10").rglob("*.html")
    ]
    assert pages
    for page in pages:
        assert "<script>alert(1)" not in page


def _people_are_a_bomb(folder: Path) -> str:
    next(folder.glob("[Ss][Ss][Dd]_[Pp][Ee][Rr][Ss][Oo][Nn]*")).unlink()
    (folder / "ssd_person.xlsx").write_bytes(bomb(20_000_000))
    return "ssd_person (ssd_person.xlsx): refused, ssd_person.xlsx comes to more than 10 MB"


def _people_are_cut_off(folder: Path) -> str:
    file = next(folder.glob("[Ss][Ss][Dd]_[Pp][Ee][Rr][Ss][Oo][Nn]*"))
    file.write_text(",".join(GOOD[PEOPLE][0][:2]), encoding="utf-8")
    return f"{file.name} lacks the required columns pers_death_date, pers_dob, pers_ethnicity"


@pytest.mark.parametrize("breaks", [_people_are_a_bomb, _people_are_cut_off])
def test_a_broken_list_of_people_stops_the_next_month_and_the_last_one_stays(
    published, small_inbox, run_pack, tmp_path, breaks
):
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    shutil.copytree(small_inbox, inbox)
    shutil.copytree(inbox / "2026-10", inbox / "2026-11")
    shutil.copytree(published[0].with_name(f"{published[0].name}-kept"), out)
    says = breaks(inbox / "2026-11" / "social_care")
    before, listed = bytes_of(out / "2026-10"), (out / "index.html").read_bytes()
    warehouse = (out / "private" / "warehouse.duckdb").read_bytes()
    done = run_pack("--inbox", inbox, "--out", out, PACK_MAX_UNPACKED_MB="10")
    assert done.returncode == 1
    assert says in done.stdout
    assert "Put the files into" in done.stdout
    assert bytes_of(out / "2026-10") == before
    assert (out / "index.html").read_bytes() == listed
    assert (out / "private" / "warehouse.duckdb").read_bytes() == warehouse
    assert not (out / "2026-11").exists()

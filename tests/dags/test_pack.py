import csv
import shutil

import pytest


@pytest.mark.slow
def test_the_whole_chain_publishes_the_newest_month(published):
    out, done = published
    assert {path.name for path in (out / "2026-10").iterdir()} >= {
        "indicators.csv",
        "indicators.parquet",
        "scorecard.csv",
        "restatements.csv",
        "pack",
        "restricted",
        "manifest.json",
    }
    assert not (out / "2026-09").exists()
    for edition in ("pack", "restricted/pack"):
        forms = {path.name for path in (out / "2026-10" / edition).iterdir()}
        assert {"index.html", "pack.pdf", "pack.xlsx", "cover-report.docx"} <= forms
    assert "2026-10/pack/index.html" in (out / "index.html").read_text()
    assert "The pack of 2026-10 is in" in done.stdout
    assert done.stderr == ""


@pytest.mark.slow
def test_the_run_ends_with_three_headline_figures(published):
    lines = published[1].stdout.splitlines()[-3:]
    assert all(line.startswith("  ") and ": " in line for line in lines)


@pytest.mark.slow
def test_nothing_that_is_printed_or_logged_holds_a_person_id(published):
    out, done = published
    with (out / "2026-10" / "restricted" / "children.csv").open() as file:
        ids = {row["person_id"] for row in csv.DictReader(file)} - {""}
    logged = [path.read_text() for path in (out / "private" / "logs").rglob("*") if path.is_file()]
    assert ids
    assert not [one for one in ids for text in (done.stdout, *logged) if one in text]


@pytest.mark.slow
def test_publishing_the_same_month_again_gives_the_same_bytes(published, small_inbox, run_pack):
    out, _ = published
    before = {path: path.read_bytes() for path in (out / "2026-10").rglob("*") if path.is_file()}
    assert run_pack("--inbox", small_inbox, "--out", out).returncode == 0
    changed = [path.name for path, content in before.items() if path.read_bytes() != content]
    assert changed == []
    assert "2026-10/pack/index.html" in (out / "index.html").read_text()


@pytest.mark.slow
def test_a_refusal_leaves_the_published_month_untouched(published, small_inbox, run_pack, tmp_path):
    out, _ = published
    before = (out / "2026-10" / "manifest.json").read_bytes()
    broken = tmp_path / "inbox"
    shutil.copytree(small_inbox, broken)
    shutil.rmtree(broken / "2026-10" / "social_care")
    done = run_pack("--inbox", broken, "--out", out)
    assert done.returncode == 1
    assert "ssd_person" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert (out / "2026-10" / "manifest.json").read_bytes() == before


@pytest.mark.slow
def test_a_month_without_usable_legal_statuses_is_refused(
    published, small_inbox, run_pack, tmp_path
):
    out, _ = published
    before = (out / "2026-10" / "manifest.json").read_bytes()
    broken = tmp_path / "inbox"
    shutil.copytree(small_inbox, broken)
    folder = broken / "2026-10" / "social_care"
    for file in folder.iterdir():
        if "legal_status" in file.name.lower():
            file.unlink()
    (folder / "ssd_legal_status.csv").write_text(
        "lega_legal_status_id,lega_person_id,lega_legal_status,"
        "lega_legal_status_start_date,lega_legal_status_end_date\n"
        "1,Z0000001,A status of no kind,2020-01-01,\n"
    )
    done = run_pack("--inbox", broken, "--out", out)
    assert done.returncode == 1
    assert "no usable legal status" in done.stdout
    assert (out / "2026-10" / "manifest.json").read_bytes() == before


@pytest.mark.slow
def test_without_the_fostering_folder_the_month_still_goes_out(small_inbox, run_pack, tmp_path):
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    shutil.copytree(small_inbox, inbox)
    shutil.rmtree(inbox / "2026-10" / "fostering")
    done = run_pack("--inbox", inbox, "--out", out)
    assert done.returncode == 0, done.stdout
    page = (out / "2026-10" / "pack" / "index.html").read_text()
    front = page[: page.index("Performance on a page</h2>")]
    assert "ext_foster_household did not arrive" in front
    with (out / "2026-10" / "indicators.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["indicator_id"] == "foster_households"]
    missing = next(row for row in rows if row["period_end"] == "2026-10-31")
    assert (missing["status"], missing["value"]) == ("not_available", "")


@pytest.mark.parametrize(
    ("arguments", "more", "told"),
    [
        (("--month", "Sept"), {}, "'Sept' is not a month"),
        (("--month", "2031-01"), {}, "there is no such month folder"),
        (("--month", "2026-09"), {}, "this month folder is empty"),
        ((), {"SIGN_OFF": "1"}, "SIGN_OFF needs somebody to ask"),
        ((), {"RERUN_MONTHS": "two"}, "RERUN_MONTHS"),
    ],
)
def test_a_run_that_cannot_work_is_refused_in_a_sentence(run_pack, tmp_path, arguments, more, told):
    inbox = tmp_path / "inbox"
    (inbox / "2026-09").mkdir(parents=True)
    (inbox / "2026-10").mkdir()
    done = run_pack("--inbox", inbox, "--out", tmp_path / "out", *arguments, **more)
    assert done.returncode == 1
    assert told in done.stdout
    assert len(done.stdout.splitlines()) <= 3


def test_an_inbox_that_is_not_there_is_refused(run_pack, tmp_path):
    done = run_pack("--inbox", tmp_path / "none", "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "there is no such folder" in done.stdout

import json
import sys
from dataclasses import replace
from hashlib import sha256
from types import SimpleNamespace

import duckdb
import pytest

from pipeline import archive, folders, publications, publishing
from pipeline.alerts import alerts_from
from pipeline.publication_lock import output_lock
from pipeline.refusal import PublicationRefused
from pipeline.rendering import refusals_in_plain_words, require_template
from tests.unit.pipeline import small_pack
from tests.unit.pipeline.small_lake import LA, OCTOBER, SEPTEMBER, build, land, plan, settings_in


@pytest.fixture
def settings(tmp_path):
    settings = settings_in(tmp_path)
    land(settings, SEPTEMBER)
    land(settings, OCTOBER)
    return settings


@pytest.fixture(autouse=True)
def pack(monkeypatch):
    """A pack of one measure: the real one is tested in tests/unit/reporting."""
    texts = SimpleNamespace(body=small_pack.TABLE, not_made={}, listed=[])

    def render_officers_page(warehouse, la, folder):
        path = folder / "restricted" / "data-quality.html"
        path.write_text(small_pack.page("<p>child-1</p>"))

    def write_months_index(out, aside):
        texts.listed.append(out)
        (out / "index.html").touch()
        return out / "index.html"

    build = SimpleNamespace(render_officers_page=render_officers_page)
    monkeypatch.setitem(sys.modules, "reporting.page.html", build)
    monkeypatch.setitem(sys.modules, "reporting.forms", small_pack.writers(texts))
    index = SimpleNamespace(write_months_index=write_months_index)
    monkeypatch.setitem(sys.modules, "reporting.months_index", index)
    return texts


def publish(settings, month, tmp_path, children=12):
    build(settings, plan(settings, month, tmp_path), children)
    publishing.render_month(settings, month)
    publishing.check_month(settings, month)
    return publishing.publish_month(settings, month)


def test_a_month_is_published_with_archive_warehouse_marts_and_folder(settings, tmp_path):
    folder = publish(settings, OCTOBER, tmp_path)
    assert folder == settings.out / "2026-10"
    assert (folder / "pack" / "index.html").exists()
    assert len(publications.published(settings, LA)) == 2
    assert settings.warehouse.stat().st_mode & 0o777 == 0o600
    marts = settings.out / "restricted" / "marts.duckdb"
    assert marts.stat().st_mode & 0o777 == 0o400
    assert marts.parent.stat().st_mode & 0o777 == 0o700
    with duckdb.connect(str(marts), read_only=True) as connection:
        assert [row[0] for row in connection.execute("show tables").fetchall()] == ["rpt_scorecard"]


def test_the_manifest_carries_every_input_and_output(settings, tmp_path):
    folder = publish(settings, OCTOBER, tmp_path)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert {one["file"] for one in manifest["outputs"]} == {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert manifest["inputs"][0] == {
        "snapshot_month": "2026-09",
        "family": "social_care",
        "table": "ssd_cla_episodes",
        "file": "ssd_cla_episodes.csv",
        "sha256": "first ssd_cla_episodes",
        "rows": 0,
    }
    assert [one["snapshot_month"] for one in manifest["computations"]] == ["2026-09", "2026-10"]
    assert {"python", "duckdb", "weasyprint", "pikepdf"} <= set(manifest["versions"])
    assert "not installed" not in manifest["versions"].values()
    assert (manifest["council"], manifest["not_made"]) == ("Eastmoor", {})


def test_the_manifest_carries_the_commentary_and_the_template_of_the_cover_report(
    settings, tmp_path
):
    written = settings.inbox / "commentary" / "2026-10" / "health.md"
    written.parent.mkdir(parents=True)
    written.write_text("Written by a person.")
    folder = publish(settings, OCTOBER, tmp_path)
    inputs = json.loads((folder / "manifest.json").read_text())["inputs"]
    texts = [one for one in inputs if one["family"] in ("commentary", "cover report")]
    assert [one["file"] for one in texts] == ["2026-10/health.md", "cover-report.docx"]
    assert texts[0]["sha256"] == sha256(b"Written by a person.").hexdigest()


def test_without_a_pdf_the_month_is_published_and_the_manifest_says_why(settings, tmp_path, pack):
    pack.not_made = {"pack.pdf": "There is no PDF: apt-get install it"}
    folder = publish(settings, OCTOBER, tmp_path)
    assert json.loads((folder / "manifest.json").read_text())["not_made"] == {
        "pack/pack.pdf": "There is no PDF: apt-get install it",
        "restricted/pack/pack.pdf": "There is no PDF: apt-get install it",
    }
    assert not (folder / "pack" / "pack.pdf").exists()


def test_nothing_of_an_earlier_rendering_gets_into_the_pack(settings, tmp_path):
    build(settings, plan(settings, OCTOBER, tmp_path))
    publishing.render_month(settings, OCTOBER)
    (publishing.staged_folder(settings) / "pack" / "of the first.txt").touch()
    publishing.render_month(settings, OCTOBER)
    assert not (publishing.staged_folder(settings) / "pack" / "of the first.txt").exists()


def test_a_missing_word_template_is_refused_before_anything_is_built(settings, tmp_path):
    wanting = replace(settings, cover_template=tmp_path / "ours.docx")
    with pytest.raises(PublicationRefused, match=r"ours\.docx: the Word template.* is not there"):
        require_template(wanting)
    require_template(settings)


@pytest.mark.parametrize("kind", ["CommentaryError", "CoverReportError", "PackDataError"])
def test_what_the_pack_refuses_is_a_refusal_in_its_own_words(kind):
    from reporting.commentary.reading import CommentaryError
    from reporting.cover.report import CoverReportError
    from reporting.rows import PackDataError

    kinds = {one.__name__: one for one in (CommentaryError, CoverReportError, PackDataError)}
    with pytest.raises(PublicationRefused) as refusal, refusals_in_plain_words():
        raise kinds[kind]("health.md, line 3: 551 is 549 in the pack")
    assert refusal.value.lines == (
        "health.md, line 3: 551 is 549 in the pack",
        "Nothing was published.",
    )


def test_the_list_of_months_is_written_last(settings, tmp_path, pack):
    publish(settings, OCTOBER, tmp_path)
    assert pack.listed == [settings.out]


def test_a_list_of_months_that_cannot_be_written_takes_nothing_back(
    settings, tmp_path, monkeypatch
):
    def fail(out, aside):
        raise PermissionError("child-1")

    module = SimpleNamespace(write_months_index=fail)
    monkeypatch.setitem(sys.modules, "reporting.months_index", module)
    folder = publish(settings, OCTOBER, tmp_path)
    assert (folder / "manifest.json").exists()
    assert len(publications.published(settings, LA)) == 2
    (alert,) = alerts_from(settings, 0)
    assert "2026-10 is published, but the list of months" in alert.lines[0]
    assert "child-1" not in alert.lines[0]


def test_the_list_of_months_is_no_trouble_to_a_run_that_follows(settings, tmp_path):
    settings.out.mkdir(exist_ok=True)
    (settings.out / "index.html").write_text("The months")
    publish(settings, SEPTEMBER, tmp_path)
    publishing.recover(settings, LA)
    publish(settings, OCTOBER, tmp_path)
    assert (settings.out / "index.html").read_text() == "The months"


def test_the_check_says_what_it_would_publish(settings, tmp_path):
    build(settings, plan(settings, OCTOBER, tmp_path))
    publishing.render_month(settings, OCTOBER)
    assert "1 of 1 measures have a figure" in publishing.check_month(settings, OCTOBER)


def test_publishing_again_gives_the_same_bytes_and_no_new_computation(settings, tmp_path):
    folder = publish(settings, OCTOBER, tmp_path)
    before = {path: path.read_bytes() for path in folder.rglob("*.*")}
    publish(settings, OCTOBER, tmp_path)
    assert {path: path.read_bytes() for path in folder.rglob("*.*")} == before
    assert publications.next_number(settings, LA) == 2


def test_two_months_are_published_one_after_the_other_in_one_process(settings, tmp_path):
    publish(settings, SEPTEMBER, tmp_path)
    publish(settings, OCTOBER, tmp_path)
    assert [one.number for one in publications.published(settings, LA)] == [1, 1]
    assert publications.next_number(settings, LA) == 3
    with duckdb.connect(str(settings.warehouse), read_only=True) as connection:
        rows = connection.execute("select snapshot_month from fct_computed_value").fetchall()
    assert rows == [("2026-10",)]


def test_a_run_cut_off_before_the_rename_leaves_the_published_month_as_it_was(
    settings, tmp_path, monkeypatch
):
    folder = publish(settings, OCTOBER, tmp_path)
    before = (folder / "manifest.json").read_bytes()
    land(settings, OCTOBER, delivery="corrected")
    monkeypatch.setattr(publishing, "move_in", cut_off)
    with pytest.raises(KeyboardInterrupt):
        publish(settings, OCTOBER, tmp_path, children=13)
    assert (folder / "manifest.json").read_bytes() == before
    publishing.recover(settings, LA)
    assert publications.next_number(settings, LA) == 2
    assert [one.number for one in publications.published(settings, LA)] == [1, 1]
    assert [one.number for one in archive.computations(settings, LA)] == [1, 1, 2]


def test_a_run_cut_off_after_the_rename_counts_as_published(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(publications, "confirm", cut_off)
    with pytest.raises(KeyboardInterrupt):
        publish(settings, OCTOBER, tmp_path)
    monkeypatch.undo()
    assert publications.published(settings, LA) == []
    publishing.recover(settings, LA)
    assert len(publications.published(settings, LA)) == 2


def test_a_rejected_month_stays_in_the_archive_as_never_published(settings, tmp_path):
    build(settings, plan(settings, OCTOBER, tmp_path))
    publishing.render_month(settings, OCTOBER)
    publishing.check_month(settings, OCTOBER)
    assert len(archive.computations(settings, LA)) == 2
    assert publications.published(settings, LA) == []
    publish(settings, OCTOBER, tmp_path)
    assert publications.published(settings, LA) == archive.computations(settings, LA)


def test_a_month_as_a_later_extract_knows_it_is_no_publication(settings, tmp_path):
    published = publish(settings, SEPTEMBER, tmp_path)
    publish(settings, OCTOBER, tmp_path)
    warehouse = settings.warehouse.read_bytes()
    manifest = (published / "manifest.json").read_bytes()
    asking = replace(settings, as_of="2026-10")
    folder = publish(asking, SEPTEMBER, tmp_path)
    assert folder == settings.out / "2026-09-as-of-2026-10"
    assert folder.stat().st_mode & 0o777 == 0o700
    told = json.loads((folder / "manifest.json").read_text())
    assert (told["month"], told["as_of"]) == ("2026-09", "2026-10")
    assert settings.warehouse.read_bytes() == warehouse
    assert (published / "manifest.json").read_bytes() == manifest
    assert publications.next_number(settings, LA) == 3
    assert len(archive.computations(settings, LA)) == 3
    publishing.recover(settings, LA)
    assert len(publications.published(settings, LA)) == 2


def test_a_folder_moved_aside_is_put_back(settings, tmp_path):
    folder = publish(settings, OCTOBER, tmp_path)
    aside = settings.private / "moved_aside" / "2026-10"
    aside.parent.mkdir()
    folder.rename(aside)
    publishing.recover(settings, LA)
    assert (folder / "manifest.json").exists()
    assert not aside.exists()


@pytest.mark.parametrize("can_exchange", [True, False])
def test_a_month_published_again_takes_the_place_of_the_old_one(
    settings, tmp_path, monkeypatch, can_exchange
):
    if not can_exchange:
        monkeypatch.setattr(folders, "exchange", lambda one, other: False)
    folder = publish(settings, OCTOBER, tmp_path)
    (folder / "of the old one").touch()
    publish(settings, OCTOBER, tmp_path)
    assert not (folder / "of the old one").exists()
    assert not publishing.staged_folder(settings).exists()


def test_a_pack_that_names_a_child_is_refused(settings, tmp_path, pack):
    pack.body = f"<p>child-1 moved twice</p>{small_pack.TABLE}"
    with pytest.raises(PublicationRefused, match=r"pack/index\.html.*holds the id of a child"):
        publish(settings, OCTOBER, tmp_path)
    assert not (settings.out / "2026-10").exists()


def test_a_manifest_that_names_a_child_is_refused(settings, tmp_path, pack):
    template = tmp_path / "for child-1.docx"
    template.write_bytes(settings.cover_template.read_bytes())
    settings = replace(settings, cover_template=template)
    with pytest.raises(PublicationRefused, match=r"manifest\.json.*holds the id of a child"):
        publish(settings, OCTOBER, tmp_path)
    assert not (settings.out / "2026-10").exists()


def test_a_build_that_another_publication_overtook_is_refused(settings, tmp_path):
    planned = plan(settings, OCTOBER, tmp_path)
    build(settings, planned)
    publishing.render_month(settings, OCTOBER)
    publishing.check_month(settings, OCTOBER)
    publications.confirm(settings, LA, "2026-10", [archive.Computation("2026-10", 1, "ab")])
    with pytest.raises(PublicationRefused, match="another month was published"):
        publishing.publish_month(settings, OCTOBER)


def test_a_second_run_on_the_same_output_is_refused(settings):
    import subprocess

    program = (
        "import sys; from pathlib import Path; from pipeline.settings import Settings\n"
        "from pipeline.publication_lock import output_lock\n"
        "with output_lock(Settings(Path('x'), Path(sys.argv[1])), 'another'): pass\n"
    )
    command = [sys.executable, "-c", program, str(settings.out)]
    dags = str(publishing.DBT_PROJECT.parent / "dags")
    with output_lock(settings, "a test"):
        with output_lock(settings, "a test"):
            pass
        second = subprocess.run(
            command, capture_output=True, text=True, env={"PYTHONPATH": dags}, check=False
        )
    assert "another run is writing to this folder" in second.stderr
    third = subprocess.run(command, capture_output=True, env={"PYTHONPATH": dags}, check=False)
    assert third.returncode == 0


def cut_off(*_):
    raise KeyboardInterrupt

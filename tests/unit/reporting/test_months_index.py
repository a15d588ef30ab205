"""The page of published months: which are listed, with which files, and nothing restricted."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from reporting.months_index import build_months, write_months_index
from tests.unit.reporting.page_reader import Reader, text_of

FORMS = ("pack/index.html", "pack/pack.pdf", "pack/pack.xlsx", "pack/cover-report.docx")
RESTRICTED = ("restricted/pack/index.html", "restricted/children.csv")


def _publish(
    out: Path, month: str, files: Iterable[str] = FORMS, council: str = "A & B Council"
) -> Path:
    folder = out / month
    for name in (*files, *RESTRICTED):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x" * 45_210)
    outputs = [{"file": name, "sha256": ""} for name in (*files, *RESTRICTED)]
    manifest = {"month": month, "la": "E08000099", "council": council, "outputs": outputs}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def _links(page: str) -> list[str]:
    return [one for one in Reader(page).addresses if not one.startswith(("#", "data:"))]


def _page(out: Path) -> str:
    return write_months_index(out).read_text(encoding="utf-8")


def test_the_months_stand_newest_first_with_their_files_and_sizes(tmp_path: Path) -> None:
    for month in ("2025-12", "2026-10", "2026-09"):
        _publish(tmp_path, month)
    page = _page(tmp_path)
    months = ("2026-10", "2026-09", "2025-12")
    assert _links(page) == [f"{month}/{name}" for month in months for name in FORMS]
    assert all((tmp_path / link).is_file() for link in _links(page))
    words = text_of(page)
    assert "A & B Council" in words and "the latest is October 2026" in words
    assert "Excel workbook , October 2026 45 KB" in words
    assert words.index("2026 October 2026") < words.index("2025 December 2025")


def test_a_month_without_a_pdf_offers_none(tmp_path: Path) -> None:
    _publish(tmp_path, "2026-09")
    _publish(tmp_path, "2026-10", [name for name in FORMS if not name.endswith(".pdf")])
    links = _links(_page(tmp_path))
    assert "2026-10/pack/pack.pdf" not in links and "2026-09/pack/pack.pdf" in links


def test_a_file_must_be_there_and_in_the_manifest(tmp_path: Path) -> None:
    folder = _publish(tmp_path, "2026-10", FORMS[:1])
    (folder / "pack" / "pack.pdf").write_bytes(b"somebody's")
    assert _links(_page(tmp_path)) == ["2026-10/pack/index.html"]
    (folder / "pack" / "index.html").unlink()
    assert _links(_page(tmp_path)) == []


def test_nothing_restricted_is_linked_or_named(tmp_path: Path) -> None:
    _publish(tmp_path, "2026-10")
    (tmp_path / "private").mkdir()
    page = _page(tmp_path)
    assert "restricted" not in page and "private" not in page


def test_what_is_no_published_month_does_no_harm(tmp_path: Path) -> None:
    _publish(tmp_path, "2026-10")
    before = _page(tmp_path)
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "2026-08").write_text("a file", encoding="utf-8")
    for name in ("2026-13", "2026-1", "26-10", "x2026-10", "2026-10 copy", "restricted", "2026-07"):
        (tmp_path / name).mkdir()
    _publish(tmp_path, "2026-06").rename(tmp_path / "2026-05")
    for month, manifest in (
        ("2026-04", "{ torn"), ("2026-03", "[]"), ("2026-02", '{"month": "2026-02"}'),
        ("2026-01", '{"month": "2026-01", "outputs": [1, {"file": ["pack/index.html"]}, {}]}'),
        ("2025-12", '{"month": "2025-12", "outputs": "pack/index.html"}'),
    ):  # fmt: skip
        _publish(tmp_path, month)
        (tmp_path / month / "manifest.json").write_text(manifest, encoding="utf-8")
    (_publish(tmp_path, "2025-11") / "manifest.json").write_bytes(b"\xff\xfe\x00")
    assert _page(tmp_path) == before
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_without_a_month_it_says_so(tmp_path: Path) -> None:
    page = _page(tmp_path)
    assert "No month is published yet." in text_of(page)
    assert not Reader(page).unclosed


def test_an_earlier_manifest_without_a_name_gives_the_code(tmp_path: Path) -> None:
    folder = _publish(tmp_path, "2026-10")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    del manifest["council"]
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert build_months(tmp_path).council == "E08000099"


def test_two_councils_are_told_apart(tmp_path: Path) -> None:
    _publish(tmp_path, "2026-09", council="<C> Council")
    assert "<p>A &amp; B Council</p>" not in _page(tmp_path)
    _publish(tmp_path, "2026-10")
    page = _page(tmp_path)
    assert "<p>A &amp; B Council</p>" in page and "<p>&lt;C&gt; Council</p>" in page


def test_the_page_is_whole_the_same_each_time_and_alone(tmp_path: Path) -> None:
    _publish(tmp_path, "2026-09")
    (tmp_path / "index.html").write_text("an older page", encoding="utf-8")
    page = _page(tmp_path)
    assert page == _page(tmp_path)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["2026-09", "index.html"]
    read = Reader(page)
    assert not read.open and not read.unclosed
    assert len(read.ids) == len(set(read.ids))
    assert {one[1:] for one in read.addresses if one.startswith("#")} <= set(read.ids)
    assert [tag for tag, _ in read.tags if tag in ("h1", "h2", "h3")] == ["h1", "h2", "h2", "h3"]


def test_a_page_that_cannot_be_made_leaves_the_one_before(tmp_path: Path) -> None:
    _publish(tmp_path, "2026-09")
    before = write_months_index(tmp_path).read_bytes()
    (tmp_path / "index.html.part").mkdir()
    with pytest.raises(OSError):
        write_months_index(tmp_path)
    assert (tmp_path / "index.html").read_bytes() == before

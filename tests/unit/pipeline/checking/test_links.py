import pytest

from pipeline.checking.links import broken_links
from pipeline.checking.pages import read_page

LEADS_NOWHERE = {
    "#gone": "a place that is not there",
    "other.html#gone": "a place that is not there",
    "gone.html": "a file that is not there",
    "pack.pdf": "a file that is not there",
    "data/scorecard.csv#top": "a place that is not there",
    "../../secret.csv": "out of the month's folder",
    "/etc/passwd": "out of the month's folder",
    "file:///etc/passwd": "out of the month's folder",
    "javascript:alert(1)": "out of the month's folder",
    "": "out of the month's folder",
    "../restricted/children.csv": "from a public page into restricted/",
    "../../private/data_docs/index.html": "out of the month's folder",
}


@pytest.fixture
def found(tmp_path):
    """The broken links of a page with one link, in a month with another page and two files."""

    def broken(target, folder="pack", body='<a href="{}">x</a>'):
        for name in ("pack", "pack/data", "restricted"):
            (tmp_path / name).mkdir(exist_ok=True)
        for name in ("pack/data/scorecard.csv", "pack/a b.xlsx", "restricted/children.csv"):
            (tmp_path / name).touch()
        (tmp_path / "pack" / "other.html").write_text('<p id="here">')
        path = tmp_path / folder / "index.html"
        path.write_text('<p id="top">\n' + body.format(target))
        pages = {one: read_page(one) for one in tmp_path.rglob("*.html")}
        return list(broken_links(pages[path], pages, tmp_path))

    return broken


@pytest.mark.parametrize(
    "target",
    [
        *("#top", "other.html", "other.html#here", "data/scorecard.csv", "a%20b.xlsx"),
        *("https://www.gov.uk/x", "mailto:a@b.uk", "data:,"),
    ],
)
def test_a_link_that_leads_somewhere_passes(found, target):
    assert found(target) == []


@pytest.mark.parametrize(("target", "told"), LEADS_NOWHERE.items())
def test_a_link_that_leads_nowhere_is_told_with_its_line(found, target, told):
    (said,) = found(target)
    assert said.startswith(f"line 2: the link to '{target}' leads")
    assert said.endswith(told)


def test_an_officers_page_may_lead_to_public_files_and_to_the_internals(found):
    assert found("../pack/other.html#here", "restricted") == []
    assert found("children.csv", "restricted") == []
    assert found("../../private/data_docs/index.html", "restricted") == []


def test_a_picture_and_a_label_are_looked_up_as_well(found):
    assert found("gone.png", body='<img src="{}">')
    assert found("top", body='<p aria-labelledby="{}">') == []
    assert found("top none", body='<p aria-labelledby="{}">') == [
        "line 2: aria-labelledby names 'none', which is not on the page"
    ]

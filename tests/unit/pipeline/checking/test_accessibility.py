import pytest

from pipeline.checking.accessibility import barriers
from pipeline.checking.pages import read_page
from tests.unit.pipeline.small_pack import TABLE, page

CLOSED = {
    "<h3>x</h3>": "a heading h3 after h1 leaves out a level",
    "<h2></h2>": "a heading without words",
    "<h1>x</h1>": "the page has no h1, or several",
    '<p id="a"></p><p id="a"></p>': "the id 'a' is there 2 times",
    '<img src="data:,">': "a picture (img) without a name",
    "<svg><path/></svg>": "a picture (svg) without a name",
    "<svg><title></title></svg>": "a picture (svg) without a name",
    "<svg><g><title>in a part</title></g></svg>": "a picture (svg) without a name",
    '<table><tr><th scope="col">x</th></tr></table>': "a table without a caption",
    "<table><caption>x</caption><tr><td>x</td></tr></table>": "a table without a header cell",
    "<table><caption>x</caption><tr><th>x</th></tr></table>": "does not say what it heads",
    '<a href="#x"></a>': "a link or button without words",
    "<main></main>": "the page has no main part, or several",
}
OPEN = (
    "<h2>x</h2><h3>y</h3><h2>z</h2>",
    '<img alt="x" src="data:,"><img alt="" src="data:,">',
    '<svg role="img"><title>x</title></svg><svg aria-hidden="true"></svg><svg aria-label="x"/>',
    '<a href="#x"><svg><title>x</title></svg></a>',
    TABLE,
)


def found(tmp_path, source):
    path = tmp_path / "index.html"
    path.write_text(source)
    return list(barriers(read_page(path)))


@pytest.mark.parametrize(("body", "told"), CLOSED.items())
def test_a_barrier_is_told(tmp_path, body, told):
    said = found(tmp_path, page(f"\n{body}"))
    assert len(said) == 1 and told in said[0]


@pytest.mark.parametrize("body", OPEN)
def test_what_everybody_can_read_passes(tmp_path, body):
    assert found(tmp_path, page(body)) == []


def test_a_page_without_language_or_title_is_told(tmp_path):
    source = page("").replace(' lang="en-GB"', "").replace("The pack</title>", "</title>")
    assert found(tmp_path, source) == [
        "the page does not say its language",
        "the page has no title",
    ]


def test_the_title_of_a_picture_is_none_of_the_page(tmp_path):
    source = page("<svg><title>x</title></svg>").replace("<title>The pack</title>", "")
    assert found(tmp_path, source) == ["the page has no title"]

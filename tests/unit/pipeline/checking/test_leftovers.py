import pytest

from pipeline.checking.leftovers import cells, leftovers
from pipeline.checking.pages import read_page
from tests.unit.pipeline.small_pack import page


@pytest.mark.parametrize(
    "text",
    [
        "{{ month }}", "{% if x %}", "{# a note #}", "None", "nan%", "12 of None", "None of 12",
        "Undefined", "<class 'str'>", "Figure(value=1)", "at <x object at 0x7f>", "a\nnan\nb",
        "£nan",
    ],
)  # fmt: skip
def test_what_the_program_left_is_found(text):
    assert list(leftovers(text))


@pytest.mark.parametrize(
    "text",
    [
        "None of the children moved.", "She lives with her nan.", "a { b } c", "Banana", "infant",
        "No figure", "100% of 12", "Figures (by month)",
    ],
)  # fmt: skip
def test_what_people_write_is_left(text):
    assert list(leftovers(text)) == []


def test_the_cells_of_a_page_are_read_one_by_one(tmp_path):
    path = tmp_path / "p.html"
    path.write_text(page("<style>None</style><td>None</td><p>No <b>None</b></p>"))
    assert list(cells(read_page(path))) == ["The pack", "The pack", "None", "None"]


def test_what_was_recorded_is_no_word_of_ours(tmp_path):
    path = tmp_path / "page.html"
    path.write_text('<ul><li><b translate="no">{{ 7 * 191 }}</b> was added</li></ul>')
    page = read_page(path)
    ours = "\n".join((*page.texts(recorded=False), *cells(page)))
    assert (ours, list(leftovers(ours))) == ("was added", [])
    assert list(leftovers("\n".join(page.texts()))) == ["{{", "}}"]

from pipeline.checking.pages import read_page


def read(tmp_path, source):
    path = tmp_path / "p.html"
    path.write_text(source)
    return read_page(path)


def test_what_is_left_open_is_closed_with_what_is_around_it(tmp_path):
    page = read(tmp_path, "<ul><li>a<li>b</ul><p>c</b></p><br><p>d")
    assert [one.text for one in page.all("p")] == ["c", "d"]
    assert next(page.all("ul")).text == "a b"


def test_an_element_knows_its_line_and_what_is_inside(tmp_path):
    page = read(tmp_path, "\n<table><tr>\n<td id='x'>1<b>2</b></td></tr></table>")
    (cell,) = page.all("td")
    assert (cell.line, cell.text, page.ids) == (3, "1 2", {"x"})
    assert [one.tag for one in next(page.all("table")).within()] == ["tr", "td", "b"]


def test_styles_and_programs_are_no_words_of_the_page(tmp_path):
    page = read(tmp_path, "<style>a</style><script>b</script><!-- c --><p class='d' title='e'>f")
    assert list(page.texts()) == ["f", "e"]
    assert page.hidden == ("b", " c ")

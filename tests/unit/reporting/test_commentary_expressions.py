"""Expressions: one call of a known function with texts in its brackets, and nothing else."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from reporting.commentary.expressions import environment
from reporting.rows import PackRows
from tests.unit.reporting.commentary_files import public_rows, read, refused


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> PackRows:
    return public_rows(tmp_path_factory.mktemp("expressions"))


_HEALTH = "health_assessment_up_to_date_pct"


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("figure('lac_count')", "551"),
        ('   figure ( "lac_count" )', "551"),
        ("figure('lac_count', month='2026-06')", "552"),
        ("figure('lac_count', '2026-10')", "551"),
        ("figure('lac_rate_10k')", "96.1"),
        (f"numerator('{_HEALTH}')", "458"),
        (f"denominator('{_HEALTH}')", "520"),
        (f"out_of('{_HEALTH}')", "458 of 520"),
        ("out_of('admission_average_age')", "average of 21"),
        ("out_of('caseload_avg_lac_1_3')", "267 for 14.6 FTE"),
        ("change('lac_count')", "7 more than in September"),
        ("change('lac_count', since='2025-10')", "23 fewer than in October 2025"),
        ("change('lac_count', since='2026-09')", "7 more than in September"),
        (f"change('{_HEALTH}', since='2026-10')", "the same as in October 2026"),
        ("last_year('lac_count')", "560"),
        ("year_ago('lac_count')", "574"),
        ("ytd('admissions')", "98"),
        ("neighbours('lac_rate_10k')", "98.4"),
        ("best_neighbour('lac_rate_10k')", "67.0"),
        (f"england('{_HEALTH}')", "89.0%"),
        (f"region('{_HEALTH}')", "90.0%"),
        ("top_quartile('long_term_stability_pct')", "74.0%"),
        (f"target('{_HEALTH}')", "90% or more"),
        ("target('lac_rate_10k')", "below 85"),
        ("target('caseload_avg_lac_1_3')", "14 to 20"),
        (f"rating('{_HEALTH}')", "Amber"),
        ("rating('lac_count')", "No rating"),
        ("month_name()", "October 2026"),
        ("not_a_figure('12')", "12"),
        # Figures that are not shown are said in words.
        ("figure('ceased_permanence_pct')", "hidden"),
        ("numerator('ceased_permanence_pct')", "hidden"),
        ("out_of('ceased_permanence_pct')", "hidden"),
        ("figure('ceased', month='2026-05')", "hidden"),
        ("change('ceased', since='2026-05')", "with the change since May 2026 hidden"),
        ("change('ceased_permanence_pct')", "with the change since September hidden"),
        ("ytd('ceased')", "hidden"),
        ("figure('foster_households')", "not available"),
        ("change('foster_households')", "with the change since September not available"),
    ],
)
def test_a_function_prints_what_the_pack_publishes(
    tmp_path: Path, rows: PackRows, expression: str, words: str
) -> None:
    assert read(tmp_path, rows, f"Say {{{{ {expression} }}}}.").paragraphs == (f"Say {words}.",)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("figure('lac_cuont')", "no indicator lac_cuont; is one of these meant: lac_count"),
        ("figure('zzz')", "the page of definitions lists them"),
        ("figur('lac_count')", "there is no function figur; is figure meant"),
        ("zzz('lac_count')", "there is no function zzz; there are figure, numerator"),
        ("figure('lac_count', month='2022-09')", "shows October 2025 to October 2026"),
        ("figure('lac_count', month='September')", "'September' is no month; write it like"),
        ("figure('lac_count', month='2026-13')", "'2026-13' is no month"),
        ("figure('lac_count', when='2026-09')", "write it like {{ figure("),
        ("figure()", "write it like {{ figure("),
        ("figure('lac_count', '2026-09', 'x')", "write it like"),
        ("figure(lac_count)", "only texts in quotes may stand in the brackets"),
        ("figure(12)", "only texts in quotes"),
        ("figure(*['lac_count'])", "only texts in quotes"),
        ("figure('lac_count'", "broken expression"),
        ("figure('lac_count", "broken expression"),
        ("", "broken expression"),
        ("lac_count", "only a function of the commentary may stand here"),
        ("'x' * 10**9", "only a function of the commentary"),
        ("().__class__", "only a function of the commentary"),
        ("().__class__.__bases__[0].__subclasses__()", "only a function of the commentary"),
        ("figure.__globals__", "only a function of the commentary"),
        ("figure('lac_count').__class__", "only a function of the commentary"),
        ("figure('lac_count')|upper", "only a function of the commentary"),
        ("figure('lac_count') ~ figure('ceased')", "only a function of the commentary"),
        ("figure('a' * 10**9)", "only texts in quotes"),
        ("range(10**9)", "only texts in quotes"),
        ("lipsum()", "there is no function lipsum"),
        ("cycler('a')", "there is no function cycler"),
        ("self.x()", "only a function of the commentary"),
        ("by_name()", "there is no function by_name"),
        ("(" * 150, "broken expression"),
        ("[" * 90 + "]" * 90, "{{ figure('lac_count') }}"),
        ("figure('" + "x" * 300 + "')", "is longer than 200 characters"),
        ("target('lac_count')", "has no target; leave it out"),
        ("neighbours('lac_count')", "has no figure of similar councils; leave it out"),
        ("ytd('lac_count')", "has no year to date; leave it out"),
        ("out_of('lac_count')", "is a count; write {{ figure('lac_count') }}"),
        ("denominator('lac_count')", "is a count; it has no denominator"),
        ("not_a_figure('')", "mark the number alone"),
        ("not_a_figure('" + "9" * 80 + "')", "mark the number alone"),
    ],
)  # fmt: skip
def test_an_expression_that_cannot_be_said_is_refused_with_file_line_and_what_to_do(
    tmp_path: Path, rows: PackRows, expression: str, words: str
) -> None:
    start = time.process_time()
    message = refused(tmp_path, rows, f"One.\n\nTwo\n{{{{ {expression} }}}}")
    assert time.process_time() - start < 1
    assert "2026-10/health.md, line 4: " in message and words in message
    assert f"{{{{ {expression} }}}}" in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{% for x in range(9) %}x{% endfor %}", "{% is not allowed"),
        ("{% set x = 1 %}", "{% is not allowed"),
        ("{% import 'os' as os %}", "{% is not allowed"),
        ("{% include '/etc/passwd' %}", "{% is not allowed"),
        ("{# a remark #}", "{# is not allowed"),
        ("{{ figure('lac_count') }", "broken expression: {{ without its partner"),
        ("{{ figure(\n'lac_count') }}", "{{ without its partner on the same line"),
        ("figure('lac_count') }}", "broken expression: }} without its partner"),
        ("{{ {{ figure('lac_count') }} }}", "broken expression"),
        ("[x](https://example.org/{{ month_name() }})", "stands where it is not printed"),
        ("[a]: https://example.org/{{ month_name() }}", "stands where it is not printed"),
    ],
)
def test_blocks_and_broken_braces_are_refused(
    tmp_path: Path, rows: PackRows, text: str, words: str
) -> None:
    message = refused(tmp_path, rows, f"One.\n\n{text}")
    assert "health.md, line 3: " in message and words in message


def test_a_marked_text_is_escaped_and_is_no_markdown(tmp_path: Path, rows: PackRows) -> None:
    said = read(tmp_path, rows, "See {{ not_a_figure('*7* & \"8\"') }}.")
    assert said.paragraphs == ('See *7* & "8".',)
    assert said.html == "<p>See *7* &amp; &#34;8&#34;.</p>"


def test_html_in_a_marked_text_is_refused(tmp_path: Path, rows: PackRows) -> None:
    message = refused(tmp_path, rows, "{{ not_a_figure('<script>alert(1)</script>') }}")
    assert "HTML is not printed" in message


def test_the_environment_is_sandboxed_strict_autoescaping_and_empty() -> None:
    made = environment()
    assert made.sandboxed and made.autoescape
    assert made.undefined.__name__ == "StrictUndefined"
    assert not (made.globals or made.filters or made.tests)

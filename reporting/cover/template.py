"""The Word template of the cover report, which an officer edits without us, and what may go wrong.

A template is looked through before anything is rendered: every tag has its two ends, every
`for` and `if` is closed, every name is one of ours. What is wrong is said with the tag as typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, meta
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_LOOSE_END = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_BLOCK = re.compile(r"\{%-?\s*(?:(?:p|tr|tc|r)\s+)?(end)?(for|if)\b")
_CUT_IN_TWO = (
    "a for or an if cuts a table or paragraph in two; begin and end it in the same table row, or in"
    " paragraphs of their own"
)
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class CoverReportError(Exception):
    """The Word template cannot be used; the message names the file and what to mend."""


class _Template(DocxTemplate):  # type: ignore[misc]
    """docxtpl, but a page that is no longer XML is an error and not quietly mended."""

    def fix_tables(self, xml: str) -> Any:
        etree.fromstring(xml)
        return super().fix_tables(xml)


def fill(path: Path, names: Mapping[str, Any]) -> DocxTemplate:
    """Return the template with every tag replaced by what its name stands for.

    What the names stand for is text: it is escaped and never read as a tag. Raises
    CoverReportError for a file that is missing or no Word document, and for a tag that is broken
    or unknown.
    """
    template = _open(path)
    environment = SandboxedEnvironment(undefined=StrictUndefined)
    paragraphs = [text for part in _parts(template) for text in _paragraphs(part)]
    tags = [tag for text in paragraphs for tag in _TAG.findall(text)]
    _check_ends(path, paragraphs)
    _check_blocks(path, tags)
    _check_names(path, template, environment, tags, frozenset(names))
    try:
        template.render(dict(names), environment, autoescape=True)
    except etree.XMLSyntaxError as error:
        raise _refused(path, _CUT_IN_TWO) from error
    except Exception as error:  # a template can go wrong in as many ways as a program
        raise _refused(path, f"{_tag_of(error, tags)}{_one_line(error)}") from error
    return template


def _open(path: Path) -> DocxTemplate:
    if not path.is_file():
        raise CoverReportError(f"{path}: the Word template of the cover report is not there.")
    template = _Template(path)
    try:
        template.init_docx()
    except Exception as error:  # a zip, a workbook, a page renamed: each fails in its own way
        raise CoverReportError(
            f"{path}: this is not a Word document (.docx). Save the template as one in Word."
        ) from error
    return template


def _parts(template: DocxTemplate) -> Iterator[etree._Element]:
    """The body, headers and footers."""
    yield template.docx.element.body
    for kind in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(kind):
            yield etree.fromstring(part.blob)


def _paragraphs(part: etree._Element) -> Iterator[str]:
    """The text of each paragraph, and the alternative text of each table."""
    for element in part.iter(f"{_WORD}p", f"{_WORD}tblCaption", f"{_WORD}tblDescription"):
        own = (
            each.text or ""
            for each in element.iter(f"{_WORD}t")
            if next(each.iterancestors(f"{_WORD}p")) is element  # not those of a text box in it
        )
        yield element.get(f"{_WORD}val") or "".join(own)


def _check_ends(path: Path, paragraphs: Iterable[str]) -> None:
    """Each tag stands in one paragraph, with both its ends."""
    for text in paragraphs:
        if _LOOSE_END.search(_TAG.sub("", text)):
            raise _refused(path, f"a tag lacks one of its ends in “{text.strip()}”")


def _check_blocks(path: Path, tags: Iterable[str]) -> None:
    """Each `for` and `if` is closed by its own end."""
    still_open: list[tuple[str, str]] = []
    for tag in tags:
        found = _BLOCK.match(tag)
        if not found:
            continue
        is_end, kind = found.groups()
        if not is_end:
            still_open.append((tag, kind))
        elif not still_open or still_open.pop()[1] != kind:
            raise _refused(path, f"{tag} closes nothing")
    if still_open:
        raise _refused(path, f"{still_open[-1][0]} is never closed")


def _check_names(
    path: Path,
    template: DocxTemplate,
    environment: SandboxedEnvironment,
    tags: list[str],
    known: frozenset[str],
) -> None:
    try:
        for part in _parts(template):
            source = template.patch_xml(template.xml_to_string(part))
            unknown = sorted(meta.find_undeclared_variables(environment.parse(source)) - known)
            if unknown:
                raise _refused(path, f"{_tag_with(unknown[0], tags)}{unknown[0]} is no known name")
    except TemplateError as error:
        raise _refused(path, f"{_broken_tag(tags, environment)}{error.message}") from error


def _broken_tag(tags: Iterable[str], environment: SandboxedEnvironment) -> str:
    """The first tag that cannot be read by itself, if one cannot."""
    for tag in tags:
        plain = re.sub(r"^(\{[{%])-?(?:p|tr|tc|r)\s", r"\1 ", tag)
        block = _BLOCK.match(tag)
        if re.match(r"\{%\s*(cellbg|colspan|vm|hm)\b", tag) or (block and block[1]):
            continue
        closed = f"{plain}{{% end{block[2]} %}}" if block else plain
        if "else" in plain or "elif" in plain:
            closed = f"{{% if 1 %}}{plain}{{% endif %}}"
        try:
            environment.compile(closed)
        except TemplateError:
            return f"{tag}: "
    return ""


def _tag_of(error: Exception, tags: Iterable[str]) -> str:
    """The tag with the name that an error speaks of."""
    named = re.search(r"(?:attribute|element) '?(\w+)'?", str(error))
    return _tag_with(named[1], tags) if named else ""


def _tag_with(name: str, tags: Iterable[str]) -> str:
    found = next((tag for tag in tags if re.search(rf"\b{re.escape(name)}\b", tag)), "")
    return f"{found}: " if found else ""


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def _refused(path: Path, what: str) -> CoverReportError:
    return CoverReportError(
        f"{path}: {what.rstrip('.')}. Mend the template in Word; the names it may use are listed "
        f"in reporting/word_templates/README.md."
    )

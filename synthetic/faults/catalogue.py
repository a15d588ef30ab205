"""Every recording issue that can be typed into extracts, by its id."""

from importlib import import_module
from pkgutil import iter_modules

from synthetic import faults

from .injection import Issue

_NAMES = sorted(one.name for one in iter_modules(faults.__path__) if one.name.startswith("dq"))

ISSUES: dict[str, Issue] = {
    issue.issue_id: issue
    for issue in (import_module(f"{faults.__name__}.{name}").ISSUE for name in _NAMES)
}
"""The issues in the order of their ids."""

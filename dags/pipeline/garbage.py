"""How often Python looks for objects that nothing refers to any more."""

from __future__ import annotations

import gc

_NEW_OBJECTS = 20_000
_YOUNG_GENERATIONS = 20
_OLD_GENERATIONS = 100


def collect_seldom() -> None:
    """Look for dead objects a thirtieth as often as Python does by itself, in this process.

    Programs and the dbt project are millions of objects that live to the end: looking through
    them again and again takes a seventh of a month's time. It costs no memory that can be
    measured, for what is no longer referred to is mostly freed at once anyway.
    """
    gc.set_threshold(_NEW_OBJECTS, _YOUNG_GENERATIONS, _OLD_GENERATIONS)

"""How a run says no: a refusal is an answer in plain English, not a fault of the program."""

from __future__ import annotations


class PublicationRefused(Exception):
    """The month is not published, for a reason someone can act on (ruling F12).

    ``lines`` say what is wrong, in which file, and what to do; they never hold a child's data.
    """

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines

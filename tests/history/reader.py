"""Somebody who reads what is published, again and again, whatever happens to the runs meanwhile."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread

from pipeline.manifest import NAME as MANIFEST

from .running import rows
from .wholeness import MONTHS

_SECONDS_BETWEEN = 0.5


class Reader:
    """Reads each month folder through one handle, the officers' marts and the list of months.

    A folder that is opened once shows one publication for as long as it is there: never a file that
    its manifest does not list, nor one with other bytes. When another publication takes its place
    its files go, and the reader opens the folder anew.
    """

    def __init__(self, out: Path, seconds_between: float = _SECONDS_BETWEEN) -> None:
        self.out, self._seconds = out, seconds_between
        self.looks, self.wrong = 0, set[str]()
        self.publications: set[bytes] = set()
        self._known: set[Path] = set()
        self._end = Event()
        self._thread = Thread(target=self._go_on)

    def __enter__(self) -> Reader:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _go_on(self) -> None:
        while not self._end.wait(self._seconds):
            try:
                self._look()
            except Exception as problem:
                self.wrong.add(f"the reader: {problem!r}")
            self.looks += 1

    def _look(self) -> None:
        for folder in sorted({*self.out.glob(MONTHS), *self._known}):
            if folder.suffix == "":
                self._read_month(folder)
        marts, page = self.out / "restricted" / "marts.duckdb", self.out / "index.html"
        if self._is_there(marts) and not rows(marts, "select count(*) from fct_indicator_value"):
            self.wrong.add("the marts are empty")
        if self._is_there(page) and not page.read_text("utf-8").rstrip().endswith("</html>"):
            self.wrong.add("half a list of months")

    def _is_there(self, path: Path) -> bool:
        """What was there once must stay."""
        if path.exists():
            self._known.add(path)
        elif path in self._known:
            self.wrong.add(f"{path.name} is gone")
        return path.exists()

    def _read_month(self, folder: Path) -> None:
        if not self._is_there(folder):
            return
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            self._read_through(handle, folder)
        except FileNotFoundError as gone:
            if os.fstat(handle).st_ino == folder.stat().st_ino:
                self.wrong.add(f"{folder.name}/{gone.filename} is listed and not there")
        finally:
            os.close(handle)

    def _read_through(self, handle: int, folder: Path) -> None:
        manifest = _bytes(handle, MANIFEST)
        self.publications.add(manifest)
        listed = {one["file"]: one["sha256"] for one in json.loads(manifest)["outputs"]}
        for name, digest in listed.items():
            if sha256(_bytes(handle, name)).hexdigest() != digest:
                self.wrong.add(f"{folder.name}/{name} is not as listed")
        for place, _, names, _ in os.fwalk(dir_fd=handle):
            for name in names:
                whole = os.path.normpath(f"{place}/{name}")
                if whole not in listed and whole != MANIFEST:
                    self.wrong.add(f"{folder.name}/{whole} is there and not listed")


def _bytes(folder: int, name: str) -> bytes:
    with os.fdopen(os.open(name, os.O_RDONLY, dir_fd=folder), "rb") as file:
        return file.read()

"""Part of ``make lint``: does any file under git hold a password, a key or a token?

    python -m tests.secret_scan [--accept]

Looks with detect-secrets, and asks nobody on the network. What looks like a secret and is none
stands in `.secrets.baseline`, as a hash, by file; `--accept` writes that file anew, for somebody to
read the difference before it is committed.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detect_secrets.core.secrets_collection import SecretsCollection
from detect_secrets.settings import transient_settings

ROOT = Path(__file__).resolve().parents[1]
BASELINE = ROOT / ".secrets.baseline"
# Locks hold hashes, pictures hold noise.
_PASSED_OVER = re.compile(
    r"^requirements/.*\.txt$|\.(png|docx|xlsx|ttf|woff2)$|^\.secrets\.baseline$"
)
_PLUGINS = (
    *("AWSKeyDetector", "AzureStorageKeyDetector", "BasicAuthDetector", "GitHubTokenDetector"),
    *("GitLabTokenDetector", "JwtTokenDetector", "KeywordDetector", "NpmDetector"),
    *("OpenAIDetector", "PrivateKeyDetector", "PypiTokenDetector", "SendGridDetector"),
    *("SlackDetector", "StripeDetector", "TwilioKeyDetector"),
)
_ENTROPY = ({"name": "Base64HighEntropyString", "limit": 4.5}, {"name": "HexHighEntropyString"})
_FILTERS = (
    "heuristic.is_potential_uuid",
    "heuristic.is_templated_secret",
    "heuristic.is_lock_file",
)
SETTINGS: dict[str, Any] = {
    "plugins_used": [*({"name": name} for name in _PLUGINS), *_ENTROPY],
    "filters_used": [
        *({"path": f"detect_secrets.filters.{name}"} for name in _FILTERS),
        {"path": "detect_secrets.filters.allowlist.is_line_allowlisted"},
    ],
}


@dataclass(frozen=True, order=True)
class Finding:
    """Something that looks like a secret: where, of which kind, and its hash."""

    file: str
    kind: str
    hashed: str
    line: int = 0

    @property
    def known_as(self) -> tuple[str, str, str]:
        """What makes it the same finding when lines move."""
        return (self.file, self.kind, self.hashed)


def scan(root: Path, names: Iterable[str]) -> list[Finding]:
    """Look through files of a folder."""
    found = SecretsCollection(root=str(root))
    with transient_settings(SETTINGS):
        found.scan_files(*names)
    return sorted(Finding(name, one.type, one.secret_hash, one.line_number) for name, one in found)


def accepted(baseline: Path) -> set[tuple[str, str, str]]:
    """Return what somebody has looked at and found to be no secret."""
    rows = json.loads(baseline.read_text(encoding="utf-8"))
    return {(row["file"], row["kind"], row["hashed"]) for row in rows}


def files_under_git() -> list[str]:
    """Return the files that git knows, and those that it would take."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    names = (name for name in listed.split("\0") if name and not _PASSED_OVER.search(name))
    return [name for name in names if (ROOT / name).is_file()]


def main(arguments: Sequence[str]) -> int:
    """Return 1, naming file and line, where something new looks like a secret."""
    found = scan(ROOT, files_under_git())
    if "--accept" in arguments:
        rows = [dict(zip(("file", "kind", "hashed"), one.known_as, strict=True)) for one in found]
        BASELINE.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
        return 0
    known = accepted(BASELINE)
    new = [one for one in found if one.known_as not in known]
    for one in new:
        print(f"{one.file}:{one.line}: this looks like a secret ({one.kind})")
    if new:
        print("Take it out, and change it wherever it was in use. If it is none: CONTRIBUTING.md")
    return bool(new)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

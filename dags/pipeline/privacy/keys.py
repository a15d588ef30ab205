"""Secret keys: where they come from, and the pseudonyms that are made with one.

The key of the marts comes from the environment, which a secrets backend may fill. Where none is
given, a random one is made once and kept in ``private/``. No key is ever in the repository.
"""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from pipeline.progress import step
from pipeline.refusal import PublicationRefused
from pipeline.settings import Settings
from pipeline.whole_file import write_whole

KEY = "PACK_PSEUDONYM_KEY"
KEY_FILE = "PACK_PSEUDONYM_KEY_FILE"
SHORTEST = 32
_DIGITS = 16
_HOW_TO_MAKE = "Make one with: openssl rand -hex 32"


@dataclass(frozen=True)
class Key:
    """A secret, and the pseudonyms it gives; it never shows itself."""

    secret: bytes = field(repr=False)

    def pseudonym(self, *parts: str) -> str:
        """Return sixteen hexadecimal digits: the same for the same parts and key, and no others."""
        message = "\0".join(parts).encode()
        return hmac.digest(self.secret, message, sha256).hex()[:_DIGITS]


def marts_key(settings: Settings, environment: Mapping[str, str] | None = None) -> Key:
    """Return the key of the marts' pseudonyms; make one where none is given and none is kept.

    Refuses a key that is too short or cannot be read, and two keys at once.
    """
    values = os.environ if environment is None else environment
    given, file = values.get(KEY, ""), values.get(KEY_FILE, "")
    if given and file:
        raise PublicationRefused(f"{KEY} and {KEY_FILE} are both set: keep one of them.")
    if given:
        return _checked(given, KEY)
    if file:
        return _checked(_read(Path(file)), f"{KEY_FILE} ({file})")
    return kept_key(marts_key_file(settings), "the pseudonyms of the officers' marts")


def marts_key_file(settings: Settings) -> Path:
    """Return where the key of the marts is kept if none is given."""
    return settings.private / "pseudonym.key"


def kept_key(path: Path, of_what: str) -> Key:
    """Return the key that is kept in a file of ``private/``; make it there once, and say so.

    It is there whole or not at all, and whoever finds none makes it under the lock of the output.
    """
    try:
        return _checked(path.read_text(encoding="utf-8"), str(path))
    except FileNotFoundError:
        step(f"a random key for {of_what} was made and is kept in {path}")
    made = secrets.token_hex(SHORTEST)
    write_whole(path, f"{made}\n")
    return Key(made.encode())


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise PublicationRefused(
            f"{KEY_FILE} ({path}): the key cannot be read there. {_HOW_TO_MAKE}"
        ) from problem


def _checked(text: str, where: str) -> Key:
    key = text.strip()
    if len(key) < SHORTEST:
        raise PublicationRefused(
            f"{where}: this key of pseudonyms has fewer than {SHORTEST} characters, so it could be "
            f"guessed. {_HOW_TO_MAKE}"
        )
    return Key(key.encode())

"""Where the key of the pseudonyms comes from, and what a key does."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import progress
from pipeline.privacy.keys import Key, marts_key, marts_key_file
from pipeline.refusal import PublicationRefused
from pipeline.settings import Settings

GOOD = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def private(settings: Settings) -> Path:
    settings.private.mkdir(parents=True)
    return settings.private


def test_the_key_of_the_environment_goes_first(settings: Settings) -> None:
    assert marts_key(settings, {"PACK_PSEUDONYM_KEY": f"{GOOD}\n"}) == Key(GOOD.encode())


def test_a_key_may_lie_in_a_file(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "key.txt"
    file.write_text(f"{GOOD}\n")
    assert marts_key(settings, {"PACK_PSEUDONYM_KEY_FILE": str(file)}) == Key(GOOD.encode())


def test_where_none_is_given_one_is_made_once_and_told(settings: Settings, private: Path) -> None:
    told: list[str] = []
    with progress.told_to(lambda text, is_step: told.append(text)):
        first, second = (marts_key(settings, {}) for _ in range(2))
    assert first == second
    assert marts_key_file(settings).stat().st_mode & 0o777 == 0o600
    assert len(told) == 1 and "a random key" in told[0] and str(private) in told[0]
    assert first.secret.decode() not in told[0] and first.secret.decode() not in repr(first)


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"PACK_PSEUDONYM_KEY": "short"}, "fewer than 32 characters"),
        ({"PACK_PSEUDONYM_KEY": GOOD[1:]}, "fewer than 32 characters"),
        ({"PACK_PSEUDONYM_KEY_FILE": "/no/such/file"}, "cannot be read"),
        ({"PACK_PSEUDONYM_KEY": GOOD, "PACK_PSEUDONYM_KEY_FILE": "x"}, "both set"),
    ],
)
def test_a_key_that_cannot_be_used_is_refused(
    settings: Settings, private: Path, environment: dict[str, str], said: str
) -> None:
    with pytest.raises(PublicationRefused, match=said) as refusal:
        marts_key(settings, environment)
    assert GOOD[1:] not in str(refusal.value)
    assert not marts_key_file(settings).exists()


def test_a_pseudonym_is_that_of_council_id_and_key_alone() -> None:
    one, other = Key(GOOD.encode()), Key(GOOD[::-1].encode())
    assert one.pseudonym("X", "7") == one.pseudonym("X", "7")
    given = [one.pseudonym("X", "7"), one.pseudonym("Y", "7"), one.pseudonym("X", "8")]
    assert len({*given, one.pseudonym("X7", ""), other.pseudonym("X", "7")}) == 5
    assert all(len(name) == 16 for name in given)


def test_a_key_is_kept_whole_or_not_at_all(
    settings: Settings, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty key that a killed run has left would be refused for ever."""

    def cut_off(path: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.whole_file.to_disk", cut_off)
    with pytest.raises(KeyboardInterrupt):
        marts_key(settings, {})
    monkeypatch.undo()
    assert not list(private.iterdir())
    assert marts_key(settings, {}) == marts_key(settings, {})

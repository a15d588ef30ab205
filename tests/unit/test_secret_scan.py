"""A secret that gets into a file is found; what was looked at and accepted is not named again."""

import pytest

from tests import secret_scan

# Put together here, so that no line of this file looks like a secret.
PLANTED = {
    "a password": ("settings.py", "pass" + "word = 'kJ8!sweet-Pq2z'"),
    "an address with a password": ("compose.yml", "url: postgres://pack:" + "kJ8sweetPq2z@db/pack"),
    "a private key": ("key.txt", "-----BEGIN RSA PRIVATE " + "KEY-----"),
    "a token of a code host": ("ci.yml", "token: ghp_" + "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0dF3gH6"),
    "a key of random characters": (
        "run.sh",
        "export KEY='" + "q8Zt3LwX0vNfB7kRj2Yc9HsDpA5mGuE1iTQoVx4W'",
    ),
}


@pytest.mark.parametrize("what", PLANTED)
def test_a_secret_is_found(tmp_path, what):
    name, line = PLANTED[what]
    (tmp_path / name).write_text(f"one: 1\n{line}\n")
    found = secret_scan.scan(tmp_path, [name])
    assert {(one.file, one.line) for one in found} == {(name, 2)}


def test_a_file_without_one_is_passed(tmp_path):
    (tmp_path / "settings.py").write_text("password = read('/run/secrets/password')\nkey: str\n")
    assert secret_scan.scan(tmp_path, ["settings.py"]) == []


def test_what_was_accepted_stays_accepted_when_its_line_moves(tmp_path, monkeypatch, capsys):
    name, line = PLANTED["a password"]
    monkeypatch.setattr(secret_scan, "ROOT", tmp_path)
    monkeypatch.setattr(secret_scan, "BASELINE", tmp_path / "baseline")
    monkeypatch.setattr(secret_scan, "files_under_git", lambda: [name])
    (tmp_path / name).write_text(f"{line}\n")
    assert secret_scan.main(["--accept"]) == 0
    assert "sweet" not in (tmp_path / "baseline").read_text()
    (tmp_path / name).write_text(f"\n\n{line}\n")
    assert secret_scan.main([]) == 0
    (tmp_path / name).write_text(f"{line}\n{line.replace('sweet', 'bitter')}\n")
    assert secret_scan.main([]) == 1
    assert f"{name}:2: this looks like a secret" in capsys.readouterr().out

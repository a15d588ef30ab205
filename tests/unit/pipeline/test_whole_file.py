import errno

import pytest

from pipeline.whole_file import append_line, to_disk, write_whole, written_whole


def test_a_file_has_its_name_only_when_all_of_it_is_there(tmp_path):
    path = tmp_path / "list.json"
    with written_whole(path) as new:
        new.write_text("half")
        assert not path.exists()
        new.write_text("whole")
    assert [one.name for one in tmp_path.iterdir()] == ["list.json"]
    assert path.read_text() == "whole"


def test_what_could_not_be_finished_is_removed_and_the_one_before_stays(tmp_path):
    path = tmp_path / "list.json"
    write_whole(path, "before")
    with pytest.raises(OSError), written_whole(path) as new:
        new.write_text("half")
        raise OSError(errno.ENOSPC, "full")
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("list.json", "before")]


def test_what_a_killed_run_left_is_no_trouble(tmp_path):
    path = tmp_path / "list.json"
    (tmp_path / "list.json.part").write_text("half of an earlier one, and longer")
    write_whole(path, b"whole")
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("list.json", "whole")]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_for_readers_is_written_where_they_do_not_look(tmp_path):
    private, public = tmp_path / "private", tmp_path / "public"
    private.mkdir()
    public.mkdir()
    with written_whole(public / "index.html", aside=private) as new:
        new.write_text("whole")
        assert new.parent == private
        assert not list(public.iterdir())
    assert (public / "index.html").read_text() == "whole"


def test_a_line_after_one_that_was_cut_off_stands_on_its_own(tmp_path):
    path = tmp_path / "private" / "runs.jsonl"
    append_line(path, "one")
    with path.open("a") as file:
        file.write("cut o")
    append_line(path, "three")
    assert path.read_text().splitlines() == ["one", "cut o", "three"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_every_file_of_a_folder_is_written_to_the_disk(tmp_path, monkeypatch):
    written = []
    monkeypatch.setattr("os.fsync", written.append)
    (tmp_path / "pack").mkdir()
    for name in ("manifest.json", "pack/index.html"):
        (tmp_path / name).touch()
    to_disk(tmp_path)
    assert len(written) == 2

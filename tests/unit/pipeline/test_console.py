import io
import os
import subprocess
import sys

from pipeline.console import Display, output_to_log
from pipeline.progress import detail, step, told_to


def test_without_a_terminal_a_month_is_one_line():
    shown = io.StringIO()
    display = Display(shown)
    with display.running(3), told_to(display.tell):
        step("2026-10: social care")
        detail("2026-10 social_care: ssd_person.csv")
        step("2026-10: adoption")
        step("publishing")
    assert shown.getvalue() == "landing 2026-10\npublishing\n"


def test_steps_are_told_only_while_somebody_listens():
    shown = io.StringIO()
    step("before")
    assert shown.getvalue() == ""


def test_what_programs_print_goes_to_the_log_and_not_to_the_reader(tmp_path):
    program = (
        "import os, sys; from pathlib import Path; from pipeline.console import output_to_log\n"
        "with output_to_log(Path(sys.argv[1])) as real:\n"
        "    print('printed'); os.system('echo by a child'); real.write('shown\\n')\n"
        "print('afterwards')\n"
    )
    log = tmp_path / "logs" / "run.log"
    done = subprocess.run(
        [sys.executable, "-c", program, str(log)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout == "shown\nafterwards\n"
    assert sorted(log.read_text().split("\n")) == ["", "by a child", "printed"]
    assert log.stat().st_mode & 0o777 == 0o600


def test_the_output_is_given_back_after_an_error(tmp_path, capfd):
    try:
        with output_to_log(tmp_path / "run.log"):
            raise ValueError
    except ValueError:
        print("back", flush=True)
    assert capfd.readouterr().out == "back\n"

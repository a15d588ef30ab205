"""Folders, links, rights and names; reference data; and what stops a month."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from .case import Case, Gap, Refused, Same
from .inbox import EPISODES, GOOD, PEOPLE, PLANS, Inbox, as_csv
from .workbooks import bomb, ole

COUNCIL = "../reference/ref_council.csv"
REPLACED = "put the file itself"


def renamed(name: str, file: str = PLANS):
    def breaks(inbox: Inbox) -> None:
        inbox.path(file).rename(inbox.path(file).with_name(name))

    return breaks


def in_its_place(make):
    """Put something else where the plans' file was."""

    def breaks(inbox: Inbox) -> None:
        inbox.remove(PLANS)
        make(inbox.path(PLANS))

    return breaks


def _link_to_itself(path: Path) -> None:
    path.symlink_to(path)


def _link_to_a_file(path: Path) -> None:
    kept = path.parents[2] / "kept.csv"
    kept.write_text(as_csv(GOOD[PLANS]), encoding="utf-8")
    path.symlink_to(kept)


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(5_000_000_000)


def two_files(change):
    def breaks(inbox: Inbox) -> None:
        inbox.put(PLANS.replace(".csv", "_v2.csv"), change(inbox.text(PLANS)).encode())

    return breaks


def _family_is_a_file(inbox: Inbox) -> None:
    shutil.rmtree(inbox.path("care_leavers"))
    inbox.put("care_leavers", b"see the other folder")


def _no_family(inbox: Inbox) -> None:
    shutil.rmtree(inbox.path("care_leavers"))


def _one_folder_too_deep(inbox: Inbox) -> None:
    inner = inbox.path("care_leavers/care_leavers")
    inner.mkdir()
    for path in inner.parent.glob("*.csv"):
        path.rename(inner / path.name)


def _junk(inbox: Inbox) -> None:
    for name in (".DS_Store", "~$ext_pathway_plan.xlsx", "Thumbs.db", "read me.docx"):
        inbox.put(f"care_leavers/{name}", b"x")
    inbox.path("care_leavers/old").mkdir()


def _not_utf8(inbox: Inbox) -> None:
    path = os.fsencode(inbox.path(PLANS).parent) + b"/ext_pathway_plan_\xff.csv"
    Path(os.fsdecode(path)).write_bytes(b"x")


def reference(name: str, text: str):
    return lambda inbox: inbox.put(f"../reference/{name}", text.encode())


def _both_kinds(inbox: Inbox) -> None:
    inbox.put("ssda903/header.csv", b"CHILD,SEX,DOB,ETHNIC\n1,1,01/02/2015,WBRI\n")


def _no_people(inbox: Inbox) -> None:
    inbox.remove(PEOPLE)


def _people_are_a_bomb(inbox: Inbox) -> None:
    inbox.remove(PEOPLE)
    inbox.put(PEOPLE.replace(".csv", ".xlsx"), bomb(40_000_000))


def _people_have_a_password(inbox: Inbox) -> None:
    inbox.remove(PEOPLE)
    inbox.put(PEOPLE.replace(".csv", ".xlsx"), ole("EncryptedPackage"))


def _half_the_episodes(inbox: Inbox) -> None:
    rows = [list(row) for row in GOOD[EPISODES]]
    for row in rows[1::3]:
        row[4] = "31/02/2024"
    inbox.write(EPISODES, rows)


def _reference_is_a_file(inbox: Inbox) -> None:
    shutil.rmtree(inbox.root / "reference")
    inbox.put("../reference", b"x")


def social(what: str, breaks, *says: str, limits: dict[str, str] | None = None) -> Case:
    return Case(what, breaks, Refused(says), PEOPLE, limits or {})


LONG = "ext_pathway_plan_" + "1" * 200 + "x.csv"
CASES = [
    Case(
        "a file with a date and a version in its name",
        renamed("EXT_Pathway-Plan (2)_20261101_v3.CSV"),
        Same(),
    ),
    Case(
        "a file with another name",
        renamed("pathway plans.csv"),
        Gap("no file ext_pathway_plan in 2026-10/care_leavers/"),
    ),
    Case(
        "a name of two hundred letters, almost that of a table",
        renamed(LONG),
        Gap("no file ext_pathway_plan"),
    ),
    Case(
        "a name of two hundred digits behind that of a table",
        renamed("ext_pathway_plan_" + "1" * 200 + ".csv"),
        Same(),
    ),
    Case("a name that is no UTF-8, beside the right one", _not_utf8, Same()),
    Case("files of an open program, hidden files and notes beside the tables", _junk, Same()),
    Case("the same file twice", two_files(lambda text: text), Same()),
    Case(
        "two files of one table that differ",
        two_files(lambda text: text.replace("Review", "Visit")),
        Gap(
            "ext_pathway_plan.csv and ext_pathway_plan_v2.csv are both ext_pathway_plan and differ"
        ),
    ),
    Case(
        "a folder where a file should be", in_its_place(Path.mkdir), Gap("is a folder: " + REPLACED)
    ),
    Case("a link to a file", in_its_place(_link_to_a_file), Same()),
    Case(
        "a link to a file that is gone",
        in_its_place(lambda path: path.symlink_to("gone.csv")),
        Gap("is a link that leads to no file: " + REPLACED),
    ),
    Case("a link to itself", in_its_place(_link_to_itself), Gap("is a link that leads to no file")),
    Case(
        "a link to a device that never ends",
        in_its_place(lambda path: path.symlink_to("/dev/zero")),
        Gap("is no ordinary file: " + REPLACED),
    ),
    Case("a pipe that nobody writes to", in_its_place(os.mkfifo), Gap("is no ordinary file")),
    Case(
        "a file of 5 GB",
        in_its_place(_sparse),
        Gap("has 5,000 MB, and 250 are the most that is read"),
    ),
    Case(
        "a folder of the month missing",
        _no_family,
        Gap("no files in 2026-10/care_leavers/", ("ssd_care_leavers", "ext_pathway_plan")),
    ),
    Case(
        "a file where the folder should be",
        _family_is_a_file,
        Gap(
            "2026-10/care_leavers is a file where a folder should be",
            ("ssd_care_leavers", "ext_pathway_plan"),
        ),
    ),
    Case(
        "the files one folder too deep",
        _one_folder_too_deep,
        Gap("no files in 2026-10/care_leavers/", ("ssd_care_leavers", "ext_pathway_plan")),
    ),
    Case(
        "SSDA903 files beside the other kind",
        _both_kinds,
        Gap(
            "2026-10/social_care/ and 2026-10/care_leavers/ give the same facts",
            ("ssd_care_leavers", "ext_pathway_plan"),
        ),
    ),
    social("no list of people", _no_people, "no file ssd_person in 2026-10/social_care/"),
    social(
        "the list of people is a zip bomb",
        _people_are_a_bomb,
        "ssd_person (ssd_person.xlsx): refused",
        "comes to more than 30 MB once it is unpacked",
        limits={"PACK_MAX_UNPACKED_MB": "30"},
    ),
    social(
        "the list of people has a password",
        _people_have_a_password,
        "ssd_person.xlsx is protected with a password",
    ),
    social(
        "a third of the episodes start on a day that is none",
        _half_the_episodes,
        "ssd_cla_episodes.csv has more than 20% of rows that cannot be read",
    ),
    social(
        "the council's file names two councils",
        reference("ref_council.csv", "la,name,history_from\nE00,A,\nE01,B,\n"),
        "ref_council: column la holds E00, E01: give one council",
    ),
    social(
        "the council's code is a path",
        reference("ref_council.csv", "la,name,history_from\n../../x,A,\n"),
        "ref_council: column la holds ../../x: give one council with a code of letters",
    ),
    social(
        "a reference file that is cut off",
        reference("ref_target.csv", "indicator_id,red\n"),
        "ref_target.csv lacks the columns amber, green, valid_from",
    ),
    social(
        "a reference file with a date that is none",
        reference("ref_bank_holiday.csv", "date\n2026-12-25\n2026-02-30\n"),
        "ref_bank_holiday.csv row 3, column date: '2026-02-30' is not a date we can read",
    ),
    social(
        "a file where the reference folder should be",
        _reference_is_a_file,
        "reference is a file where a folder should be",
    ),
    social(
        "a limit that is no number",
        lambda inbox: None,
        "PACK_MAX_ROWS is 'lots': give a whole number such as 300",
        limits={"PACK_MAX_ROWS": "lots"},
    ),
]

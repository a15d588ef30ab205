"""What the catalogue says of adoption, leaving care, caseloads, fostering and cost, by case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from synthetic.days import add_months, age_on, birthday
from synthetic.faults.extracts import Extracts, Row
from synthetic.faults.injection import Truth
from synthetic.money import budget_line

D = date(2026, 10, 31)
STEPS = {
    "perm_adm_decision_date": "shobpa_date",
    "perm_placement_order_date": "placement_order_date",
    "perm_matched_date": "match_date",
    "perm_placed_for_adoption_date": "placed_date",
    "perm_permanence_order_date": "order_date",
}


def rows_where(extracts: Extracts, table: str, **wanted: object) -> list[Row]:
    column, value = next(iter(wanted.items()))
    rows = extracts.where(table, column, value)
    return [row for row in rows if all(row[key] == one for key, one in wanted.items())]


def last_of(value: object) -> date | None:
    """A date on or before the month end; what is dated later does not exist yet."""
    return value if isinstance(value, date) and value <= D else None


def is_dq09(extracts: Extracts, one: Truth) -> bool:
    person = one.person_id
    episodes = rows_where(extracts, "ssd_cla_episodes", clae_person_id=person)
    is_adopted = any(r["clae_cla_episode_ceased_reason"] in ("E11", "E12") for r in episodes)
    known = rows_where(extracts, "ssd_permanence", perm_person_id=person)
    lines = rows_where(extracts, "ext_adoption_tracker", person_id=person)
    if is_adopted and not known:
        return True
    if not lines:
        return False
    latest = max((str(row["perm_adm_decision_date"]) for row in known), default="")
    if last_of(lines[0]["order_date"]) and not is_adopted:
        return True
    return any(
        last_of(lines[0][name]) is not None and lines[0][name] != row[step]
        for row in known
        if str(row["perm_adm_decision_date"]) == latest
        for step, name in STEPS.items()
    )


def care_start(extracts: Extracts, cla_id: object) -> date:
    rows = rows_where(extracts, "ssd_cla_episodes", clae_cla_id=cla_id)
    starts = [r["clae_cla_episode_start_date"] for r in rows]
    return min(day for day in starts if isinstance(day, date))


def is_dq31(extracts: Extracts, one: Truth) -> bool:
    (row,) = rows_where(extracts, "ssd_permanence", perm_table_id=one.row_id)
    begun = care_start(extracts, row["perm_cla_id"])
    decision, order, match, placed, adopted = (str(row[step]) for step in STEPS)
    is_sound = str(begun) <= decision <= order and decision <= match <= placed < adopted
    return not is_sound


def is_dq32(extracts: Extracts, one: Truth) -> bool:
    rows = rows_where(extracts, "ssd_permanence", perm_person_id=one.person_id)
    orders = rows_where(extracts, "ssd_legal_status", lega_person_id=one.person_id)
    begun = [
        str(r["lega_legal_status_start_date"])
        for r in orders
        if r["lega_legal_status"] in ("E1", "Placement order")
    ]
    standing = [r for r in rows if r["perm_decision_reversed_date"] is None]
    if len(standing) > 1 or standing[0]["perm_adm_decision_date"] is None:
        return True
    return bool(begun) and str(standing[0]["perm_placement_order_date"]) != min(begun)


def was_eligible(extracts: Extracts, person: str, born: date) -> bool:
    """91 nights and one more from 14 on, with a day at 16 or over (C15, B6)."""
    nights, has_day_at_16 = 0, False
    for row in rows_where(extracts, "ssd_cla_episodes", clae_person_id=person):
        start, end = row["clae_cla_episode_start_date"], row["clae_cla_episode_ceased_date"] or D
        assert isinstance(start, date) and isinstance(end, date)
        nights += max(0, (end - max(start, birthday(born, 14))).days)
        has_day_at_16 |= end > birthday(born, 16)
    return nights > 91 and has_day_at_16


def born_on(extracts: Extracts, person: str) -> date:
    (row,) = rows_where(extracts, "ssd_person", pers_person_id=person)
    assert isinstance(row["pers_dob"], date)
    return row["pers_dob"]


def is_dq15(extracts: Extracts, one: Truth) -> bool:
    born = born_on(extracts, one.person_id)
    has_right = was_eligible(extracts, one.person_id, born)
    rows = rows_where(extracts, "ssd_care_leavers", clea_person_id=one.person_id)
    words = {str(row["clea_care_leaver_eligibility"]) for row in rows}
    if has_right and age_on(born, D) < 21:
        return not words or words <= {"None", "No Current Eligibility"}
    return not has_right and bool(words & {"Former relevant child", "Relevant child"})


def is_dq38(extracts: Extracts, one: Truth) -> bool:
    (row,) = rows_where(extracts, "ssd_care_leavers", clea_person_id=one.person_id)
    if row["clea_care_leaver_eligibility"] not in ("Former relevant child", "Relevant child"):
        return False
    (who,) = rows_where(extracts, "ssd_person", pers_person_id=one.person_id)
    episodes = rows_where(extracts, "ssd_cla_episodes", clae_person_id=one.person_id)
    last = max(episodes, key=lambda r: str(r["clae_cla_episode_start_date"]))
    touch, home = row["clea_care_leaver_in_touch"], row["clea_care_leaver_accommodation"]
    contact = row["clea_care_leaver_latest_contact"]
    return (
        (isinstance(contact, date) and add_months(contact, 3) < D)
        or (touch == "NO" and row["clea_care_leaver_activity"] is not None)
        or (home == "Z" and age_on(born_on(extracts, one.person_id), D) < 18)
        or (home in ("X", "W", "S") and row["clea_care_leaver_accom_suitable"] == "1")
        or who["pers_death_date"] is not None
        or last["clae_cla_episode_ceased_reason"] == "E3"
        or touch == "RHOM"
    )


def is_dq16(extracts: Extracts, one: Truth) -> bool:
    worker = one.row_id
    cases = rows_where(
        extracts,
        "ssd_involvements",
        invo_professional_id=worker,
        invo_involvement_end_date=None,
    )
    (known,) = rows_where(extracts, "ssd_professionals", prof_professional_id=worker)
    listed = rows_where(extracts, "ext_staff", professional_id=worker)
    hours = listed[0]["contracted_fte"] if listed else known["prof_full_time_equivalency"]
    return bool(cases) and (not hours or known["prof_professional_job_title"] is None)


def is_dq23(extracts: Extracts, one: Truth) -> bool:
    leads = [
        row
        for row in rows_where(
            extracts,
            "ssd_involvements",
            invo_person_id=one.person_id,
            invo_professional_role_id="Allocated Worker",
        )
        if row["invo_involvement_end_date"] is None
    ]
    if len(leads) != 1:
        return True
    staff = rows_where(extracts, "ext_staff", professional_id=leads[0]["invo_professional_id"])
    return (
        not staff
        or staff[0]["role"] != "Social Worker"
        or last_of(staff[0]["end_date"]) is not None
    )


def households(extracts: Extracts, month: str, household: str) -> list[Row]:
    return list(extracts.where("ext_foster_household", "household_id", household, month))


def is_open(rows: list[Row], day: date) -> bool:
    """Whether an approval runs on a day; one that touches the next goes on."""
    ends = [row["end_date"] for row in rows if str(row["approval_date"]) <= str(day)]
    return any(end is None or str(end) > str(day) for end in ends)


def is_dq39(extracts: Extracts, one: Truth) -> bool:
    """Opening as reported, and what happened in the month, do not give the closing."""
    before = extracts.settings.month_ends[-2]
    then = households(extracts, extracts.months[-2], one.row_id)
    now = households(extracts, extracts.latest, one.row_id)
    starts = {row["approval_date"] for row in now} - {row["end_date"] for row in now}
    ends = {row["end_date"] for row in now} - {row["approval_date"] for row in now}
    approved = sum(str(before) < str(day) <= str(D) for day in starts if day)
    left = sum(str(before) < str(day) <= str(D) for day in ends if day)
    return is_open(then, before) + approved - left != is_open(now, D)


def is_dq45(extracts: Extracts, one: Truth) -> bool:
    if one.table == "ext_budget":
        (row,) = (
            row
            for row in extracts.rows("ext_budget")
            if one.row_id == f"{row['line']} {row['financial_year']}"
        )
        return str(row["actual_to_date"])[5:] not in ("03-31", str(D)[5:])
    prices = rows_where(extracts, "ext_placement_cost", placement_id=one.row_id)
    homes = rows_where(extracts, "ssd_cla_placement", clap_cla_placement_id=one.row_id)
    if not homes:
        return bool(prices)
    (home,) = homes
    kind, provider = home["clap_cla_placement_type"], home["clap_cla_placement_provider"]
    if not prices:
        return budget_line(str(kind), str(provider)) is not None
    first = min(str(price["start_date"]) for price in prices)
    last = max(str(price["end_date"]) for price in prices)
    begun = max(str(home["clap_cla_placement_start_date"]), "2020-08-01")
    return first > begun or last != str(home["clap_cla_placement_end_date"])


SERVICE_RULES: dict[str, Callable[[Extracts, Truth], bool]] = {
    "DQ09": is_dq09,
    "DQ15": is_dq15,
    "DQ16": is_dq16,
    "DQ23": is_dq23,
    "DQ31": is_dq31,
    "DQ32": is_dq32,
    "DQ38": is_dq38,
    "DQ39": is_dq39,
    "DQ45": is_dq45,
}

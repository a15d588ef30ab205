"""What holds of any council's figures, as queries that return what breaks it, the council first.

They read the catalogue, so that a new indicator is held to them too. Families of indicators that
belong together are written out here; one that is not in the build is passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.end_to_end.building import Build

# Percentages of all children looked after at D (A6, C16).
OF_ALL_LOOKED_AFTER = (
    *("lac_age_band_share", "lac_legal_status_share", "three_plus_placements_pct"),
    *("family_based_pct", "placed_with_parents_pct", "kinship_pct", "commissioned_pct"),
    *("foster_placement_pct", "visits_up_to_date_nms_pct", "visits_up_to_date_local_pct"),
    "visits_reg28_strict_pct",
)
# A count and the percentages over it.
SHARED_BASES = {
    "lac_count": OF_ALL_LOOKED_AFTER,
    "ceased": ("ceased_permanence_pct", "ceased_sgo_pct", "adopted_pct_of_ceased"),
    "care_leavers": ("cl_suitable_accommodation_pct", "cl_suitable_r19_literal", "cl_eet_pct"),
    "adoptions": ("adoptions_12m_shobpa_pct",),
}
# Percentages of some of them.
OF_SOME_LOOKED_AFTER = (
    *("long_term_stability_pct", "health_assessment_up_to_date_pct", "dental_up_to_date_pct"),
    *("care_plan_up_to_date_pct", "pep_has_pct", "pathway_plan_up_to_date_lac_pct"),
)
# Percentages of the same people.
SAME_BASE = [("pathway_plan_has_pct", "pathway_plan_up_to_date_pct")]
# Figures of which the second counts no more than the first, on every basis that both have.
PART_OF = {
    "lac_count": (
        *("lac_count_pending_discharge", "lac_uasc", "lac_yot", "lac_ehcp", "commissioned_16plus"),
        "foster_placement_count",
    ),
    "admissions": ("admissions_children",),
    "ceased": ("ceased_children", "ceased_permanence_pct"),
    "ceased_permanence_pct": ("ceased_sgo_cao", "adopted_pct_of_ceased"),
    "ceased_sgo_cao": ("ceased_sgo_pct",),
    "sgo_cao_granted": ("sgo_started",),
    "family_based_pct": ("placed_with_parents_pct", "kinship_pct", "foster_placement_pct"),
    "visits_up_to_date_nms_pct": ("visits_up_to_date_local_pct",),
    "pathway_plan_has_pct": ("pathway_plan_up_to_date_pct",),
    "pathway_plan_up_to_date_pct": ("pathway_plan_up_to_date_lac_pct",),
    "missing_episodes": ("lac_missing_children",),
    "lac_missing_children": ("missing_children_over3",),
    "care_leavers": ("cl_former_uasc",),
    "cl_suitable_r19_literal": ("cl_suitable_accommodation_pct",),
    "adoptions": (
        *("adoptions_12m_shobpa_count", "adoption_a1_days", "adoption_a2_days"),
        "adoption_a10_days",
    ),
}
# The same number in two places.
EQUAL = [
    ("lac_count", "lac_rate_10k"),
    ("lac_count", "lac_rate_10k_dfe"),
    ("lac_count", "lac_age_band_share"),
    ("lac_count", "lac_legal_status_share"),
    ("ceased", "ceased_by_reason"),
    ("foster_placement_count", "foster_placement_pct"),
    ("adoptions", "adopted_pct_of_ceased"),
    ("adoptions_12m_shobpa_count", "adoptions_12m_shobpa_pct"),
]

FIGURES = "(select * from fct_computed_value where status = 'ok')"
WHOLE = "(select * from fct_computed_value where status = 'ok' and breakdown = '')"

# B15: a status that begins within the episode lets a child enter late, at a day in the past.
LATE_STATUS = """
    select la from intermediate.int_episode_legal_statuses
    inner join intermediate.int_recorded_episodes
        using (la, snapshot_month, person_id, episode_number)
    where known_from > start_date
"""
# B4: care that begins otherwise than with S, whatever the models make of it: no earlier row that
# counts leads up to it. Where short breaks or other statuses play a part nothing is concluded.
UNEXPLAINED = f"""
    {LATE_STATUS}
    union all
    select episodes.la from intermediate.int_recorded_episodes as episodes
    where episodes.start_reason is distinct from 'S' and not exists (
        select 1 from intermediate.int_recorded_episodes as earlier
        where (earlier.la, earlier.snapshot_month, earlier.person_id)
            = (episodes.la, episodes.snapshot_month, episodes.person_id)
            and earlier.start_date < episodes.start_date
            and earlier.start_date < coalesce(earlier.end_date, date '9999-12-31')
            and episodes.start_date <= coalesce(earlier.end_date, date '9999-12-31')
    )
    union all
    select episodes.la from intermediate.int_recorded_episodes as episodes
    left join intermediate.int_episode_legal_statuses as statuses
        using (la, snapshot_month, person_id, episode_number)
    where coalesce(statuses.legal_status, 'V3') in ('V3', 'V4')
"""
FLOW = f"""
    with figures as (select * from {WHOLE}),
    pairs as (
        select now.la, now.period_end, now.numerator as stock, earlier.numerator as stock_before,
            came.numerator as came, went.numerator as went,
            now.numerator - earlier.numerator - came.numerator + went.numerator as unexplained
        from figures as now
        inner join figures as earlier
            on (now.la, now.snapshot_month) = (earlier.la, earlier.snapshot_month)
            and earlier.period_end = date_trunc('month', now.period_end) - interval 1 day
            and earlier.indicator_id = '{{stock}}' and earlier.basis = 'month_end'
        inner join figures as came
            on (now.la, now.snapshot_month, now.period_end)
            = (came.la, came.snapshot_month, came.period_end)
            and came.indicator_id = '{{came}}' and came.basis = 'in_month'
        inner join figures as went
            on (now.la, now.snapshot_month, now.period_end)
            = (went.la, went.snapshot_month, went.period_end)
            and went.indicator_id = '{{went}}' and went.basis = 'in_month'
        where now.indicator_id = '{{stock}}' and now.basis = 'month_end'
    )
    select * from pairs where {{wrong}}
"""
CHILDREN = {"stock": "lac_count", "came": "admissions", "went": "ceased"}
HOMES = {"stock": "foster_households", "came": "foster_recruited", "went": "foster_deregistered"}
# The figures of the year to date beside the sum of its months in the same run.
YEAR_TO_DATE = f"""
    with figures as (select * from {FIGURES}),
    first_days as (
        select la, snapshot_month, min(period_end) as first_end from figures group by all
    ),
    years as (
        select *, cast(date_trunc('year', period_end - interval 3 month) + interval 3 month as date)
            as april
        from figures where basis = 'fytd'
    )
    select years.la, years.snapshot_month, years.indicator_id, years.period_end, years.breakdown,
        years.numerator, years.denominator, coalesce(sum(months.numerator), 0) as in_months,
        coalesce(sum(months.denominator), 0) as base_in_months,
        coalesce(max(months.numerator), 0) as largest_month
    from years
    inner join first_days using (la, snapshot_month)
    inner join dim_indicator using (indicator_id)
    left join figures as months
        on (years.la, years.snapshot_month, years.indicator_id, years.breakdown)
        = (months.la, months.snapshot_month, months.indicator_id, months.breakdown)
        and months.basis = 'in_month' and months.period_end between years.april and years.period_end
    where years.april > first_days.first_end
        and years.la not in ({LATE_STATUS})
        and exists (
            select 1 from dim_indicator_basis as bases
            where bases.indicator_id = years.indicator_id and bases.basis = 'in_month'
        )
        and {{kind}}
    group by all having {{wrong}}
"""


@dataclass(frozen=True)
class Invariant:
    """A sentence that is true of every council, and the query for what breaks it."""

    says: str
    sql: str


def broken(build: Build, invariant: Invariant, councils: Sequence[str]) -> list[tuple]:
    """What breaks an invariant in these councils."""
    return [row for row in build.rows(invariant.sql) if row[0] in set(councils)]


def _side_by_side(pairs: Iterable[tuple[str, str]], wrong: str) -> str:
    """Figures of two indicators on the bases that both have; ``one`` is the first of each pair."""
    values = ", ".join(f"('{one}', '{other}')" for one, other in pairs)
    return f"""
        select one.la, one.indicator_id, other.indicator_id, one.period_end, one.basis,
            one.numerator, one.denominator, other.numerator, other.denominator
        from (values {values}) as pairs (one_id, other_id)
        inner join {WHOLE} as one on pairs.one_id = one.indicator_id
        inner join {WHOLE} as other
            on pairs.other_id = other.indicator_id
            and (one.la, one.snapshot_month, one.period_end)
            = (other.la, other.snapshot_month, other.period_end)
            and (one.basis = other.basis or (one.basis, other.basis) = ('month_end', 'rolling_12m'))
        where {wrong}
    """


def _pairs(families: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(one, other) for one, others in families.items() for other in others]


def _same_figure(one: str, other: str) -> str:
    keys = ("la", "snapshot_month", "indicator_id", "period_end", "basis")
    return " and ".join(f"{one}.{key} = {other}.{key}" for key in keys)


# A mean has its number below the line.
_COUNT_OF_OTHER = (
    "case when other.unit in ('days', 'years') then other.denominator else other.numerator end"
)

INVARIANTS = [
    Invariant("no child comes from nowhere", FLOW.format(**CHILDREN, wrong="unexplained < 0")),
    Invariant(
        "the stock is the stock before and who came less who left",
        FLOW.format(**CHILDREN, wrong=f"unexplained <> 0 and la not in ({UNEXPLAINED})"),
    ),
    Invariant(
        "the foster homes are those before and the recruited less the deregistered",
        FLOW.format(**HOMES, wrong="unexplained <> 0"),
    ),
    Invariant(
        "the parts of a breakdown add up to the whole",
        f"""
        select la, indicator_id, period_end, basis, split_part(parts.breakdown, '=', 1) as name,
            sum(parts.numerator) as parts, any_value(whole.numerator) as whole
        from {FIGURES} as parts
        inner join {WHOLE} as whole using (la, snapshot_month, indicator_id, period_end, basis)
        inner join dim_indicator using (indicator_id)
        where parts.breakdown <> ''
        group by la, snapshot_month, indicator_id, period_end, basis, name, dim_indicator.kind
        having abs(sum(parts.numerator) - any_value(whole.numerator)) > 1e-9
            or (dim_indicator.kind in ('percentage', 'mean')
                and sum(parts.denominator) <> any_value(whole.denominator))
            or (dim_indicator.kind = 'share'
                and min(parts.denominator) <> max(whole.denominator))
        """,
    ),
    Invariant(
        "a whole that is not nothing has parts, and closed sets have all of theirs",
        f"""
        select whole.la, whole.indicator_id, whole.period_end, whole.basis, wanted.name
        from {WHOLE} as whole
        inner join (
            select indicator_id, breakdown as name, '' as breakdown, 1 as least
            from dim_indicator where breakdown is not null
            union all
            select indicator_id, further_breakdown, '', 1
            from dim_indicator where further_breakdown is not null
            union all
            select indicator_id, split_part(breakdown, '=', 1), breakdown, 0
            from dim_indicator_category
        ) as wanted on whole.indicator_id = wanted.indicator_id and whole.numerator >= wanted.least
        where not exists (
            select 1 from {FIGURES} as parts
            where {_same_figure("parts", "whole")}
                and split_part(parts.breakdown, '=', 1) = wanted.name
                and wanted.breakdown in ('', parts.breakdown)
        )
        """,
    ),
    Invariant(
        "events of the year to date are the sum of its months",
        YEAR_TO_DATE.format(
            kind="dim_indicator.kind not in ('people', 'rate_per_10000')",
            wrong="abs(years.numerator - in_months) > 1e-6"
            " or coalesce(years.denominator, base_in_months) <> base_in_months",
        ),
    ),
    Invariant(
        "people of the year to date are no more than the sum of its months, and no fewer than any",
        YEAR_TO_DATE.format(
            kind="dim_indicator.kind = 'people' and years.breakdown = ''",
            wrong="years.numerator < largest_month"
            " or (years.numerator > in_months and any_value(dim_indicator.minimum_events) = 1)",
        ),
    ),
    Invariant(
        "a financial year is its year to date on 31 March",
        f"""
        select la, indicator_id, period_end, breakdown, year.numerator, to_date.numerator
        from {FIGURES} as year
        inner join {FIGURES} as to_date
            using (la, snapshot_month, indicator_id, period_end, breakdown)
        where year.basis = 'fy' and to_date.basis = 'fytd'
            and (year.value, year.numerator, year.denominator)
            is distinct from (to_date.value, to_date.numerator, to_date.denominator)
        """,
    ),
    Invariant(
        "every figure is its numerator over its denominator, and empty over nobody",
        """
        select la, indicator_id, period_end, basis, figures.breakdown, value, numerator, denominator
        from fct_computed_value as figures
        inner join dim_indicator using (indicator_id)
        where not coalesce(case
            when status = 'not_available'
                then value is null and numerator is null and denominator is null
            when kind in ('count', 'people', 'sum')
                then value = numerator and value >= 0 and denominator is null
            when denominator = 0 and kind = 'ratio' then value is null
            when denominator = 0
                then value is null and numerator = 0 and note like 'nobody to count%'
            when kind in ('percentage', 'share')
                then numerator between 0 and denominator
                    and abs(value - 100 * numerator / denominator) < 1e-9
            when kind in ('mean', 'ratio') then abs(value - numerator / denominator) < 1e-9
            else numerator >= 0 and abs(value - 10000 * numerator / denominator) < 1e-9
        end, false)
        """,
    ),
    Invariant(
        "behind a figure stand as many rows as it counts, and no person twice at a month end",
        f"""
        with behind as (
            select la, snapshot_month, indicator_id, period_end, basis, count(*) as members,
                count(distinct person_id) as people,
                sum(case when in_numerator then 1 else 0 end) as numerator
            from fct_computed_cohort group by all
        )
        select la, indicator_id, period_end, basis, behind.numerator, members, whole.numerator
        from {WHOLE} as whole
        inner join dim_indicator using (indicator_id)
        left join behind using (la, snapshot_month, indicator_id, period_end, basis)
        where case
            when kind in ('count', 'people')
                then coalesce(behind.numerator, 0) <> whole.numerator
            when kind in ('percentage', 'share')
                then coalesce(behind.numerator, 0) <> whole.numerator
                    or coalesce(behind.members, 0) <> whole.denominator
            when kind = 'mean' then coalesce(behind.members, 0) <> whole.denominator
            else false
        end or (kind = 'people' and people <> members)
        """,
    ),
    Invariant(
        "percentages of the same children have the same base",
        _side_by_side(_pairs(SHARED_BASES), "one.numerator <> other.denominator"),
    ),
    Invariant(
        "percentages of some children have a base within all of them",
        _side_by_side(
            _pairs({"lac_count": OF_SOME_LOOKED_AFTER}), "one.numerator < other.denominator"
        ),
    ),
    Invariant(
        "percentages of the same people have the same base",
        _side_by_side(SAME_BASE, "one.denominator <> other.denominator"),
    ),
    Invariant(
        "who is a part is no more than the whole",
        _side_by_side(_pairs(PART_OF), f"one.numerator < {_COUNT_OF_OTHER}"),
    ),
    Invariant(
        "one number in two places is the same",
        _side_by_side(EQUAL, "one.numerator <> other.numerator"),
    ),
]

-- Grain: one row per review held on a day that cannot be right or is doubtful, and per due date shown that is not the
-- computed one.
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

held_reviews as (
    select * from {{ ref('int_held_reviews') }}
),

reviews as (
    select * from {{ ref('int_reviews') }}
),

extracts as (
    select * from {{ ref('int_extracts_before') }}
),

reviews_before as (
    select distinct la, snapshot_month, review_id, review_date from {{ ref('stg_earlier__cla_reviews') }}
    where not {{ is_yes('cancelled') }}
),

working_days as (
    select * from {{ ref('int_working_days') }}
),

-- C21: the review before is the one actually held before, of the same period of care.
counted_reviews as (
    select
        reviews.*,
        case
            when reviews.review_number > 1
                then lag(reviews.review_date) over (
                        partition by reviews.la, reviews.snapshot_month, reviews.person_id
                        order by reviews.review_date nulls last
                    )
        end as previous_review_date
    from reviews
    inner join snapshots
        on reviews.la = snapshots.la
        and reviews.snapshot_month = snapshots.snapshot_month
        and reviews.period_end = snapshots.snapshot_end
),

-- Reviews from before the extract's history are not in it, so the first two of older care have no sure due date.
-- Where two reviews of a child stand on one day, the figures count one of them.
reviews_with_due_date as (
    select
        held_reviews.*,
        snapshots.snapshot_end,
        case
            when held_reviews.care_start_date >= snapshots.history_from or counted_reviews.review_number > 2
                then counted_reviews.review_due_date
        end as review_due_date,
        counted_reviews.previous_review_date,
        counted_reviews.review_id <> held_reviews.review_id as is_second_of_day,
        coalesce(working_days.is_working_day, true) as is_working_day,
        case
            when reviews_before.review_id is not null and held_reviews.review_date > extracts.extract_date
                then extracts.extract_date
        end as recorded_before_date,
        case
            when extract(day from held_reviews.review_date) <= 12
                and extract(day from held_reviews.review_date) <> extract(month from held_reviews.review_date)
                then make_date(
                        cast(extract(year from held_reviews.review_date) as int),
                        cast(extract(day from held_reviews.review_date) as int),
                        cast(extract(month from held_reviews.review_date) as int)
                    )
        end as swapped_date
    from held_reviews
    inner join snapshots
        on held_reviews.la = snapshots.la
        and held_reviews.snapshot_month = snapshots.snapshot_month
    left join counted_reviews
        on held_reviews.la = counted_reviews.la
        and held_reviews.snapshot_month = counted_reviews.snapshot_month
        and held_reviews.person_id = counted_reviews.person_id
        and held_reviews.review_date = counted_reviews.review_date
    left join working_days
        on held_reviews.la = working_days.la
        and held_reviews.snapshot_month = working_days.snapshot_month
        and held_reviews.review_date = working_days.calendar_date
    left join extracts
        on held_reviews.la = extracts.la
        and held_reviews.snapshot_month = extracts.snapshot_month
    left join reviews_before
        on extracts.la = reviews_before.la
        and extracts.extract_month = reviews_before.snapshot_month
        and held_reviews.review_id = reviews_before.review_id
        and held_reviews.review_date = reviews_before.review_date
),

-- A date far from where it should be makes the reviews after it look wrong too.
reviews_with_place as (
    select
        *,
        coalesce(recorded_due_date, review_due_date) as shown_due_date,
        coalesce(
            review_date > snapshot_end
            or recorded_before_date is not null
            or review_date < care_start_date
            or abs({{ dbt.datediff('coalesce(recorded_due_date, review_due_date)', 'review_date', 'day') }}) > 180,
            false
        ) as is_out_of_place
    from reviews_with_due_date
),

reviews_with_neighbours as (
    select
        *,
        coalesce(lag(is_out_of_place) over (
            partition by la, snapshot_month, person_id, care_number
            order by review_date nulls last, {{ by_row_id('review_id') }}
        ), false) as follows_out_of_place,
        coalesce(is_second_of_day, false) or coalesce(review_date <= previous_review_date + 10, false) as is_soon_after
    from reviews_with_place
),

-- One fault a date: the first of these that holds.
judged_reviews as (
    select
        *,
        case
            when review_date > snapshot_end then 'future'
            when recorded_before_date is not null then 'recorded before'
            when review_date < care_start_date then 'before care'
            when not is_working_day then 'no working day'
            when is_soon_after and not follows_out_of_place then 'soon after'
            when is_out_of_place then 'far from due'
            when follows_out_of_place then null
            when review_date > review_due_date
                and swapped_date <= review_due_date
                and swapped_date > coalesce(previous_review_date, care_start_date)
                then 'swapped'
        end as fault,
        bool_or(is_out_of_place or is_soon_after) over (
            partition by la, snapshot_month, person_id, care_number
        ) as has_doubtful_neighbour
    from reviews_with_neighbours
),

findings as (
    select
        *,
        case source_table when 'ssda903_reviews' then 'review' else 'clar_cla_review_date' end as column_name,
        {{ date_text('review_date') }} as bad_value,
        case fault
            when 'future' then concat('The review is dated ', {{ date_text('review_date') }}, ', after the extract.')
            when 'recorded before'
                then concat(
                        'The review of ', {{ date_text('review_date') }}, ' was recorded as held by ',
                        {{ date_text('recorded_before_date') }}, ' already.'
                    )
            when 'before care'
                then concat(
                        'The review of ', {{ date_text('review_date') }}, ' lies before care began on ',
                        {{ date_text('care_start_date') }}, '.'
                    )
            when 'no working day'
                then concat('The review of ', {{ date_text('review_date') }}, ' is on a weekend or bank holiday.')
            when 'far from due'
                then concat(
                        'The review of ', {{ date_text('review_date') }}, ' was due on ', {{ date_text('shown_due_date') }},
                        ', more than 180 days apart: one of the two is wrong.'
                    )
            when 'soon after'
                then concat(
                        'The review of ', {{ date_text('review_date') }},
                        ' is within ten days of the review before it: one of the two may not have been held.'
                    )
            else concat(
                    'The review of ', {{ date_text('review_date') }}, ' was due on ', {{ date_text('review_due_date') }},
                    '; with day and month swapped (', {{ date_text('swapped_date') }}, ') it would be in time.'
                )
        end as detail
    from judged_reviews
    where fault is not null
    union all
    select
        *,
        'clar_cla_review_due_date' as column_name,
        {{ date_text('recorded_due_date') }} as bad_value,
        concat(
            'The review of ', {{ date_text('review_date') }}, ' is shown as due on ',
            {{ date_text('recorded_due_date') }}, ', but was due on ', {{ date_text('review_due_date') }}, '.'
        ) as detail
    from judged_reviews
    where (fault is null or fault in ('no working day', 'swapped'))
        and not has_doubtful_neighbour
        and abs({{ dbt.datediff('review_due_date', 'recorded_due_date', 'day') }}) > 3
),

final as (
    select distinct
        la,
        snapshot_month,
        person_id,
        source_table as table_name,
        review_id as row_id,
        column_name,
        bad_value,
        detail,
        case
            when column_name = 'clar_cla_review_due_date'
                then 'Due 20 working days after care began, then three months, then six months after the review before.'
            when fault = 'recorded before'
                then concat('ssd_cla_reviews of the extract up to ', {{ date_text('recorded_before_date') }}, '.')
            when fault = 'before care' then 'The episodes of care.'
            when fault = 'soon after' then 'The reviews of the child.'
        end as evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value,
        cast(null as {{ dbt.type_string() }}) as repair_id
    from findings
)

select * from final

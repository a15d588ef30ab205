-- Grain: one row per review held whose participation code does not fit the age of the child, or is not recorded.
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

reviews as (
    select * from {{ ref('int_held_reviews') }}
),

people as (
    select * from {{ ref('int_people') }}
),

code_map as (
    select * from {{ ref('int_code_map') }}
    where domain = 'participation'
),

-- A review dated after the month end has not been held yet.
reviews_with_age as (
    select
        reviews.*,
        nullif(upper(trim(coalesce(code_map.code, reviews.participation))), '') as code,
        {{ age_at('people.birth_date', 'reviews.review_date') }} as age
    from reviews
    inner join snapshots
        on reviews.la = snapshots.la
        and reviews.snapshot_month = snapshots.snapshot_month
        and reviews.review_date <= snapshots.snapshot_end
    left join people
        on reviews.la = people.la
        and reviews.snapshot_month = people.snapshot_month
        and reviews.person_id = people.person_id
    left join code_map
        on reviews.la = code_map.la
        and reviews.snapshot_month = code_map.snapshot_month
        and {{ word('reviews.participation') }} = code_map.word
),

faults as (
    select *, age < 4 as is_under_four
    from reviews_with_age
    where code is null
        or (age >= 4 and code = 'PN0')
        or (age < 4 and code in ('PN1', 'PN2', 'PN3', 'PN4', 'PN5', 'PN6', 'PN7'))
),

final as (
    select
        la,
        snapshot_month,
        person_id,
        source_table as table_name,
        review_id as row_id,
        case source_table when 'ssda903_reviews' then 'review_code' else 'clar_cla_review_participation' end
            as column_name,
        nullif(trim(participation), '') as bad_value,
        concat(
            case
                when code is null then 'No participation code is recorded for the review of '
                when is_under_four then 'A code other than PN0 (under four) is recorded for the review of '
                else 'PN0 (under four) is recorded for the review of '
            end,
            {{ date_text('review_date') }},
            case
                when age is null then '.'
                else concat(', when the child was ', cast(age as {{ dbt.type_string() }}), '.')
            end
        ) as detail,
        case when age is not null then 'The birth date of the child.' end as evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value,
        cast(null as {{ dbt.type_string() }}) as repair_id
    from faults
)

select * from final

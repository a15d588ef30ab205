-- Grain: one row per council, snapshot and person (C26), from either kind of extract.
with

ssd_people as (
    select * from {{ ref('stg_ssd__person') }}
),

ssda903_children as (
    select * from {{ ref('stg_ssda903__header') }}
),

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

recorded_people as (
    select la, snapshot_month, person_id, birth_date, death_date from ssd_people
    union all
    select la, snapshot_month, child_id as person_id, birth_date, cast(null as date) as death_date
    from ssda903_children
),

-- A person recorded twice is one person; a row that gives a birth date goes before one that does not.
final as (
    select
        recorded_people.la,
        recorded_people.snapshot_month,
        recorded_people.person_id,
        recorded_people.birth_date,
        recorded_people.death_date,
        {{ birthday('recorded_people.birth_date', 14) }} as fourteenth_birthday,
        {{ birthday('recorded_people.birth_date', 16) }} as sixteenth_birthday,
        {{ birthday('recorded_people.birth_date', 18) }} as eighteenth_birthday
    from recorded_people
    inner join snapshots
        on recorded_people.la = snapshots.la
        and recorded_people.snapshot_month = snapshots.snapshot_month
    qualify row_number() over (
            partition by recorded_people.la, recorded_people.snapshot_month, recorded_people.person_id
            order by recorded_people.birth_date nulls last, recorded_people.death_date nulls last
        ) = 1
)

select * from final

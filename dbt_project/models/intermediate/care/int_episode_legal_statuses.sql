-- Grain: one row per recorded episode that has a legal status: which, and from when it is known (B15).
-- The status is that at the episode's start; where none runs then, the first that begins within the
-- episode, which counts from the day it begins. Status rows that started later never change it.
with

episodes as (
    select * from {{ ref('int_repaired_episodes') }}
),

legal_statuses as (
    select * from {{ ref('int_legal_status_spans') }}
    where legal_status in {{ sql_list(national_code_sets()['legal_status']) }}
),

statuses_given_on_the_episode as (
    select la, snapshot_month, person_id, episode_number, legal_status, start_date as known_from
    from episodes
    where legal_status is not null
),

candidates as (
    select
        episodes.la,
        episodes.snapshot_month,
        episodes.person_id,
        episodes.episode_number,
        legal_statuses.legal_status,
        greatest(legal_statuses.start_date, episodes.start_date) as known_from
    from episodes
    inner join legal_statuses
        on episodes.la = legal_statuses.la
        and episodes.snapshot_month = legal_statuses.snapshot_month
        and episodes.person_id = legal_statuses.person_id
        and {{ or_open('legal_statuses.end_date') }} > episodes.start_date
        and legal_statuses.start_date < {{ or_open('episodes.end_date') }}
    where episodes.legal_status is null
        and (legal_statuses.end_date is null or legal_statuses.end_date > legal_statuses.start_date)
),

statuses_by_date as (
    select la, snapshot_month, person_id, episode_number, legal_status, known_from
    from candidates
    qualify row_number() over (
            partition by la, snapshot_month, person_id, episode_number
            order by known_from nulls last, {{ legal_status_rank('legal_status') }} nulls last, legal_status nulls last
        ) = 1
),

final as (
    select * from statuses_given_on_the_episode
    union all
    select * from statuses_by_date
)

select * from final

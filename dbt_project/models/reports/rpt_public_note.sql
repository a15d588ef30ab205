-- Grain: one row per sentence that must stand on the front page of the published month.
with

publications as (
    select * from {{ ref('dim_publication') }}
),

coverage as (
    select * from {{ ref('fct_legal_status_coverage') }}
),

unmapped_values as (
    select *, replace(domain, '_', ' ') as domain_words
    from {{ ref('fct_unmapped_value') }}
),

children_without_legal_status as (
    select
        coverage.la,
        1 as note_order,
        'no_legal_status' as kind,
        concat(
            case
                when coverage.children_without between 1 and 5 then 'A small number of children (1 to 5)'
                else concat(cast(coverage.children_without as {{ dbt.type_string() }}), ' children')
            end,
            ' with an open episode of care have no usable legal status recorded. They are not counted as looked after',
            ' until it is.'
        ) as message
    from coverage
    inner join publications
        on coverage.la = publications.la
        and coverage.snapshot_month = publications.month
    where coverage.children_without > 0
),

words_not_mapped as (
    select
        unmapped_values.la,
        2 as note_order,
        'unmapped' as kind,
        concat(
            cast(count(*) as {{ dbt.type_string() }}), case when count(*) = 1 then ' word' else ' words' end,
            ' in the extracts (', {{ joined_text('distinct unmapped_values.domain_words', ', ', 'unmapped_values.domain_words') }},
            ') could not be matched to a national code and ', case when count(*) = 1 then 'is' else 'are' end,
            ' listed for the data team. No child leaves the number of looked after children for it.'
        ) as message
    from unmapped_values
    inner join publications
        on unmapped_values.la = publications.la
        and unmapped_values.snapshot_month = publications.month
    where unmapped_values.domain <> 'legal_status'
    group by unmapped_values.la
),

final as (
    select * from children_without_legal_status
    union all
    select * from words_not_mapped
)

select * from final

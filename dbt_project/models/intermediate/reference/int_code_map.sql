-- Grain: one row per council, snapshot, domain and word: the national code that a word stands for.
-- The council's own map goes first; a word that already is a code stands for itself.
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

code_map as (
    select * from {{ ref('stg_reference__code_map') }}
),

end_reasons as (
    select * from {{ ref('stg_reference__rec') }}
),

legal_statuses as (
    select * from {{ ref('stg_reference__legal_status') }}
),

national_codes as (
    {% for domain, codes in national_code_sets().items() -%}
        {% set last_domain = loop.last -%}
        {% for code in codes -%}
            select '{{ domain }}' as domain, '{{ code }}' as code{% if not (loop.last and last_domain) %}
                union all{% endif %}
        {% endfor %}
    {%- endfor %}
),

mapped_words as (
    select la, snapshot_month, lower(domain) as domain, {{ word('source_value') }} as word, trim(code) as code, 1 as turn
    from code_map
    union all
    select la, snapshot_month, 'end_reason' as domain, {{ word('source_value') }} as word, trim(code) as code, 1 as turn
    from end_reasons
    union all
    select la, snapshot_month, 'legal_status' as domain, {{ word('source_value') }} as word, trim(code) as code, 1 as turn
    from legal_statuses
    union all
    select
        snapshots.la, snapshots.snapshot_month, national_codes.domain,
        lower(national_codes.code) as word, national_codes.code, 2 as turn
    from snapshots
    cross join national_codes
),

-- A word mapped twice: the first code in order, so that the order of the file does not decide.
final as (
    select la, snapshot_month, domain, word, code
    from mapped_words
    where word is not null and code is not null
    qualify row_number() over (
            partition by la, snapshot_month, domain, word order by turn nulls last, code nulls last
        ) = 1
)

select * from final

-- Grain: one row per known recording issue: the catalogue, read from the YAML beside each dq_ model.
{% for issue in recording_issue_catalogue() -%}
    select
        {{ text_or_null(issue.id) }} as issue_id,
        {{ text_or_null(issue.title) }} as title,
        {{ text_or_null(issue.description) }} as description,
        {{ text_or_null(issue.severity) }} as severity,
        {{ text_or_null(issue.owner) }} as owner,
        {{ text_or_null(issue.affects | join(';')) }} as affects,
        {{ text_or_null(issue.effect) }} as effect,
        {{ text_or_null(issue.repaired) }} as repaired,
        {{ text_or_null(issue.to_do) }} as to_do,
        {{ 'true' if issue.is_told_once else 'false' }} as is_told_once,
        cast({{ issue.version }} as int) as rule_version
    {% if not loop.last %}union all{% endif %}
{% endfor %}

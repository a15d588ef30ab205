-- Grain: one row per recording issue looked for in the published month's extract: what it is, how many were found,
-- and which figures it moved. For everyone: small numbers are hidden.
{{ dq_issues_of(is_public=true) }}

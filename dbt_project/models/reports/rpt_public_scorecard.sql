-- Grain: one row per scorecard indicator of the published month. For everyone: small numbers are hidden.
{{ scorecard_of(is_public=true) }}

-- Grain: one row per scorecard indicator and month, thirteen months to the published one.
-- For everyone: small numbers are hidden.
{{ trend_of(is_public=true) }}

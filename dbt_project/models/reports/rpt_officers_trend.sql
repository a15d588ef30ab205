-- Grain: one row per scorecard indicator and month, thirteen months to the published one.
-- For officers: nothing is hidden.
{{ trend_of(is_public=false) }}

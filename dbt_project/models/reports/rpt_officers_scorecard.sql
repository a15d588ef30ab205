-- Grain: one row per scorecard indicator of the published month. For officers: nothing is hidden.
{{ scorecard_of(is_public=false) }}

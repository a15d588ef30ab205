-- Grain: one row per scorecard figure of the published month, on its headline basis and for the year to date: as
-- recorded and after repair. For officers: nothing is hidden.
{{ dq_impacts_of(is_public=false) }}

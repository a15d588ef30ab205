-- Grain: one row per sentence that must stand on the front page of the published month.
-- For officers: nothing is hidden.
{{ notes_of(is_public=false) }}

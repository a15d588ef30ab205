-- Grain: one row per sentence that must stand on the front page of the published month.
-- For everyone: small numbers are hidden.
{{ notes_of(is_public=true) }}

-- Grain: one row per part of a figure of the published month, such as one reason for leaving care.
-- For everyone: small numbers are hidden.
{{ parts_of(is_public=true) }}

-- Grain: one row per part of a figure of the published month, such as one reason for leaving care.
-- For officers: nothing is hidden.
{{ parts_of(is_public=false) }}

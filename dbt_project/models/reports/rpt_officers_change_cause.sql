-- Grain: one row per figure of an earlier month that reads otherwise than in the pack before, table whose records explain
-- it, and team (empty for all teams together). For officers: nothing is hidden.
{{ change_causes_of(is_public=false) }}

-- Grain: one row per figure of an earlier month that reads otherwise than in the pack before, and table whose records
-- explain it. For everyone: small numbers are hidden.
{{ change_causes_of(is_public=true) }}

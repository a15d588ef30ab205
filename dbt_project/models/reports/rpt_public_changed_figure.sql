-- Grain: one row per figure of an earlier month that reads otherwise than in the pack before.
-- For everyone: small numbers are hidden.
{{ changed_figures_of(is_public=true) }}

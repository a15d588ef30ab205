-- Grain: one row per figure of an earlier month that reads otherwise than in the pack before.
-- For officers: nothing is hidden.
{{ changed_figures_of(is_public=false) }}

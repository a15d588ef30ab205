-- Grain: one row per figure of the pack and change of its definition: old beside new.
-- For officers: nothing is hidden.
{{ definition_changes_of(is_public=false) }}

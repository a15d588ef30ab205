-- Grain: one row per figure of the pack and change of its definition: old beside new.
-- For everyone: small numbers are hidden.
{{ definition_changes_of(is_public=true) }}

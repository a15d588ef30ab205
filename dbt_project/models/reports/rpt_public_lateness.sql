-- Grain: one row per snapshot of the last thirteen and table: how long after the event its new records were first in an
-- extract. For everyone: small numbers are hidden.
{{ lateness_of(is_public=true) }}

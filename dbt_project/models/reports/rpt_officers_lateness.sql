-- Grain: one row per snapshot of the last thirteen, table and team (empty for all teams together): how long after the
-- event its new records were first in an extract. For officers: nothing is hidden.
{{ lateness_of(is_public=false) }}

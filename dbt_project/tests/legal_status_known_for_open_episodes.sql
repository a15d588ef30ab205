-- More than 1% of the open episodes of the published month have no usable legal status: their children would
-- drop out of every figure, so nothing is published (A5, F12). Complete ref_legal_status or the extract.
select coverage.la, coverage.snapshot_month, coverage.open_episodes, coverage.episodes_without
from {{ ref('fct_legal_status_coverage') }} as coverage
inner join {{ ref('dim_publication') }} as publications
    on coverage.la = publications.la
    and coverage.snapshot_month = publications.snapshot_month
where coverage.episodes_without > 0.01 * coverage.open_episodes

-- Each row is a number in a line that would still tell a small one; see fct_hidden_number.
select
    la,
    line_id,
    cell_id
from {{ ref('fct_hidden_number') }}
where gives_away

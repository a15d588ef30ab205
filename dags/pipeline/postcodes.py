"""Postcodes: the authority they lie in, and the sector that is all we keep of them (ruling C)."""

from __future__ import annotations

# "s601ab", " S60  1AB" and the sector "S60 1" all become one spelling with one space.
_OUTWARD = r"^([A-Z]{1,2}[0-9][A-Z0-9]?)"


def spaced(column: str) -> str:
    """Return the SQL for a postcode with one space in it; null where the text is none."""
    bare = rf"regexp_replace(upper({column}), '[^A-Z0-9]', '', 'g')"
    # With a space in the source the two parts are known; without one the inward part has 3 letters.
    full = rf"regexp_replace({bare}, '^(.+)([0-9][A-Z]{{2}})$', '\1 \2')"
    parted = rf"upper(regexp_replace(trim({column}), '\s+', ' '))"
    return (
        rf"case when regexp_matches({full}, '{_OUTWARD} [0-9][A-Z]{{2}}$') then {full}"
        rf" when regexp_matches({parted}, '{_OUTWARD}( [0-9])?$') then {parted} end"
    )


def sector(spaced_postcode: str) -> str:
    """Return the SQL that cuts a spaced postcode to its sector, ``S60 1``."""
    return rf"regexp_replace({spaced_postcode}, '^(\S+ [0-9]).*$', '\1')"


# The authority of each postcode: that of its longest prefix in ref_postcode_la. A prefix that ends
# in a digit is whole: S6 is not the beginning of S60.
AUTHORITIES = r"""
select
    postcodes.postcode,
    arg_max(areas.council, lengths.n) as council
from (select distinct {postcode} as postcode from {source}) as postcodes
cross join (select unnest(range(1, 9)) as n) as lengths
inner join areas
    on areas.prefix = left(postcodes.postcode, lengths.n)
    and lengths.n <= length(postcodes.postcode)
    and not regexp_matches(substr(postcodes.postcode, lengths.n, 2), '^([0-9][0-9]|[A-Z][A-Z])$')
group by postcodes.postcode
"""

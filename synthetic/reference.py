"""The reference files that belong to the council: who it is, its population, its postcodes."""

import csv
from datetime import date
from pathlib import Path

from synthetic.places import POSTCODE_AREAS
from synthetic.settings import CouncilSettings

RATE_PER_10000 = 100.0
NEIGHBOURS = ("X99000991", "X99000992")
GROWTH_A_YEAR = 0.0035


def write_reference(settings: CouncilSettings, folder: Path) -> None:
    """Write ref_council, ref_population and ref_postcode_la."""
    folder.mkdir(parents=True, exist_ok=True)
    history = settings.history_from.isoformat()
    _write(
        folder / "ref_council.csv",
        ("la", "name", "history_from"),
        [(settings.la, settings.name, history)],
    )
    _write(
        folder / "ref_population.csv",
        ("la", "estimate_date", "published_on", "pop_0_17"),
        _populations(settings),
    )
    prefixes = zip(POSTCODE_AREAS, (settings.la, *NEIGHBOURS), strict=True)
    _write(folder / "ref_postcode_la.csv", ("postcode_prefix", "la"), list(prefixes))


def _populations(settings: CouncilSettings) -> list[tuple[object, ...]]:
    """Return the mid-year estimates; each is published in the June after it (section 5)."""
    rows: list[tuple[object, ...]] = []
    last_year = settings.last_day.year
    for year in range(settings.history_from.year - 3, last_year):
        drift = (1 + GROWTH_A_YEAR) ** (year - last_year + 1)
        population = round(settings.children * 10000 / RATE_PER_10000 * drift) + (year % 7) * 3
        published = date(year + 1, 6, 23 + year % 5)
        rows.append((settings.la, date(year, 6, 30), published, population))
    return rows


def _write(path: Path, header: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)

"""Reads what the monthly calculation index (MCI) is worth in tenge in a year; fines and payments are counted in it."""

from collections.abc import Iterable

from bot.flows.directory.tables import Problem, Reading, Table

FIRST_YEAR, LAST_YEAR = 2026, 2100
LEAST, MOST = 3_932, 100_000
"""Tenge: what it was in 2025, and far more than it can become."""


def read_amounts(tables: Iterable[Table], file: str) -> tuple[dict[int, int], tuple[Problem, ...]]:
    """Tenge by year, and what is wrong; with any problem the file that holds them counts for nothing."""
    found: dict[int, int] = {}
    problems: list[Problem] = []
    for table in tables:
        reading = Reading(table, file, f"amount {table.get('year')!s:.10}")
        reading.only(("year", "tenge", "read", "sources"))
        year, tenge = table.get("year"), table.get("tenge")
        if not _between(year, FIRST_YEAR, LAST_YEAR):
            reading.refuse(
                "wrong_year", f"year is not a number from {FIRST_YEAR} to {LAST_YEAR} without quotation marks"
            )
        elif year in found:
            reading.refuse("twice", "this year stands there twice; keep one of them")
        if not _between(tenge, LEAST, MOST):
            reading.refuse(
                "wrong_amount", f"tenge is not a number from {LEAST} to {MOST}, such as 4325: what one MCI is"
            )
        reading.day("read")
        reading.sources(required=True)
        problems += reading.problems
        if isinstance(year, int) and isinstance(tenge, int):
            found[year] = tenge
    return found, tuple(problems)


def _between(found: object, least: int, most: int) -> bool:
    """Whether it is a whole number in this range; true and false are none, though Python counts with them."""
    return isinstance(found, int) and not isinstance(found, bool) and least <= found <= most

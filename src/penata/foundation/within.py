"""The condition that a key is one of many: ``unit_id__within=units`` for a set of our own integer keys.

``__in`` makes a parameter of every key. A unit with a thousand units below it then costs every page several
milliseconds of writing, sending and planning. Keys handed out together lie side by side, so they are written as the
few runs they form.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Field, ForeignKey, Lookup

SHORT = 4  # keys side by side from which a run is written as a range


@lru_cache(maxsize=512)
def runs(keys: frozenset[int]) -> tuple[tuple[tuple[int, int], ...], tuple[int, ...]]:
    """Return *keys* as ranges (first, last) and the keys that lie in none."""
    ranges: list[tuple[int, int]] = []
    single: list[int] = []
    run: list[int] = []

    def close() -> None:
        if len(run) >= SHORT:
            ranges.append((run[0], run[-1]))
        else:
            single.extend(run)
        run.clear()

    for key in sorted(keys):
        if run and key != run[-1] + 1:
            close()
        run.append(key)
    close()
    return tuple(ranges), tuple(single)


@Field.register_lookup
@ForeignKey.register_lookup
class Within(Lookup[Any]):
    """See the module. The keys are written into the statement: they are integers, whoever asks."""

    lookup_name = "within"
    prepare_rhs = False

    def __init__(self, lhs: Any, rhs: Iterable[int]) -> None:
        """Keep the keys; raises ValueError or TypeError for what is not a number."""
        super().__init__(lhs, frozenset(int(key) for key in rhs))

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Return the condition; no key at all is found nowhere."""
        if not self.rhs:
            raise EmptyResultSet
        ranges, single = runs(self.rhs)
        column, params = self.process_lhs(compiler, connection)
        parts = [f"{column} BETWEEN {first} AND {last}" for first, last in ranges]
        if single:
            parts.append(f"{column} IN ({', '.join(map(str, single))})")
        return f"({' OR '.join(parts)})", [*params] * len(parts)

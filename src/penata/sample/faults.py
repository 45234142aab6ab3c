"""Faults planted in a clean agency: where they go, and the ledger that remembers them.

An *anomali* is something that reading accepts and that a check of validation (warning) or of integrity should find; a
*galat* must be refused. Every fault takes a row of its own, so that the ledger can be compared with the findings.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from penata.sample.chance import Chance
from penata.snapshot.schema import TABLES

LEDGER = {"macam": pl.String, "jenis": pl.String, "tabel": pl.String, "subjek": pl.String, "keterangan": pl.String}


@dataclass
class Planting:
    """Tables being spoiled; ``taken`` holds the subjects per table that already carry a fault."""

    tables: dict[str, pl.DataFrame]
    per: date
    rng: np.random.Generator
    macam: str = ""
    rate: float = 0.0
    taken: dict[str, set[str]] = field(default_factory=dict)
    rows: list[dict[str, str]] = field(default_factory=list)

    def choose(self, table: str, share: float, among: pl.Expr | None = None, *, key: str | None = None) -> list[str]:
        """Take *share* of the rate of the rows of *table* that fulfil *among*; at least one where there is any.

        Returns values of *key* (the table's first key column unless named); none of them is taken again.
        """
        frame = self.tables[table]
        column = key or TABLES[table].key[0]
        possible = frame if among is None else frame.filter(among)
        values = [value for value in possible[column].unique(maintain_order=True).to_list() if value is not None]
        used = self.taken.setdefault(table, set())
        free = [value for value in values if value not in used]
        count = min(len(free), max(1, round(self.rate * share * frame[column].n_unique())))
        chosen = [str(free[place]) for place in self.rng.permutation(len(free))[:count]]
        used.update(chosen)
        return chosen

    def change(self, table: str, chosen: list[str], *, key: str | None = None, **values: Any) -> None:
        """Set columns of the rows whose key is among *chosen*."""
        column = key or TABLES[table].key[0]
        hit = pl.col(column).is_in(chosen)
        self.tables[table] = self.tables[table].with_columns(
            pl.when(hit).then(value).otherwise(pl.col(name)).alias(name) for name, value in values.items()
        )

    def note(self, jenis: str, table: str, subjects: list[str], text: str) -> None:
        """Write the ledger."""
        self.rows += [
            {"macam": self.macam, "jenis": jenis, "tabel": table, "subjek": subject, "keterangan": text}
            for subject in subjects
        ]

    def random_of(self, values: list[str], size: int) -> list[str]:
        """Return *size* values drawn with repetition."""
        return [values[place] for place in self.rng.integers(0, len(values), size)]


Fault = Callable[[Planting], None]


def plant(
    tables: Mapping[str, pl.DataFrame], *, per: date, benih: int, anomali: float, galat: float
) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
    """Return *tables* with faults at the two rates (0..1) and the ledger: macam, jenis, tabel, subjek, keterangan."""
    from penata.sample.anomalies import ANOMALIES
    from penata.sample.errors import ERRORS

    planting = Planting(dict(tables), per, Chance(benih).stream("cacat"))
    for macam, rate, faults in (("galat", galat, ERRORS), ("anomali", anomali, ANOMALIES)):
        planting.macam, planting.rate = macam, rate
        for fault in faults if rate > 0 else ():
            fault(planting)
    return planting.tables, pl.DataFrame(planting.rows, schema=LEDGER)


def leaves(planting: Planting) -> pl.Expr:
    """Return the condition for posisi that are nobody's superior."""
    superiors = planting.tables["posisi"]["atasan"].drop_nulls().unique().to_list()
    return ~pl.col("kode").is_in(superiors)

"""The checks by their stable codes. A check is a function from the agency to the rows that are wrong, plus sentences.

Each subject module registers its checks here; :data:`CHECKS` lists them for manuals and tests.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl

from penata.analysis.integritas.bahan import Bahan
from penata.foundation.findings import Level, empty, findings
from penata.language import _
from penata.snapshot.validation.agency import fill

Finder = Callable[[Bahan], pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what it looks for, why that matters, and the sentences of its findings (Indonesian, untranslated).

    ``find`` returns one row per finding: column ``subject`` (key in ``table``) and one column for every place in
    ``message`` and ``remedy``, as text or whole numbers.
    """

    code: str
    title: str
    level: Level
    table: str
    why: str
    message: str
    remedy: str
    find: Finder = field(repr=False)

    def run(self, bahan: Bahan) -> pl.DataFrame:
        """Return the findings of this check."""
        rows = self.find(bahan)
        if rows.is_empty():
            return empty()
        parts = {name: pl.col(name) for name in rows.columns}
        return findings(
            rows.select(
                code=pl.lit(self.code),
                level=pl.lit(self.level.value),
                message=fill(_(self.message), parts),
                remedy=fill(_(self.remedy), parts),
                table=pl.lit(self.table),
                subject=pl.col("subject").cast(pl.String),
            )
        )


CHECKS: dict[str, Check] = {}


def check(
    code: str, title: str, level: Level, *, table: str = "posisi", why: str, message: str, remedy: str
) -> Callable[[Finder], Finder]:
    """Register the decorated function as check *code*."""

    def register(find: Finder) -> Finder:
        if code in CHECKS:
            raise ValueError(f"check {code} is registered twice")
        CHECKS[code] = Check(code, title, level, table, why, message, remedy, find)
        return find

    return register

"""What was left out of a run (``--lanjut``): the rows that are wrong themselves, and those that only refer to them."""

from dataclasses import dataclass

import polars as pl

from penata.analysis.penataan import Penataan
from penata.foundation.findings import Level
from penata.snapshot.schema import TABLES
from penata.snapshot.validation.catalogue import REFUSED_REFERENCE


@dataclass(frozen=True)
class Ditolak:
    """The refused rows of a run.

    ``jumlah`` rows in all; ``per_lembar`` their number by sheet title. ``sebab``: the findings (galat) that refused
    rows in their own right, gravest place first. ``ikutan``: how many rows were refused only because they refer to one
    of those.
    """

    jumlah: int
    per_lembar: dict[str, int]
    sebab: pl.DataFrame
    ikutan: int


def refused(done: Penataan) -> Ditolak:
    """Return what *done* left out; nothing when no row was refused."""
    direct, following = split_errors(done.temuan)
    counts = {TABLES[name].title: count for name, count in done.snapshot.refused.items() if count}
    total = sum(counts.values())
    return Ditolak(total, counts, direct if total else direct.clear(), following.height if total else 0)


def split_errors(findings: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the errors among *findings* that are wrong themselves, and those that follow from another refused row."""
    errors = findings.filter(pl.col("level") == Level.GALAT.value)
    follows = pl.col("code") == REFUSED_REFERENCE.code
    return errors.filter(~follows), errors.filter(follows)

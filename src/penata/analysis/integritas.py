"""Integrity of the map: checks with stable codes, each with a remedy, over columns."""

import polars as pl

from penata.analysis.kebutuhan import Kebutuhan
from penata.analysis.peta import Peta
from penata.rulebook.legislation import Law
from penata.snapshot.snapshot import Snapshot


def check_integritas(snapshot: Snapshot, kebutuhan: Kebutuhan, peta: Peta, *, law: Law) -> pl.DataFrame:
    """Return a findings frame (penata.foundation.findings) with codes I01.. for everything that does not add up."""
    raise NotImplementedError

"""Integrity of the map: checks with stable codes, each with a remedy, over columns.

One module per subject registers its checks; what is noisy is told once per jabatan or perangkat daerah.
"""

import polars as pl

from penata.analysis.integritas import beban, garis, jabatan, kursi, pegawai, unit  # noqa: F401 - they register checks
from penata.analysis.integritas.bahan import Bahan
from penata.analysis.integritas.catalogue import CHECKS as _REGISTERED
from penata.analysis.integritas.catalogue import Check
from penata.analysis.kebutuhan import Kebutuhan
from penata.analysis.peta import Peta
from penata.foundation.findings import merge
from penata.rulebook.legislation import Law
from penata.snapshot.snapshot import Snapshot

CHECKS: dict[str, Check] = dict(sorted(_REGISTERED.items()))

__all__ = ["CHECKS", "Check", "check_integritas"]


def check_integritas(snapshot: Snapshot, kebutuhan: Kebutuhan, peta: Peta, *, law: Law) -> pl.DataFrame:
    """Return a findings frame (penata.foundation.findings) with codes I01.. for everything that does not add up.

    Gravest first, then by code and subject; the same for the same content in any order of rows.
    """
    bahan = Bahan(snapshot, kebutuhan, peta, law)
    found = merge(*(item.run(bahan) for item in CHECKS.values()))
    return found.unique(maintain_order=True)

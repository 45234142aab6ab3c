"""Workload through a reorganisation: it goes with its posisi, and ends where the need was decided anew."""

from collections.abc import Mapping

import polars as pl

from penata.domain import sheets
from penata.domain.sheets import Delta, Writing
from penata.foundation.periods import in_force

TABLE = "beban_kerja"


def carry_workload(before: Mapping[str, pl.DataFrame], after: Mapping[str, pl.DataFrame], writing: Writing) -> bool:
    """Write the workload of the units that posisi with tasks left or reached, or whose need was decided; tell whether.

    The ABK of such a unit is carried on from the day with the tasks of the posisi it then has. One whose unit keeps no
    tasks ends: what it stated is now stated by the unit that the posisi went to.
    """
    rows = after[TABLE]
    living = before[TABLE].join(after["posisi"].select(posisi="kode"), on="posisi", how="semi")
    gone = living.join(rows.select("posisi").unique(), on="posisi", how="anti")
    place = (
        before["posisi"]
        .select("kode", lama="unit")
        .join(after["posisi"].select("kode", baru="unit"), on="kode", how="left")
    )
    tasks = pl.concat([before[TABLE].select("posisi"), rows.select("posisi")]).unique()
    moved = place.join(tasks, left_on="kode", right_on="posisi", how="semi").filter(
        pl.col("baru").is_not_null() & (pl.col("lama") != pl.col("baru"))
    )
    decided = place.join(gone.select(kode="posisi").unique(), on="kode", how="semi")
    units = pl.concat([moved["lama"], moved["baru"], decided["baru"]]).unique().sort()
    if units.is_empty():
        return False
    here = after["posisi"].filter(pl.col("unit").is_in(units.implode())).select("unit", posisi="kode")
    kept = rows.join(here.select("posisi"), on="posisi", how="semi")
    # Rows that stay as they are name the units whose ABK is to be written anew.
    sheets.sheet(TABLE).write(Delta(kept.clear(), kept, kept, gone, tuple(kept.columns)), writing)
    still = pl.concat([kept, gone]).join(here, on="posisi")["unit"].unique()
    _end(units.filter(~units.is_in(still.implode())).to_list(), writing)
    return True


def _end(units: list[str], writing: Writing) -> None:
    """End the ABK in force of units that have no tasks any more."""
    abk = sheets.sheet(TABLE).models[-1]
    rows = abk._meta.base_manager.filter(in_force(writing.as_of), status="ditetapkan", unit__kode__in=units)
    ended = pl.DataFrame({"id": list(rows.values_list("pk", flat=True))}, schema={"id": pl.Int64})
    writing.journal.update(abk, ended.with_columns(selesai=pl.lit(writing.as_of)))

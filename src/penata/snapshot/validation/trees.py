"""The two trees: units under units, posisi under posisi. Cycles, self-reference and extra roots."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from penata.snapshot.tree import Tree, build_tree
from penata.snapshot.validation.agency import Agency
from penata.snapshot.validation.catalogue import POSISI_CYCLE, SECOND_ROOT, SELF_REFERENCE, UNIT_CYCLE, Check

SHOWN_MEMBERS = 8  # members of a cycle that the sentence names


def check(agency: Agency) -> None:
    """Report cycles and self-reference in both trees, and unit roots beyond the first."""
    _check_tree(agency, "posisi", "atasan", POSISI_CYCLE)
    units, tree = _check_tree(agency, "unit", "induk", UNIT_CYCLE)
    _check_roots(agency, units, tree)


def _check_tree(agency: Agency, name: str, above: str, cycle: Check) -> tuple[pl.DataFrame, Tree]:
    """Report what turns back on itself; return the rows, one per code and sorted by it, with their tree."""
    itself = pl.col(above) == pl.col("kode")
    agency.report(SELF_REFERENCE, name, agency[name].filter(itself), above)
    # One row per code (duplicates have their own finding), sorted, so that no sentence depends on the order of rows.
    rows = agency[name].filter(pl.col("kode").is_not_null()).sort("kode", "_origin", "_row", "_i")
    rows = rows.unique("kode", keep="first", maintain_order=True)
    upward = rows.select(pl.when(~itself).then(above)).to_series()
    tree = build_tree(rows["kode"].to_list(), upward.to_list())
    members = rows.with_columns(pl.Series("_cycle", tree.cycle)).filter(pl.col("_cycle") >= 0)
    if not members.is_empty():
        starts = np.flatnonzero(tree.cut)
        told = pl.DataFrame({"_cycle": starts, "_members": _way_round(rows["kode"], upward, starts)})
        agency.report(cycle, name, members.join(told, on="_cycle"), above, {"members": pl.col("_members")})
    return rows, tree


def _way_round(codes: pl.Series, upward: pl.Series, starts: NDArray[np.int64]) -> pl.Series:
    """Write each cycle from its smallest code on: ``A → B → A``, with an ellipsis when it is long."""
    links = pl.DataFrame({"at": codes, "next": upward})
    way = pl.DataFrame({"0": codes.gather(starts)})
    for step in range(SHOWN_MEMBERS):
        way = way.join(
            links.rename({"at": str(step), "next": str(step + 1)}), on=str(step), how="left", maintain_order="left"
        )
        # The way ends where it began: what follows is nothing, and is not written.
        came_back = pl.col(str(step)) == pl.col("0")
        if step:
            way = way.with_columns(pl.when(~came_back).then(str(step + 1)).alias(str(step + 1)))
    last = pl.col(str(SHOWN_MEMBERS))
    open_end = pl.when(last.is_not_null() & (last != pl.col("0"))).then(pl.lit("…"))
    return way.select(pl.concat_str(pl.all(), open_end, separator=" → ", ignore_nulls=True)).to_series()


def _check_roots(agency: Agency, units: pl.DataFrame, tree: Tree) -> None:
    """Where units form a tree, the root with the most units under it is the agency; others lost their parent."""
    tops = units.with_columns(pl.Series("_size", tree.size)).filter(pl.col("induk").is_null())
    if tops.height < 2 or units["induk"].null_count() == units.height:
        return
    main = str(tops.sort(["_size", "kode"], descending=[True, False])["kode"][0])
    agency.report(SECOND_ROOT, "unit", tops.filter(pl.col("kode") != main), "induk", {"root": main})

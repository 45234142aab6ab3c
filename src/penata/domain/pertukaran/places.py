"""To which unit a row belongs, and whether the account may change it there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from penata.domain import sheets
from penata.domain.organisasi.models import Unit
from penata.domain.pertukaran import checks
from penata.domain.pertukaran.compare import Comparison
from penata.domain.pertukaran.merging import DEFINITIF
from penata.foundation import bulk
from penata.foundation.access.reader import Reader, Scope
from penata.language import _
from penata.snapshot.schema import TABLES
from penata.snapshot.validation.agency import FINDINGS_SCHEMA, fill
from penata.snapshot.validation.catalogue import Check

WHOLE_AGENCY = ("jabatan", "standar_kompetensi", "pelatihan")  # catalogues belong to no unit


@dataclass(frozen=True)
class Places:
    """Where posisi and people are: posisi -> unit (kode), and NIP -> posisi held definitively."""

    posisi: pl.DataFrame  # posisi, unit
    seats: pl.DataFrame  # nip, seat

    @classmethod
    def of(cls, tables: Mapping[str, pl.DataFrame]) -> "Places":
        """Return the places that *tables* (posisi, pemangku) state."""
        held = tables["pemangku"].filter(pl.col("jenis") == DEFINITIF)
        return cls(
            tables["posisi"].select(posisi="kode", unit="unit").unique("posisi", keep="last"),
            held.select("nip", seat="posisi").unique("nip", keep="last"),
        )

    def units(self, table: str, rows: pl.DataFrame) -> pl.Series:
        """Return the unit (kode) of each of *rows* of *table*; null for what belongs to none."""
        columns = TABLES[table].polars_schema
        if table == "unit":
            return rows["kode"]
        if table == "posisi":
            return rows["unit"]
        if table in WHOLE_AGENCY:
            return pl.Series("unit", [None] * rows.height, dtype=pl.String)
        posisi = rows.select("posisi") if table in {"pegawai", "pemangku", "beban_kerja"} else None
        if posisi is None:
            seated = rows.select("nip").join(self.seats, on="nip", how="left", maintain_order="left")
            posisi = seated.select(posisi="seat")
        assert "nip" in columns or "posisi" in columns
        return posisi.join(self.posisi, on="posisi", how="left", maintain_order="left")["unit"]


def unit_ids(codes: pl.Series) -> pl.Series:
    """Return the ids of units by code; null for one that the database does not know (yet)."""
    known = bulk.keys(Unit, "kode", "unit")
    return codes.alias("unit").to_frame().join(known, on="unit", how="left", maintain_order="left")["unit_id"]


def within(scope: Scope, codes: pl.Series) -> pl.Series:
    """Return for each unit code whether *scope* holds there."""
    if scope.whole:
        return pl.Series([True] * len(codes), dtype=pl.Boolean)
    return unit_ids(codes).is_in(list(scope.units)).fill_null(value=False)


def visible(table: str, by: Reader, as_of: date) -> pl.DataFrame:
    """Return the rows of *table* that the account may see; raises ForbiddenError without the permission."""
    sheet = sheets.sheet(table)
    by.require(sheet.view_permission, anywhere=True)
    rows, scope = sheet.read(as_of), by.scope(sheet.view_permission)
    if scope.whole or table in WHOLE_AGENCY:
        return rows
    places = Places.of({name: sheets.read(name, as_of) for name in ("posisi", "pemangku")})
    return rows.filter(within(scope, places.units(table, rows)))


def out_of_bounds(
    comparisons: Mapping[str, Comparison], before: Places, after: Places, by: Reader
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the places of changes that *by* may not make, and the findings that say so.

    A row is judged where it stands and where it would go; a row that stays as it is, is nobody's business.
    """
    places: list[pl.DataFrame] = []
    found: list[pl.DataFrame] = []
    for name, one in comparisons.items():
        permission = sheets.sheet(name).permission
        scope = by.scope(permission)
        if scope.whole:
            continue
        rows = pl.concat([one.delta.new, one.delta.changed])
        stood = pl.concat([one.delta.new, one.delta.before])
        at = pl.concat([one.new_at, one.changed_at])
        unit = after.units(name, rows)
        good = within(scope, unit)
        moved = within(scope, before.units(name, stood)) | (
            pl.int_range(rows.height, eager=True) < one.delta.new.height
        )
        if name == "pemangku":  # and where the person came from
            left = before.units("asesmen", rows)
            moved &= within(scope, left) | left.is_null()
        wrong = ~(good & moved)
        if not wrong.any():
            continue
        places.append(at.filter(wrong))
        check = checks.OUT_OF_SCOPE if by.may(permission) else checks.NOT_PERMITTED
        found.append(_told(check, name, rows.with_columns(unit.alias("_unit"), *at.get_columns()).filter(wrong)))
    nothing = pl.DataFrame(schema={"_origin": pl.Int32, "_row": pl.Int64})
    return (
        pl.concat([nothing, *places]).filter(pl.col("_row").is_not_null()).unique(),
        # A person and the seat derived from the same row are one thing to whoever wrote the row.
        pl.concat([pl.DataFrame(schema=FINDINGS_SCHEMA), *found]).unique(
            ["_origin", "row"], keep="first", maintain_order=True
        ),
    )


def _told(check: Check, table: str, rows: pl.DataFrame) -> pl.DataFrame:
    key = TABLES[table].key[0]
    parts = {
        "unit": pl.col("_unit").fill_null(_("tidak bertaut dengan unit mana pun")),
        "sheet": pl.lit(TABLES[table].title),
    }
    cells = {
        "code": pl.lit(check.code), "level": pl.lit(check.level.value), "row": pl.col("_row"), "column": pl.lit(key),
        "value": pl.col(key), "message": fill(_(check.message), parts), "remedy": pl.lit(_(check.remedy)),
        "table": pl.lit(table), "subject": pl.col(key), "_origin": pl.col("_origin"),
    }  # fmt: skip
    return rows.select(cells.get(name, pl.lit(None)).cast(kind).alias(name) for name, kind in FINDINGS_SCHEMA.items())

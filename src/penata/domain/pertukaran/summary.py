"""A plan told to people: counts per table, fields that change, and a few rows old -> new."""

from datetime import date
from typing import Any

import polars as pl

from penata.domain.pertukaran.compare import Comparison
from penata.domain.pertukaran.plan import Plan, side_effects
from penata.foundation.findings import Level
from penata.language import _
from penata.snapshot.schema import TABLES, Column, Kind

SAMPLES = 5  # rows shown per table and kind
NAMES = 20
FINDINGS = 50  # shown on the page; the workbook has them all


def summarise(plan: Plan) -> dict[str, Any]:
    """Return *plan* as JSON holds it."""
    levels = dict(plan.findings["level"].value_counts().iter_rows())
    shown = plan.findings.filter(pl.col("level") != Level.KETERANGAN.value).head(FINDINGS)
    return {
        "tabel": [_table(one, plan.refused.get(name, 0)) for name, one in plan.comparisons.items()],
        "akibat": [{"teks": text, "jumlah": n, "nama": names[:NAMES]} for text, n, names in side_effects(plan)],
        "temuan": {level.value: levels.get(level.value, 0) for level in Level},
        "contoh_temuan": shown.to_dicts(),
        "catatan": plan.findings.filter(pl.col("level") == Level.KETERANGAN.value).head(20)["message"].to_list(),
        "terhalang": plan.blocked,
    }


def _table(one: Comparison, refused: int) -> dict[str, Any]:
    delta = one.delta
    return {
        "nama": one.table,
        "judul": TABLES[one.table].title,
        "baru": delta.new.height,
        "berubah": delta.changed.height,
        "tetap": one.unchanged,
        "berakhir": delta.gone.height,
        "ditolak": refused,
        "kolom": _fields(one),
        "contoh_baru": _new(one),
        "contoh_berubah": _changed(one),
    }


def _key(table: str, row: dict[str, Any]) -> str:
    names = (*TABLES[table].key, *(("nama",) if table in {"unit", "pegawai", "pelatihan"} else ()))
    return " · ".join(text(TABLES[table].column(name), row[name]) for name in names)


def _fields(one: Comparison) -> list[dict[str, Any]]:
    """Return the columns that change, with how many rows each."""
    found = []
    for column in TABLES[one.table].columns:
        differs = int((~one.delta.changed[column.name].eq_missing(one.delta.before[column.name])).sum())
        if differs:
            found.append({"judul": column.title, "jumlah": differs})
    return found


def _new(one: Comparison) -> list[dict[str, Any]]:
    columns = [column for column in TABLES[one.table].columns if column.name not in TABLES[one.table].key]
    rows = one.delta.new.head(SAMPLES).with_columns(_row=one.new_at["_row"].head(SAMPLES))
    return [
        {
            "kunci": _key(one.table, row),
            "baris": row["_row"],
            "isi": [{"judul": c.title, "baru": text(c, row[c.name])} for c in columns if row[c.name] is not None][:6],
        }
        for row in rows.to_dicts()
    ]


def _changed(one: Comparison) -> list[dict[str, Any]]:
    rows = one.delta.changed.head(SAMPLES).to_dicts()
    before = one.delta.before.head(SAMPLES).to_dicts()
    places = one.changed_at["_row"].head(SAMPLES).to_list()
    return [
        {
            "kunci": _key(one.table, row),
            "baris": place,
            "isi": [
                {"judul": c.title, "lama": text(c, old[c.name]), "baru": text(c, row[c.name])}
                for c in TABLES[one.table].columns
                if old[c.name] != row[c.name]
            ],
        }
        for row, old, place in zip(rows, before, places, strict=True)
    ]


def text(column: Column, value: Any) -> str:
    """Return *value* as people write it in a cell; nothing for what is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, date):
        return value.strftime("%d-%m-%Y")
    if isinstance(value, float) and column.kind is Kind.DECIMAL:
        return f"{value:.10g}".replace(".", ",")
    return str(value)

"""Workbooks of the map: posisi in map order with cumulative figures, and the columns of the national planning."""

from math import ceil
from pathlib import Path

import polars as pl

from penata.analysis.peta import Peta
from penata.analysis.proyeksi import exits
from penata.domain.peta_jabatan.gambaran import Gambaran
from penata.foundation.spreadsheet.book import Field, Look, Sheet, write_book
from penata.language import _
from penata.report.peta.drawing import Imprint

# The national planning takes files of at most so many rows.
BEZETTING_ROWS, USULAN_ROWS = 10_000, 1_000


def write_map_book(peta: Peta, target: Path, imprint: Imprint) -> None:
    """Write the map as a workbook: posisi indented along the reporting lines, then the units."""
    least = int(peta.posisi["kedalaman"].min() or 0)  # type: ignore[arg-type]
    indent = pl.lit("    ").repeat_by(pl.col("kedalaman") - least).list.join("")
    posisi = peta.posisi.with_columns(jabatan=indent + pl.col("jabatan"))
    shallow = int(peta.unit["kedalaman"].min() or 0)  # type: ignore[arg-type]
    unit = peta.unit.with_columns(
        nama=pl.lit("    ").repeat_by(pl.col("kedalaman") - shallow).list.join("") + pl.col("nama"),
        selisih=pl.col("lebih") - pl.col("kurang"),
    )
    caption = _caption(imprint, _("B bezetting, K kebutuhan, +/- selisih B − K."))
    write_book(
        target,
        [
            Sheet("Peta jabatan", _("Peta jabatan"), caption, posisi, (
                Field("kode", "Kode posisi", 14), Field("jabatan", "Nama jabatan", 40), Field("nama_unit", "Unit", 28),
                Field("nama_perangkat_daerah", "Perangkat daerah", 24), Field("atasan", "Kode posisi atasan", 14),
                Field("jenis", "Jenis jabatan", 14), Field("kelas", "Kelas jabatan", 8, Look.WHOLE),
                Field("bezetting", "B", 8, Look.WHOLE, total=True), Field("kebutuhan", "K", 8, Look.TWO, total=True),
                Field("selisih", "+/-", 8, Look.SIGNED_TWO, total=True), Field("keadaan", "Keadaan", 12),
                Field("plt", "Plt", 6, Look.WHOLE, total=True),
                Field("bezetting_kumulatif", "B kumulatif", 10, Look.WHOLE),
                Field("kebutuhan_kumulatif", "K kumulatif", 10, Look.TWO),
                Field("selisih_kumulatif", "+/- kumulatif", 10, Look.SIGNED_TWO), Field("status", "Status posisi", 10),
            )),
            Sheet("Unit", _("Unit"), caption, unit, (
                Field("kode", "Kode unit", 12), Field("nama", "Nama unit", 40), Field("jenis", "Jenis unit", 14),
                Field("posisi", "Posisi", 8, Look.WHOLE, total=True),
                Field("bezetting", "B", 8, Look.WHOLE, total=True), Field("kebutuhan", "K", 8, Look.TWO, total=True),
                Field("selisih", "+/-", 8, Look.SIGNED_TWO, total=True),
                Field("kurang", "Kurang", 8, Look.TWO, total=True), Field("lebih", "Lebih", 8, Look.TWO, total=True),
                Field("kosong", "Kosong", 8, Look.WHOLE, total=True),
            )),
        ],
        author=imprint.agency,
    )  # fmt: skip


def planning(found: Gambaran, peta: Peta) -> pl.DataFrame:
    """Return per posisi of *peta* what the planning asks for: bezetting, pensiun_5 and usulan beside the map's columns.

    ``usulan``: people to be asked for so that K is filled when those who retire within five years have left; whole
    people, none below nought. A posisi that is not aktif asks for nobody.
    """
    until = pl.lit(found.snapshot.per).dt.offset_by("5y")
    retiring = (
        exits(found.snapshot, found.peta, law=found.law)
        .filter((pl.col("sebab") == "pensiun") & (pl.col("keluar") <= until))
        .group_by("posisi")
        .agg(pensiun_5=pl.len().cast(pl.Int64))
    )
    rows = peta.posisi.join(retiring, left_on="kode", right_on="posisi", how="left", maintain_order="left")
    missing = pl.col("kebutuhan") - (pl.col("bezetting") - pl.col("pensiun_5"))
    asked = pl.when(pl.col("status") == "aktif").then(missing.ceil().clip(lower_bound=0)).otherwise(0)
    return rows.with_columns(pl.col("pensiun_5").fill_null(0)).with_columns(usulan=asked.cast(pl.Int64).fill_null(0))


def write_planning(found: Gambaran, peta: Peta, target: Path, imprint: Imprint) -> None:
    """Write the planning workbook; as many sheets as the limits of the national system ask for."""
    rows = planning(found, peta)
    columns = (
        Field("kode", "Kode posisi", 14), Field("jabatan", "Nama jabatan", 40), Field("jenis", "Jenis jabatan", 14),
        Field("jenjang", "Jenjang", 12), Field("kelas", "Kelas jabatan", 8, Look.WHOLE),
        Field("unit", "Kode unit", 12), Field("nama_unit", "Unit organisasi", 30),
        Field("nama_perangkat_daerah", "Perangkat daerah", 26),
        Field("kebutuhan", "Kebutuhan (ABK)", 11, Look.TWO, total=True),
        Field("bezetting", "Bezetting ASN", 11, Look.WHOLE, total=True),
        Field("pensiun_5", "Pensiun 5 tahun", 11, Look.WHOLE, total=True),
        Field("usulan", "Usulan formasi", 11, Look.WHOLE, total=True,
              note=_("Kebutuhan − (bezetting − pensiun 5 tahun), dibulatkan ke atas, paling sedikit nol.")),
    )  # fmt: skip
    caption = _caption(imprint, _("Usulan = kebutuhan − (bezetting − pensiun 5 tahun), paling sedikit nol."))
    asked = rows.filter(pl.col("usulan") > 0).sort("usulan", "urut", descending=[True, False])
    write_book(
        target,
        [
            *_sheets("Bezetting", _("Bezetting dan kebutuhan"), caption, rows, columns, BEZETTING_ROWS),
            *_sheets("Usulan", _("Usulan formasi"), caption, asked, columns, USULAN_ROWS),
        ],
        author=imprint.agency,
    )


def _sheets(
    tab: str, title: str, caption: str, rows: pl.DataFrame, fields: tuple[Field, ...], most: int
) -> list[Sheet]:
    parts = max(ceil(rows.height / most), 1)
    return [
        Sheet(tab if parts == 1 else f"{tab} {part + 1}", title, caption, rows.slice(part * most, most), fields)
        for part in range(parts)
    ]


def _caption(imprint: Imprint, words: str) -> str:
    base = _("{agency}, keadaan per {day}.").format(agency=imprint.agency, day=imprint.day)
    return " ".join(part for part in (base, words, imprint.remark) if part)

"""One jabatan across units: load, need, holders and effectiveness side by side, the median, and who is far from it."""

from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db.models import Count, Q

from penata.domain.beban_kerja.hitung import BARIS, compute
from penata.domain.beban_kerja.kewajaran import norm_minutes
from penata.domain.beban_kerja.models import Abk, AbkBaris
from penata.domain.beban_kerja.queries import living, posisi_frame
from penata.domain.jabatan.models import Jabatan
from penata.domain.organisasi.tree import pohon
from penata.domain.peraturan.queries import law
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.periods import in_force
from penata.foundation.spreadsheet.titles import fold_words
from penata.rulebook.legislation import Law

MEASURES = ("beban", "kebutuhan_hitung", "ej")
TASK_MEASURES = ("volume", "norma")
OFFERED = 40  # jabatan and tasks to choose from


@dataclass(frozen=True)
class Banding:
    """The comparison of one jabatan.

    ``unit``: abk_id, unit_id, unit, status, posisi, baris, beban, kebutuhan_hitung, kebutuhan, bezetting, ej, and of
    the chosen task volume (a year) and norma (minutes); each measure m has ``m_arah`` -1, 0 or 1: far below, within or
    far above the median. ``median``: measure to its median. ``tugas``: the tasks, most common first, as (folded, text,
    number of units). ``kali`` and ``pembanding`` are the agency's limit.
    """

    jabatan: str
    unit: pl.DataFrame
    median: dict[str, float]
    tugas: list[tuple[str, str, int]]
    terpilih: str
    law: Law
    kali: float
    pembanding: int


def jabatan_choices(reader: Reader, cari: str = "") -> list[tuple[int, str, int]]:
    """Return jabatan that stand in ABK of several units the reader sees: id, name and number of units."""
    here = reader.scope(Permission.ABK_LIHAT).filter("posisi_masa__posisi__abk_baris__abk__unit_id")
    rows = Jabatan.objects.filter(
        here & in_force(reader.as_of, "posisi_masa__") & living(reader.as_of, "posisi_masa__posisi__abk_baris__abk__")
    )
    if cari:
        rows = rows.filter(nama__icontains=cari)
    counted = rows.annotate(n=Count("posisi_masa__posisi__abk_baris__abk__unit_id", distinct=True))
    return list(counted.order_by("-n", "nama").values_list("id", "nama", "n")[:OFFERED])


def compare(reader: Reader, jabatan_id: int, tugas: str = "") -> Banding | None:
    """Return the comparison over the units the reader sees, or None when the jabatan is unknown."""
    jabatan = Jabatan.objects.filter(pk=jabatan_id).values_list("nama", flat=True).first()
    if jabatan is None:
        return None
    the_law = law(reader.as_of)
    limit = the_law.value("abk.kewajaran_norma")
    rows, told = _rows(reader, jabatan_id)
    posisi = _posisi(reader, rows)
    reckoned = compute(rows, posisi, law=the_law)
    by_task = _tasks(reckoned.baris, told, the_law)
    offered = _offered(by_task)
    chosen = tugas if tugas in {key for key, _text, _n in offered} else (offered[0][0] if offered else "")
    unit = _units(reckoned.posisi, told).join(_task(by_task, chosen), on="abk_id", how="left")
    names = {key: node.nama for key, node in pohon(reader.as_of).by_id.items()}
    unit = unit.with_columns(unit=pl.Series([names.get(key, "") for key in unit["unit_id"]], dtype=pl.String))
    unit, median = _marked(unit, float(limit["kali"]), int(limit["pembanding"]))
    return Banding(
        jabatan, unit.sort("unit", "abk_id"), median, offered, chosen, the_law, float(limit["kali"]),
        int(limit["pembanding"]),
    )  # fmt: skip


def _rows(reader: Reader, jabatan_id: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the rows of one ABK per unit (the one in force, else the latest), and posisi -> abk, unit, status."""
    scope = reader.scope(Permission.ABK_LIHAT)
    of_jabatan = Q(posisi__masa__jabatan_id=jabatan_id) & in_force(reader.as_of, "posisi__masa__")
    found = AbkBaris.objects.filter(of_jabatan & living(reader.as_of, "abk__") & scope.filter("abk__unit_id"))
    columns = ("abk_id", "abk__unit_id", "abk__status", "abk__tahun", *BARIS)
    schema: dict[str, Any] = {
        "abk_id": pl.Int64, "unit_id": pl.Int64, "status": pl.String, "tahun": pl.Int64, **BARIS,
    }  # fmt: skip
    frame = pl.DataFrame(list(found.order_by("id").values_list(*columns)), schema=schema, orient="row")
    ruling = (pl.col("status") == Abk.Status.DITETAPKAN.value).cast(pl.Int8)
    best = (
        frame.select("unit_id", "abk_id", "tahun", _ruling=ruling)
        .sort("unit_id", "_ruling", "tahun", "abk_id")
        .unique("unit_id", keep="last", maintain_order=True)
    )
    frame = frame.join(best.select("abk_id"), on="abk_id", how="semi", maintain_order="left")
    told = frame.select("posisi_id", "abk_id", "unit_id", "status").unique(maintain_order=True)
    return frame.select(*BARIS), told


def _posisi(reader: Reader, rows: pl.DataFrame) -> pl.DataFrame:
    return posisi_frame(Q(posisi_id__in=rows["posisi_id"].unique().to_list()), reader.as_of)


def _units(posisi: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """Return load, need, holders and effectiveness of the jabatan per unit."""
    summed = told.join(posisi.drop("unit_id", "status"), on="posisi_id")
    measured = pl.col("beban").is_not_null().any()
    effective = (pl.col("ej") * pl.col("bezetting")).sum() / pl.col("bezetting").filter(
        pl.col("ej").is_not_null()
    ).sum()
    return summed.group_by("abk_id", "unit_id", "status").agg(
        posisi=pl.len(),
        baris=pl.col("baris").sum(),
        beban=pl.when(measured).then(pl.col("beban").sum()),
        kebutuhan_hitung=pl.when(measured).then(pl.col("kebutuhan_hitung").sum()),
        kebutuhan=pl.when(measured).then(pl.col("kebutuhan").sum()),
        bezetting=pl.col("bezetting").sum(),
        ej=pl.when(pl.col("ej").is_not_null().any()).then(effective),
    )


def _tasks(rows: pl.DataFrame, told: pl.DataFrame, the_law: Law) -> pl.DataFrame:
    """Return every row with its folded task, its norm in minutes and its volume a year."""
    folded = pl.Series([fold_words(task) for task in rows["tugas"]], dtype=pl.String)
    norma = norm_minutes(rows, law=the_law)
    return rows.with_columns(kunci=folded, norma=norma, setahun=rows["menit"] / norma).join(
        told.select("posisi_id", "abk_id"), on="posisi_id"
    )


def _offered(rows: pl.DataFrame) -> list[tuple[str, str, int]]:
    counted = rows.group_by("kunci").agg(text=pl.col("tugas").min(), n=pl.col("abk_id").n_unique())
    return list(counted.sort(["n", "text"], descending=[True, False]).head(OFFERED).iter_rows())


def _task(rows: pl.DataFrame, chosen: str) -> pl.DataFrame:
    """Return volume a year and norm time of the chosen task per ABK."""
    mine = rows.filter(pl.col("kunci") == chosen)
    finite = pl.col("setahun").filter(pl.col("setahun").is_finite())
    return mine.group_by("abk_id").agg(
        volume=pl.when(finite.len() > 0).then(finite.sum()), norma=pl.col("norma").median()
    )


def _marked(unit: pl.DataFrame, kali: float, least: int) -> tuple[pl.DataFrame, dict[str, float]]:
    """Add the direction in which each measure lies far from its median, where enough units have it."""
    median: dict[str, float] = {}
    for name in (*MEASURES, *TASK_MEASURES):
        known = unit[name].drop_nulls()
        middle = known.median()
        direction = pl.lit(0, dtype=pl.Int8)
        if isinstance(middle, int | float):
            median[name] = float(middle)
            if len(known) > least:
                direction = (
                    pl.when(pl.col(name) > middle * kali)
                    .then(1)
                    .when(pl.col(name) < middle / kali)
                    .then(-1)
                    .otherwise(0)
                )
        unit = unit.with_columns(direction.alias(f"{name}_arah"))
    return unit, median

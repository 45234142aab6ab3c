"""Need by ratio: one person per so many kelas, tempat tidur or penduduk, beside the need that the ABK finds.

Norms and figures are data of the agency. The rounding is a variant of the rulebook's ``abk.pembulatan`` that the norm
names, so a ratio rounds exactly as a workload does.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from django.db.models import Q

from penata.domain.beban_kerja.models import RasioNilai, RasioNorma
from penata.domain.beban_kerja.queries import need_in_force, posisi_frame
from penata.domain.organisasi.tree import pohon
from penata.domain.peraturan.queries import law
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.periods import in_force
from penata.rulebook import abk
from penata.rulebook.legislation import Law, load_parameter

NORMA: dict[str, Any] = {
    "norma_id": pl.Int64, "jabatan_id": pl.Int64, "jabatan": pl.String, "satuan": pl.String, "pembagi": pl.Float64,
    "pembulatan": pl.String,
}  # fmt: skip
NILAI: dict[str, Any] = {"unit_id": pl.Int64, "satuan": pl.String, "tahun": pl.Int64, "jumlah": pl.Float64}


def pembulatan_choices() -> list[tuple[str, str]]:
    """Return the rounding policies a norm may name: the variants of the parameter."""
    return [(name, name.replace("-", " ")) for name in load_parameter("abk.pembulatan").variants]


def norma_in_force(as_of: date) -> list[RasioNorma]:
    """Return the norms in force, by jabatan and unit of measure."""
    rows = RasioNorma.objects.filter(in_force(as_of)).select_related("jabatan")
    return list(rows.order_by("jabatan__nama", "satuan"))


def nilai_of(reader: Reader, tahun: int, satuan: Sequence[str]) -> pl.DataFrame:
    """Return the figures of the units the reader sees: the one of *tahun*, else the latest before it."""
    rows = RasioNilai.objects.filter(
        reader.scope(Permission.ABK_LIHAT).filter("unit_id"), satuan__in=satuan, tahun__lte=tahun
    )
    data = rows.order_by("unit_id", "satuan", "tahun").values_list(*NILAI)
    frame = pl.DataFrame(list(data), schema=NILAI, orient="row")
    return frame.unique(["unit_id", "satuan"], keep="last", maintain_order=True)


def compute_rasio(norma: pl.DataFrame, nilai: pl.DataFrame, posisi: pl.DataFrame, *, law: Law) -> pl.DataFrame:
    """Return per norm and unit what the ratio asks for, beside the need of the ABK.

    *posisi*: one row per posisi with unit_id, jabatan_id, bezetting, kebutuhan (of the ABK in force, null without).
    Result: norma_id, jabatan, satuan, unit_id, tahun, jumlah, pembagi, hitung (unrounded), rasio, abk, bezetting,
    selisih (rasio - abk). A unit has a line where it has the jabatan or a figure; without a figure rasio is null.
    """
    known = pl.col("kebutuhan").is_not_null().any()
    held = posisi.group_by("unit_id", "jabatan_id").agg(
        abk=pl.when(known).then(pl.col("kebutuhan").sum()), bezetting=pl.col("bezetting").sum()
    )
    by_post = norma.join(held, on="jabatan_id").select("norma_id", "unit_id")
    by_figure = norma.join(nilai, on="satuan").select("norma_id", "unit_id")
    rows = (
        pl.concat([by_post, by_figure])
        .unique()
        .join(norma, on="norma_id")
        .join(nilai, on=["unit_id", "satuan"], how="left")
        .join(held, on=["unit_id", "jabatan_id"], how="left")
        .with_columns(hitung=pl.col("jumlah") / pl.col("pembagi"))
        .sort("jabatan", "satuan", "norma_id", "unit_id")
    )
    rounded = pl.concat(
        [
            part.with_columns(rasio=_rounded(part["hitung"], str(name), law))
            for (name,), part in rows.partition_by("pembulatan", as_dict=True).items()
        ]
        or [rows.with_columns(rasio=pl.lit(None, dtype=pl.Int64))]
    )
    return rounded.with_columns(selisih=pl.col("rasio") - pl.col("abk")).sort(
        "jabatan", "satuan", "norma_id", "unit_id"
    )


def _rounded(need: pl.Series, policy: str, law: Law) -> pl.Series:
    # The norm names its own rounding: that goes before the agency's choice for the ABK, and before its own value.
    overlay = {name: value for name, value in law.overlay.items() if name != "abk.pembulatan"}
    chosen = Law(law.as_of, {**law.settings, "abk.pembulatan": policy}, overlay)
    values = need.fill_null(float("nan")).to_numpy()
    whole = abk.round_need_column(values, np.zeros(len(values), bool), law=chosen)
    return pl.Series(whole, dtype=pl.Int64).replace(abk.NO_NEED, None)


def rasio_of(reader: Reader, tahun: int, jabatan_id: int | None = None) -> pl.DataFrame:
    """Return the need by ratio of every unit the reader sees, with the name of the unit."""
    norms = [n for n in norma_in_force(reader.as_of) if jabatan_id in {None, n.jabatan_id}]
    norma = pl.DataFrame(
        [(n.pk, n.jabatan_id, n.jabatan.nama, n.satuan, n.pembagi, n.pembulatan) for n in norms],
        schema=NORMA, orient="row",
    )  # fmt: skip
    nilai = nilai_of(reader, tahun, norma["satuan"].unique().to_list())
    scope = reader.scope(Permission.ABK_LIHAT).filter("unit_id")
    where = Q(jabatan_id__in=norma["jabatan_id"].unique().to_list()) & ~Q(status="dihapus") & scope
    need = need_in_force(reader.as_of).select(kode="posisi", kebutuhan="kebutuhan")
    posisi = posisi_frame(where, reader.as_of).join(need, on="kode", how="left")
    found = compute_rasio(norma, nilai, posisi, law=law(reader.as_of))
    names = {unit: node.nama for unit, node in pohon(reader.as_of).by_id.items()}
    return found.with_columns(
        unit=pl.col("unit_id").replace_strict(names, default="", return_dtype=pl.String) if names else pl.lit("")
    )

"""Features of every posisi as columns: what it asks of whoever is appointed, and how people are matched with it.

What the catalogue of the agency asks comes on top of what the law asks; the stricter of both counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from penata.analysis import _kernel as kernel
from penata.analysis._kamus import (
    bits_of,
    catalogue,
    fold,
    ids_of,
    items_of,
    numbered,
    tingkat_column,
    with_rumpun,
)
from penata.analysis._kernel import MUTASI, NOT_ASKED, KolomKursi
from penata.analysis._syarat_jabatan import (
    age_same_family,
    experience_asked,
    hukuman_bits,
    least_education,
    least_golongan,
    months_of,
    per_class,
    per_way,
    requirements,
    status_bits,
    tenure_asked,
)
from penata.analysis.letak import locate
from penata.rulebook.bup import bup_column
from penata.rulebook.golongan import order as golongan_order
from penata.rulebook.jabatan import jenjang_from_name
from penata.rulebook.jpm import standard_level_column
from penata.rulebook.legislation import Law
from penata.rulebook.syarat import Syarat, education_order, predikat_order
from penata.snapshot.snapshot import Snapshot
from penata.snapshot.vocabulary import KOMPETENSI_INTI

__all__ = ["Kursi", "describe_kursi", "fold"]


@dataclass(frozen=True)
class Kursi:
    """Posisi j is row j of ``tabel`` (order of code) and of the arrays of ``kolom``.

    ``tabel``: kode, jabatan, jenis, jenjang, rumpun, kelas, unit, nama_unit, status, kritis, pendidikan_min,
    golongan_min, golongan_maks, pengalaman_min, bidang_studi, sertifikat (as the catalogue writes them).
    ``kamus`` maps a folded word to its id, by subject: rumpun, jabatan, bidang, kompetensi, sertifikat, wilayah.
    ``bup`` the distinct ages (years) behind the column ``bup``. ``syarat`` by class and way; ``jalur`` (T, T).
    """

    tabel: pl.DataFrame
    kolom: KolomKursi
    kamus: Mapping[str, Mapping[str, int]]
    bup: NDArray[np.int16]
    syarat: Mapping[tuple[int, int], Syarat]
    index: Mapping[str, int] = field(repr=False)

    @property
    def kode(self) -> list[str]:
        """Codes of all posisi."""
        return self.tabel["kode"].to_list()

    def __len__(self) -> int:
        return self.tabel.height


def describe_kursi(snapshot: Snapshot, *, law: Law) -> Kursi:
    """Return the features of every posisi of *snapshot*."""
    table = _table(snapshot)
    tingkat = tingkat_column(table["jenis"], table["jenjang"])
    kamus = {
        "rumpun": numbered(table["kunci_rumpun"]),
        "pokok": numbered(table["pokok"]),
        "jabatan": numbered(table["kunci_jabatan"]),
        "bidang": numbered(items_of(table["bidang_studi"]).struct.field("item")),
        "sertifikat": numbered(items_of(table["sertifikat"]).struct.field("item")),
        "wilayah": numbered(table["kunci_wilayah"]),
    }
    syarat = requirements(sorted(set(tingkat.tolist()) - {0}), law=law)
    profil, standar, kamus["kompetensi"] = _standards(snapshot, table, law=law)
    bup, bup_place = np.unique(_bup(table, law=law), return_inverse=True)
    kolom = KolomKursi(
        halangan=_closed(table),
        tingkat=tingkat,
        rumpun=ids_of(table["kunci_rumpun"], kamus["rumpun"]),
        pokok=ids_of(table["pokok"], kamus["pokok"]),
        jabatan=ids_of(table["kunci_jabatan"], kamus["jabatan"]),
        kelas=_numbers(table["kelas"], np.int16),
        golongan_min=np.maximum(_golongan(table["golongan_min"]), per_class(tingkat, syarat, least_golongan)),
        golongan_maks=_golongan(table["golongan_maks"]),
        pendidikan=np.maximum(_education(table["pendidikan_min"]), per_class(tingkat, syarat, least_education)),
        bidang=bits_of(table["bidang_studi"], kamus["bidang"]),
        bidang_diminta=table["bidang_studi"].is_not_null().to_numpy(),
        masa_min=tenure_asked(tingkat, syarat),
        pengalaman=experience_asked(table, tingkat, syarat),
        usia=per_way(
            tingkat, syarat, np.int16, lambda by, asked: months_of(asked.usia_maks) if by != MUTASI else NOT_ASKED
        ),
        usia_serumpun=age_same_family(table, law=law),
        bup=bup_place.astype(np.int16),
        status=per_way(tingkat, syarat, np.int8, lambda by, asked: status_bits(asked), nothing=0),
        hukuman=per_way(tingkat, syarat, np.int8, lambda by, asked: hukuman_bits(asked), nothing=0),
        predikat=per_way(
            tingkat, syarat, np.int8, lambda by, asked: int(predikat_order([asked.predikat_min or ""])[0])
        ),
        tahun_predikat=per_way(tingkat, syarat, np.int8, lambda by, asked: asked.tahun_predikat, nothing=0),
        sertifikat=bits_of(table["sertifikat"], kamus["sertifikat"]),
        wilayah=ids_of(table["kunci_wilayah"], kamus["wilayah"]),
        profil=profil,
        **standar,
    )
    kept = table.drop("kunci_rumpun", "kunci_jabatan", "kunci_wilayah", "pokok", "bup")
    index = {kode: j for j, kode in enumerate(table["kode"])}
    return Kursi(kept, kolom, kamus, bup.astype(np.int16), syarat, index)


def _table(snapshot: Snapshot) -> pl.DataFrame:
    """Return the posisi in order of code with what the catalogue and the map say about them."""
    wanted = catalogue(snapshot).select(
        "kunci_jabatan", pl.col("jenis", "jenjang", "kelas").name.suffix("_katalog"), "rumpun", "pendidikan_min",
        "bidang_studi", "golongan_min", "golongan_maks", "pengalaman_min", "sertifikat", "bup",
    )  # fmt: skip
    places = locate(snapshot).posisi.select("kode", pl.col("unit").alias("kode_unit"), "nama_unit")
    units = _wilayah(snapshot)
    posisi = snapshot["posisi"].with_columns(kunci_jabatan=fold("jabatan"))
    joined = posisi.join(wanted, on="kunci_jabatan", how="left", maintain_order="left")
    joined = joined.join(places, on="kode", how="left", maintain_order="left")
    joined = joined.join(units, on="kode_unit", how="left", maintain_order="left")
    named = joined.with_columns(
        jenis=pl.coalesce("jenis", "jenis_katalog"),
        jenjang=pl.coalesce("jenjang", "jenjang_katalog"),
        kelas=pl.coalesce("kelas", "kelas_katalog"),
    )
    spoken = pl.col("jabatan").map_elements(jenjang_from_name, return_dtype=pl.String)
    named = named.with_columns(
        jenjang=pl.when(pl.col("jenis") == "fungsional").then(pl.coalesce("jenjang", spoken)),
    )
    return with_rumpun(named).select(
        "kode", "jabatan", "jenis", "jenjang", "rumpun", "kelas", pl.col("kode_unit").alias("unit"), "nama_unit",
        "status", "kritis", "pendidikan_min", "golongan_min", "golongan_maks", "pengalaman_min", "bidang_studi",
        "sertifikat", "wilayah", "bup", "kunci_jabatan", "kunci_rumpun", "kunci_wilayah", "pokok",
    )  # fmt: skip


def _wilayah(snapshot: Snapshot) -> pl.DataFrame:
    """Return kode_unit, wilayah and its key; a unit without wilayah has that of the nearest unit above it."""
    unit = snapshot["unit"].select("kode", "induk", "wilayah")
    above = unit.select(induk="kode", wilayah_induk="wilayah", induk_berikut="induk")
    for _step in range(unit.height):
        open_ = unit.filter(pl.col("wilayah").is_null() & pl.col("induk").is_not_null()).height
        if not open_:
            break
        unit = unit.join(above, on="induk", how="left", maintain_order="left").select(
            "kode",
            induk=pl.when(pl.col("wilayah").is_null()).then("induk_berikut").otherwise("induk"),
            wilayah=pl.coalesce("wilayah", "wilayah_induk"),
        )
    return unit.select("wilayah", kode_unit="kode", kunci_wilayah=fold("wilayah"))


def _numbers(values: pl.Series, kind: Any) -> Any:
    return np.array(values.fill_null(NOT_ASKED).to_numpy(), dtype=kind)


def _closed(table: pl.DataFrame) -> NDArray[np.int64]:
    status = table["status"].fill_null("aktif")
    closed = (status == "dihapus").cast(pl.Int64) * (1 << kernel.DIHAPUS)
    frozen = (status == "dibekukan").cast(pl.Int64) * (1 << kernel.DIBEKUKAN)
    return np.array((closed + frozen).to_numpy(), dtype=np.int64)


def _golongan(words: pl.Series) -> NDArray[np.int8]:
    """Return the order of golongan ruang of PNS; a golongan of PPPK or none asks nothing."""
    found = golongan_order(words.fill_null("").to_numpy().astype(np.str_))
    return np.where((found > 0) & (found < kernel.UNTOLD), found, NOT_ASKED).astype(np.int8)


def _education(words: pl.Series) -> NDArray[np.int8]:
    found = education_order(words.fill_null("").to_numpy())
    return np.where(found > 0, found, NOT_ASKED).astype(np.int8)


def _bup(table: pl.DataFrame, *, law: Law) -> NDArray[np.int16]:
    jenis, jenjang, nama = (
        table[key].fill_null("").to_numpy().astype(np.str_) for key in ("jenis", "jenjang", "jabatan")
    )
    return bup_column(jenis, jenjang, nama, table["bup"].fill_null(0).to_numpy().astype(np.int16), law=law)


def _standards(
    snapshot: Snapshot, table: pl.DataFrame, *, law: Law
) -> tuple[NDArray[np.int32], dict[str, Any], dict[str, int]]:
    """Return the profile of each posisi, the profiles in sparse rows, and competence ids.

    A posisi whose jabatan has no standard on file is measured by the usual level of its jenis or jenjang.
    """
    own = (
        snapshot["standar_kompetensi"]
        .select(kunci=fold("jabatan"), kompetensi=fold("kompetensi"), level=pl.col("level"))
        .filter(pl.col("level") > 0)
        .drop_nulls()
    )
    posts = table.select(
        kunci="kunci_jabatan", jenis=pl.col("jenis").fill_null(""), jenjang=pl.col("jenjang").fill_null("")
    ).with_row_index("j")
    has_own = posts.join(
        own.select("kunci").unique().with_columns(own=True), on="kunci", how="left", maintain_order="left"
    )
    owned = has_own["own"].fill_null(value=False).to_numpy()
    usual = standard_level_column(
        posts["jenis"].to_numpy().astype(np.str_), posts["jenjang"].to_numpy().astype(np.str_), law=law
    )
    posts = posts.with_columns(
        profil=pl.when(pl.Series(owned)).then("kunci").otherwise(pl.lit("")),
        usual=pl.Series(np.where(owned, 0, usual).astype(np.int64)),
    )
    core = pl.DataFrame({"kompetensi": list(KOMPETENSI_INTI)})
    stand_in = (
        posts.filter(pl.col("usual") > 0).select("profil", "usual").unique().join(core, how="cross")
        .with_columns(level=pl.col("usual"))
    )  # fmt: skip
    listed = own.select(profil="kunci", usual=pl.lit(0, pl.Int64), kompetensi="kompetensi", level="level")
    rows = pl.concat([listed, stand_in.select(listed.columns)]).unique(
        ["profil", "usual", "kompetensi"], keep="first", maintain_order=True
    )
    profiles = posts.select("profil", "usual").unique().sort("profil", "usual").with_row_index("p")
    rows = rows.join(profiles, on=["profil", "usual"], how="inner").sort("p", "kompetensi")
    ids = numbered(pl.concat([rows["kompetensi"], core["kompetensi"]]))
    starts = np.searchsorted(rows["p"].to_numpy(), np.arange(profiles.height + 1)).astype(np.int64)
    sparse = {
        "standar_awal": starts,
        "standar_kompetensi": ids_of(rows["kompetensi"], ids),
        "standar_level": rows["level"].to_numpy().astype(np.int8),
    }
    place = posts.join(profiles, on=["profil", "usual"], how="left", maintain_order="left")["p"]
    return place.to_numpy().astype(np.int32), sparse, ids

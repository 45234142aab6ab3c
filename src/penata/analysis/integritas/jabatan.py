"""Checks of what the map says about each jabatan against itself and against the catalogue; told once per jabatan."""

import polars as pl

from penata.analysis.integritas.bahan import Bahan, nothing, some
from penata.analysis.integritas.catalogue import check
from penata.analysis.integritas.garis import per_jabatan
from penata.foundation.findings import Level
from penata.language import N_


@check(
    "I18", N_("Kelas jabatan belum ada"), Level.KETERANGAN, table="jabatan",
    why=N_("Tanpa kelas, peta jabatan resmi tidak lengkap dan kenaikan atau penurunan tidak dapat dinilai."),
    message=N_("Jabatan {subject} belum berkelas pada {n} posisi ({contoh})."),
    remedy=N_("Isi kelas jabatan menurut hasil evaluasi jabatan."),
)  # fmt: skip
def no_class(bahan: Bahan) -> pl.DataFrame:
    """Posisi without kelas in map and catalogue."""
    return per_jabatan(bahan.posisi.filter(pl.col("kelas").is_null()))


@check(
    "I19", N_("Jenjang jabatan fungsional belum ada"), Level.PERINGATAN, table="jabatan",
    why=N_("BUP, angka kredit dan syarat jabatan fungsional bergantung pada jenjangnya."),
    message=N_("Jabatan fungsional {subject} tidak menyebut jenjang pada {n} posisi ({contoh})."),
    remedy=N_("Isi jenjangnya, misalnya ahli muda."),
)  # fmt: skip
def no_jenjang(bahan: Bahan) -> pl.DataFrame:
    """Functional posisi without jenjang in map and catalogue."""
    return per_jabatan(bahan.posisi.filter((pl.col("jenis") == "fungsional") & pl.col("jenjang").is_null()))


@check(
    "I20", N_("Jabatan tidak ada dalam katalog"), Level.PERINGATAN, table="jabatan",
    why=N_("Syarat jabatan tidak diketahui, sehingga kelayakan calon tidak dapat diperiksa."),
    message=N_("Jabatan {subject} dipakai {n} posisi ({contoh}), tetapi tidak ada dalam katalog jabatan."),
    remedy=N_("Tambahkan ke katalog, atau samakan penulisan namanya."),
)  # fmt: skip
def not_in_catalogue(bahan: Bahan) -> pl.DataFrame:
    """Jabatan that the catalogue does not know; silent where the file brings no catalogue."""
    if not bahan.snapshot.has("jabatan"):
        return nothing()
    return per_jabatan(bahan.posisi.filter(~pl.col("katalog")))


def _printed(bahan: Bahan) -> pl.DataFrame:
    """Return the posisi that are not abolished, with kelas and jenis as the map itself prints them."""
    return bahan.snapshot["posisi"].filter(pl.col("status").ne_missing("dihapus"))


@check(
    "I21", N_("Satu jabatan dengan beberapa kelas"), Level.PERINGATAN, table="jabatan",
    why=N_("Jabatan yang sama mempunyai satu kelas; perbedaannya berdampak pada tunjangan."),
    message=N_("Jabatan {subject} tercetak dengan {n} kelas yang berbeda: {kelas}."),
    remedy=N_("Samakan kelasnya, atau bedakan nama jabatannya."),
)  # fmt: skip
def several_classes(bahan: Bahan) -> pl.DataFrame:
    """Jabatan whose posisi carry different kelas on the map."""
    groups = _printed(bahan).group_by(subject="jabatan").agg(
        n=pl.col("kelas").drop_nulls().n_unique(), kelas=some(pl.col("kelas"))
    )  # fmt: skip
    return groups.filter(pl.col("n") > 1)


@check(
    "I22", N_("Kelas berbeda dengan katalog"), Level.PERINGATAN, table="jabatan",
    why=N_("Peta dan katalog tidak boleh menyebut kelas yang berbeda untuk jabatan yang sama."),
    message=N_("Jabatan {subject} berkelas {katalog} dalam katalog, tetapi {kelas} pada {n} posisi ({contoh})."),
    remedy=N_("Samakan kelas peta dengan katalog."),
)  # fmt: skip
def class_not_of_catalogue(bahan: Bahan) -> pl.DataFrame:
    """Posisi whose printed kelas is not that of the catalogue."""
    return _against_catalogue(bahan, "kelas")


@check(
    "I23", N_("Jenis berbeda dengan katalog"), Level.PERINGATAN, table="jabatan",
    why=N_("Jenis jabatan menentukan BUP, syarat dan cara pengisian."),
    message=N_("Jabatan {subject} berjenis {katalog} dalam katalog, tetapi {jenis} pada {n} posisi ({contoh})."),
    remedy=N_("Samakan jenis peta dengan katalog."),
)  # fmt: skip
def kind_not_of_catalogue(bahan: Bahan) -> pl.DataFrame:
    """Posisi whose printed jenis is not that of the catalogue."""
    return _against_catalogue(bahan, "jenis")


def _against_catalogue(bahan: Bahan, column: str) -> pl.DataFrame:
    catalogue = bahan.snapshot["jabatan"].select(jabatan="nama", katalog=column)
    rows = _printed(bahan).join(catalogue, on="jabatan").filter(pl.col(column) != pl.col("katalog"))
    return rows.group_by(subject="jabatan").agg(
        pl.col("katalog").first(), some(pl.col(column)).alias(column), n=pl.len(), contoh=some(pl.col("kode"))
    )

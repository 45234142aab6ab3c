"""Checks of seats and who sits on them."""

import polars as pl

from penata.analysis.integritas.bahan import Bahan, day, decimal, nothing, some
from penata.analysis.integritas.catalogue import check
from penata.foundation.findings import Level
from penata.language import N_


@check(
    "I33", N_("Pemangku pada posisi yang dibekukan atau dihapus"), Level.PERINGATAN,
    why=N_("Pegawai pada posisi yang tidak berlaku lagi harus dipindahkan."),
    message=N_("Posisi {subject} ({jabatan}) {status}, tetapi masih dipangku {n} orang ({contoh})."),
    remedy=N_("Pindahkan pemangkunya, atau aktifkan kembali posisi itu."),
)  # fmt: skip
def held_though_closed(bahan: Bahan) -> pl.DataFrame:
    """Posisi that are frozen or abolished and still held."""
    rows = bahan.pemangku.filter(pl.col("status").is_in(["dibekukan", "dihapus"]))
    return rows.group_by(subject="posisi").agg(
        pl.col("jabatan").first(), pl.col("status").first(), n=pl.len(), contoh=some(pl.col("nip"))
    )


@check(
    "I34", N_("Jabatan struktural dipangku beberapa orang"), Level.GALAT,
    why=N_("Satu jabatan struktural dipangku satu pejabat definitif."),
    message=N_("Posisi {subject} ({jabatan}) dipangku definitif oleh {n} orang: {contoh}."),
    remedy=N_("Tetapkan satu pemangku; hapus yang lain."),
)  # fmt: skip
def shared_structural(bahan: Bahan) -> pl.DataFrame:
    """Structural posisi with more definitive holders than one and than the need."""
    groups = bahan.definitif.filter(pl.col("struktural")).group_by(subject="posisi").agg(
        pl.col("jabatan").first(), pl.col("kebutuhan").first(), n=pl.len(), contoh=some(pl.col("nip"))
    )  # fmt: skip
    return groups.filter((pl.col("n") > 1) & (pl.col("n") > pl.col("kebutuhan").fill_null(1)))


@check(
    "I35", N_("Pegawai memangku beberapa posisi"), Level.GALAT, table="pegawai",
    why=N_("Seorang pegawai memangku definitif satu posisi; selebihnya Plt atau Plh."),
    message=N_("Pegawai {subject} memangku definitif {n} posisi: {contoh}."),
    remedy=N_("Sisakan satu posisi definitif."),
)  # fmt: skip
def held_twice(bahan: Bahan) -> pl.DataFrame:
    """Pegawai with more than one definitive posisi."""
    several = bahan.definitif.filter(pl.col("nip").is_duplicated())
    groups = several.group_by(subject="nip").agg(n=pl.col("posisi").n_unique(), contoh=some(pl.col("posisi")))
    return groups.filter(pl.col("n") > 1)


@check(
    "I36", N_("Kelebihan pemangku"), Level.KETERANGAN, table="unit",
    why=N_("Pegawai yang melebihi kebutuhan dapat mengisi kekurangan di tempat lain."),
    message=N_("{nama}: {n} posisi kelebihan seluruhnya {lebih} orang; terbanyak {contoh}."),
    remedy=N_("Lihat usulan penempatan, atau periksa kebutuhannya."),
)  # fmt: skip
def surplus(bahan: Bahan) -> pl.DataFrame:
    """Per perangkat daerah the posisi with more holders than need, the largest surplus named."""
    rows = bahan.posisi.filter(pl.col("keadaan") == "lebih").with_columns(
        lebih=pl.col("bezetting") - pl.col("kebutuhan")
    )
    return (
        rows.sort("lebih", "kode", descending=[True, False])
        .group_by(subject="perangkat_daerah", maintain_order=True)
        .agg(
            nama=pl.col("nama_perangkat_daerah").first(),
            n=pl.len(),
            lebih=decimal(pl.col("lebih").sum(), 1),
            contoh=pl.col("kode").head(3).str.join(", "),
        )
        .with_columns(nama=pl.coalesce("nama", pl.lit("-")))
    )


@check(
    "I37", N_("Jabatan struktural kosong"), Level.PERINGATAN,
    why=N_("Unit tanpa pejabat definitif tertahan keputusan dan pembinaannya."),
    message=N_("Posisi {subject} ({jabatan}) dibutuhkan tetapi kosong; Plt: {plt}."),
    remedy=N_("Isi melalui seleksi, mutasi atau promosi; sementara itu tunjuk Plt."),
)  # fmt: skip
def vacant_structural(bahan: Bahan) -> pl.DataFrame:
    """Structural posisi that are needed, active and empty."""
    return bahan.posisi.filter(_empty() & pl.col("struktural")).select("jabatan", "plt", subject="kode")


@check(
    "I38", N_("Posisi kritis kosong"), Level.PERINGATAN,
    why=N_("Posisi kritis yang kosong langsung mengganggu layanan."),
    message=N_("Posisi kritis {subject} ({jabatan}) membutuhkan {k} orang dan tidak ada yang mengisi."),
    remedy=N_("Dahulukan pengisiannya; lihat calon pada usulan penempatan."),
)  # fmt: skip
def vacant_critical(bahan: Bahan) -> pl.DataFrame:
    """Critical posisi, other than structural ones, that are needed, active and empty."""
    rows = bahan.posisi.filter(_empty() & ~pl.col("struktural") & pl.col("kritis").fill_null(value=False))
    return rows.select("jabatan", k=decimal(pl.col("kebutuhan"), 1), subject="kode")


def _empty() -> pl.Expr:
    return (pl.col("keadaan") == "kosong") & pl.col("status").ne_missing("dibekukan")


@check(
    "I39", N_("Bezetting tercetak berbeda dengan pemangku"), Level.KETERANGAN, table="unit",
    why=N_("Angka pada peta harus sama dengan orang yang ada."),
    message=N_("{nama}: bezetting tercetak {n} posisi tidak sama dengan jumlah pemangkunya ({contoh})."),
    remedy=N_("Perbarui bezetting peta, atau periksa daftar pemangku."),
)  # fmt: skip
def printed_staff_differs(bahan: Bahan) -> pl.DataFrame:
    """Per perangkat daerah the posisi whose printed bezetting is not the number of definitive holders."""
    if bahan.peta.asal_bezetting != "pemangku":
        return nothing()
    rows = bahan.posisi.filter(pl.col("cetak_bezetting") != pl.col("bezetting"))
    return (
        rows.group_by(subject="perangkat_daerah")
        .agg(nama=pl.col("nama_perangkat_daerah").first(), n=pl.len(), contoh=some(pl.col("kode")))
        .with_columns(nama=pl.coalesce("nama", pl.lit("-")))
    )


@check(
    "I40", N_("Plt terlalu lama"), Level.PERINGATAN,
    why=N_("Plt bersifat sementara dan kewenangannya terbatas."),
    message=N_("Posisi {subject} ({jabatan}) dipimpin Plt {nip} sejak {tmt}, lebih dari {batas} bulan."),
    remedy=N_("Angkat pejabat definitif, atau akhiri penugasan itu."),
)  # fmt: skip
def long_plt(bahan: Bahan) -> pl.DataFrame:
    """Plt who have stood in for longer than the agency's limit."""
    limit = int(bahan.setting("integritas.masa_plt"))
    late = pl.col("tmt").dt.offset_by(f"{limit}mo") < pl.lit(bahan.snapshot.per)
    return (
        _plt(bahan).filter(late).select("jabatan", "nip", tmt=day(pl.col("tmt")), batas=pl.lit(limit), subject="posisi")
    )


@check(
    "I41", N_("Plt tanpa tanggal mulai"), Level.PERINGATAN,
    why=N_("Tanpa tanggal mulai, lamanya penugasan tidak dapat diawasi."),
    message=N_("Posisi {subject} ({jabatan}) dipimpin Plt {nip} tanpa tanggal mulai."),
    remedy=N_("Isi TMT menurut surat perintahnya."),
)  # fmt: skip
def undated_plt(bahan: Bahan) -> pl.DataFrame:
    """Plt without a first day."""
    return _plt(bahan).filter(pl.col("tmt").is_null()).select("jabatan", "nip", subject="posisi")


@check(
    "I42", N_("Plt di samping pejabat definitif"), Level.PERINGATAN,
    why=N_("Plt ditunjuk hanya selama jabatan kosong; bila pejabatnya berhalangan sementara, tunjuk Plh."),
    message=N_("Posisi {subject} ({jabatan}) mempunyai Plt {nip}, padahal ada pejabat definitifnya."),
    remedy=N_("Akhiri penugasan Plt, atau perbaiki daftar pemangku."),
)  # fmt: skip
def plt_beside_holder(bahan: Bahan) -> pl.DataFrame:
    """Plt on a posisi that has a definitive holder."""
    return _plt(bahan).join(bahan.definitif, on="posisi", how="semi").select("jabatan", "nip", subject="posisi")


def _plt(bahan: Bahan) -> pl.DataFrame:
    return bahan.pemangku.filter(pl.col("jenis_pemangku") == "plt")

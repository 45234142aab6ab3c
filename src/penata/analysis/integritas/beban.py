"""Checks of workload and need."""

import polars as pl

from penata.analysis.integritas.bahan import Bahan, decimal, nothing, some
from penata.analysis.integritas.catalogue import check
from penata.analysis.integritas.garis import per_jabatan
from penata.analysis.kebutuhan import workload_minutes
from penata.foundation.findings import Level
from penata.language import N_


@check(
    "I24", N_("Kebutuhan tercetak berbeda dengan hitungan"), Level.PERINGATAN,
    why=N_("Kebutuhan yang ditetapkan harus dapat dihitung ulang dari beban kerjanya."),
    message=N_("Posisi {subject} ({jabatan}): tercetak {cetak}, hitungan dari beban kerja {hitung} "
               "(sebelum dibulatkan {asli})."),
    remedy=N_("Periksa uraian tugas, volume dan norma waktunya, atau perbaiki angka tercetak."),
)  # fmt: skip
def printed_differs(bahan: Bahan) -> pl.DataFrame:
    """Posisi whose printed need is not the computed one."""
    return bahan.posisi.filter(pl.col("beda")).select(
        "jabatan", cetak=decimal(pl.col("cetak_kebutuhan")), hitung="kebutuhan_terhitung",
        asli=decimal(pl.col("kebutuhan_hitung")), subject="kode",
    )  # fmt: skip


@check(
    "I25", N_("Tanpa beban kerja dan tanpa kebutuhan"), Level.PERINGATAN, table="jabatan",
    why=N_("Posisi yang kebutuhannya tidak diketahui tidak dapat dinyatakan kurang atau lebih."),
    message=N_("Jabatan {subject}: {n} posisi tanpa beban kerja dan tanpa kebutuhan tercetak ({contoh})."),
    remedy=N_("Susun beban kerjanya, atau isi kebutuhannya."),
)  # fmt: skip
def need_unknown(bahan: Bahan) -> pl.DataFrame:
    """Per jabatan the posisi without any need; silent where the file tells no need at all."""
    if bahan.posisi["kebutuhan"].is_null().all():
        return nothing()
    return per_jabatan(bahan.posisi.filter(pl.col("kebutuhan").is_null()))


@check(
    "I26", N_("Kebutuhan tanpa beban kerja"), Level.KETERANGAN, table="jabatan",
    why=N_("Kebutuhan yang tidak didukung beban kerja tidak dapat diperiksa."),
    message=N_("Jabatan {subject}: kebutuhan {n} posisi tercetak tanpa beban kerja yang dapat dihitung ({contoh})."),
    remedy=N_("Susun beban kerjanya, atau sebut dasar penetapannya."),
)  # fmt: skip
def need_unsupported(bahan: Bahan) -> pl.DataFrame:
    """Per jabatan the posisi with a printed need only; silent where the file brings no workload."""
    if not bahan.snapshot.has("beban_kerja"):
        return nothing()
    return per_jabatan(bahan.posisi.filter(pl.col("beban").is_null() & (pl.col("cetak_kebutuhan") > 0)))


@check(
    "I27", N_("Beban kerja terlalu kecil"), Level.PERINGATAN,
    why=N_("Beban yang dibulatkan menjadi nol orang tidak membenarkan adanya posisi itu."),
    message=N_("Posisi {subject} ({jabatan}): beban kerja {hitung} orang, dibulatkan menjadi 0."),
    remedy=N_("Lengkapi uraian tugasnya, atau gabungkan dengan posisi lain."),
)  # fmt: skip
def rounds_to_zero(bahan: Bahan) -> pl.DataFrame:
    """Posisi with workload for less than half a person."""
    rows = bahan.posisi.filter(pl.col("kebutuhan_terhitung") == 0)
    return rows.select("jabatan", hitung=decimal(pl.col("kebutuhan_hitung")), subject="kode")


@check(
    "I28", N_("Tugas mustahil"), Level.GALAT, table="beban_kerja",
    why=N_("Tidak ada orang yang dapat bekerja lebih dari satu hari penuh dalam sehari."),
    message=N_("Posisi {subject}: tugas “{tugas}” meminta {jam} jam sehari dari tiap orang ({orang} orang)."),
    remedy=N_("Periksa volume, periode dan satuan waktunya."),
)  # fmt: skip
def impossible_task(bahan: Bahan) -> pl.DataFrame:
    """Workload rows beyond all hours of all days of everybody who could share them (holders or printed need)."""
    limit = bahan.setting("integritas.waktu_mustahil")
    staff = bahan.semua.select(
        posisi="kode", orang=pl.max_horizontal("bezetting", "cetak_kebutuhan", 1.0).fill_null(1.0)
    )
    a_day = pl.col("minutes") / (pl.col("orang") * limit["hari_setahun"])
    rows = bahan.snapshot["beban_kerja"].with_columns(minutes=workload_minutes(bahan.snapshot, law=bahan.law))
    return (
        rows.join(staff, on="posisi")
        .filter(a_day > limit["menit_sehari"])
        .select(
            "tugas", orang=decimal(pl.col("orang"), 1), jam=decimal(a_day / 60, 1),
            subject="posisi",
        )
    )  # fmt: skip


@check(
    "I29", N_("Efektivitas jabatan di luar kewajaran"), Level.PERINGATAN, table="jabatan",
    why=N_("Beban yang sangat jauh dari jumlah pemangku menandakan volume keliru atau pembagian orang yang timpang."),
    message=N_("Jabatan {subject}: efektivitas {n} posisi antara {rendah} dan {tinggi}, "
               "di luar {bawah} sampai {atas} ({contoh})."),
    remedy=N_("Periksa volume dan norma waktu; bila benar, ratakan pegawainya."),
)  # fmt: skip
def implausible_effectiveness(bahan: Bahan) -> pl.DataFrame:
    """Per jabatan the posisi whose EJ lies outside the agency's range."""
    limits = bahan.setting("integritas.ej_wajar")
    outside = (pl.col("ej") < limits["minimal"]) | (pl.col("ej") > limits["maksimal"])
    return (
        bahan.posisi.filter(outside)
        .group_by(subject="jabatan")
        .agg(
            n=pl.len(),
            rendah=decimal(pl.col("ej").min()),
            tinggi=decimal(pl.col("ej").max()),
            contoh=some(pl.col("kode")),
        )
        .with_columns(bawah=decimal(pl.lit(float(limits["minimal"]))), atas=decimal(pl.lit(float(limits["maksimal"]))))
    )


@check(
    "I30", N_("Beban kerja disalin antarunit"), Level.PERINGATAN,
    why=N_("Volume yang sama persis di beberapa unit biasanya disalin, bukan diukur."),
    message=N_("{n} posisi di {units} unit mempunyai {baris} baris beban kerja yang sama persis: "
               "{contoh} ({jabatan})."),
    remedy=N_("Ukur volume tiap unit sendiri-sendiri."),
)  # fmt: skip
def copied_workload(bahan: Bahan) -> pl.DataFrame:
    """Posisi in different units whose workload is the same row by row, one row per workload so shared."""
    least = int(bahan.setting("integritas.beban_salinan"))
    row = pl.struct("tugas", "volume", "periode", "norma_waktu", "satuan_waktu", "metode", "standar").hash(seed=0)
    vectors = (
        bahan.snapshot["beban_kerja"]
        .select("posisi", _row=row)
        .sort("posisi", "_row")
        .group_by("posisi", maintain_order=True)
        .agg(baris=pl.len(), _rows=pl.col("_row"))
        .filter(pl.col("baris") >= least)
        .filter(pl.col("_rows").is_duplicated())
    )
    return (
        vectors.join(bahan.posisi.select("kode", "jabatan", "unit"), left_on="posisi", right_on="kode")
        .group_by("_rows")
        .agg(
            some(pl.col("jabatan")).alias("jabatan"),
            n=pl.len(),
            units=pl.col("unit").n_unique(),
            baris=pl.col("baris").first(),
            contoh=some(pl.col("posisi")),
            subject=pl.col("posisi").min(),
        )
        .filter(pl.col("units") > 1)
        .drop("_rows")
    )


@check(
    "I31", N_("Tugas tanpa hasil kerja"), Level.KETERANGAN, table="jabatan",
    why=N_("Tanpa satuan hasil, volume tugas tidak mempunyai arti yang dapat diperiksa."),
    message=N_("Jabatan {subject}: {n} uraian tugas tanpa hasil kerja ({contoh})."),
    remedy=N_("Isi hasil kerjanya, misalnya laporan atau berkas."),
)  # fmt: skip
def no_result(bahan: Bahan) -> pl.DataFrame:
    """Per jabatan the workload rows without a result; silent where the file names no result at all."""
    rows = bahan.snapshot["beban_kerja"]
    if rows["hasil"].is_null().all():
        return nothing()
    joined = rows.filter(pl.col("hasil").is_null()).join(bahan.posisi, left_on="posisi", right_on="kode")
    return per_jabatan(joined.with_columns(kode="posisi"))


@check(
    "I32", N_("Beban kerja tidak lengkap"), Level.PERINGATAN,
    why=N_("Tugas yang tidak terhitung membuat kebutuhan terlalu kecil."),
    message=N_("Posisi {subject} ({jabatan}): {cacat} dari {baris} baris beban kerja tidak dapat dihitung."),
    remedy=N_("Lengkapi volume, norma waktu atau standarnya."),
)  # fmt: skip
def incomplete_workload(bahan: Bahan) -> pl.DataFrame:
    """Posisi with workload rows that could not be counted."""
    rows = bahan.posisi.filter(pl.col("baris_cacat") > 0)
    return rows.select("jabatan", cacat="baris_cacat", baris="baris_beban", subject="kode")

"""``kebutuhan.xlsx`` and ``kebutuhan.csv``: need of every posisi, units, projection, integrity."""

from pathlib import Path

import polars as pl

from penata.analysis.penataan import Penataan
from penata.analysis.ringkasan import knows_bezetting
from penata.foundation.spreadsheet.book import Field, Look, Sheet, write_book
from penata.language import _
from penata.report.buku.catatan import caption, closing_sheets
from penata.report.tabel import without_bezetting


def write_need(done: Penataan, folder: Path) -> None:
    """Write ``kebutuhan.xlsx``."""
    sheets = [_need_sheet(done), _unit_sheet(done)]
    differing = done.kebutuhan.posisi.filter(pl.col("beda"))
    if differing.height:
        sheets.append(_difference_sheet(done, differing))
    if done.proyeksi is not None:
        sheets += [_projection_sheet(done, "jabatan"), _projection_sheet(done, "perangkat_daerah")]
    sheets += [_finding_sheet(done), *closing_sheets(done)]
    write_book(folder / "kebutuhan.xlsx", sheets, author=done.snapshot.instansi)


def need_rows(done: Penataan) -> pl.DataFrame:
    """Return one row per posisi with need, holders and the codes of its findings."""
    codes = (
        pl.concat([done.integritas, done.temuan])
        .filter((pl.col("table") == "posisi") & pl.col("subject").is_not_null())
        .group_by("subject")
        .agg(pl.col("code").unique().sort().str.join("; ").alias("temuan"))
    )
    need = done.kebutuhan.posisi.drop("kebutuhan")
    posisi = done.peta.posisi if knows_bezetting(done) else without_bezetting(done.peta.posisi)
    return (
        posisi.join(need, on="kode", how="left")
        .join(codes, left_on="kode", right_on="subject", how="left")
        .sort("urut")
    )


def write_need_csv(done: Penataan, folder: Path) -> None:
    """Write ``kebutuhan.csv`` for programs."""
    need_rows(done).select(
        pl.col("kode").alias("posisi"),
        "jabatan",
        pl.col("nama_unit").alias("unit"),
        "kelas",
        "beban",
        "kebutuhan_terhitung",
        "kebutuhan_tercetak",
        "bezetting",
        "selisih",
        "temuan",
    ).write_csv(folder / "kebutuhan.csv")


def _need_sheet(done: Penataan) -> Sheet:
    minutes = _("Jumlah volume x norma waktu setahun, menit")
    return Sheet(
        _("Kebutuhan"),
        _("Kebutuhan pegawai tiap posisi"),
        caption(done, _("K dipakai = terhitung bila ada beban kerja, selain itu tercetak.")),
        need_rows(done),
        (
            Field("kode", _("Kode posisi"), 13),
            Field("jabatan", _("Nama jabatan"), 38),
            Field("nama_unit", _("Unit"), 34),
            Field("nama_perangkat_daerah", _("Perangkat daerah"), 30),
            Field("jenis", _("Jenis jabatan"), 14),
            Field("kelas", _("Kelas"), 7, Look.WHOLE),
            Field("beban", _("Beban kerja (menit/tahun)"), 14, Look.WHOLE, minutes, total=True),
            Field("kebutuhan_hitung", _("Kebutuhan tak bulat"), 12, Look.TWO, _("Beban dibagi waktu kerja efektif")),
            Field("kebutuhan_terhitung", _("Kebutuhan terhitung"), 12, Look.WHOLE, _("Setelah pembulatan"), total=True),
            Field(
                "kebutuhan_tercetak", _("Kebutuhan tercetak"), 12, Look.WHOLE, _("Sebagaimana dalam berkas"), total=True
            ),
            Field("bezetting", "B", 8, Look.WHOLE, total=True),
            Field("kebutuhan", "K", 8, Look.WHOLE, total=True),
            Field("selisih", "±", 8, Look.SIGNED, total=True),
            Field("keadaan", _("Keadaan"), 14),
            Field("ej", "EJ", 8, Look.TWO, _("Beban dibagi (pemangku x waktu kerja efektif)")),
            Field("kategori_ej", _("Kategori EJ"), 9),
            Field("baris_beban", _("Baris beban"), 8, Look.WHOLE),
            Field("baris_cacat", _("Baris cacat"), 8, Look.WHOLE, _("Baris tanpa volume atau norma waktu")),
            Field("temuan", _("Temuan"), 18),
        ),
    )


def _unit_sheet(done: Penataan) -> Sheet:
    units = done.peta.unit if knows_bezetting(done) else without_bezetting(done.peta.unit)
    rows = units.join(
        done.kebutuhan.unit.select("unit", "beban", "eu", "kategori_eu"), left_on="kode", right_on="unit", how="left"
    ).sort("urut")
    return Sheet(
        _("Unit"),
        _("Rekapitulasi unit"),
        caption(done, _("Kumulatif mencakup seluruh unit di bawahnya.")),
        rows,
        (
            Field("kode", _("Kode unit"), 12),
            Field("nama", _("Nama unit"), 46),
            Field("jenis", _("Jenis"), 16),
            Field("kedalaman", _("Tingkat"), 8, Look.WHOLE),
            Field("posisi", _("Posisi"), 8, Look.WHOLE, total=True),
            Field("bezetting", "B", 8, Look.WHOLE, total=True),
            Field("kebutuhan", "K", 8, Look.WHOLE, total=True),
            Field("kurang", _("Kurang"), 8, Look.WHOLE, total=True),
            Field("lebih", _("Lebih"), 8, Look.WHOLE, total=True),
            Field("kosong", _("Kosong"), 8, Look.WHOLE, total=True),
            Field("bezetting_kumulatif", _("B kumulatif"), 10, Look.WHOLE),
            Field("kebutuhan_kumulatif", _("K kumulatif"), 10, Look.WHOLE),
            Field("kurang_kumulatif", _("Kurang kumulatif"), 10, Look.WHOLE),
            Field("lebih_kumulatif", _("Lebih kumulatif"), 10, Look.WHOLE),
            Field("kosong_kumulatif", _("Kosong kumulatif"), 10, Look.WHOLE),
            Field("beban", _("Beban kerja (menit/tahun)"), 14, Look.WHOLE, total=True),
            Field("eu", "EU", 8, Look.TWO),
            Field("kategori_eu", _("Kategori EU"), 9),
        ),
    )


def _difference_sheet(done: Penataan, differing: pl.DataFrame) -> Sheet:
    rows = (
        differing.join(done.peta.posisi.select("kode", "jabatan", "nama_unit", "urut"), on="kode", how="left")
        .with_columns((pl.col("kebutuhan_tercetak") - pl.col("kebutuhan_terhitung")).alias("beda_orang"))
        .sort(pl.col("beda_orang").abs(), "urut", descending=[True, False])
    )
    return Sheet(
        _("Tercetak dan terhitung"),
        _("Posisi yang kebutuhan tercetaknya berbeda dari hasil hitung"),
        caption(done, _("Beda = tercetak - terhitung.")),
        rows,
        (
            Field("kode", _("Kode posisi"), 13),
            Field("jabatan", _("Nama jabatan"), 40),
            Field("nama_unit", _("Unit"), 36),
            Field("beban", _("Beban kerja (menit/tahun)"), 14, Look.WHOLE, total=True),
            Field("kebutuhan_hitung", _("Tak bulat"), 11, Look.TWO),
            Field("kebutuhan_terhitung", _("Terhitung"), 10, Look.WHOLE, total=True),
            Field("kebutuhan_tercetak", _("Tercetak"), 10, Look.WHOLE, total=True),
            Field("beda_orang", _("Beda"), 8, Look.SIGNED),
        ),
    )


def _projection_sheet(done: Penataan, key: str) -> Sheet:
    if done.proyeksi is None:
        raise ValueError("no projection")
    if key == "jabatan":
        tab, first, frame = _("Proyeksi jabatan"), Field("jabatan", _("Nama jabatan"), 42), done.proyeksi.jabatan
    else:
        tab, first = _("Proyeksi perangkat daerah"), Field("nama", _("Perangkat daerah"), 42)
        frame = done.proyeksi.perangkat_daerah
    years = done.proyeksi.tahun
    keys = [first.name] if key == "jabatan" else [key, first.name]
    wide = frame.pivot(on="tahun", index=keys, values="selisih", aggregate_function="first").rename(
        {str(year): f"s{year}" for year in years}, strict=False
    )
    base = frame.filter(pl.col("tahun") == years[0]).select(*keys, "bezetting", "kebutuhan")
    leaving = (
        frame.filter(pl.col("tahun") > years[0])
        .group_by(keys)
        .agg(pl.col("pensiun").sum(), pl.col("kontrak_berakhir").sum())
    )
    rows = (
        base.join(leaving, on=keys, how="left")
        .join(wide, on=keys, how="left")
        .sort(f"s{years[-1]}", *keys, nulls_last=True)
    )
    return Sheet(
        tab,
        _("Proyeksi lima tahun"),
        caption(done, _("Selisih kumulatif tanpa pengangkatan baru.")),
        rows,
        (
            first,
            Field("bezetting", _("B sekarang"), 10, Look.WHOLE, total=True),
            Field("kebutuhan", "K", 9, Look.WHOLE, total=True),
            Field("pensiun", _("Pensiun 5 tahun"), 10, Look.WHOLE, total=True),
            Field("kontrak_berakhir", _("Kontrak berakhir"), 10, Look.WHOLE, total=True),
            *(Field(f"s{year}", f"± {year}", 9, Look.SIGNED, total=True) for year in years),
        ),
    )


def _finding_sheet(done: Penataan) -> Sheet:
    rows = done.integritas.join(
        done.peta.posisi.select("kode", "jabatan", "nama_unit"), left_on="subject", right_on="kode", how="left"
    )
    return Sheet(
        _("Integritas"),
        _("Temuan integritas peta"),
        caption(done, _("Satu baris tiap temuan.")),
        rows,
        (
            Field("code", _("Kode"), 7),
            Field("level", _("Tingkat"), 12),
            Field("table", _("Tentang"), 12),
            Field("subject", _("Kunci"), 20),
            Field("jabatan", _("Nama jabatan"), 34),
            Field("nama_unit", _("Unit"), 30),
            Field("message", _("Yang tidak sesuai"), 60, Look.WRAP),
            Field("remedy", _("Perbaikan"), 50, Look.WRAP),
        ),
    )

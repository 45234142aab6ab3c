"""``penempatan.xlsx``: the proposal for people and posts."""

from pathlib import Path

import polars as pl

from penata.analysis.penataan import Penataan
from penata.foundation.spreadsheet.book import Field, Look, Sheet, write_book
from penata.language import _
from penata.report.buku.catatan import caption, closing_sheets


def write_placement(done: Penataan, folder: Path) -> None:
    """Write ``penempatan.xlsx`` when there is a proposal."""
    if done.penempatan is None:
        return
    proposed = done.penempatan.usulan
    staying = (pl.col("jenis") == "tetap") | (pl.col("jenis") == "kelebihan")
    sheets = [
        _people_sheet(done, _("Usulan pindah"), _("Usulan perpindahan dan penempatan"), proposed.filter(~staying)),
        _seat_sheet(done),
        _urgent_sheet(done),
        _people_sheet(done, _("Semua pegawai"), _("Semua pegawai yang ikut diperhitungkan"), proposed),
        *closing_sheets(done),
    ]
    write_book(folder / "penempatan.xlsx", sheets, author=done.snapshot.instansi)


def _people_sheet(done: Penataan, tab: str, title: str, rows: pl.DataFrame) -> Sheet:
    fit = _("0-1000, tujuh unsur berbobot kebijakan")
    return Sheet(
        tab,
        title,
        caption(done, _("Usulan untuk diputuskan pejabat yang berwenang.")),
        rows.sort("rantai", "urutan_rantai", "nip", nulls_last=True),
        (
            Field("nip", "NIP", 20),
            Field("nama", _("Nama"), 28),
            Field("jenis", _("Jenis usulan"), 20),
            Field("jabatan_lama", _("Jabatan sekarang"), 34),
            Field("unit_lama", _("Unit sekarang"), 30),
            Field("kelas_lama", _("Kelas"), 7, Look.WHOLE),
            Field("skor_lama", _("Kecocokan sekarang"), 11, Look.WHOLE, fit),
            Field("jabatan_baru", _("Jabatan usulan"), 34),
            Field("unit_baru", _("Unit usulan"), 30),
            Field("kelas_baru", _("Kelas usulan"), 7, Look.WHOLE),
            Field("skor_baru", _("Kecocokan usulan"), 11, Look.WHOLE, fit),
            Field("kenaikan", _("Kenaikan"), 9, Look.SIGNED),
            Field("rantai", _("Rantai"), 8, Look.WHOLE, _("Kursi yang ditinggalkan diisi orang berikut dalam rantai")),
            Field("urutan_rantai", _("Urutan"), 8, Look.WHOLE),
            Field("alasan", _("Alasan"), 70, Look.WRAP),
            Field("posisi_lama", _("Kode posisi sekarang"), 14),
            Field("posisi_baru", _("Kode posisi usulan"), 14),
        ),
    )


def _seat_sheet(done: Penataan) -> Sheet:
    if done.penempatan is None:
        raise ValueError("no placement")
    rows = (
        done.penempatan.posisi.drop("kritis")
        .join(done.peta.posisi.select("kode", "jabatan", "nama_unit", "kritis", "urut"), on="kode", how="left")
        .sort("urut")
    )
    price = _("Tambahan nilai seluruh susunan bila satu kursi posisi ini ditambah, poin")
    return Sheet(
        _("Posisi"),
        _("Keadaan tiap posisi sekarang dan menurut usulan"),
        caption(done, ""),
        rows,
        (
            Field("kode", _("Kode posisi"), 13),
            Field("jabatan", _("Nama jabatan"), 38),
            Field("nama_unit", _("Unit"), 34),
            Field("kritis", _("Kritis"), 8),
            Field("kebutuhan", "K", 8, Look.WHOLE),
            Field("bezetting_sekarang", _("B sekarang"), 9, Look.WHOLE, total=True),
            Field("selisih_sekarang", _("± sekarang"), 9, Look.SIGNED, total=True),
            Field("bezetting_usulan", _("B usulan"), 9, Look.WHOLE, total=True),
            Field("selisih_usulan", _("± usulan"), 9, Look.SIGNED, total=True),
            Field("harga_kursi", _("Harga kursi"), 10, Look.WHOLE, price),
        ),
    )


def _urgent_sheet(done: Penataan) -> Sheet:
    if done.penempatan is None:
        raise ValueError("no placement")
    return Sheet(
        _("Mendesak"),
        _("Posisi paling mendesak"),
        caption(done, ""),
        done.penempatan.mendesak,
        (
            Field("kode", _("Kode posisi"), 13),
            Field("jabatan", _("Nama jabatan"), 40),
            Field("nama_unit", _("Unit"), 36),
            Field("bezetting", "B", 8, Look.WHOLE),
            Field("kebutuhan", "K", 8, Look.WHOLE),
            Field("calon_layak", _("Calon layak"), 10, Look.WHOLE),
            Field("sebab", _("Sebab"), 70, Look.WRAP),
            Field("skor_mendesak", _("Skor"), 9, Look.ONE),
        ),
    )

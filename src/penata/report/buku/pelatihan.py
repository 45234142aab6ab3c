"""``pelatihan.xlsx``: plan, cohorts, what is left, and the gaps themselves."""

from pathlib import Path

import polars as pl

from penata.analysis.penataan import Penataan
from penata.foundation.spreadsheet.book import LARGEST, Field, Look, Sheet, write_book
from penata.language import _
from penata.report.buku.catatan import caption, closing_sheets


def write_training(done: Penataan, folder: Path) -> None:
    """Write ``pelatihan.xlsx`` when there are gaps to show."""
    if done.kesenjangan is None:
        return
    sheets: list[Sheet] = []
    if done.pelatihan is not None:
        sheets += [_plan_sheet(done), _cohort_sheet(done), _left_sheet(done)]
    sheets += [_jpm_sheet(done), _gap_sheet(done), *closing_sheets(done)]
    write_book(folder / "pelatihan.xlsx", sheets, author=done.snapshot.instansi)


def _plan_sheet(done: Penataan) -> Sheet:
    if done.pelatihan is None:
        raise ValueError("no plan")
    return Sheet(
        _("Rencana"),
        _("Rencana pelatihan menurut pengaruh"),
        caption(done, _("Dibatasi anggaran, kuota, dan JP tiap orang.")),
        done.pelatihan.rencana,
        (
            Field("kode", _("Kode"), 10),
            Field("nama", _("Nama pelatihan"), 44),
            Field("kompetensi", _("Kompetensi"), 28),
            Field("bentuk", _("Bentuk"), 16),
            Field("jp", "JP", 7, Look.WHOLE),
            Field("biaya", _("Biaya per peserta (Rp)"), 14, Look.MONEY),
            Field("peserta", _("Peserta"), 9, Look.WHOLE, total=True),
            Field("total_biaya", _("Total biaya (Rp)"), 16, Look.MONEY, total=True),
            Field("total_jp", _("Total JP"), 10, Look.WHOLE, total=True),
            Field("tingkat_tertutup", _("Tingkat tertutup"), 10, Look.WHOLE, total=True),
            Field("pengaruh", _("Pengaruh"), 10, Look.ONE, _("Tingkat tertutup x bobot kebijakan"), total=True),
            Field("pengaruh_per_juta", _("Pengaruh per Rp juta"), 11, Look.TWO),
        ),
    )


def _cohort_sheet(done: Penataan) -> Sheet:
    if done.pelatihan is None:
        raise ValueError("no plan")
    names = done.pelatihan.rencana.select("kode", pl.col("nama").alias("pelatihan"))
    rows = done.pelatihan.peserta.join(names, on="kode", how="left").sort("kode", "nip")
    return Sheet(
        _("Peserta"),
        _("Daftar peserta tiap pelatihan"),
        caption(done, ""),
        rows,
        (
            Field("kode", _("Kode"), 10),
            Field("pelatihan", _("Pelatihan"), 36),
            Field("nip", "NIP", 20),
            Field("nama", _("Nama"), 28),
            Field("jabatan", _("Jabatan"), 32),
            Field("unit", _("Unit"), 28),
            Field("kompetensi", _("Kompetensi"), 24),
            Field("capaian", _("Capaian"), 8, Look.WHOLE),
            Field("standar", _("Standar"), 8, Look.WHOLE),
            Field("pengaruh", _("Pengaruh"), 9, Look.ONE, total=True),
            Field("alasan", _("Alasan"), 60, Look.WRAP),
        ),
    )


def _left_sheet(done: Penataan) -> Sheet:
    if done.pelatihan is None:
        raise ValueError("no plan")
    frame = done.pelatihan.tertunda
    known = {"kode": _("Kode"), "nip": "NIP", "nama": _("Nama"), "kompetensi": _("Kompetensi"), "sebab": _("Sebab")}
    return Sheet(
        _("Tertunda"),
        _("Kebutuhan pelatihan yang belum tertampung"),
        caption(done, ""),
        frame,
        tuple(
            Field(name, title, 24 if name != "sebab" else 60) for name, title in known.items() if name in frame.columns
        ),
    )


def _jpm_sheet(done: Penataan) -> Sheet:
    if done.kesenjangan is None:
        raise ValueError("no gaps")
    people = done.snapshot["pegawai"].select("nip", "nama")
    rows = done.kesenjangan.pegawai.join(people, on="nip", how="left").join(
        done.peta.posisi.select("kode", "jabatan", "nama_unit"), left_on="posisi", right_on="kode", how="left"
    )
    return Sheet(
        "JPM",
        _("Kesesuaian pegawai dengan standar jabatan (JPM)"),
        caption(done, ""),
        rows.sort("nip"),
        (
            Field("nip", "NIP", 20),
            Field("nama", _("Nama"), 28),
            Field("jabatan", _("Jabatan"), 34),
            Field("nama_unit", _("Unit"), 30),
            Field("jpm", _("JPM (%)"), 9, Look.TWO),
            Field("kategori_jpm", _("Kategori"), 16),
            Field("kesenjangan", _("Tingkat kesenjangan"), 12, Look.WHOLE),
            Field("belum_dinilai", _("Belum dinilai"), 10, Look.WHOLE),
        ),
    )


def _gap_sheet(done: Penataan) -> Sheet:
    if done.kesenjangan is None:
        raise ValueError("no gaps")
    return Sheet(
        _("Kesenjangan"),
        _("Kesenjangan tiap kompetensi"),
        caption(done, _("Terhadap posisi sekarang dan posisi usulan.")),
        done.kesenjangan.rincian.head(LARGEST),
        (
            Field("nip", "NIP", 20),
            Field("nama", _("Nama"), 28),
            Field("jabatan", _("Jabatan"), 34),
            Field("terhadap", _("Terhadap"), 11),
            Field("kompetensi", _("Kompetensi"), 30),
            Field("standar", _("Standar"), 8, Look.WHOLE),
            Field("capaian", _("Capaian"), 8, Look.WHOLE),
            Field("kesenjangan", _("Kesenjangan"), 11, Look.WHOLE),
            Field("kedaluwarsa", _("Asesmen kedaluwarsa"), 12),
        ),
    )

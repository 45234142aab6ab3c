"""Chapter on the five years ahead."""

import polars as pl

from penata.analysis.penataan import Penataan
from penata.analysis.proyeksi import Proyeksi
from penata.analysis.ringkasan import basis
from penata.language import _, number
from penata.report.laporan.markup import beside, chapter, paragraph, picture, rule_note, section, table
from penata.report.tabel import figure, signed, total, years_ahead

ROWS = 15


def projection(done: Penataan) -> str:
    """Return the chapter on the five years ahead."""
    if done.proyeksi is None:
        return ""
    legal = "; ".join(
        part for part in (basis(done.parameter, "bup"), basis(done.parameter, "abk.tahun_proyeksi")) if part
    )
    return chapter(
        _("Lima tahun ke depan"),
        paragraph(
            _(
                "Tanpa pengangkatan baru, bezetting berkurang oleh pegawai yang mencapai batas usia pensiun dan oleh "
                "perjanjian kerja PPPK yang berakhir. Kebutuhan dianggap tetap."
            )
        ),
        _wave(done.proyeksi, legal),
        _years(done, legal),
        _worst(done.proyeksi, legal),
        _losing(done.proyeksi, legal),
    )  # fmt: skip


def _wave(proyeksi: Proyeksi, legal: str) -> str:
    wave = proyeksi.gelombang.filter(pl.col("tahun") > proyeksi.tahun[0])
    rows = [
        (str(row["tahun"]), number(row["pensiun"]), number(row["kontrak_berakhir"]))
        for row in wave.iter_rows(named=True)
    ]
    pensions, contracts = total(wave["pensiun"]), total(wave["kontrak_berakhir"])
    titles = (_("Tahun"), _("Pensiun"), _("Kontrak berakhir"))
    listed = table(
        titles, rows, ("auto", "auto", "auto"), right=(1, 2), total=(_("Jumlah"), number(pensions), number(contracts))
    )
    drawn = picture("pensiun.svg", _("Pensiun dan perjanjian kerja berakhir tiap tahun"))
    return section(
        _("Gelombang pensiun dan kontrak"),
        beside(drawn, listed) if pensions + contracts > 0 else listed,
        rule_note(
            _(
                "tanggal pensiun = tanggal 1 bulan berikutnya setelah usia BUP jabatan tercapai; tahun t = dua belas "
                "bulan ke-t setelah tanggal laporan; kontrak menurut tanggal akhirnya"
            ),
            legal,
        ),
    )


def _years(done: Penataan, legal: str) -> str:
    years = years_ahead(done)
    rows = [
        (str(row["tahun"]), figure(row["bezetting"]), figure(row["kebutuhan"]), signed(row["selisih"]))
        for row in years.iter_rows(named=True)
    ]
    listed = table((_("Tahun"), "B", "K", "±"), rows, ("auto",) * 4, right=(1, 2, 3))
    drawn = picture("proyeksi.svg", _("Bezetting tanpa pengangkatan baru dan kebutuhan tiap tahun"))
    return section(
        _("Bezetting tanpa pengangkatan baru"),
        listed if years["kebutuhan"].null_count() else beside(drawn, listed),
        rule_note(_("B tahun t = B tahun sebelumnya - pensiun - kontrak berakhir; ± = B - K"), legal),
    )


def _worst(proyeksi: Proyeksi, legal: str) -> str:
    years = proyeksi.tahun
    short = proyeksi.jabatan.filter((pl.col("tahun") == years[-1]) & (pl.col("selisih") < 0))
    if not short.height:
        return ""
    now = dict(proyeksi.jabatan.filter(pl.col("tahun") == years[0]).select("jabatan", "selisih").iter_rows())
    rows = [
        (row["jabatan"], figure(row["kebutuhan"]), signed(now.get(row["jabatan"])), signed(row["selisih"]))
        for row in short.sort("selisih", "jabatan").head(ROWS).iter_rows(named=True)
    ]
    titles = (_("Jabatan"), "K", _("± sekarang"), _("± tahun {year}").format(year=years[-1]))
    return section(
        _("Jabatan yang paling kurang lima tahun lagi"),
        table(titles, rows, ("1fr", "auto", "auto", "auto"), right=(1, 2, 3)),
        rule_note(_("± tahun t = bezetting - pensiun - kontrak berakhir - kebutuhan, dijumlahkan tiap jabatan"), legal),
    )


def _losing(proyeksi: Proyeksi, legal: str) -> str:
    years = proyeksi.tahun
    leaving = pl.col("pensiun") + pl.col("kontrak_berakhir")
    lost = (
        proyeksi.perangkat_daerah.filter(pl.col("tahun") > years[0])
        .group_by("perangkat_daerah", "nama")
        .agg(pl.col("pensiun").sum(), pl.col("kontrak_berakhir").sum())
        .filter(leaving > 0)
        .sort(leaving, "perangkat_daerah", descending=[True, False])
    )
    if lost.height < 2:
        return ""
    now = proyeksi.perangkat_daerah.filter(pl.col("tahun") == years[0])
    have = dict(now.select("perangkat_daerah", "bezetting").iter_rows())
    rows = [
        (
            row["nama"] or row["perangkat_daerah"],
            figure(have.get(row["perangkat_daerah"])),
            number(row["pensiun"]),
            number(row["kontrak_berakhir"]),
        )
        for row in lost.head(ROWS).iter_rows(named=True)
    ]
    titles = (_("Perangkat daerah"), _("B sekarang"), _("Pensiun"), _("Kontrak berakhir"))
    return section(
        _("Perangkat daerah yang paling banyak kehilangan pegawai"),
        table(titles, rows, ("1fr", "auto", "auto", "auto"), right=(1, 2, 3)),
        rule_note(_("cacah pegawai yang pensiun atau kontraknya berakhir dalam lima tahun"), legal),
    )

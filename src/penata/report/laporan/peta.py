"""Chapters on need and holders, the map's integrity, and the five years ahead."""

import polars as pl

from penata.analysis.integritas import CHECKS
from penata.analysis.penataan import Penataan
from penata.analysis.ringkasan import basis
from penata.language import _, number
from penata.report.grafik import UNITS_SHOWN, units_by_gap
from penata.report.laporan.markup import heading, paragraph, picture, rule_note, space, table
from penata.report.peta.drawing import figure, signed

ROWS = 15


def need(done: Penataan) -> str:
    """Return the chapter on need and bezetting."""
    legal = basis(done.parameter, "abk")
    computed = done.kebutuhan.posisi.filter(pl.col("asal") == "terhitung").height
    printed = done.kebutuhan.posisi.filter(pl.col("asal") == "tercetak").height
    differing = done.kebutuhan.posisi.filter(pl.col("beda")).height
    parts = [
        heading(_("Kebutuhan dan bezetting")),
        paragraph(
            _(
                "Kebutuhan {computed} posisi dihitung dari beban kerjanya; {printed} posisi tanpa beban kerja memakai "
                "kebutuhan yang tercetak. Pada {differing} posisi angka tercetak berbeda dari hasil hitung; semuanya "
                "terdaftar dalam kebutuhan.xlsx."
            ).format(computed=number(computed), printed=number(printed), differing=number(differing))
        ),
        heading(_("Selisih menurut perangkat daerah"), 2),
        picture("selisih.svg", _("Kekurangan dan kelebihan pegawai menurut perangkat daerah")),
        rule_note(_("kurang = jumlah K - B pada posisi dengan B < K; lebih = jumlah B - K pada posisi dengan B > K")),
        space(),
        _unit_table(done),
        rule_note(_("kebutuhan = beban kerja setahun dibagi waktu kerja efektif, dibulatkan tiap posisi"), legal),
        heading(_("Selisih menurut jenis jabatan"), 2),
        _kind_table(done),
        rule_note(_("penjumlahan posisi menurut jenis jabatan")),
    ]
    grades = _effectiveness(done)
    if grades:
        parts += [heading(_("Efektivitas unit"), 2), grades]
        parts.append(rule_note(_("EU = beban kerja unit dibagi (pegawai unit x waktu kerja efektif)"), legal))
    return "\n".join(parts)


def _unit_table(done: Penataan) -> str:
    units = units_by_gap(done)
    rows = [
        (
            row["nama"],
            number(row["posisi_kumulatif"]),
            figure(row["bezetting_kumulatif"]),
            figure(row["kebutuhan_kumulatif"]),
            signed((row["bezetting_kumulatif"] or 0) - (row["kebutuhan_kumulatif"] or 0)),
            figure(row["kurang_kumulatif"]),
            figure(row["lebih_kumulatif"]),
            number(row["kosong_kumulatif"]),
        )
        for row in units.head(UNITS_SHOWN * 2).iter_rows(named=True)
    ]
    titles = (_("Perangkat daerah"), _("Posisi"), "B", "K", "±", _("Kurang"), _("Lebih"), _("Kosong"))
    return table(titles, rows, ("1fr", *("auto",) * 7), right=range(1, 8))


def _kind_table(done: Penataan) -> str:
    kinds = (
        done.peta.posisi.group_by(pl.col("jenis").fill_null(_("tidak disebut")))
        .agg(
            pl.len().alias("posisi"),
            pl.col("bezetting").sum(),
            pl.col("kebutuhan").sum(),
            pl.col("selisih").clip(upper_bound=0).sum().neg().alias("kurang"),
            pl.col("selisih").clip(lower_bound=0).sum().alias("lebih"),
        )
        .sort("bezetting", "jenis", descending=[True, False])
    )
    rows = [
        (
            row["jenis"],
            number(row["posisi"]),
            figure(row["bezetting"]),
            figure(row["kebutuhan"]),
            signed(row["bezetting"] - row["kebutuhan"]),
            figure(row["kurang"]),
            figure(row["lebih"]),
        )
        for row in kinds.iter_rows(named=True)
    ]
    titles = (_("Jenis jabatan"), _("Posisi"), "B", "K", "±", _("Kurang"), _("Lebih"))
    return table(titles, rows, ("1fr", *("auto",) * 6), right=range(1, 7))


def _effectiveness(done: Penataan) -> str:
    graded = done.kebutuhan.perangkat_daerah.filter(pl.col("eu").is_not_null()).sort("eu", descending=True)
    if not graded.height:
        return ""
    names = dict(done.peta.unit.select("kode", "nama").iter_rows())
    ends = pl.concat([graded.head(6), graded.tail(6)]).unique(maintain_order=True)
    rows = [
        (str(names.get(row["unit"], row["unit"])), number(row["eu"], 2), row["kategori_eu"] or "–")
        for row in ends.iter_rows(named=True)
    ]
    return table(
        (_("Perangkat daerah (tertinggi dan terendah)"), "EU", _("Kategori")), rows, ("1fr", "auto", "auto"), right=(1,)
    )


def integrity(done: Penataan) -> str:
    """Return the chapter on findings of the map."""
    titles = {check.code: _(check.title) for check in CHECKS}
    counts = (
        done.integritas.group_by("code", "level")
        .agg(pl.len().alias("jumlah"), pl.col("remedy").first())
        .sort(pl.col("level").replace_strict({"galat": 0, "peringatan": 1, "keterangan": 2}), -pl.col("jumlah"), "code")
    )
    if not counts.height:
        return "\n".join((heading(_("Integritas peta")), paragraph(_("Tidak ada temuan."))))
    rows = [
        (row["code"], titles.get(row["code"], row["code"]), row["level"], number(row["jumlah"]), row["remedy"] or "")
        for row in counts.iter_rows(named=True)
    ]
    return "\n".join(
        (
            heading(_("Integritas peta")),
            paragraph(
                _(
                    "Peta diperiksa dengan {n} pemeriksaan. Galat harus diperbaiki sebelum peta ditetapkan; peringatan "
                    "perlu dilihat pemilik datanya. Rincian tiap temuan ada dalam kebutuhan.xlsx lembar Integritas."
                ).format(n=number(len(CHECKS)))
            ),
            table(
                (_("Kode"), _("Pemeriksaan"), _("Tingkat"), _("Temuan"), _("Perbaikan")),
                rows,
                ("auto", "1fr", "auto", "auto", "1.3fr"),
                right=(3,),
            ),
            rule_note(_("cacah temuan tiap kode pemeriksaan")),
        )
    )


def projection(done: Penataan) -> str:
    """Return the chapter on the five years ahead."""
    if done.proyeksi is None:
        return ""
    legal = "; ".join(part for part in (basis(done.parameter, "bup"), basis(done.parameter, "peta")) if part)
    years = done.proyeksi.tahun
    wave = [
        (str(row["tahun"]), number(row["pensiun"]), number(row["kontrak_berakhir"]))
        for row in done.proyeksi.gelombang.filter(pl.col("tahun") > years[0]).iter_rows(named=True)
    ]
    return "\n".join(
        (
            heading(_("Lima tahun ke depan")),
            paragraph(
                _(
                    "Tanpa pengangkatan baru, bezetting berkurang oleh pegawai yang mencapai batas usia pensiun "
                    "dan oleh perjanjian kerja PPPK yang berakhir."
                )
            ),
            picture("pensiun.svg", _("Pensiun dan perjanjian kerja berakhir tiap tahun")),
            table((_("Tahun"), _("Pensiun"), _("Kontrak PPPK berakhir")), wave, ("auto", "auto", "auto"), right=(1, 2)),
            rule_note(_("tanggal pensiun = tanggal 1 bulan setelah bulan lahir pada usia BUP jabatan"), legal),
            heading(_("Jabatan yang paling kurang lima tahun lagi"), 2),
            _worst(done.proyeksi.jabatan, "jabatan", years),
            rule_note(_("selisih tahun t = bezetting - pensiun - kontrak berakhir - kebutuhan"), legal),
            heading(_("Perangkat daerah yang paling banyak kehilangan"), 2),
            _losing(done.proyeksi.perangkat_daerah, years),
        )
    )


def _worst(frame: pl.DataFrame, key: str, years: tuple[int, ...]) -> str:
    last = frame.filter(pl.col("tahun") == years[-1]).sort("selisih", key, nulls_last=True).head(ROWS)
    now = dict(frame.filter(pl.col("tahun") == years[0]).select(key, "selisih").iter_rows())
    rows = [
        (
            row[key],
            figure(row["kebutuhan"]),
            signed(now.get(row[key])),
            signed(row["selisih"]),
        )
        for row in last.iter_rows(named=True)
    ]
    titles = (_("Jabatan"), "K", _("± sekarang"), _("± tahun {year}").format(year=years[-1]))
    return table(titles, rows, ("1fr", "auto", "auto", "auto"), right=(1, 2, 3))


def _losing(frame: pl.DataFrame, years: tuple[int, ...]) -> str:
    lost = (
        frame.filter(pl.col("tahun") > years[0])
        .group_by("perangkat_daerah", "nama")
        .agg(pl.col("pensiun").sum(), pl.col("kontrak_berakhir").sum())
        .sort(pl.col("pensiun") + pl.col("kontrak_berakhir"), "perangkat_daerah", descending=[True, False])
        .head(ROWS)
    )
    have = dict(frame.filter(pl.col("tahun") == years[0]).select("perangkat_daerah", "bezetting").iter_rows())
    rows = [
        (
            row["nama"] or row["perangkat_daerah"],
            figure(have.get(row["perangkat_daerah"])),
            number(row["pensiun"]),
            number(row["kontrak_berakhir"]),
        )
        for row in lost.iter_rows(named=True)
    ]
    titles = (_("Perangkat daerah"), _("B sekarang"), _("Pensiun"), _("Kontrak PPPK berakhir"))
    return table(titles, rows, ("1fr", "auto", "auto", "auto"), right=(1, 2, 3))

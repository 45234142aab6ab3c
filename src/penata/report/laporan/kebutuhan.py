"""Chapter on need and bezetting: by perangkat daerah, by kind of jabatan, the posts that miss most, effectiveness."""

import polars as pl

from penata.analysis.penataan import Penataan
from penata.analysis.ringkasan import basis, knows_bezetting, need_rule
from penata.language import _, number
from penata.report.laporan.markup import chapter, paragraph, picture, rule_note, section, table
from penata.report.tabel import SUMS, figure, per_office, signed, sums, totals

OFFICES = 60
POSTS = 12
DIFFERENCES = 10
ENDS = 8  # perangkat daerah shown at either end of the effectiveness


def need(done: Penataan) -> str:
    """Return the chapter on need and bezetting."""
    staffed = knows_bezetting(done)
    return chapter(
        _("Kebutuhan dan bezetting"),
        paragraph(_origin(done)),
        _by_office(done),
        _by_kind(done),
        _posts(done, "kurang") if staffed else "",
        _posts(done, "lebih") if staffed else "",
        _differences(done),
        _effectiveness(done),
    )


def _legal(done: Penataan) -> str:
    """Return the legal basis of the computed need; nothing where every need is as printed."""
    computed = (done.kebutuhan.posisi["asal"] == "terhitung").any()
    return basis(done.parameter, "abk.waktu_kerja_efektif", "abk.pembulatan") if computed else ""


def _origin(done: Penataan) -> str:
    counts = dict(done.kebutuhan.posisi.group_by("asal").len().iter_rows())
    words = []
    if counts.get("terhitung"):
        words.append(_("Kebutuhan {n} posisi dihitung dari beban kerjanya.").format(n=number(counts["terhitung"])))
    if counts.get("tercetak"):
        words.append(
            _("{n} posisi tanpa beban kerja memakai kebutuhan sebagaimana tercetak dalam berkas.").format(
                n=number(counts["tercetak"])
            )
        )
    if counts.get("tidak ada"):
        words.append(
            _("{n} posisi tidak mempunyai keduanya, sehingga kebutuhannya belum diketahui.").format(
                n=number(counts["tidak ada"])
            )
        )
    compared = done.kebutuhan.posisi.filter(
        pl.col("kebutuhan_terhitung").is_not_null() & pl.col("kebutuhan_tercetak").is_not_null()
    ).height
    differing = done.kebutuhan.posisi.filter(pl.col("beda")).height
    if compared and not differing:
        words.append(
            _("Pada {n} posisi yang membawa keduanya, angka tercetak sama dengan hasil hitung.").format(
                n=number(compared)
            )
        )
    elif differing:
        words.append(
            _("Pada {k} dari {n} posisi yang membawa keduanya, angka tercetak berbeda dari hasil hitung.").format(
                k=number(differing), n=number(compared)
            )
        )
    return " ".join(words)


def _figures(row: dict[str, float | None], *, staffed: bool) -> tuple[str, ...]:
    """Return posisi, B, K, ±, kurang, lebih, kosong as people read them."""
    shown = {name: row[name] if staffed or name in {"posisi", "kebutuhan"} else None for name in SUMS}
    return tuple(signed(shown[name]) if name == "selisih" else figure(shown[name]) for name in SUMS)


def _sum_table(first: str, rows: pl.DataFrame, *, staffed: bool) -> str:
    """Return the table of *rows* (column ``nama`` and those of :func:`penata.report.tabel.sums`) with their total."""
    body = [(str(row["nama"]), *_figures(row, staffed=staffed)) for row in rows.iter_rows(named=True)]
    total = (_("Jumlah"), *_figures(totals(rows), staffed=staffed)) if rows.height > 1 else ()
    titles = (first, _("Posisi"), "B", "K", "±", _("Kurang"), _("Lebih"), _("Kosong"))
    return table(titles, body, ("1fr", *("auto",) * 7), right=range(1, 8), total=total)


def _by_office(done: Penataan) -> str:
    staffed = knows_bezetting(done)
    offices = per_office(done)
    shown = offices.head(OFFICES)
    if offices.height > OFFICES:
        rest = offices.slice(OFFICES)
        name = _("{n} perangkat daerah lain").format(n=number(rest.height))
        others = pl.DataFrame([{"nama": name, **totals(rest)}]).cast(offices.select("nama", *SUMS).schema)
        shown = pl.concat([shown.select("nama", *SUMS), others.select("nama", *SUMS)])
    drawn = staffed and offices.filter(pl.col("kurang") + pl.col("lebih") > 0).height > 1
    return "\n".join(
        (
            section(
                _("Menurut perangkat daerah"),
                picture("selisih.svg", _("Kekurangan dan kelebihan pegawai menurut perangkat daerah")),
                rule_note(
                    _("kurang = jumlah K - B pada posisi dengan B < K; lebih = jumlah B - K pada posisi dengan B > K")
                ),
            )
            if drawn
            else section(_("Menurut perangkat daerah"), whole=False),
            rule_note(need_rule(done), _legal(done)),
            _sum_table(_("Perangkat daerah"), shown, staffed=staffed),
        )
    )


def _by_kind(done: Penataan) -> str:
    kinds = (
        done.peta.posisi.group_by(nama=pl.col("jenis").fill_null(_("tidak disebut")))
        .agg(*sums())
        .sort("bezetting", "posisi", "nama", descending=[True, True, False])
    )
    return section(
        _("Menurut jenis jabatan"),
        _sum_table(_("Jenis jabatan"), kinds, staffed=knows_bezetting(done)),
        rule_note(_("penjumlahan posisi menurut jenis jabatan")),
    )


def _posts(done: Penataan, side: str) -> str:
    """Return the posts that miss most people (``kurang``) or have most too many (``lebih``)."""
    short = side == "kurang"
    gap = pl.col("selisih")
    rows = (
        done.peta.posisi.filter(gap < 0 if short else gap > 0)
        .sort("selisih", "urut", descending=[not short, False])
        .head(POSTS)
    )
    if not rows.height:
        return ""
    title = _("Posisi dengan kekurangan terbesar") if short else _("Posisi dengan kelebihan terbesar")
    return section(
        title,
        table(
            (_("Posisi"), _("Unit"), _("Kelas"), "B", "K", "±"),
            [
                (
                    row["jabatan"], row["nama_unit"] or "–", "–" if row["kelas"] is None else str(row["kelas"]),
                    figure(row["bezetting"]), figure(row["kebutuhan"]), signed(row["selisih"]),
                )
                for row in rows.iter_rows(named=True)
            ],
            ("1.2fr", "1fr", "auto", "auto", "auto", "auto"),
            right=(2, 3, 4, 5),
        ),
        rule_note(_("± = B - K tiap posisi; daftar lengkap dalam kebutuhan.xlsx")),
    )  # fmt: skip


def _differences(done: Penataan) -> str:
    differing = done.kebutuhan.posisi.filter(pl.col("beda"))
    if not differing.height:
        return ""
    rows = (
        differing.join(done.peta.posisi.select("kode", "jabatan", "nama_unit", "urut"), on="kode", how="left")
        .with_columns(beda_orang=pl.col("kebutuhan_tercetak") - pl.col("kebutuhan_terhitung"))
        .sort(pl.col("beda_orang").abs(), "urut", descending=[True, False])
        .head(DIFFERENCES)
    )
    return section(
        _("Kebutuhan tercetak dan terhitung"),
        table(
            (_("Posisi"), _("Unit"), _("Tak bulat"), _("Terhitung"), _("Tercetak"), _("Beda")),
            [
                (
                    row["jabatan"], row["nama_unit"] or "–", number(row["kebutuhan_hitung"], 2),
                    figure(row["kebutuhan_terhitung"]), figure(row["kebutuhan_tercetak"]), signed(row["beda_orang"]),
                )
                for row in rows.iter_rows(named=True)
            ],
            ("1.2fr", "1fr", "auto", "auto", "auto", "auto"),
            right=(2, 3, 4, 5),
        ),
        rule_note(
            _("beda = tercetak - terhitung; {n} terbesar dari {all}, semuanya dalam kebutuhan.xlsx").format(
                n=number(rows.height), all=number(differing.height)
            ),
            _legal(done),
        ),
    )  # fmt: skip


def _effectiveness(done: Penataan) -> str:
    graded = done.kebutuhan.perangkat_daerah.filter(pl.col("eu").is_not_null()).sort(
        "eu", "unit", descending=[True, False]
    )
    if not graded.height:
        return ""
    names = dict(done.peta.unit.select("kode", "nama").iter_rows())
    few = graded.height <= 2 * ENDS
    ends = graded if few else pl.concat([graded.head(ENDS), graded.tail(ENDS)])
    rows = [
        (
            str(names.get(row["unit"]) or row["unit"]), number(row["beban"] / 60),
            number(row["eu"], 2), row["kategori_eu"] or "–",
        )
        for row in ends.iter_rows(named=True)
    ]  # fmt: skip
    first = _("Perangkat daerah") if few else _("Perangkat daerah (tertinggi dan terendah)")
    return section(
        _("Efektivitas unit"),
        table((first, _("Beban kerja (jam)"), "EU", _("Kategori")), rows, ("1fr", *("auto",) * 3), right=(1, 2)),
        rule_note(
            _("EU = beban kerja unit dibagi (pegawai unit x waktu kerja efektif), atas posisi yang punya beban kerja"),
            basis(done.parameter, "abk.waktu_kerja_efektif", "abk.kategori_ej"),
        ),
    )

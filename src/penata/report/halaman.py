"""``index.html``: one static page that summarises a run and links to everything it left."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path

import polars as pl

from penata import __version__
from penata.analysis.penataan import Penataan
from penata.analysis.ringkasan import angka
from penata.language import N_, _, current, day, number

STYLE = Path(__file__).with_suffix(".css")

FILES = (
    ("laporan.pdf", N_("Laporan untuk pimpinan"), N_("Ringkasan, grafik, usulan, bukti, dan dasar hukum")),
    ("peta-jabatan.pdf", N_("Peta jabatan (cetak A3)"), N_("Satu bagian tiap perangkat daerah")),
    ("peta-jabatan.svg", N_("Peta jabatan (gambar)"), N_("Semua lembar dalam satu gambar")),
    ("kebutuhan.xlsx", N_("Kebutuhan"), N_("Tiap posisi dan unit, proyeksi, integritas")),
    ("penempatan.xlsx", N_("Penempatan"), N_("Usulan tiap pegawai beserta alasannya")),
    ("pelatihan.xlsx", N_("Pelatihan"), N_("Rencana, daftar peserta, kesenjangan")),
    ("temuan.xlsx", N_("Temuan"), N_("Berkas masukan dengan sel yang ditandai")),
    ("paket-keputusan.json", N_("Paket keputusan"), N_("Untuk diperiksa ulang: ./penata verifikasi")),
    ("ringkasan.json", N_("Ringkasan untuk program"), N_("Semua angka di halaman ini")),
    ("kebutuhan.csv", N_("Kebutuhan untuk program"), N_("Satu baris tiap posisi")),
)


def write_page(done: Penataan, charts: Mapping[str, str], folder: Path) -> None:
    """Write the page into *folder*; it links to the files that are there."""
    title = _("Penataan jabatan {agency}").format(agency=done.snapshot.instansi)
    policy = _("Kebijakan: {name}.").format(name=done.kebijakan.nama)
    body = "\n".join(
        (
            f"<header><p class=muted>{escape(_('Keadaan per {day}').format(day=day(done.snapshot.per)))}</p>",
            f"<h1>{escape(title)}</h1></header><main>",
            _warnings(done),
            _figures(done),
            _proof(done),
            _section(_("Berkas hasil"), _files(folder)),
            _urgent(done),
            *(_chart(name, charts) for name in _TITLES),
            _integrity(done),
            f"<p class=muted>{escape(policy)} Penata {__version__}</p>",
            "</main>",
        )
    )
    page = (
        f'<!doctype html>\n<html lang="{current()}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{escape(title)}</title>'
        f"<style>\n{STYLE.read_text(encoding='utf-8')}</style></head><body>\n{body}\n</body></html>\n"
    )
    (folder / "index.html").write_text(page, encoding="utf-8")


_TITLES = {
    "selisih": N_("Kekurangan dan kelebihan menurut perangkat daerah"),
    "pensiun": N_("Gelombang pensiun"),
    "kecocokan": N_("Kecocokan pegawai yang diusulkan pindah"),
    "kesenjangan": N_("Kesenjangan kompetensi"),
}


def _section(title: str, inside: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{inside}</section>" if inside else ""


def _warnings(done: Penataan) -> str:
    words = [
        _("Belum dapat dibuat: {name}; perlu lembar {sheets}.").format(name=item.hasil, sheets=", ".join(item.kurang))
        for item in done.ketersediaan
        if not item.ada
    ]
    refused = sum(done.snapshot.refused.values())
    if refused:
        words.append(
            _("{n} baris masukan ditolak dan tidak ikut dihitung; lihat temuan.xlsx.").format(n=number(refused))
        )
    return "".join(f"<p class='proof open'>{escape(word)}</p>" for word in words)


def _figures(done: Penataan) -> str:
    items = "".join(
        f"<li><small>{escape(item.label)}</small><b>{escape(item.teks)}</b>"
        f"<small>{escape(item.satuan)} · {escape(item.aturan)}</small></li>"
        for item in angka(done)
    )
    return f"<ul class=figures>{items}</ul>"


def _proof(done: Penataan) -> str:
    if done.penempatan is None or done.paket is None:
        return ""
    brief = done.penempatan.ringkas
    proved = brief["celah"] == 0
    words = (
        _("Usulan terbukti optimal: nilainya {value} sama dengan batas atas.")
        if proved
        else _("Usulan belum terbukti optimal: nilai {value}, batas atas {bound}.")
    ).format(value=number(brief["nilai"]), bound=number(brief["batas"]))
    seal = escape(str(done.paket["sidik"]))
    state = "proof" if proved else "proof open"
    label = escape(_("Sidik paket"))
    return f'<p class="{state}">{escape(words)}<br><span class=muted>{label}: <code>{seal}</code></span></p>'


def _files(folder: Path) -> str:
    items = "".join(
        f'<li><a href="{name}">{escape(_(title))}<span>{escape(_(text))}</span></a></li>'
        for name, title, text in FILES
        if name == "ringkasan.json" or (folder / name).is_file()
    )
    return f"<ul class=files>{items}</ul>"


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[int]) -> str:
    mark = ["class=n" if index in numbers else "" for index in range(len(titles))]
    head = "".join(f"<th scope=col {kind}>{escape(title)}</th>" for title, kind in zip(titles, mark, strict=True))
    body = "".join(
        "<tr>" + "".join(f"<td {kind}>{escape(cell)}</td>" for cell, kind in zip(row, mark, strict=True)) + "</tr>"
        for row in rows
    )
    return f'<div class=scroll tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _urgent(done: Penataan) -> str:
    if done.penempatan is None or not done.penempatan.mendesak.height:
        return ""
    rows = [
        (row["jabatan"], row["nama_unit"], number(row["bezetting"]), number(row["kebutuhan"]), row["sebab"])
        for row in done.penempatan.mendesak.iter_rows(named=True)
    ]
    return _section(
        _("Sepuluh posisi paling mendesak"),
        _table((_("Posisi"), _("Unit"), "B", "K", _("Sebab")), rows, numbers=(2, 3)),
    )


def _chart(name: str, charts: Mapping[str, str]) -> str:
    if name not in charts:
        return ""
    title = _(_TITLES[name])
    return _section(title, f'<figure role="img" aria-label="{escape(title, quote=True)}">{charts[name]}</figure>')


def _integrity(done: Penataan) -> str:
    counts = (
        done.integritas.group_by("code", "level")
        .agg(pl.len().alias("n"), pl.col("message").first())
        .sort("n", "code", descending=[True, False])
    )
    rows = [(r["code"], r["level"], number(r["n"]), r["message"] or "") for r in counts.iter_rows(named=True)]
    if not rows:
        return ""
    titles = (_("Kode"), _("Tingkat"), _("Temuan"), _("Contoh"))
    return _section(_("Temuan integritas peta"), _table(titles, rows, numbers=(2,)))

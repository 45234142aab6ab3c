"""``index.html``: one static page that summarises a run and links to everything it left."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path

from penata import __version__
from penata.analysis.ditolak import refused
from penata.analysis.penataan import Penataan
from penata.analysis.ringkasan import KELOMPOK, Angka, angka, caveats, knows_bezetting, perbandingan
from penata.language import N_, _, current, day, number
from penata.report.laporan.integritas import per_check
from penata.report.tabel import COMPETENCES_SHOWN, SUMS, figure, fit_bins, per_office, signed, totals, years_ahead

STYLE = Path(__file__).with_suffix(".css")
LEADING = ("kebutuhan", "bezetting", "kurang", "kosong", "pindah", "lebih")
HEROES = 5
REFUSALS = 40

FILES = (
    ("laporan.pdf", N_("Laporan untuk pimpinan"), N_("Ringkasan, grafik, usulan, bukti, dan dasar hukum")),
    ("peta-jabatan.pdf", N_("Peta jabatan (cetak A3)"), N_("Ikhtisar, lalu satu bagian tiap perangkat daerah")),
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
    body = "\n".join(
        (
            _header(done, title),
            "<main>",
            _caveats(done),
            _proof(done),
            _section(_("Berkas hasil"), _files(folder)),
            _section(_("Sebelum dan sesudah usulan"), _comparison(done)),
            _urgent(done),
            _offices(done, charts),
            _wave(done, charts),
            _years(done, charts),
            _fit(done, charts),
            _competences(done, charts),
            _integrity(done),
            _refusals(done),
            _section(_("Semua angka dan aturannya"), _all_figures(done)),
            _footer(done),
            "</main>",
        )
    )
    page = (
        f'<!doctype html>\n<html lang="{current()}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{escape(title)}</title>'
        f"<style>\n{STYLE.read_text(encoding='utf-8')}</style></head><body>\n{body}\n</body></html>\n"
    )
    (folder / "index.html").write_text(page, encoding="utf-8")


def _header(done: Penataan, title: str) -> str:
    known = {item.kunci: item for item in angka(done)}
    shown = [known[key] for key in LEADING if key in known and known[key].nilai is not None][:HEROES]
    heroes = "".join(_hero(item) for item in shown)
    when = escape(_("Keadaan per {day}").format(day=day(done.snapshot.per)))
    action = escape(_("Buka laporan untuk pimpinan"))
    return (
        f"<header><p class=muted>{when}</p><h1>{escape(title)}</h1>"
        f"<ul class=figures>{heroes}</ul>"
        f'<p><a class=action href="laporan.pdf">{action}</a></p></header>'
    )


def _hero(item: Angka) -> str:
    return (
        f"<li><small>{escape(item.label)}</small><b>{escape(item.teks)}</b>"
        f"<small>{escape(item.satuan)} · {escape(item.aturan)}</small></li>"
    )


def _section(title: str, inside: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{inside}</section>" if inside else ""


def _caveats(done: Penataan) -> str:
    return "".join(f"<p class='proof open'>{escape(words)}</p>" for words in caveats(done))


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


def _table(
    titles: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[int], total: Sequence[str] = ()
) -> str:
    mark = ["class=n" if index in numbers else "" for index in range(len(titles))]
    head = "".join(f"<th scope=col {kind}>{escape(title)}</th>" for title, kind in zip(titles, mark, strict=True))
    body = "".join(_line(row, mark) for row in rows)
    foot = f"<tfoot>{_line(total, mark)}</tfoot>" if total else ""
    return (
        f'<div class=scroll tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody>{foot}</table></div>'
    )


def _line(row: Sequence[str], mark: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<td {kind}>{escape(cell)}</td>" for cell, kind in zip(row, mark, strict=True)) + "</tr>"


def _comparison(done: Penataan) -> str:
    pairs = perbandingan(done)
    rows = [
        (pair.label, pair.sekarang.teks, pair.usulan.teks, pair.usulan.satuan, pair.usulan.aturan) for pair in pairs
    ]
    titles = (_("Ukuran"), _("Sekarang"), _("Usulan"), _("Satuan"), _("Aturan"))
    return _table(titles, rows, numbers=(1, 2)) if rows else ""


def _urgent(done: Penataan) -> str:
    if done.penempatan is None or not done.penempatan.mendesak.height:
        return ""
    rows = [
        (row["jabatan"], row["nama_unit"] or "–", figure(row["bezetting"]), figure(row["kebutuhan"]), row["sebab"])
        for row in done.penempatan.mendesak.iter_rows(named=True)
    ]
    return _section(
        _("{n} posisi paling mendesak").format(n=number(len(rows))),
        _table((_("Posisi"), _("Unit"), "B", "K", _("Sebab")), rows, numbers=(2, 3)),
    )


def _drawn(title: str, name: str, charts: Mapping[str, str], table: str, rule: str) -> str:
    """Return a section with its chart, where there is one, its table and the rule behind both."""
    label = escape(title, quote=True)
    figure_ = f'<figure role="img" aria-label="{label}">{charts[name]}</figure>' if name in charts else ""
    shape = "pair side" if figure_ and name != "selisih" else "pair"
    note = f"<p class='muted small'>{escape(_('Aturan: {rule}.').format(rule=rule))}</p>"
    return _section(title, f"<div class='{shape}'>{figure_}{table}</div>{note}")


def _offices(done: Penataan, charts: Mapping[str, str]) -> str:
    staffed = knows_bezetting(done)
    offices = per_office(done)

    def figures(row: Mapping[str, float | None]) -> tuple[str, ...]:
        shown = {name: row[name] if staffed or name in {"posisi", "kebutuhan"} else None for name in SUMS}
        return tuple(signed(shown[name]) if name == "selisih" else figure(shown[name]) for name in SUMS)

    rows = [(str(row["nama"]), *figures(row)) for row in offices.iter_rows(named=True)]
    titles = (_("Perangkat daerah"), _("Posisi"), "B", "K", "±", _("Kurang"), _("Lebih"), _("Kosong"))
    return _drawn(
        _("Kekurangan dan kelebihan menurut perangkat daerah"), "selisih", charts if staffed else {},
        _table(titles, rows, numbers=range(1, 8), total=(_("Jumlah"), *figures(totals(offices)))),
        _("± = B - K; kurang dan lebih dijumlahkan tiap posisi"),
    )  # fmt: skip


def _wave(done: Penataan, charts: Mapping[str, str]) -> str:
    if done.proyeksi is None:
        return ""
    rows = [
        (str(row["tahun"]), number(row["pensiun"]), number(row["kontrak_berakhir"]))
        for row in done.proyeksi.gelombang.iter_rows(named=True)
        if row["tahun"] > done.proyeksi.tahun[0]
    ]
    return _drawn(
        _("Gelombang pensiun dan kontrak"), "pensiun", charts,
        _table((_("Tahun"), _("Pensiun"), _("Kontrak PPPK berakhir")), rows, numbers=(1, 2)),
        _("BUP menurut jabatan; pensiun pada tanggal 1 bulan berikutnya; kontrak menurut tanggal akhirnya"),
    )  # fmt: skip


def _years(done: Penataan, charts: Mapping[str, str]) -> str:
    rows = [
        (str(row["tahun"]), figure(row["bezetting"]), figure(row["kebutuhan"]), signed(row["selisih"]))
        for row in years_ahead(done).iter_rows(named=True)
    ]
    if not rows:
        return ""
    return _drawn(
        _("Bezetting tanpa pengangkatan baru"), "proyeksi", charts,
        _table((_("Tahun"), "B", "K", "±"), rows, numbers=(1, 2, 3)),
        _("B tahun t = B tahun sebelumnya - pensiun - kontrak berakhir"),
    )  # fmt: skip


def _fit(done: Penataan, charts: Mapping[str, str]) -> str:
    rows = [
        (row["rentang"], number(row["sekarang"]), number(row["usulan"])) for row in fit_bins(done).iter_rows(named=True)
    ]
    if not rows:
        return ""
    return _drawn(
        _("Kecocokan pegawai yang diusulkan pindah"), "kecocokan", charts,
        _table((_("Kecocokan (poin)"), _("Posisi sekarang"), _("Posisi usulan")), rows, numbers=(1, 2)),
        _("cacah orang menurut kecocokan 0-1.000 pada posisi sekarang dan posisi usulan"),
    )  # fmt: skip


def _competences(done: Penataan, charts: Mapping[str, str]) -> str:
    if done.kesenjangan is None or not done.kesenjangan.kompetensi.height:
        return ""
    rows = [
        (row["kompetensi"], number(row["orang"]), number(row["tingkat"]))
        for row in done.kesenjangan.kompetensi.head(COMPETENCES_SHOWN).iter_rows(named=True)
    ]
    return _drawn(
        _("Kesenjangan kompetensi"), "kesenjangan", charts,
        _table((_("Kompetensi"), _("Orang"), _("Tingkat")), rows, numbers=(1, 2)),
        _("tingkat standar jabatan - tingkat hasil asesmen, bila positif"),
    )  # fmt: skip


def _integrity(done: Penataan) -> str:
    rows = [
        (row["code"], row["level"], number(row["jumlah"]), row["message"] or "–", row["remedy"] or "–")
        for row in per_check(done).iter_rows(named=True)
    ]
    if not rows:
        return _section(_("Temuan integritas peta"), f"<p>{escape(_('Tidak ada temuan.'))}</p>")
    titles = (_("Kode"), _("Tingkat"), _("Temuan"), _("Contoh"), _("Perbaikan"))
    return _section(_("Temuan integritas peta"), _table(titles, rows, numbers=(2,)))


def _refusals(done: Penataan) -> str:
    out = refused(done)
    if not out.jumlah:
        return ""
    rows = [
        (
            row["sheet"] or row["file"] or "–",
            "–" if row["row"] is None else number(row["row"]),
            f"{row['code']} {row['message']}",
            row["remedy"] or "–",
        )
        for row in out.sebab.head(REFUSALS).iter_rows(named=True)
    ]
    words = _("{n} baris ditolak; {m} di antaranya hanya karena merujuk baris lain yang ditolak.").format(
        n=number(out.jumlah), m=number(out.ikutan)
    )
    if out.sebab.height > REFUSALS:
        words += " " + _("Daftar ini memuat {n} yang pertama; semuanya dalam temuan.xlsx.").format(n=number(REFUSALS))
    titles = (_("Lembar"), _("Baris"), _("Sebab"), _("Perbaikan"))
    return _section(_("Baris yang ditolak"), f"<p>{escape(words)}</p>{_table(titles, rows, numbers=(1,))}")


def _all_figures(done: Penataan) -> str:
    rows = [
        (_(KELOMPOK[item.kelompok]), item.label, item.teks, item.satuan, item.aturan, item.dasar or "–")
        for item in angka(done)
    ]
    titles = (_("Tentang"), _("Angka"), _("Nilai"), _("Satuan"), _("Aturan"), _("Dasar"))
    return _table(titles, rows, numbers=(2,))


def _footer(done: Penataan) -> str:
    policy = _("Kebijakan: {name}. {basis}.").format(name=done.kebijakan.nama, basis=done.kebijakan.dasar)
    seconds = _("Waktu: {total} detik.").format(total=number(sum(done.detik.values()), 1))
    return f"<p class='muted small'>{escape(policy)} {escape(seconds)} Penata {__version__}</p>"

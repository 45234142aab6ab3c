"""What the terminal shows at the end: the summary of a run, or everything that is wrong with the input."""

from pathlib import Path

import polars as pl
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from penata.analysis.ditolak import split_errors
from penata.analysis.penataan import Penataan
from penata.analysis.ringkasan import KELOMPOK, PENEMPATAN, PERBANDINGAN, PROYEKSI, angka, caveats, perbandingan
from penata.language import _, day, number

SHOWN = 40
WIDE = 120  # columns from which the remedy gets a column of its own
VALUE = 32  # characters of a cell that are shown
INDENT = (0, 0, 0, 2)


def print_findings(console: Console, findings: pl.DataFrame, marked: Path) -> None:
    """Print the findings of reading, gravest first, and where all of them are marked in the user's own cells.

    Rows that are refused only because they refer to another refused row are counted, not listed: they go away with it.
    """
    direct, following = split_errors(findings)
    others = findings.filter(pl.col("level") != "galat")
    console.print(
        _("{errors} galat dan {rest} catatan lain pada berkas; tidak ada hasil yang ditulis.").format(
            errors=number(direct.height + following.height), rest=number(others.height)
        ),
        style="bold red",
        highlight=False,
    )
    listed = pl.concat([direct, others])
    console.print(_findings_table(listed.head(SHOWN), wide=console.width >= WIDE), markup=False)
    if listed.height > SHOWN:
        console.print(_("... dan {n} temuan lain.").format(n=number(listed.height - SHOWN)), highlight=False)
    if following.height:
        console.print(
            _("Selain itu {n} baris ikut ditolak karena merujuk baris yang ditolak di atas.").format(
                n=number(following.height)
            ),
            highlight=False,
        )
    console.print(
        _("Semua temuan, ditandai pada sel masing-masing: {path}").format(path=marked), highlight=False, soft_wrap=True
    )
    console.print(_("Perbaiki lalu ulangi, atau tambahkan --lanjut untuk meneruskan tanpa baris yang ditolak."))


def _findings_table(rows: pl.DataFrame, *, wide: bool) -> Table:
    """Return sheet, row, column, value, what is wrong and remedy; in three columns where the terminal is narrow."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    if wide:
        titles = (_("Lembar"), _("Baris"), _("Kolom"), _("Nilai"), _("Yang salah"), _("Perbaikan"))
        for title, widest in zip(titles, (20, 9, 18, 20, None, None), strict=True):
            table.add_column(title, overflow="fold", max_width=widest, ratio=None if widest else 1)
    else:
        table.add_column(_("Lembar, baris, kolom"), overflow="fold", max_width=20)
        table.add_column(_("Nilai"), overflow="fold", max_width=18)
        table.add_column(_("Yang salah dan perbaikannya"), overflow="fold", ratio=1)
    for row in rows.iter_rows(named=True):
        sheet, line = row["sheet"] or row["file"] or "", "" if row["row"] is None else str(row["row"])
        column = " ".join(part for part in (row["column"], row["header"]) if part)
        wrong, remedy = f"{row['code']} {row['message']}", row["remedy"] or ""
        place = "\n".join(part for part in (f"{sheet} {line}".strip(), column) if part)
        value = _short(row["value"])
        cells = (sheet, line, column, value, wrong, remedy) if wide else (place, value, f"{wrong} {remedy}".strip())
        # Text, not markup: a cell of the user may hold square brackets.
        table.add_row(*(Text(cell) for cell in cells))
    return table


def _short(value: str | None) -> str:
    text = (value or "").replace("\n", " ")
    return text if len(text) <= VALUE else text[: VALUE - 1] + "…"


def print_summary(console: Console, done: Penataan, target: Path) -> None:
    """Print the figures by subject, the proof, the most urgent posts, and where the results lie."""
    console.print()
    console.print(
        Text(_("{agency}, keadaan per {day}").format(agency=done.snapshot.instansi, day=day(done.snapshot.per)), "bold")
    )
    for group in KELOMPOK:
        _print_group(console, done, group)
    _print_urgent(console, done)
    _print_caveats(console, done)
    _print_seconds(console, done)
    console.print(
        Text(_("Hasil: {path} (mulai dari index.html)").format(path=target), "bold"), highlight=False, soft_wrap=True
    )


def _print_group(console: Console, done: Penataan, group: str) -> None:
    """Print the figures of one subject; pairs of today and proposal stand side by side."""
    paired = {key for _label, *keys in PERBANDINGAN for key in keys}
    figures = [item for item in angka(done) if item.kelompok == group and item.kunci not in paired]
    if not figures:
        return
    console.print(Text(_(KELOMPOK[group]), "bold cyan"))
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(min_width=40)
    table.add_column(justify="right", min_width=10)
    table.add_column()
    for item in figures:
        table.add_row(item.label, item.teks, item.satuan)
    console.print(Padding(table, INDENT), highlight=False)
    if group == PROYEKSI:
        _print_wave(console, done)
    if group == PENEMPATAN:
        _print_comparison(console, done)
        _print_proof(console, done)


def _print_wave(console: Console, done: Penataan) -> None:
    if done.proyeksi is None:
        return
    wave = done.proyeksi.gelombang.filter(pl.col("tahun") > done.proyeksi.tahun[0])
    text = " · ".join(f"{row['tahun']}: {number(row['pensiun'])}" for row in wave.iter_rows(named=True))
    console.print(Padding(_("Gelombang pensiun: {years}").format(years=text), INDENT), highlight=False)


def _print_comparison(console: Console, done: Penataan) -> None:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("", min_width=40)
    table.add_column(_("sekarang"), justify="right", min_width=10)
    table.add_column(_("usulan"), justify="right", min_width=10)
    table.add_column("")
    for pair in perbandingan(done):
        table.add_row(pair.label, pair.sekarang.teks, pair.usulan.teks, pair.usulan.satuan)
    console.print(Padding(table, INDENT), highlight=False)


def _print_proof(console: Console, done: Penataan) -> None:
    if done.penempatan is None or done.paket is None:
        return
    brief = done.penempatan.ringkas
    proved = brief["celah"] == 0
    sentence = (
        _("Terbukti optimal: nilai usulan {value} sama dengan batas atas {bound}.")
        if proved
        else _("Belum terbukti optimal: nilai usulan {value}, batas atas {bound}.")
    ).format(value=number(brief["nilai"]), bound=number(brief["batas"]))
    console.print(Padding(Text(sentence, "green" if proved else "yellow"), INDENT), highlight=False)
    seal = _("Sidik paket keputusan: {seal}").format(seal=done.paket["sidik"])
    console.print(Text("  " + seal, "dim"), highlight=False, soft_wrap=True)


def _print_urgent(console: Console, done: Penataan) -> None:
    if done.penempatan is None or not done.penempatan.mendesak.height:
        return
    urgent = done.penempatan.mendesak
    console.print(Text(_("{n} posisi paling mendesak").format(n=number(urgent.height)), "bold cyan"))
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(_("Posisi"), overflow="fold", ratio=3)
    table.add_column(_("Unit"), overflow="fold", ratio=3)
    table.add_column("B", justify="right", no_wrap=True)
    table.add_column("K", justify="right", no_wrap=True)
    table.add_column(_("Sebab"), overflow="fold", ratio=4)
    for row in urgent.iter_rows(named=True):
        cells = (row["jabatan"], row["nama_unit"] or "", number(row["bezetting"]), number(row["kebutuhan"] or 0))
        table.add_row(*(Text(cell) for cell in (*cells, row["sebab"])))
    console.print(Padding(table, INDENT), highlight=False)


def _print_caveats(console: Console, done: Penataan) -> None:
    for words in caveats(done):
        console.print(Text(words, "yellow"))


def _print_seconds(console: Console, done: Penataan) -> None:
    steps = " · ".join(f"{name} {number(taken, 1)}" for name, taken in done.detik.items())
    total = number(sum(done.detik.values()), 1)
    console.print(Text(_("Waktu {total} detik: {steps}").format(total=total, steps=steps), "dim"), highlight=False)

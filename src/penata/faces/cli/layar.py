"""What the terminal shows at the end: the summary of a run, or everything that is wrong with the input."""

from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Table

from penata.analysis.penataan import Penataan
from penata.analysis.ringkasan import angka
from penata.language import _, number

SHOWN = 40


def print_findings(console: Console, findings: pl.DataFrame, marked: Path) -> None:
    """Print the findings of reading, gravest first, and where all of them are marked in the user's own cells."""
    errors = findings.filter(pl.col("level") == "galat").height
    console.print(
        _("{errors} galat dan {rest} catatan lain pada berkas; tidak ada hasil yang ditulis.").format(
            errors=number(errors), rest=number(findings.height - errors)
        ),
        style="bold red",
    )
    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in (_("Lembar"), _("Baris"), _("Kolom"), _("Nilai"), _("Yang salah"), _("Perbaikan")):
        table.add_column(title, overflow="fold")
    for row in findings.head(SHOWN).iter_rows(named=True):
        place = row["sheet"] or row["file"] or ""
        column = " ".join(part for part in (row["column"], row["header"]) if part)
        table.add_row(
            place, "" if row["row"] is None else str(row["row"]), column, _short(row["value"]),
            f"{row['code']} {row['message']}", row["remedy"] or "",
        )  # fmt: skip
    console.print(table, markup=False)
    if findings.height > SHOWN:
        console.print(_("... dan {n} temuan lain.").format(n=number(findings.height - SHOWN)))
    console.print(_("Semua temuan, ditandai pada sel masing-masing: {path}").format(path=marked))
    console.print(_("Perbaiki lalu ulangi, atau tambahkan --lanjut untuk meneruskan tanpa baris yang ditolak."))


def _short(value: str | None, length: int = 32) -> str:
    text = (value or "").replace("\n", " ")
    return text if len(text) <= length else text[: length - 1] + "…"


def print_summary(console: Console, done: Penataan, target: Path) -> None:
    """Print the figures, the pension wave, the most urgent posts, the proof, and where the results lie."""
    console.print()
    console.print(f"{done.snapshot.instansi}", style="bold", highlight=False)
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(min_width=38)
    table.add_column(justify="right")
    table.add_column(style="dim")
    for figure in angka(done):
        table.add_row(figure.label, figure.teks, figure.satuan)
    console.print(table, highlight=False)
    _print_wave(console, done)
    _print_urgent(console, done)
    _print_proof(console, done)
    for item in done.ketersediaan:
        if not item.ada:
            console.print(
                _("Belum dapat dibuat: {name}; perlu lembar {sheets}.").format(
                    name=item.hasil, sheets=", ".join(item.kurang)
                ),
                style="yellow",
            )
    refused = sum(done.snapshot.refused.values())
    if refused:
        console.print(
            _("Perhatian: {n} baris ditolak dan tidak ikut dihitung; lihat temuan.xlsx.").format(n=number(refused)),
            style="bold yellow",
        )
    seconds = " · ".join(f"{name} {number(taken, 1)}" for name, taken in done.detik.items())
    console.print(_("Detik per langkah: {steps}").format(steps=seconds), style="dim", highlight=False)
    console.print(_("Hasil: {path} (mulai dari index.html)").format(path=target), style="bold")


def _print_wave(console: Console, done: Penataan) -> None:
    if done.proyeksi is None:
        return
    wave = done.proyeksi.gelombang.filter(pl.col("tahun") > done.proyeksi.tahun[0])
    text = " · ".join(f"{row['tahun']}: {number(row['pensiun'])}" for row in wave.iter_rows(named=True))
    console.print(_("Gelombang pensiun: {years}").format(years=text), highlight=False)


def _print_urgent(console: Console, done: Penataan) -> None:
    if done.penempatan is None or not done.penempatan.mendesak.height:
        return
    table = Table(title=_("Sepuluh posisi paling mendesak"), title_justify="left", box=None, pad_edge=False)
    for title, side in (
        (_("Posisi"), "left"),
        (_("Unit"), "left"),
        ("B", "right"),
        ("K", "right"),
        (_("Sebab"), "left"),
    ):
        table.add_column(title, justify="right" if side == "right" else "left", overflow="fold")
    for row in done.penempatan.mendesak.iter_rows(named=True):
        table.add_row(
            row["jabatan"], row["nama_unit"], number(row["bezetting"]), number(row["kebutuhan"]), row["sebab"]
        )
    console.print(table, highlight=False)


def _print_proof(console: Console, done: Penataan) -> None:
    if done.penempatan is None or done.paket is None:
        return
    brief = done.penempatan.ringkas
    proved = brief["celah"] == 0
    sentence = (
        _("Terbukti optimal: nilai usulan {value} sama dengan batas atas {bound}.")
        if proved
        else _("Belum terbukti optimal: nilai usulan {value}, batas atas {bound}.")
    )
    console.print(
        sentence.format(value=number(brief["nilai"]), bound=number(brief["batas"])),
        style="green" if proved else "yellow",
        highlight=False,
    )
    console.print(_("Sidik paket keputusan: {seal}").format(seal=done.paket["sidik"]), style="dim", highlight=False)

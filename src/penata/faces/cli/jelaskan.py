"""``penata jelaskan``: why this post, why not that one, for one person of a finished run."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

from penata.faces.cli.kata import CONTEXT
from penata.language import _, number

if TYPE_CHECKING:
    from penata.analysis.kecocokan import Bagian
    from penata.analysis.penempatan import Penempatan
    from penata.analysis.penjelasan import PenjelasanOrang, PenjelasanPosisi

DATA = "data"
POLICY = "kebijakan.yaml"


@click.command(context_settings=CONTEXT, help=_("Menjelaskan usulan bagi satu pegawai, dan mengapa bukan posisi lain."))
@click.argument("nip")
@click.argument("posisi", required=False)
@click.option(
    "--hasil", type=click.Path(path_type=Path), default=Path("hasil"), show_default=True, help=_("Map hasil.")
)
@click.option("--json", "as_json", is_flag=True, help=_("Keluarkan JSON untuk program."))
def jelaskan(nip: str, posisi: str | None, hasil: Path, as_json: bool) -> None:
    """Recompute the proposal from the stored data and explain it; a wrong call ends with one sentence and code 2."""
    from penata.analysis.penjelasan import UnknownSubjectError, explain_person, explain_posisi
    from penata.analysis.policy import PolicyError
    from penata.snapshot.storage import StorageError

    try:
        proposal = recompute(hasil)
        told: Any = explain_person(proposal, nip) if posisi is None else explain_posisi(proposal, nip, posisi)
    except (UnknownSubjectError, StorageError, PolicyError) as error:
        raise click.UsageError(str(error)) from error
    if as_json:
        click.echo(json.dumps(asdict(told), ensure_ascii=False, indent=1))
        return
    console = Console()
    if posisi is None:
        show_person(console, told)
    else:
        show_posisi(console, told)


def recompute(hasil: Path) -> "Penempatan":
    """Return the proposal of the run whose results lie in *hasil*, made anew from its data and policy.

    Raises click.UsageError where the file lacks what a proposal needs.
    """
    from penata.analysis.kebutuhan import compute_kebutuhan
    from penata.analysis.penataan import availability
    from penata.analysis.penempatan import propose
    from penata.analysis.peta import build_peta
    from penata.analysis.policy import read_policy
    from penata.analysis.proyeksi import project
    from penata.snapshot.storage import load

    snapshot = load(hasil / DATA)
    policy = read_policy(hasil / DATA / POLICY)
    missing = next(item.kurang for item in availability(snapshot) if item.hasil == "usulan penempatan")
    if missing:
        raise click.UsageError(
            _("data itu belum memuat lembar {sheets}, sehingga tidak ada usulan penempatan").format(
                sheets=", ".join(missing)
            )
        )
    law = policy.law(snapshot.per)
    kebutuhan = compute_kebutuhan(snapshot, law=law)
    peta = build_peta(snapshot, kebutuhan)
    proyeksi = project(snapshot, kebutuhan, peta, law=law)
    return propose(snapshot, kebutuhan, peta, proyeksi, kebijakan=policy, law=law)


def show_person(console: Console, told: "PenjelasanOrang") -> None:
    """Print why the proposal says what it says."""
    console.print(f"{told.nama} · {told.nip}", style="bold", highlight=False)
    console.print(
        _("Sekarang: {old} · usulan: {new} ({kind})").format(
            old=told.posisi_lama or "–", new=told.posisi_baru or "–", kind=told.jenis
        ),
        highlight=False,
    )
    for sentence in told.kalimat:
        console.print(f"  {sentence}", highlight=False, markup=False)
    _show_parts(console, _("Bagian kecocokan"), told.bagian, told.bagian_lama)
    if told.pilihan_lain:
        table = _table(_("Pilihan lain"), (_("Posisi"), _("Unit"), _("Poin"), _("Kurang")))
        for option in told.pilihan_lain:
            table.add_row(f"{option.jabatan} ({option.kode})", option.unit, number(option.skor), number(option.kurang))
        console.print(table, highlight=False)
    if told.pesaing:
        from penata.analysis.penjelasan import loss_sentence

        table = _table(_("Calon berikutnya untuk kursi ini"), (_("Pegawai"), _("Poin"), _("Bila ia yang ditempatkan")))
        for rival in told.pesaing:
            table.add_row(f"{rival.nama} ({rival.nip})", number(rival.skor), loss_sentence(rival.kerugian))
        console.print(table, highlight=False)


def show_posisi(console: Console, told: "PenjelasanPosisi") -> None:
    """Print why the person is not proposed for the posisi."""
    console.print(f"{told.nama} · {told.nip} → {told.jabatan} ({told.kode})", style="bold", highlight=False)
    for sentence in told.kalimat:
        console.print(f"  {sentence}", highlight=False, markup=False)
    _show_parts(console, _("Bagian kecocokan pada posisi ini"), told.bagian, ())


def _show_parts(console: Console, title: str, now: "tuple[Bagian, ...]", before: "tuple[Bagian, ...]") -> None:
    if not now:
        return
    past = {part.kunci: part for part in before}
    titles = (_("Bagian"), _("Bobot"), _("Nilai"), _("Poin"), *((_("Poin sekarang"),) if past else ()), _("Catatan"))
    table = _table(title, titles)
    for part in now:
        now_points = [number(part.poin, 1)] + ([number(past[part.kunci].poin, 1)] if past else [])
        table.add_row(part.nama, f"{part.bobot} %", number(part.nilai, 2), *now_points, part.keterangan)
    console.print(table, highlight=False)


def _table(title: str, columns: tuple[str, ...]) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for name in columns:
        table.add_column(name, overflow="fold")
    return table

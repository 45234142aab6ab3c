"""``penata verifikasi``: check a decision packet again, without the data it was made from."""

import json
from pathlib import Path
from typing import Any

import click

from penata.faces.cli.kata import CONTEXT
from penata.language import _, day, number

SUMMARY = "ringkasan.json"


class UnreadablePacket(click.ClickException):
    """The file cannot be a packet at all."""

    exit_code = 2


@click.command(
    "verifikasi",
    context_settings=CONTEXT,
    help=_("Periksa ulang paket keputusan: segel, penempatan, dan bukti keoptimalannya."),
)
@click.argument("berkas", type=click.Path(path_type=Path))
@click.option("--sidik", metavar="SIDIK", help=_("Sidik yang diumumkan; paket harus memuat sidik yang sama."))
@click.pass_context
def verifikasi(context: click.Context, berkas: Path, sidik: str | None) -> None:
    """Print the verdict; exit 0 when sound, 1 with every reason when not, 2 when the file is not a packet."""
    from penata.analysis.paket import PacketError, read_packet, verify_packet

    try:
        packet = read_packet(berkas)
    except PacketError as error:
        raise UnreadablePacket(str(error)) from None
    reasons = verify_packet(packet)
    seal = packet.get("sidik")
    if sidik is not None and sidik.strip().lower() != seal:
        reasons.append(_("sidik paket bukan sidik yang diumumkan"))
    beside = berkas.parent / SUMMARY
    if beside.is_file() and _summary_seal(beside) != seal:
        reasons.append(_("sidik paket tidak sama dengan sidik di {name}").format(name=SUMMARY))
    if reasons:
        click.echo(_("TIDAK SAH: {name} gagal diperiksa karena:").format(name=berkas.name))
        for reason in reasons:
            click.echo(f"- {reason}")
        context.exit(1)
    for line in _verdict(packet, berkas.name, compared=beside.is_file(), announced=sidik is not None):
        click.echo(line)


def _summary_seal(path: Path) -> Any:
    """Return the seal that the summary beside the packet names, None where it names none."""
    try:
        summary = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    packet = summary.get("paket") if isinstance(summary, dict) else None
    return packet.get("sidik") if isinstance(packet, dict) else None


def _verdict(packet: dict[str, Any], name: str, *, compared: bool, announced: bool) -> list[str]:
    """Return the lines that say what was checked and found in a sound packet."""
    from datetime import date

    from penata.analysis.paket import reserve_counts

    proposal = packet["usulan"]
    placed = sum(slot >= 0 for slot in proposal["penempatan"])
    reserve, to_reserve = reserve_counts(packet)
    short = sum(proposal["belum_terpenuhi"])
    lines = [
        _("SAH: {name} utuh dan terbukti.").format(name=name),
        _("Instansi: {agency}, per {day}; kebijakan: {policy}").format(
            agency=packet["instansi"], day=day(date.fromisoformat(packet["per"])), policy=packet["kebijakan"]["nama"]
        ),
        _("Yang diperiksa: {people} calon, {posts} posisi, {pairs} pasangan layak, {parameters} parameter").format(
            people=number(len(packet["calon"]["samaran"])),
            posts=number(len(packet["posisi"]["kode"])),
            pairs=number(len(packet["pasangan"]["posisi"])),
            parameters=number(len(packet["parameter"])),
        ),
        _(
            "Penempatan: {placed} calon pada pasangan layak tanpa melebihi kursi; {moves} berpindah posisi, {reserve} "
            "menunggu pada kursi cadangan (kelebihan atau tanpa posisi); jumlah skor {score}"
        ).format(
            placed=number(placed),
            moves=number(proposal["pindah"] - to_reserve),
            reserve=number(reserve),
            score=number(proposal["skor"]),
        ),
        _("Bukti: nilai usulan {value} = batas atas {bound}; tidak ada susunan lain yang bernilai lebih").format(
            value=number(packet["nilai"]), bound=number(packet["batas"])
        ),
        _("Sidik masukan: {seal}").format(seal=packet["sidik_masukan"]),
        _("Sidik paket: {seal}").format(seal=packet["sidik"]),
    ]
    if short:
        lines.insert(5, _("Catatan: {seats} kursi minimum tidak dapat terisi").format(seats=number(short)))
    if announced:
        lines.append(_("Sidik paket sama dengan yang diumumkan."))
    if compared:
        lines.append(_("Sidik paket sama dengan yang tercatat di {name}.").format(name=SUMMARY))
    return lines

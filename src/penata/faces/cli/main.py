"""The ``penata`` command: a group whose commands are imported only when asked for, so that it starts at once."""

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from penata import __version__, language
from penata.faces.cli.kata import CONTEXT
from penata.language import N_, _

# command -> (module, one line of help)
COMMANDS = {
    "demo": ("demo", N_("Membuat kota contoh 10.000 pegawai dan mengerjakan seluruh penataan.")),
    "susun": ("susun", N_("Menata satu instansi dari buku kerja Excel atau CSV milik sendiri.")),
    "jelaskan": ("jelaskan", N_("Menjelaskan usulan bagi satu pegawai, dan mengapa bukan posisi lain.")),
    "verifikasi": ("verifikasi", N_("Memeriksa ulang paket keputusan dan buktinya.")),
    "hitung": ("hitung", N_("Menghitung satu aturan beserta langkah, parameter, dan dasar hukumnya.")),
    "templat": ("templat", N_("Menulis buku kerja kosong lengkap dengan petunjuk.")),
    "contoh": ("contoh", N_("Menulis instansi tiruan dengan ukuran sesuka hati.")),
    "serve": ("layani", N_("Menjalankan sistem web beserta pekerja latar belakangnya.")),
    "pekerja": ("pekerja", N_("Menjalankan pekerja latar belakang saja.")),
    "migrasi": ("migrasi", N_("Menyesuaikan tabel basis data dengan versi ini.")),
    "instansi": ("instansi", N_("Memberi nama instansi yang dilayani.")),
    "akun": ("akun", N_("Membuat akun dan mengganti kata sandi yang hilang.")),
    "audit": ("audit", N_("Memeriksa keutuhan jejak audit.")),
    "cadangan": ("cadangan", N_("Menulis cadangan basis data dan berkas.")),
    "pulihkan": ("pulihkan", N_("Memulihkan sebuah cadangan.")),
}
ALIASES = {"layani": "serve"}
LAUNCHER = {"test": N_("Menjalankan pengujian Penata.")}  # commands of the launcher itself
SETTINGS: dict[str, Any] = {**CONTEXT, "max_content_width": 100}


class LazyGroup(click.Group):
    """A group that imports a command's module when the command runs, not when help is listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return the command *cmd_name*; its function is called like its module."""
        cmd_name = ALIASES.get(cmd_name, cmd_name)
        if cmd_name not in COMMANDS:
            return None
        module = COMMANDS[cmd_name][0]
        command: click.Command = getattr(import_module(f"penata.faces.cli.{module}"), module)
        command.options_metavar = _("[PILIHAN]")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any."""
        with formatter.section(_("Perintah")):
            own = {name: text for name, (_module, text) in COMMANDS.items()}
            formatter.write_dl([(name, _(text)) for name, text in (own | LAUNCHER).items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Refuse an unknown command in our own words."""
        if args and args[0] not in {*COMMANDS, *ALIASES} and not args[0].startswith("-"):
            known = ", ".join((*COMMANDS, *LAUNCHER))
            raise click.UsageError(
                _("perintah '{name}' tidak dikenal; yang ada: {known}").format(name=args[0], known=known)
            )
        return super().resolve_command(ctx, args)

    def main(self, args: Sequence[str] | None = None, **extra: Any) -> Any:  # type: ignore[override]
        """Run the command line; a wrong call or an interrupt ends it with one sentence."""
        extra |= {"prog_name": "penata", "standalone_mode": False}
        try:
            sys.exit(super().main(args, **extra) or 0)
        except click.exceptions.Abort:
            click.echo(_("Dihentikan; hasil sebelumnya tidak berubah."), err=True)
            sys.exit(130)
        except click.ClickException as error:
            click.echo(f"penata: {error.format_message()}", err=True)
            sys.exit(error.exit_code)


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings=SETTINGS,
    options_metavar=_("[PILIHAN]"),
    subcommand_metavar=_("PERINTAH [ISIAN]..."),
    epilog=_("Contoh: ./penata demo · ./penata susun data.xlsx --per 2026-12-31 --keluaran hasil/"),
    help=_("Penata: meja kerja terbuka untuk penataan jabatan ASN."),
)
@click.version_option(__version__, "--versi", "--version", prog_name="penata", help=_("Menampilkan versi."))
@click.option("--bahasa", type=click.Choice(["id", "en"]), help=_("Bahasa tampilan dan laporan."))
@click.pass_context
def main(context: click.Context, bahasa: str | None) -> None:
    """Choose the language of this run; without a command, show what there is."""
    if bahasa:
        language.use(bahasa)
    if context.invoked_subcommand is None:
        click.echo(context.get_help())

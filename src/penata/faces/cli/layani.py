"""``penata serve``: the web system for real. Tables and static files first, then server and worker together."""

import ctypes
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import FrameType

import click

from penata.faces.cli.kata import CONTEXT
from penata.language import _

HOST, PORT = "127.0.0.1", 8000
LOCAL = {HOST, "localhost", "::1"}
PATIENCE = 60.0  # seconds that running work gets to finish when the system is stopped
SOON, LATEST = 1.0, 60.0  # seconds until a worker that died is started again, doubled each time
LONGEST_QUERY = "60s"  # of a page, on PostgreSQL; background work may take as long as it needs
PR_SET_PDEATHSIG = 1  # of prctl(2)
log = logging.getLogger("penata.layani")


@click.command(
    "serve",
    context_settings=CONTEXT,
    help=_("Menjalankan sistem web: server, pekerja latar belakang, dan berkas tampilan; berhenti dengan Ctrl+C."),
)
@click.option("--host", default=HOST, show_default=True, metavar="HOST", help=_("Alamat yang didengarkan."))
@click.option("--port", type=click.IntRange(1, 65535), default=PORT, show_default=True, metavar="N", help=_("Port."))
@click.option("--workers", type=click.IntRange(1, 256), metavar="N", help=_("Banyaknya proses; baku: satu per inti."))
@click.option(
    "--tanpa-pekerja", is_flag=True, help=_("Tanpa pekerja latar belakang; jalankan ./penata pekerja sendiri.")
)
def layani(host: str, port: int, workers: int | None, tanpa_pekerja: bool) -> None:
    """Prepare, start and watch; leave with the exit code of the server."""
    from penata.faces.cli import sistem

    check_free(host, port)
    sistem.ready()
    steps = sistem.migrate()
    if steps:
        click.echo(_("Basis data disesuaikan: {n} langkah.").format(n=steps))
    sistem.collect_static()
    sys.exit(run(host, port, workers, worker=not tanpa_pekerja, told=click.echo))


def check_free(host: str, port: int) -> None:
    """End the command with one sentence when something listens there already, or nothing can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                _("{host}:{port} tidak dapat dipakai ({why}); pilih yang lain dengan --port").format(
                    host=host, port=port, why=error.strerror
                )
            ) from error


def run(host: str, port: int, workers: int | None, *, worker: bool, told: Callable[[str], object]) -> int:
    """Serve until told to stop; return 0, or what the server died with."""
    shown = f"[{host}]" if ":" in host else host
    if host not in LOCAL and not os.environ.get("PENATA_HOSTS"):
        told(_("Hanya nama localhost yang dijawab; sebutkan nama server ini pada PENATA_HOSTS."))
    told(_("Penata melayani di http://{host}:{port}/ (berhenti: Ctrl+C)").format(host=shown, port=port))
    return Watch(
        [serving(host, port, workers or os.cpu_count() or 1), *([_worker()] if worker else [])]
    ).until_stopped()


@dataclass
class Child:
    """One process that is kept running. The death of a ``vital`` one ends the rest."""

    command: list[str]
    vital: bool
    environment: Mapping[str, str] = field(default_factory=dict)  # where the office sets nothing
    process: subprocess.Popen[bytes] | None = None
    wait: float = SOON
    again: float = 0.0  # when to start it again

    def start(self) -> None:
        """Start it, away from the terminal: Ctrl+C reaches the watch alone, which stops all in order."""
        self.process = subprocess.Popen(  # noqa: S603 - our own command
            self.command, start_new_session=True, env={**self.environment, **os.environ},
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - the watch has no other thread
        )  # fmt: skip


def _end_with_parent() -> None:
    """Let the kernel end this process when the watch is killed: nobody would stop it any more."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def serving(host: str, port: int, workers: int) -> Child:
    """Return the web server: processes of one thread each, since a page is computation and not waiting."""
    options = {
        "--interface": "wsgi", "--host": host, "--port": port, "--workers": workers, "--blocking-threads": 1,
        "--workers-kill-timeout": 20, "--log-level": "warning", "--respawn-interval": 1, "--backlog": 2048,
    }  # fmt: skip
    words = [str(word) for pair in options.items() for word in pair]
    command = [sys.executable, "-m", "granian", *words, "--respawn-failed-workers", "penata.config.wsgi:application"]
    return Child(command, vital=True, environment={"PENATA_BATAS_KUERI": LONGEST_QUERY})


def _worker() -> Child:
    return Child([sys.executable, "-m", "penata", "pekerja"], vital=False)


class Watch:
    """Starts the children, starts again those that die, and stops all of them when asked."""

    def __init__(self, children: list[Child]) -> None:
        """Keep the children, the vital one first."""
        self.children = children
        self.stopping = False

    def until_stopped(self) -> int:
        """Watch until SIGTERM, SIGINT or SIGHUP, or until a vital child dies; return the exit code."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._ask)
        code = 0
        try:
            for child in self.children:
                child.start()
            while not self.stopping:
                for child in self.children:
                    code = self._look(child) or code
                time.sleep(0.2)
        finally:
            self._stop()
        return code

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def _look(self, child: Child) -> int:
        """Start *child* again when it died, or give up when it is vital; return the exit code then."""
        if child.process is None:
            if time.monotonic() >= child.again:
                child.start()
            return 0
        code = child.process.poll()
        if code is None or self.stopping:
            return 0
        if child.vital:
            self.stopping = True
            return code if code > 0 else 1
        log.warning("pekerja berhenti dengan kode %s; dijalankan lagi", code)
        child.process = None
        child.again = time.monotonic() + child.wait
        child.wait = min(child.wait * 2, LATEST)
        return 0

    def _stop(self) -> None:
        """Ask every child to finish, then end those that do not."""
        alive = [child.process for child in self.children if child.process and child.process.poll() is None]
        for process in alive:
            process.terminate()
        end = time.monotonic() + PATIENCE
        for process in alive:
            try:
                process.wait(timeout=max(0.0, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

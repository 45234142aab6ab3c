"""The system as an office runs it, on a folder of its own: `penata serve` with its worker, on a free port."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
START = 120  # seconds, on a busy machine


@dataclass(frozen=True)
class Server:
    url: str
    folder: Path

    def at(self, path):
        return self.url + path


def environment(folder):
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("PENATA_", "DJANGO_"))}
    own = {"PENATA_DATA": str(folder), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "COLUMNS": "200"}
    if "PENATA_NODE_MODULES" in os.environ:
        own["PENATA_NODE_MODULES"] = os.environ["PENATA_NODE_MODULES"]
    return kept | own


def run(folder, *words):
    """Run a module on the data in *folder* and return what it printed."""
    command = [sys.executable, "-m", *map(str, words)]
    done = subprocess.run(command, env=environment(folder), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(seeded, folder):
    """Serve a copy of the folder *seeded*; afterwards stop it and insist that it stopped by itself, cleanly."""
    shutil.copytree(seeded, folder)
    port = free_port()
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "penata", "serve", "--port", str(port), "--workers", "2"],
            env=environment(folder), cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        wait_until_ready(f"http://127.0.0.1:{port}/siap/", process, log)
        yield Server(f"http://127.0.0.1:{port}", folder)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            code = process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            code = None
    assert code == 0, log.read_text(errors="replace")[-4000:]
    assert "Traceback" not in log.read_text(errors="replace"), log.read_text(errors="replace")[-8000:]


def wait_until_ready(url, process, log):
    end = time.monotonic() + START
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text(errors="replace")[-4000:]
        try:
            with urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"not ready after {START} s: {log.read_text(errors='replace')[-4000:]}")

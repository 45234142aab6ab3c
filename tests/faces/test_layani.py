"""`penata serve`, `penata pekerja`, `penata migrasi`, `penata akun`: they start, watch, refuse and stop."""

import json
import os
import re
import signal
import socket
import subprocess
import time
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
PATIENCE = 120  # seconds, on a busy machine


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(ready, process, log):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text()
        if value := ready():
            return value
        time.sleep(0.1)
    raise AssertionError(log.read_text())


def answered(url):
    try:
        with urlopen(url, timeout=5) as answer:
            return answer.status, answer.headers, answer.read()
    except HTTPError as error:
        return error.code, error.headers, error.read()
    except (URLError, OSError):
        return None


def workers(process):
    listed = subprocess.run(
        ["ps", "--ppid", str(process.pid), "-o", "pid=,args="], capture_output=True, text=True, check=True
    ).stdout
    return [int(line.split()[0]) for line in listed.splitlines() if "pekerja" in line]


def gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.fixture
def served(place, tmp_path):
    """A served place: (place, address, process, log)."""
    here, port, log = place(), free_port(), tmp_path / "server.log"
    with log.open("wb") as output:
        process = here.start("serve", "--port", port, "--workers", "1", log=output)
    try:
        url = f"http://127.0.0.1:{port}"
        until(lambda: (answered(url + "/siap/") or (0,))[0] == 200, process, log)
        yield here, url, process, log
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def test_it_serves_pages_and_files_and_stops_when_told(served):
    _here, url, process, log = served
    status, headers, body = answered(url + "/sehat/")
    assert (status, json.loads(body)["status"]) == (200, "hidup")
    status, headers, body = answered(url + "/akun/login/")
    assert status == 200
    assert "unsafe" not in headers["Content-Security-Policy"]
    sheet = body.decode().partition('rel="stylesheet" href="')[2].partition('"')[0]
    status, headers, body = answered(url + sheet)
    assert status == 200
    assert "immutable" in headers["Cache-Control"]
    (worker,) = until(lambda: workers(process), process, log)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0
    assert gone(worker)
    assert "Traceback" not in log.read_text()
    assert answered(url + "/sehat/") is None


def test_a_worker_that_dies_is_started_again_and_the_pages_stay(served):
    _here, url, process, log = served
    (worker,) = until(lambda: workers(process), process, log)
    os.kill(worker, signal.SIGKILL)
    (other,) = until(lambda: [pid for pid in workers(process) if pid != worker], process, log)
    assert other != worker
    assert answered(url + "/sehat/")[0] == 200
    process.kill()
    process.wait()
    until_gone = time.monotonic() + PATIENCE
    while not gone(other) or answered(url + "/sehat/"):
        assert time.monotonic() < until_gone, "what the killed system had started is still there"
        time.sleep(0.1)


def test_a_port_in_use_is_named_before_anything_is_touched(place):
    here = place(bare=True)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        told = here.refused("serve", "--port", taken.getsockname()[1])
    assert "--port" in told
    assert not here.folder.exists()


def test_a_worker_refuses_tables_of_another_version(place):
    here = place(bare=True)
    assert "./penata migrasi" in here.refused("pekerja", "--sekali")
    assert here.run("migrasi", "--periksa").returncode == 1
    here.ok("migrasi")
    assert here.run("migrasi", "--periksa").returncode == 0
    here.ok("pekerja", "--sekali")


def test_an_account_is_made_once_and_its_password_shown_once(place):
    here = place()
    told = here.ok("akun", "buat", "kepala")
    password = told.partition("Sandi: ")[2].split()[0]
    assert len(password) >= 16
    ((stored,),) = here.ask("SELECT password FROM access_user")
    assert password not in stored
    assert "akun sandi" in here.refused("akun", "buat", "kepala")
    renewed = here.ok("akun", "sandi", "kepala").partition("Sandi: ")[2].split()[0]
    assert renewed != password
    assert "Tidak ada akun" in here.refused("akun", "sandi", "siapa")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PENATA_DEBUG", "mungkin"),
        ("PENATA_DATABASE_URL", "mysql://server/nama"),
        ("PENATA_DATABASE_URL", "postgresql://penata@127.0.0.1:1/tidak-ada"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_in_one_sentence(place, name, value, monkeypatch):
    here = place(bare=True)
    monkeypatch.setattr(type(here), "environment", here.environment | {name: value})
    told = here.refused("migrasi")
    assert len(told.strip().splitlines()) == 1
    assert name in told or "tidak dapat dibuka" in told


def test_the_audit_trail_is_verified_from_the_command_line(place):
    here = place()
    here.ok("akun", "buat", "kepala")
    told = here.ok("audit", "verifikasi")
    number, seal = re.search(r"nomor (\d+), sidik ([0-9a-f]{64})", told).groups()
    here.ok("akun", "sandi", "kepala")
    assert "UTUH: 2" in here.ok("audit", "verifikasi", "--nomor", number, "--sidik", seal)
    broken = here.run("audit", "verifikasi", "--nomor", number, "--sidik", "0" * 64)
    assert broken.returncode == 1
    assert "TIDAK UTUH" in broken.stdout
    assert "--sidik" in here.refused("audit", "verifikasi", "--nomor", number)

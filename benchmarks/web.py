"""The ten most used pages under a hundred users who think one second between clicks; both databases.

    python benchmarks/web.py [--pegawai 60000] [--pengguna 100] [--detik 60] [--basis-data sqlite postgresql]

`penata serve` runs as in production (granian, one process a core, worker beside) on the same machine as the users: each
is a thread with a connection and a session of its own, over four roles, opening pages in a random order that is the
same every time. A click is over when the whole answer was read. Nothing is kept of the first seconds.
"""

import argparse
import gc
import gzip
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

import tempat

WARM_UP = 10.0  # seconds
ROLES = ("analis", "operator", "pimpinan", "auditor")
# weight, name, address; the blanks are filled anew at every click
PAGES = (
    (10, "beranda", "/"),
    (18, "daftar pegawai", "/pegawai/"),
    (14, "cari pegawai", "/pegawai/?cari={nama}"),
    (16, "profil pegawai", "/pegawai/{nip}/"),
    (8, "daftar posisi satu unit", "/peta-jabatan/daftar/?unit={unit}"),
    (8, "peta, tampilan pertama", "/peta-jabatan/denah/?unit={unit}"),
    (8, "halaman unit", "/organisasi/unit/{unit}/"),
    (6, "katalog jabatan", "/jabatan/"),
    (6, "beban kerja", "/beban-kerja/"),
    (6, "pensiun", "/pensiun/"),
)


def prepare(people: int, users: int) -> dict[str, list[str]]:
    """Fill the database and return sessions, and values for the blanks."""
    from django.conf import settings
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils import timezone

    from penata.domain.organisasi.models import Unit
    from penata.domain.pegawai.models import Pegawai
    from penata.faces.cli import kota_contoh
    from penata.foundation.access.models import User

    book, _seconds = tempat.timed("menyiapkan buku kerja", lambda: tempat.workbook(people, Path(settings.DATA)))
    today = timezone.localdate()
    tempat.timed(
        "mengisi basis data",
        lambda: kota_contoh.fill(book, "Kota Tolok Ukur", per=tempat.PER, today=today, progress=lambda _share: None),
    )
    settle()
    sessions = []
    for number in range(users):
        user = User.objects.get(username=ROLES[number % len(ROLES)])
        session = SessionStore()
        session["_auth_user_id"] = str(user.pk)
        session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
        session["_auth_user_hash"] = user.get_session_auth_hash()
        session.save()
        sessions.append(session.session_key)
    chosen = random.Random(1)
    people_rows = list(Pegawai.objects.order_by("nip").values_list("nip", "nama"))
    some = chosen.sample(people_rows, min(2_000, len(people_rows)))
    # The operator's unit and what lies below it, so that every role may open what is drawn.
    office = User.objects.get(username="operator").penugasan.get().unit_id
    code = Unit.objects.get(pk=office).kode
    units = [kode for kode in Unit.objects.order_by("kode").values_list("kode", flat=True) if kode.startswith(code)]
    return {
        "sessions": sessions, "nip": [nip for nip, _nama in some], "unit": chosen.sample(units, min(200, len(units))),
        "nama": sorted({nama.split()[0] for _nip, nama in some}),
    }  # fmt: skip


def settle() -> None:
    """Leave the database as it is some minutes after an import, when its own housekeeping is over."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM (ANALYZE)")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class Visitor(Thread):
    """One user: clicks, reads, thinks."""

    def __init__(
        self, number: int, port: int, session: str, values: dict[str, list[str]], begin: float, end: float, think: float
    ) -> None:
        super().__init__(daemon=True)
        self.chance = random.Random(number)
        self.port, self.session, self.values = port, session, values
        self.begin, self.end, self.think = begin, end, think
        self.clicks: list[tuple[str, float, int, int]] = []  # page, seconds, bytes sent, bytes of the page
        self.faults: dict[str, int] = defaultdict(int)

    def run(self) -> None:
        """Click until the end."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": f"sessionid={self.session}", "Accept-Encoding": "gzip"}
        time.sleep(self.chance.random() * self.think)
        while time.perf_counter() < self.end:
            _weight, name, address = self.chance.choices(PAGES, [page[0] for page in PAGES])[0]
            address = address.format(**{key: quote(self.chance.choice(found)) for key, found in self.values.items()})
            clicked = time.perf_counter()
            try:
                connection.request("GET", address, headers=headers)
                answer = connection.getresponse()
                body = answer.read()
            except (OSError, HTTPException) as error:
                self.faults[type(error).__name__] += 1
                connection.close()
                continue
            done = time.perf_counter()
            # An operator who opens somebody of another office is told 404, as fast as a page.
            if answer.status not in {200, 404}:
                self.faults[f"{answer.status} {address}"] += 1
            elif clicked >= self.begin and answer.status == 200:
                whole = len(gzip.decompress(body)) if answer.headers.get("Content-Encoding") == "gzip" else len(body)
                self.clicks.append((name, done - clicked, len(body), whole))
            time.sleep(self.think)


def measure(options: argparse.Namespace) -> dict[str, object]:
    """Fill a database, serve it, let the users click, and return what they saw."""
    with tempfile.TemporaryDirectory(prefix="penata-web-") as name:
        folder = Path(name)
        tempat.start(folder)
        given = prepare(options.pegawai, options.pengguna)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        server = subprocess.Popen([sys.executable, "-m", "penata", "serve", "--port", str(port)], stdout=sys.stderr)
        try:
            _until_ready(port, server)
            gc.collect()
            gc.freeze()  # what filled the database is still in memory; looking through it would count as waiting
            sessions = given.pop("sessions")
            begin = time.perf_counter() + WARM_UP
            users = [
                Visitor(number, port, session, given, begin, begin + options.detik, options.jeda)
                for number, session in enumerate(sessions)
            ]
            for user in users:
                user.start()
            for user in users:
                user.join()
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=90)
    return _report(users, options.detik)


def _until_ready(port: int, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end and server.poll() is None:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/siap/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
        finally:
            connection.close()
    raise SystemExit("the server did not become ready")


def _report(users: list[Visitor], seconds: float) -> dict[str, Any]:
    clicks = [click for user in users for click in user.clicks]
    faults: dict[str, int] = defaultdict(int)
    for user in users:
        for key, number in user.faults.items():
            faults[key] += number
    pages = {}
    for _weight, name, _address in PAGES:
        mine = [click for click in clicks if click[0] == name]
        if len(mine) < 2:
            continue
        took = sorted(click[1] * 1000 for click in mine)
        pages[name] = {
            "klik": len(mine), "p50_ms": _share(took, 0.5), "p95_ms": _share(took, 0.95), "p99_ms": _share(took, 0.99),
            "kb_terkirim": round(statistics.mean(click[2] for click in mine) / 1000, 1),
            "kb_halaman": round(max(click[3] for click in mine) / 1000, 1),
        }  # fmt: skip
        print(name, pages[name])
    took = sorted(click[1] * 1000 for click in clicks)
    return {
        "halaman": pages, "klik_per_detik": round(len(clicks) / seconds, 1), "p50_ms": _share(took, 0.5),
        "p95_ms": _share(took, 0.95), "gagal": dict(faults),
    }  # fmt: skip


def _share(ordered: list[float], share: float) -> float:
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 1)


def main() -> None:
    """Measure each database in a process of its own and write down what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pegawai", type=int, default=60_000)
    parser.add_argument("--pengguna", type=int, default=100)
    parser.add_argument("--detik", type=float, default=60)
    parser.add_argument("--jeda", type=float, default=1.0)
    parser.add_argument("--basis-data", nargs="+", default=["sqlite", "postgresql"], choices=["sqlite", "postgresql"])
    parser.add_argument("--coba", action="store_true", help="only print")
    options = parser.parse_args()
    if tempat.INSIDE in os.environ:
        print(json.dumps(measure(options)))
        return
    sizes = {name: getattr(options, name) for name in ("pegawai", "pengguna", "detik", "jeda")}
    words = [word for name, value in sizes.items() for word in (f"--{name}", str(value))]
    found = tempat.on_each(options.basis_data, __file__, words)
    if options.coba:
        print(json.dumps(found, indent=1))
    else:
        tempat.save("web", sizes, found)


if __name__ == "__main__":
    main()

"""What happens when an import is stopped, killed, or meets other writers: all of it is written, or nothing."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.core.management import call_command
from tests.web.kota import HARI

from penata.domain import sheets
from penata.domain.pegawai.models import Pegawai
from penata.domain.pertukaran import actions
from penata.domain.pertukaran.actions import import_workbook
from penata.domain.pertukaran.models import Impor
from penata.domain.pertukaran.uploads import state_of
from penata.foundation.audit.record import touch
from penata.foundation.tasks.models import Pekerjaan
from penata.sample import generate
from penata.snapshot.export import write_snapshot
from penata.snapshot.snapshot import build

PROJECT = Path(__file__).parents[3]
CHILD = """
import sys, time
from datetime import date
from pathlib import Path
import django
django.setup()
from django.db import connection
from penata.domain import sheets
from penata.domain.pegawai.models import Pegawai
from penata.domain.pertukaran.actions import import_workbook
from penata.foundation.access.models import Penugasan, User
from penata.foundation.access.reader import Reader
path, slow = Path(sys.argv[1]), sys.argv[2] == "lambat"
user = User.objects.filter(username="a").first()
if user is None:
    user = User.objects.create_user("a", password="x", nama="A")
    Penugasan.objects.create(user=user, peran="analis", mulai=date(2020, 1, 1))
if slow:
    last = sheets.sheet("minat")
    write = type(last).write
    def wait(self, delta, writing):
        done = write(self, delta, writing)
        if self.table == "minat":
            print("di tengah", Pegawai.objects.count(), flush=True)
            time.sleep(120)
        return done
    type(last).write = wait
today = date.fromisoformat(sys.argv[3])
import_workbook([path], as_of=date(2026, 1, 2), penetapan_id=None, by=Reader(user, today, today), abk_langsung=True)
print("selesai", Pegawai.objects.count(), flush=True)
"""


@pytest.fixture
def lone_database(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Return the environment of a database of its own, on the kind of server that the tests run on."""
    url = os.environ.get("PENATA_DATABASE_URL", "")
    (tmp_path / "data").mkdir()
    env = os.environ | {
        "PENATA_DATA": str(tmp_path / "data"), "DJANGO_SETTINGS_MODULE": "tests.web_settings",
        "PYTHONPATH": f"{PROJECT / 'src'}:{PROJECT}",
    }  # fmt: skip
    if not url.startswith("postgres"):
        yield env
        return
    import psycopg

    name = f"penata_putus_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name}")
        server.execute(f"CREATE DATABASE {name}")
    parts = urlsplit(url)
    yield env | {"PENATA_DATABASE_URL": urlunsplit(parts._replace(path=f"/{name}"))}
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def child(env: dict[str, str], *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, "-c", CHILD, *arguments], env=env, stdout=subprocess.PIPE, text=True)


def said(env: dict[str, str], question: str) -> str:
    code = f"import django; django.setup()\nfrom penata.domain import sheets\nfrom datetime import date\n{question}"
    return subprocess.run(
        [sys.executable, "-c", code], env=env, check=True, capture_output=True, text=True
    ).stdout.strip()


def test_kill_in_the_middle_of_writing_leaves_the_database_as_before(lone_database, tmp_path) -> None:
    first, second = tmp_path / "susunan.xlsx", tmp_path / "kota.xlsx"
    city = generate(pegawai=600, benih=4, per=HARI)
    write_snapshot(city, second)
    write_snapshot(build(city.instansi, HARI, {name: city[name] for name in ("unit", "jabatan", "posisi")}), first)
    manage = [sys.executable, "-m", "penata.config.manage", "migrate", "-v0"]
    subprocess.run(manage, env=lone_database, check=True)
    day = HARI.isoformat()
    done = child(lone_database, str(first), "biasa", day)
    assert done.communicate(timeout=120)[0].startswith("selesai 0")
    state = f"print(sheets.snapshot('K', date({HARI.year}, {HARI.month}, {HARI.day})).digest)"
    log = "from penata.foundation.audit.models import Peristiwa\nprint(Peristiwa.objects.count())"
    before, acts = said(lone_database, state), said(lone_database, log)

    killed = child(lone_database, str(second), "lambat", day)
    assert killed.stdout is not None
    assert killed.stdout.readline().startswith("di tengah")
    killed.send_signal(signal.SIGKILL)
    assert killed.wait(timeout=30) == -signal.SIGKILL
    time.sleep(0.5)
    assert (said(lone_database, state), said(lone_database, log)) == (before, acts)

    again = child(lone_database, str(second), "biasa", day)  # no lock is left behind
    out = again.communicate(timeout=240)[0]
    assert out.startswith("selesai 600"), out


def test_who_writes_between_plan_and_lock_makes_it_plan_anew(kota, buku, monkeypatch) -> None:
    person = kota.pegawai["Danu Wiratama"]
    path = buku({"pegawai": [{"nip": person.nip, "nama": person.nama, "golongan": "III/d"}]})
    made = []
    plan = actions.make_plan

    def disturbed(*args, **kwargs):
        made.append(plan(*args, **kwargs))
        if len(made) == 1:
            touch("pegawai")
        return made[-1]

    monkeypatch.setattr(actions, "make_plan", disturbed)
    import_workbook([path], as_of=HARI, penetapan_id=None, by=kota.reader("analis"))
    assert len(made) == 2
    assert Pegawai.objects.get(pk=person.pk).golongan == "III/d"


def test_a_room_that_never_rests_is_told_and_nothing_is_written(kota, buku, monkeypatch) -> None:
    person = kota.pegawai["Danu Wiratama"]
    path = buku({"pegawai": [{"nip": person.nip, "nama": person.nama, "golongan": "III/d"}]})
    plan = actions.make_plan

    def disturbed(*args, **kwargs):
        made = plan(*args, **kwargs)
        touch("pegawai")
        return made

    monkeypatch.setattr(actions, "make_plan", disturbed)
    with pytest.raises(actions.ImporError, match="Coba lagi"):
        import_workbook([path], as_of=HARI, penetapan_id=None, by=kota.reader("analis"))
    assert Pegawai.objects.get(pk=person.pk).golongan == "III/c"


def test_cancelling_before_the_writing_changes_nothing(kota, buku, unggah, django_capture_on_commit_callbacks) -> None:
    person = kota.pegawai["Danu Wiratama"]
    browser, impor = unggah(
        "analis", buku({"pegawai": [{"nip": person.nip, "nama": person.nama, "golongan": "III/d"}]})
    )
    with django_capture_on_commit_callbacks(execute=False) as queued:
        browser.post(f"/impor/{impor.pk}/terapkan/", {"isi": impor.isi})
    impor = Impor.objects.select_related("pekerjaan").get(pk=impor.pk)
    Pekerjaan.objects.filter(pk=impor.pekerjaan_id).update(batal_diminta=True)
    for call in queued:
        call()
    impor = Impor.objects.select_related("pekerjaan").get(pk=impor.pk)
    assert impor.pekerjaan.status == "dibatalkan"
    assert state_of(impor) == "pratinjau"
    assert Pegawai.objects.get(pk=person.pk).golongan == "III/c"
    assert "Terapkan 1 baris" in browser.get(f"/impor/{impor.pk}/").content.decode()


def test_a_worker_that_died_leaves_an_import_that_can_go_on(kota, buku, unggah, terapkan) -> None:
    person = kota.pegawai["Danu Wiratama"]
    browser, impor = unggah(
        "analis", buku({"pegawai": [{"nip": person.nip, "nama": person.nama, "golongan": "III/d"}]})
    )
    Impor.objects.filter(pk=impor.pk).update(status="menerapkan")
    Pekerjaan.objects.filter(pk=impor.pekerjaan_id).update(status="gagal", galat="Pekerjaan terhenti")
    assert "Pekerjaan terhenti" in browser.get(f"/impor/{impor.pk}/").content.decode()
    assert terapkan(browser, impor).status == "diterapkan"


def test_periods_before_the_day_stay_and_the_same_day_is_corrected_in_place(kota, buku) -> None:
    def bring(need: float, day: date) -> None:
        row = {"kode": "P-013", "jabatan": "Pengelola Data", "unit": "U-0101", "atasan": "P-011", "kebutuhan": need}
        import_workbook([buku({"posisi": [row]})], as_of=day, penetapan_id=None, by=kota.reader("analis"))

    def need(day: date) -> float:
        return sheets.read("posisi", day).filter(kode="P-013")["kebutuhan"].item()

    masa = kota.posisi["P-013"].masa
    bring(3, date(2026, 3, 1))
    assert [need(date(2026, 2, 28)), need(date(2026, 3, 1))] == [2, 3]
    bring(4, date(2026, 3, 1))
    assert (masa.count(), need(HARI)) == (2, 4)
    bring(5, date(2026, 6, 1))
    assert masa.count() == 3
    bring(4, date(2026, 6, 1))  # as it was before: the two periods become one again
    assert (masa.count(), need(HARI)) == (2, 4)
    bring(2, date(2026, 3, 1))
    assert (masa.count(), need(HARI)) == (1, 2)
    bring(6, date(2026, 9, 1))
    bring(6, date(2026, 7, 1))  # reaches forward into the equal period that follows
    assert (masa.count(), need(date(2026, 6, 30)), need(date(2026, 7, 1)), need(HARI)) == (2, 2, 6, 6)


def test_no_migration_is_missing(db) -> None:
    call_command("makemigrations", "pertukaran", check=True, dry_run=True, verbosity=0)

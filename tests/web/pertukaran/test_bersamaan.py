"""Two at once, in threads and transactions of their own: an import and an editor, two workers on one piece of work."""

import time
from threading import Barrier, Event, Thread

import pytest
from django.db import connections
from tests.web.beban_kerja.bahan import fresh, make_abk, row_of, ubah
from tests.web.kota import HARI, build_kota

from penata.domain import sheets
from penata.domain.beban_kerja.baris import save_rows
from penata.domain.beban_kerja.models import AbkBaris
from penata.domain.pertukaran import actions
from penata.domain.pertukaran.actions import import_workbook
from penata.domain.peta_jabatan.actions import Isi, StaleError, change_posisi, stamp
from penata.foundation.audit.models import Peristiwa
from penata.foundation.audit.verify import verify
from penata.foundation.tasks import run
from penata.foundation.tasks.models import Pekerjaan, Pemberitahuan

LONG = 60  # seconds after which a thread that hangs fails the test


class Beside(Thread):
    """A thread with a connection of its own that keeps what came out and how long it took."""

    def __init__(self, work):
        super().__init__(daemon=True)
        self.work, self.result, self.error, self.ended = work, None, None, 0.0
        self.start()

    def run(self):
        try:
            self.result = self.work()
        except Exception as error:  # noqa: BLE001 - told to the test, which looks at it
            self.error = error
        finally:
            self.ended = time.monotonic()
            connections.close_all()

    def done(self):
        self.join(LONG)
        assert not self.is_alive(), "somebody waits for ever"
        return self


@pytest.fixture
def kota(committed):
    return build_kota()


@pytest.fixture
def slow_write(monkeypatch):
    """Let the import of a table stand still inside its transaction; return what to wait for and what lets it go."""

    def slow(table):
        kind = type(sheets.sheet(table))
        inside, go, write = Event(), Event(), kind.write

        def waiting(self, delta, writing):
            done = write(self, delta, writing)
            inside.set()
            assert go.wait(LONG)
            return done

        monkeypatch.setattr(kind, "write", waiting)
        return inside, go

    return slow


def bring(kota, path):
    return lambda: import_workbook([path], as_of=HARI, penetapan_id=None, by=kota.reader("analis"))


def tasks(kode):
    rows = AbkBaris.objects.filter(posisi__kode=kode)
    return {tugas: float(volume) for tugas, volume in rows.values_list("tugas", "volume")}


def beban(volume, tugas="Memutakhirkan data pelayanan"):
    row = {"posisi": "P-013", "tugas": tugas, "hasil": "data", "volume": volume, "periode": "bulan"}
    return {"beban_kerja": [row | {"norma_waktu": 7.5, "satuan_waktu": "menit"}]}


def test_who_types_into_an_abk_while_an_import_writes_it_waits_and_is_told(kota, buku, slow_write):
    abk = make_abk(kota)
    row = row_of(abk, "Memutakhirkan data pelayanan")
    inside, go = slow_write("beban_kerja")
    importing = Beside(bring(kota, buku(beban(1500))))
    assert inside.wait(LONG)
    mine = ubah(kota, "P-013", "Memutakhirkan data pelayanan", "data", "999", "bulan", "7,5", "menit", row=row.pk,
                versi=row.versi)  # fmt: skip
    new = ubah(kota, "P-013", "Melayani permintaan data", "data", "10", "bulan", "30", "menit", key="baru")
    typing = Beside(lambda: save_rows(abk_id=abk.pk, versi=abk.versi, ubah=[mine, new], by=kota.reader("operator")))
    time.sleep(0.7)
    assert typing.is_alive()  # it waits for the import, and does not write past it
    released = time.monotonic()
    go.set()
    importing.done()
    typing.done()
    assert importing.error is None
    assert typing.error is None
    assert typing.ended > released
    told = typing.result
    assert told.orang_lain
    assert [clash.id for clash in told.konflik] == [row.pk]
    assert tasks("P-013")["Memutakhirkan data pelayanan"] == 1500  # not overwritten unseen
    assert tasks("P-013")["Melayani permintaan data"] == 10  # what clashed with nothing is kept
    assert fresh(abk).versi > abk.versi
    assert verify().sound


def test_an_import_that_comes_second_sees_what_was_typed_meanwhile(kota, buku, monkeypatch):
    abk = make_abk(kota)
    row = row_of(abk, "Menelaah usulan kebijakan")
    mine = ubah(kota, "P-012", "Menelaah usulan kebijakan", "telaahan", "48", "bulan", "6", "jam", row=row.pk,
                versi=row.versi)  # fmt: skip
    plan, made = actions.make_plan, []

    def planned(*args, **kwargs):
        made.append(plan(*args, **kwargs))
        if len(made) == 1:  # between reading and writing somebody else saves, in a transaction of their own
            assert (
                Beside(lambda: save_rows(abk_id=abk.pk, versi=abk.versi, ubah=[mine], by=kota.reader("operator")))
                .done()
                .error
                is None
            )
        return made[-1]

    monkeypatch.setattr(actions, "make_plan", planned)
    bring(kota, buku(beban(1500)))()
    assert len(made) == 2
    assert tasks("P-012")["Menelaah usulan kebijakan"] == 48
    assert tasks("P-013")["Memutakhirkan data pelayanan"] == 1500
    assert verify().sound


def test_who_changes_a_posisi_while_an_import_changes_it_is_told(kota, buku, slow_write):
    masa = kota.posisi["P-013"].masa.select_related("posisi", "jabatan", "unit", "atasan").get()
    seen = stamp(masa)
    row = {"kode": "P-013", "jabatan": "Pengelola Data", "unit": "U-0101", "atasan": "P-011", "kebutuhan": 7}
    inside, go = slow_write("posisi")
    importing = Beside(bring(kota, buku({"posisi": [row]})))
    assert inside.wait(LONG)
    asked = Isi(kelas=masa.kelas, kebutuhan=3, atasan="P-011")
    changing = Beside(
        lambda: change_posisi(
            kode="P-013", dilihat=seen, isi=asked, mulai=HARI, penetapan_id=kota.penetapan.pk, by=kota.reader("analis")
        )
    )
    time.sleep(0.5)
    assert changing.is_alive()
    go.set()
    assert importing.done().error is None
    assert isinstance(changing.done().error, StaleError)
    assert sheets.read("posisi", HARI).filter(kode="P-013")["kebutuhan"].item() == 7
    assert verify().sound


def test_two_imports_at_once_do_one_after_the_other(kota, buku):
    start = Barrier(2)
    paths = [
        buku({"pegawai": [{"nip": kota.pegawai[nama].nip, "nama": nama, "golongan": "III/d"}]})
        for nama in ("Danu Wiratama", "Intan Prameswari")
    ]

    def one(path):
        work = bring(kota, path)
        return lambda: (start.wait(LONG), work())

    both = [Beside(one(path)) for path in paths]
    assert [thread.done().error for thread in both] == [None, None]
    found = sheets.read("pegawai", HARI)
    assert found.filter(golongan="III/d").height == 2
    assert Peristiwa.objects.filter(aksi="impor.diterapkan").count() == 2
    assert verify().sound


def test_two_workers_do_one_piece_of_work_once(kota, settings):
    settings.TASKS_INSIDE_TRANSACTION = False
    ran, start = [], Barrier(2)

    @run.work("tests.bersamaan:kerja")
    def work(progress, masukan):
        ran.append(masukan["n"])
        time.sleep(0.4)
        progress(0.5, "setengah")
        return {"n": masukan["n"]}

    rows = [
        Pekerjaan.objects.create(
            jenis="tests.bersamaan:kerja", judul=f"Kerja {n}", pemilik=kota.user["analis"], masukan={"n": n}
        )
        for n in range(3)
    ]

    def worker():
        for row in rows:
            start.wait(LONG)
            run.run_pekerjaan.func(str(row.pk))

    both = [Beside(worker), Beside(worker)]
    assert [thread.done().error for thread in both] == [None, None]
    assert sorted(ran) == [0, 1, 2]
    assert set(Pekerjaan.objects.values_list("status", "kemajuan")) == {("selesai", 1.0)}
    assert Pemberitahuan.objects.filter(teks__startswith="Selesai").count() == 3


def test_a_work_cancelled_while_it_begins_is_either_done_or_cancelled_never_both(kota, settings):
    settings.TASKS_INSIDE_TRANSACTION = False

    @run.work("tests.bersamaan:singkat")
    def work(progress, _masukan):
        progress(0.5, "setengah")
        return {}

    for _again in range(6):
        row = Pekerjaan.objects.create(jenis="tests.bersamaan:singkat", judul="x", pemilik=kota.user["analis"])
        start = Barrier(2)
        stopping = Beside(lambda start=start, row=row: (start.wait(LONG), run.cancel(row))[1])
        working = Beside(lambda start=start, row=row: (start.wait(LONG), run.run_pekerjaan.func(str(row.pk))))
        assert (stopping.done().error, working.done().error) == (None, None)
        row.refresh_from_db()
        assert row.status in {"selesai", "dibatalkan"}
        assert row.selesai is not None
        if not row.batal_diminta:
            assert (row.status, stopping.result) == ("selesai", False)

"""The chain: what is written is sealed, whatever is tampered with is found, and two writers never tear it."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, connection, connections, transaction

from penata.foundation.audit.models import Peristiwa, Perubahan, Rantai
from penata.foundation.audit.record import Change, changed, record, revision, seal
from penata.foundation.audit.verify import verify


class Uji(StrEnum):
    DICATAT = "uji.dicatat"


def write(changes=(), **more):
    with transaction.atomic():
        return record(Uji.DICATAT, by=None, changes=changes, **more)


def unguard():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP FUNCTION audit_tolak() CASCADE")
        else:
            for table in ("audit_peristiwa", "audit_perubahan"):
                for event in ("update", "delete"):
                    cursor.execute(f"DROP TRIGGER {table}_{event}")


@pytest.fixture
def chain(db):
    """Five acts with changes, and the guard taken away as somebody with the keys of the database would."""
    for n in range(5):
        write([Change("unit", f"U-{n}", None, {"nama": f"Unit {n}"}), Change("posisi", f"P-{n}", {"kelas": n}, None)])
    assert verify().sound
    unguard()


ODD = {
    "hari": date(2026, 1, 2), "nol": -0.0, "besar": 1e16, "kecil": 1e-7, "pecahan": 0.1, "uang": Decimal("12.50"),
    "teks": 'é \u2028 \\ " 1e+16 -0.0', "daftar": [1, 2.0, -0.0], "angka": {10: "sepuluh", 9: "sembilan", "x": None},
}  # fmt: skip


def test_what_is_sealed_is_what_the_database_gives_back(db):
    write([Change("unit", "U-1", None, ODD), changed("unit", "U-1", {"a": 1, "b": 2}, {"a": 1, "b": 3})], rincian=ODD)
    assert verify().sound
    assert Perubahan.objects.get(sebelum__isnull=False).sesudah == {"b": 3}
    assert Perubahan.objects.get(sebelum__isnull=True).sesudah["angka"] == {"10": "sepuluh", "9": "sembilan", "x": None}


def test_not_a_number_is_refused(db):
    with pytest.raises(ValueError), transaction.atomic():
        record(Uji.DICATAT, by=None, changes=[Change("unit", "U", None, {"luas": float("nan")})])
    assert not Peristiwa.objects.exists()


def test_an_act_needs_its_transaction(committed):
    with pytest.raises(RuntimeError):
        record(Uji.DICATAT, by=None)


def test_the_number_of_queries_does_not_grow_with_the_changes(db, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        write([Change("pegawai", f"{n:018}", None, {"nama": "x", "urut": n}) for n in range(3_000)], ruang=("pegawai",))
    assert Perubahan.objects.count() == 3_000
    assert [c.sesudah["urut"] for c in Perubahan.objects.order_by("id")[:3]] == [0, 1, 2]
    assert revision("pegawai") == (1,)
    assert verify().sound


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE audit_peristiwa SET alasan = 'lain'", "DELETE FROM audit_peristiwa", "DELETE FROM audit_perubahan",
        "UPDATE audit_perubahan SET objek_id = 'lain'", "TRUNCATE audit_peristiwa", "TRUNCATE audit_perubahan",
    ],
)  # fmt: skip
def test_the_database_refuses_change_and_deletion(db, attempt):
    if attempt.startswith("TRUNCATE") and connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE; its DELETE is refused")
    write([Change("unit", "U-1", None, {"nama": "x"})])
    with pytest.raises(DatabaseError, match="jejak audit"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attempt)
    assert verify().sound


TAMPERINGS = {
    "field of an act": (lambda: Peristiwa.objects.filter(id=3).update(alasan="lain"), 3, "seal"),
    "author of an act": (lambda: Peristiwa.objects.filter(id=2).update(pelaku="orang lain"), 2, "seal"),
    "value of a change": (lambda: Perubahan.objects.filter(objek_id="U-2").update(sesudah={"nama": "y"}), 3, "changes"),
    "object of a change": (lambda: Perubahan.objects.filter(objek_id="U-2").update(objek_id="U-9"), 3, "changes"),
    "a change removed": (lambda: Perubahan.objects.filter(objek_id="P-1").delete(), 2, "changes"),
    "a change added": (lambda: Perubahan.objects.create(peristiwa_id=4, jenis="unit", objek_id="U-8"), 4, "changes"),
    "an act removed": (lambda: Peristiwa.objects.filter(id=3).delete(), 3, "gap"),
    "the first act removed": (lambda: Peristiwa.objects.filter(id=1).delete(), 1, "gap"),
    "the last act removed": (lambda: Peristiwa.objects.filter(id=5).delete(), 5, "end"),
    "an act put in after the end": (lambda: Peristiwa.objects.create(**_copy(5, id=90_000)), 90_000, "outside"),
    "an act put in before the beginning": (lambda: Peristiwa.objects.create(**_copy(5, id=0)), 0, "outside"),
    "a change of no act": (lambda: Perubahan.objects.create(peristiwa_id=77, jenis="u", objek_id="U"), 77, "outside"),
    "the end moved back": (lambda: Rantai.objects.update(nomor=4), 5, "end"),
    "an act resealed alone": (lambda: _reseal(2), 3, "chain"),
}  # fmt: skip


def _copy(number, **change):
    row = Peristiwa.objects.filter(id=number).values().get()
    return row | {"sidik": "f" * 64} | change


def _reseal(number):
    act = Peristiwa.objects.get(id=number)
    act.alasan = "lain"
    Peristiwa.objects.filter(id=number).update(alasan=act.alasan, sidik=seal(act))


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_found_and_the_place_named(chain, name):
    tamper, number, cause = TAMPERINGS[name]
    tamper()
    found = verify()
    assert not found.sound
    assert (found.nomor, found.sebab) == (number, cause)


def test_a_chain_rewritten_to_its_end_is_found_by_a_noted_seal(chain):
    noted = verify()
    before = Peristiwa.objects.get(id=2).sidik
    for act in Peristiwa.objects.filter(id__gte=3).order_by("id"):
        act.alasan, act.sidik_sebelum = "lain", before
        before = seal(act)
        Peristiwa.objects.filter(id=act.id).update(alasan="lain", sidik_sebelum=act.sidik_sebelum, sidik=before)
    Rantai.objects.update(sidik=before)
    assert verify().sound  # the chain alone cannot know
    found = verify(noted=(noted.acts, noted.sidik))
    assert (found.sound, found.nomor, found.sebab) == (False, 5, "noted")


def test_acts_cut_off_with_the_end_moved_are_found_by_a_noted_seal(chain):
    noted = verify()
    Peristiwa.objects.filter(id=5).delete()
    Perubahan.objects.filter(peristiwa_id=5).delete()
    Rantai.objects.update(nomor=4, sidik=Peristiwa.objects.get(id=4).sidik)
    assert verify().sound
    assert not verify(noted=(noted.acts, noted.sidik)).sound


def test_an_act_written_during_verification_is_no_alarm(db):
    write()
    heard = []

    def meanwhile(done):
        heard.append(done)
        if len(heard) == 1:
            write([Change("unit", "U-1", None, {"nama": "x"})])

    assert verify(meanwhile).sound
    assert heard == [1]
    assert verify().acts == 2


def test_two_writers_at_once_tear_nothing(committed):
    start, errors = Barrier(2), []

    def writer(name):
        try:
            start.wait(timeout=20)
            for n in range(15):
                write([Change("unit", f"{name}-{n}", None, {"nama": name})], ruang=("organisasi",))
        except DatabaseError as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=writer, args=(name,)) for name in ("satu", "dua")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert errors == []
    assert list(Peristiwa.objects.order_by("id").values_list("id", flat=True)) == list(range(1, 31))
    assert revision("organisasi") == (30,)
    assert verify().sound

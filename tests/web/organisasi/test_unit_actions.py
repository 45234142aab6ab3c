"""Direct changes of units: periods, correction on the same day, refusals, rights, and what the log says."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from tests.web.kota import HARI, MULAI

from penata.domain.organisasi import actions
from penata.domain.organisasi.actions import UnitValues, fingerprint
from penata.domain.organisasi.errors import StaleError, UnitError
from penata.domain.organisasi.models import Penetapan, UnitMasa
from penata.domain.organisasi.tree import pohon
from penata.foundation.access.models import Penugasan
from penata.foundation.access.permissions import Peran
from penata.foundation.access.reader import ForbiddenError
from penata.foundation.audit.models import Peristiwa, Perubahan
from penata.foundation.audit.verify import verify

BERLAKU = date(2026, 12, 1)


@pytest.fixture
def by(kota):
    return kota.reader("analis")


@pytest.fixture
def local(kota):
    """Return an analyst whose rights hold in U-01 and below it alone."""
    Penugasan.objects.filter(user=kota.user["analis"]).delete()
    Penugasan.objects.create(user=kota.user["analis"], peran=Peran.ANALIS, unit_id=kota.unit["U-01"].pk, mulai=MULAI)
    return kota.reader("analis")


def periods(unit):
    return list(unit.masa.order_by("mulai").values_list("nama", "mulai", "selesai"))


def change(kota, by, kode="U-0101", nama="Bidang Layanan", mulai=BERLAKU, **more):
    values = UnitValues(nama, "bidang")
    return actions.change_unit(
        unit_id=kota.unit[kode].pk, values=values, mulai=mulai, penetapan_id=kota.penetapan.pk, by=by, **more
    )


def test_a_change_closes_the_period_and_opens_the_next(kota, by):
    change(kota, by)
    assert periods(kota.unit["U-0101"]) == [
        ("Bidang Pelayanan Kesehatan", MULAI, BERLAKU),
        ("Bidang Layanan", BERLAKU, None),
    ]
    names = {day: pohon(day).by_id[kota.unit["U-0101"].pk].nama for day in (HARI, BERLAKU)}
    assert names == {HARI: "Bidang Pelayanan Kesehatan", BERLAKU: "Bidang Layanan"}


def test_a_change_on_the_first_day_corrects_in_place(kota, by):
    change(kota, by)
    change(kota, by, nama="Bidang Layanan Dasar")
    assert periods(kota.unit["U-0101"])[1:] == [("Bidang Layanan Dasar", BERLAKU, None)]


def test_a_change_in_the_middle_ends_where_the_old_period_ended(kota, by):
    change(kota, by, mulai=date(2027, 1, 1), nama="Kelak")
    change(kota, by, nama="Sementara")
    assert periods(kota.unit["U-0101"])[1:] == [
        ("Sementara", BERLAKU, date(2027, 1, 1)),
        ("Kelak", date(2027, 1, 1), None),
    ]


def test_the_log_says_who_what_when_and_on_which_act(kota, by):
    change(kota, by)
    act = Peristiwa.objects.get(aksi="unit.diubah")
    told = Perubahan.objects.get(peristiwa_id=act.pk)
    assert (act.pelaku, act.per, act.dasar, act.unit_id) == (
        "Analis", BERLAKU, "Peraturan Wali Kota 12 Tahun 2023", kota.unit["U-0101"].pk,
    )  # fmt: skip
    assert (told.jenis, told.objek_id) == ("unit", "U-0101")
    assert told.sebelum == {"nama": "Bidang Pelayanan Kesehatan", "mulai": "2024-01-01"}
    assert told.sesudah == {"nama": "Bidang Layanan", "mulai": "2026-12-01"}
    assert verify().sound


def test_nothing_changed_is_refused(kota, by):
    with pytest.raises(UnitError, match="Tidak ada yang berubah"):
        change(kota, by, nama="Bidang Pelayanan Kesehatan")


def test_a_unit_is_created_and_its_code_is_taken(kota, by):
    made = actions.create_unit(
        kode="U-0103", values=UnitValues("Bidang Gizi", "bidang"), induk_id=kota.unit["U-01"].pk, mulai=BERLAKU,
        penetapan_id=kota.penetapan.pk, by=by,
    )  # fmt: skip
    assert made.pk in pohon(BERLAKU).subtree(kota.unit["U-01"].pk)
    assert made.pk not in pohon(HARI).by_id
    with pytest.raises(UnitError, match="sudah dipakai"):
        actions.create_unit(
            kode="U-0103", values=UnitValues("Lagi"), induk_id=None, mulai=BERLAKU, penetapan_id=None, by=by
        )


def test_a_unit_moves_and_its_subtree_with_it(kota, by):
    actions.move_unit(
        unit_id=kota.unit["U-0102"].pk, induk_id=kota.unit["U-02"].pk, mulai=BERLAKU,
        penetapan_id=kota.penetapan.pk, by=by,
    )  # fmt: skip
    assert [n.kode for n in pohon(BERLAKU).path(kota.unit["U-0102"].pk)] == ["U-00", "U-02", "U-0102"]
    assert [n.kode for n in pohon(HARI).path(kota.unit["U-0102"].pk)] == ["U-00", "U-01", "U-0102"]


@pytest.mark.parametrize("induk", ["U-01", "U-0101"])
def test_a_unit_never_hangs_under_itself(kota, by, induk):
    with pytest.raises(UnitError, match="bawah unit ini sendiri"):
        actions.move_unit(
            unit_id=kota.unit["U-01"].pk, induk_id=kota.unit[induk].pk, mulai=BERLAKU, penetapan_id=None, by=by
        )
    assert periods(kota.unit["U-01"]) == [("Dinas Kesehatan", MULAI, None)]


def test_a_cycle_that_would_begin_later_is_refused(kota, by):
    """U-02 goes under U-0101 next year; moving U-01 under U-02 now would close the ring on that day."""
    later = date(2027, 1, 1)
    actions.move_unit(
        unit_id=kota.unit["U-02"].pk, induk_id=kota.unit["U-0101"].pk, mulai=later, penetapan_id=None, by=by
    )
    with pytest.raises(UnitError, match="bawah unit ini sendiri"):
        actions.move_unit(
            unit_id=kota.unit["U-01"].pk, induk_id=kota.unit["U-02"].pk, mulai=BERLAKU, penetapan_id=None, by=by
        )


def test_a_parent_that_ends_later_is_refused(kota, by):
    made = actions.create_unit(
        kode="U-03", values=UnitValues("Sementara"), induk_id=kota.unit["U-00"].pk, mulai=HARI, penetapan_id=None, by=by
    )
    actions.end_unit(unit_id=made.pk, mulai=date(2027, 6, 1), penetapan_id=None, by=by)
    with pytest.raises(UnitError, match="01-06-2027"):
        actions.move_unit(unit_id=kota.unit["U-0102"].pk, induk_id=made.pk, mulai=BERLAKU, penetapan_id=None, by=by)


@pytest.mark.parametrize(("kode", "told"), [("U-0101", "3 posisi dan 0 unit"), ("U-01", "1 posisi dan 2 unit")])
def test_a_unit_in_use_does_not_end(kota, by, kode, told):
    with pytest.raises(UnitError, match=told):
        actions.end_unit(unit_id=kota.unit[kode].pk, mulai=BERLAKU, penetapan_id=None, by=by)
    assert kota.unit[kode].masa.get().selesai is None


def test_an_empty_unit_ends_and_its_code_may_begin_again(kota, by):
    values = UnitValues("Satuan Tugas", "satuan")
    root = kota.unit["U-00"].pk
    made = actions.create_unit(kode="U-09", values=values, induk_id=root, mulai=HARI, penetapan_id=None, by=by)
    with pytest.raises(UnitError, match="baru mulai"):
        actions.end_unit(unit_id=made.pk, mulai=HARI, penetapan_id=None, by=by)
    actions.end_unit(unit_id=made.pk, mulai=BERLAKU, penetapan_id=kota.penetapan.pk, by=by)
    assert made.pk not in pohon(BERLAKU).by_id
    again = actions.create_unit(kode="U-09", values=values, induk_id=root, mulai=BERLAKU, penetapan_id=None, by=by)
    assert again == made
    assert made.masa.count() == 2


def test_whoever_comes_second_is_told(kota, by):
    seen = fingerprint(kota.unit["U-0101"].masa.get())
    change(kota, by, mulai=HARI, nama="Yang Pertama", seen=seen)
    with pytest.raises(StaleError, match="orang lain"):
        change(kota, by, nama="Yang Kedua", seen=seen)
    assert [name for name, *_ in periods(kota.unit["U-0101"])] == ["Bidang Pelayanan Kesehatan", "Yang Pertama"]


def test_rights_end_where_the_subtree_ends(kota, local):
    change(kota, local)
    with pytest.raises(ForbiddenError):
        change(kota, local, kode="U-0201")
    with pytest.raises(ForbiddenError):
        actions.move_unit(
            unit_id=kota.unit["U-0101"].pk, induk_id=kota.unit["U-02"].pk, mulai=BERLAKU, penetapan_id=None, by=local
        )
    with pytest.raises(ForbiddenError):
        actions.create_unit(
            kode="U-X", values=UnitValues("X"), induk_id=None, mulai=BERLAKU, penetapan_id=None, by=local
        )


@pytest.mark.parametrize("account", ["operator", "pegawai", "auditor", "pimpinan"])
def test_only_who_may_edits(kota, account):
    with pytest.raises(ForbiddenError):
        change(kota, kota.reader(account))


def test_the_database_refuses_two_periods_at_once(kota):
    with pytest.raises(IntegrityError, match="tumpang_tindih"), transaction.atomic():
        UnitMasa.objects.create(unit=kota.unit["U-01"], nama="Kembar", mulai=BERLAKU)
        connection.check_constraints()  # PostgreSQL looks at the end of the transaction


def test_an_act_is_written_down_once(kota, by):
    wanted = {"jenis": "Peraturan Wali Kota", "nomor": " 12  Tahun 2023", "tanggal": date(2023, 12, 1)}
    assert actions.create_penetapan(**wanted, tentang="Lain", by=by) == kota.penetapan
    kota.penetapan.refresh_from_db()
    assert kota.penetapan.tentang == "Susunan organisasi"
    other = actions.create_penetapan(**wanted | {"nomor": "13 Tahun 2023"}, by=by)
    assert Penetapan.objects.count() == 2
    filled = actions.create_penetapan(**wanted | {"nomor": "13 Tahun 2023"}, tentang="Kelas jabatan", by=by)
    assert (filled.pk, filled.tentang) == (other.pk, "Kelas jabatan")
    with pytest.raises(ForbiddenError):
        actions.create_penetapan(**wanted, by=kota.reader("pegawai"))

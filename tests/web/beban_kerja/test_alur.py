"""The workflow: who may take which step, in which state, what is frozen, and what the database itself refuses."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.web.beban_kerja.bahan import fresh, make_abk, ubah
from tests.web.kota import HARI

from penata.domain.beban_kerja import actions
from penata.domain.beban_kerja.baris import save_rows
from penata.domain.beban_kerja.models import Abk, AbkBaris, AbkHasil
from penata.domain.beban_kerja.queries import need_in_force, reckon
from penata.domain.jabatan.models import PosisiMasa
from penata.domain.peraturan.models import KebijakanInstansi
from penata.foundation.access.reader import ForbiddenError
from penata.foundation.audit.models import Peristiwa
from penata.foundation.audit.verify import verify


@pytest.fixture
def abk(kota):
    return make_abk(kota)


def do(action, kota, abk, who, **more):
    return action(abk_id=abk.pk, versi=fresh(abk).versi, by=kota.reader(who), **more)


def decide(kota, abk, mulai=date(2026, 7, 1), who="analis"):
    return do(actions.record_penetapan, kota, abk, who, penetapan_id=kota.penetapan.pk, mulai=mulai)


def verified(kota, **more):
    abk = make_abk(kota, **more)
    do(actions.submit_abk, kota, abk, "operator")
    do(actions.verify_abk, kota, abk, "atasan")
    return abk


def test_from_draft_to_force(kota):
    abk = verified(kota)
    decide(kota, abk)
    abk = fresh(abk)
    assert (abk.status, abk.mulai, abk.selesai, abk.penetapan) == ("ditetapkan", date(2026, 7, 1), None, kota.penetapan)
    assert (abk.pengaju, abk.pemverifikasi) == (kota.user["operator"], kota.user["atasan"])
    found = {row[0]: row[3] for row in need_in_force(HARI).iter_rows()}
    assert found == {"P-011": 1, "P-012": 2, "P-013": 1}
    assert need_in_force(date(2026, 6, 30)).is_empty()
    acts = list(Peristiwa.objects.order_by("id").values_list("aksi", flat=True))
    assert acts == ["abk.dibuat", "abk.baris-diubah", "abk.diajukan", "abk.diverifikasi", "abk.ditetapkan"]
    assert verify().sound


def test_the_submitter_does_not_verify(kota, abk):
    do(actions.submit_abk, kota, abk, "analis")
    with pytest.raises(actions.AbkError, match="orang lain"):
        do(actions.verify_abk, kota, abk, "analis")
    with transaction.atomic(), pytest.raises(IntegrityError):
        Abk.objects.filter(pk=abk.pk).update(pemverifikasi=kota.user["analis"])


@pytest.mark.parametrize(
    ("step", "who"),
    [
        ("submit_abk", "auditor"), ("submit_abk", "operator-lain"), ("verify_abk", "operator"),
        ("verify_abk", "pimpinan"), ("verify_abk", "pegawai"), ("delete_abk", "atasan"),
        ("delete_abk", "operator-lain"),
    ],
)  # fmt: skip
def test_rights_are_asked_in_the_unit(kota, abk, step, who):
    with pytest.raises(ForbiddenError):
        do(getattr(actions, step), kota, abk, who)
    assert fresh(abk).status == "draf"


def test_only_who_may_decide_decides(kota):
    abk = verified(kota)
    for who in ("operator", "atasan", "auditor", "operator-lain"):
        with pytest.raises(ForbiddenError):
            decide(kota, abk, who=who)
    decide(kota, abk, who="pimpinan")


@pytest.mark.parametrize("step", ["verify_abk", "return_abk", "record_penetapan", "withdraw_abk"])
def test_no_step_is_jumped(kota, abk, step):
    more = {"return_abk": {"catatan": "x"}, "record_penetapan": {"penetapan_id": 1, "mulai": HARI}}.get(step, {})
    with pytest.raises(actions.StateError):
        do(getattr(actions, step), kota, abk, "analis", **more)


def test_the_second_is_told(kota, abk):
    seen = abk.versi
    actions.submit_abk(abk_id=abk.pk, versi=seen, by=kota.reader("operator"))
    with pytest.raises(actions.StateError, match="diajukan"):
        actions.submit_abk(abk_id=abk.pk, versi=seen, by=kota.reader("analis"))
    seen = fresh(abk).versi
    actions.verify_abk(abk_id=abk.pk, versi=seen, by=kota.reader("atasan"))
    with pytest.raises(actions.StateError, match="diverifikasi"):
        actions.return_abk(abk_id=abk.pk, versi=seen, catatan="Perbaiki", by=kota.reader("analis"))


def test_a_change_after_the_page_was_opened_stops_the_submission(kota, abk):
    seen = abk.versi
    rows = [ubah(kota, "P-013", "Tugas susulan", "data", "1", "tahun", "1", "jam")]
    save_rows(abk_id=abk.pk, versi=seen, by=kota.reader("analis"), ubah=rows)
    with pytest.raises(actions.StateError):
        actions.submit_abk(abk_id=abk.pk, versi=seen, by=kota.reader("operator"))


def test_returned_with_a_note_edited_and_handed_in_again_by_the_former_verifier(kota):
    abk = verified(kota)
    with pytest.raises(actions.AbkError, match="perbaiki"):
        do(actions.return_abk, kota, abk, "analis", catatan="  ")
    do(actions.return_abk, kota, abk, "atasan", catatan="Volume terlalu besar")
    assert (fresh(abk).status, fresh(abk).catatan) == ("dikembalikan", "Volume terlalu besar")
    assert Peristiwa.objects.latest("id").alasan == "Volume terlalu besar"
    do(actions.submit_abk, kota, abk, "analis")
    do(actions.verify_abk, kota, abk, "atasan")


def test_what_cannot_be_counted_cannot_be_submitted(kota, abk):
    save_rows(abk_id=abk.pk, versi=abk.versi, by=kota.reader("operator"), ubah=[ubah(kota, "P-013", "Tanpa angka")])
    with pytest.raises(actions.IncompleteError) as error:
        do(actions.submit_abk, kota, abk, "operator")
    assert error.value.tanda == 2  # no volume, no norm
    assert fresh(abk).status == "draf"


def test_an_empty_abk_cannot_be_submitted(kota):
    abk = make_abk(kota, tugas=())
    with pytest.raises(actions.AbkError, match="tugas"):
        do(actions.submit_abk, kota, abk, "operator")


def test_the_decision_freezes_the_need_against_later_law_and_rows(kota):
    abk = verified(kota)
    decide(kota, abk)
    frozen = list(AbkHasil.objects.filter(abk=abk).order_by("posisi__kode").values_list("kebutuhan", flat=True))
    KebijakanInstansi.objects.create(mulai=date(2026, 1, 1), dasar="uji", isi={"varian": {"abk.pembulatan": "ke-atas"}})
    AbkBaris.objects.filter(abk=abk).update(volume=1)
    shown = reckon(fresh(abk), HARI).hitungan
    assert shown.posisi.sort("kode")["kebutuhan"].to_list() == frozen
    assert shown.unit.kebutuhan == sum(frozen)
    for step in ("submit_abk", "delete_abk", "withdraw_abk"):
        with pytest.raises(actions.StateError):
            do(getattr(actions, step), kota, abk, "analis")


def test_the_next_abk_ends_the_one_before(kota):
    first = verified(kota)
    decide(kota, first, date(2026, 1, 1))
    second = verified(kota, tahun=2027, tugas=[("P-013", "Tugas pengganti", "data", "1000", "bulan", "60", "menit")])
    with pytest.raises(actions.AbkError, match="1 Januari 2026"):
        decide(kota, second, date(2026, 1, 1))
    assert fresh(first).selesai is None
    decide(kota, second, date(2026, 9, 1))
    assert (fresh(first).selesai, fresh(second).mulai) == (date(2026, 9, 1), date(2026, 9, 1))
    assert need_in_force(date(2026, 8, 31)).filter(posisi="P-013")["kebutuhan"].to_list() == [1]
    assert need_in_force(date(2026, 9, 1)).filter(posisi="P-013")["kebutuhan"].to_list() == [11]


def test_the_database_refuses_two_in_force_and_states_without_their_people(kota):
    first = verified(kota)
    decide(kota, first, date(2026, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Abk.objects.create(unit=first.unit, tahun=2026, status="ditetapkan", mulai=date(2026, 5, 1))
        # PostgreSQL looks at the end of the transaction.
        transaction.get_connection().check_constraints()
        if transaction.get_connection().vendor == "postgresql":
            with transaction.get_connection().cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for wrong in ({"status": "diajukan"}, {"status": "diverifikasi"}, {"status": "lain"}, {"status": "ditetapkan"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Abk.objects.create(unit=first.unit, tahun=2030, **wrong)


def test_a_new_abk_takes_over_the_tasks_in_force_but_not_of_posisi_that_left(kota):
    first = verified(kota)
    decide(kota, first, date(2026, 1, 1))
    PosisiMasa.objects.filter(posisi=kota.posisi["P-013"]).update(selesai=HARI - timedelta(days=1))
    second = make_abk(kota, tahun=2027, tugas=())
    assert set(AbkBaris.objects.filter(abk=second).values_list("posisi__kode", flat=True)) == {"P-011", "P-012"}
    assert second.jumlah_baris == 3


def test_opening_for_a_whole_office_skips_what_is_open_or_empty(kota):
    make_abk(kota, unit="U-0101")
    made = actions.create_abk(unit_id=kota.unit["U-01"].pk, tahun=2026, with_below=True, by=kota.reader("operator"))
    assert {abk.unit.kode for abk in made} == {"U-01", "U-0102"}
    with pytest.raises(actions.AbkError, match="sudah dibuka"):
        actions.create_abk(unit_id=kota.unit["U-01"].pk, tahun=2026, with_below=True, by=kota.reader("operator"))
    with pytest.raises(ForbiddenError):
        actions.create_abk(unit_id=kota.unit["U-02"].pk, tahun=2026, by=kota.reader("operator"))


def test_a_draft_may_be_deleted_and_the_log_remembers(kota, abk):
    do(actions.delete_abk, kota, abk, "operator")
    assert not AbkBaris.objects.exists()
    assert Peristiwa.objects.latest("id").aksi == "abk.dihapus"

"""Two people edit the same ABK: rows of their own are merged, the same row is nobody's silent loss."""

import pytest
from tests.web.beban_kerja.bahan import fresh, make_abk, row_of, ubah

from penata.domain.beban_kerja.actions import StateError, submit_abk
from penata.domain.beban_kerja.baris import Hapus, save_rows
from penata.domain.beban_kerja.models import AbkBaris
from penata.foundation.access.reader import ForbiddenError
from penata.foundation.audit.models import Peristiwa, Perubahan
from penata.foundation.audit.verify import verify

RENCANA = ("P-011", "Menyusun rencana kerja bidang", "dokumen")
LAPORAN = ("P-013", "Menyusun laporan bulanan", "laporan")


@pytest.fixture
def abk(kota):
    return make_abk(kota)


def change(kota, abk, who, row, versi, *texts, **more):
    return save_rows(
        abk_id=abk.pk, versi=versi, by=kota.reader(who), ubah=[ubah(kota, *texts, row=row.pk, versi=versi)], **more
    )


def test_different_rows_of_two_editors_are_both_kept(kota, abk):
    first, second = row_of(abk, RENCANA[1]), row_of(abk, LAPORAN[1])
    seen = abk.versi
    one = change(kota, abk, "operator", first, seen, *RENCANA, "8", "tahun", "12", "jam")
    two = change(kota, abk, "analis", second, seen, *LAPORAN, "24", "tahun", "240")
    assert (one.orang_lain, two.orang_lain) == (False, True)
    assert (one.konflik, two.konflik) == ([], [])
    assert (AbkBaris.objects.get(pk=first.pk).volume, AbkBaris.objects.get(pk=second.pk).volume) == (8, 24)
    news = two.lembar.hitungan.baris.filter(two.lembar.hitungan.baris["versi"] > seen)
    assert set(news["id"]) == {first.pk, second.pk}


def test_the_second_on_the_same_row_is_told_who_and_what(kota, abk):
    row, seen = row_of(abk, RENCANA[1]), abk.versi
    change(kota, abk, "operator", row, seen, *RENCANA, "8", "tahun", "12", "jam")
    done = change(kota, abk, "analis", row, seen, *RENCANA, "5", "tahun", "12", "jam")
    (clash,) = done.konflik
    assert (clash.id, clash.oleh) == (row.pk, str(kota.user["operator"]))
    assert clash.sel[2] == "8"
    assert AbkBaris.objects.get(pk=row.pk).volume == 8
    # Taking over is a change of what stands there now.
    change(kota, abk, "analis", row, clash.versi, *RENCANA, "5", "tahun", "12", "jam")
    assert AbkBaris.objects.get(pk=row.pk).volume == 5


def test_a_clash_on_one_row_does_not_hold_up_the_others(kota, abk):
    row, other, seen = row_of(abk, RENCANA[1]), row_of(abk, LAPORAN[1]), abk.versi
    change(kota, abk, "operator", row, seen, *RENCANA, "8", "tahun", "12", "jam")
    rows = [
        ubah(kota, *RENCANA, "5", "tahun", "12", "jam", row=row.pk, versi=seen),
        ubah(kota, *LAPORAN, "24", "tahun", "240", row=other.pk, versi=seen),
    ]
    done = save_rows(abk_id=abk.pk, versi=seen, by=kota.reader("analis"), ubah=rows)
    assert len(done.konflik) == 1
    assert AbkBaris.objects.get(pk=other.pk).volume == 24


def test_both_wanting_the_same_is_no_clash(kota, abk):
    row, seen = row_of(abk, RENCANA[1]), abk.versi
    change(kota, abk, "operator", row, seen, *RENCANA, "8", "tahun", "12", "jam")
    assert change(kota, abk, "analis", row, seen, *RENCANA, "8", "tahun", "12", "jam").konflik == []


def test_a_row_that_somebody_deleted_is_a_clash_and_a_changed_row_is_not_deleted(kota, abk):
    row, other, seen = row_of(abk, RENCANA[1]), row_of(abk, LAPORAN[1]), abk.versi
    save_rows(abk_id=abk.pk, versi=seen, by=kota.reader("operator"), hapus=[Hapus(row.pk, seen)])
    done = change(kota, abk, "analis", row, seen, *RENCANA, "8", "tahun", "12", "jam")
    assert done.konflik[0].sel is None
    change(kota, abk, "operator", other, fresh(abk).versi, *LAPORAN, "24", "tahun", "240")
    done = save_rows(abk_id=abk.pk, versi=seen, by=kota.reader("analis"), hapus=[Hapus(other.pk, seen)])
    assert done.konflik[0].id == other.pk
    assert AbkBaris.objects.filter(pk=other.pk).exists()
    # Deleting what is gone already is no matter.
    assert save_rows(abk_id=abk.pk, versi=seen, by=kota.reader("analis"), hapus=[Hapus(row.pk, seen)]).konflik == []


def test_a_wrong_row_is_left_out_and_named_and_the_right_ones_are_written(kota, abk):
    rows = [ubah(kota, "P-013", "Baru", "berkas", "banyak", key="b1"), ubah(kota, "P-013", "Juga baru", key="b2")]
    done = save_rows(abk_id=abk.pk, versi=abk.versi, by=kota.reader("operator"), ubah=rows)
    assert [(key, [w.kolom for w in wrong]) for key, wrong in done.salah.items()] == [("b1", ["volume"])]
    assert list(done.baris) == ["b2"]
    assert not AbkBaris.objects.filter(tugas="Baru").exists()


def test_order_and_place_of_new_rows(kota, abk):
    rows = [ubah(kota, "P-013", "Di tengah", key="b1")]
    ids = list(
        AbkBaris.objects.filter(abk=abk, posisi=kota.posisi["P-013"]).order_by("urut").values_list("pk", flat=True)
    )
    order = {kota.posisi["P-013"].pk: [str(ids[0]), "b1", str(ids[1])]}
    save_rows(abk_id=abk.pk, versi=abk.versi, by=kota.reader("operator"), ubah=rows, urutan=order)
    found = AbkBaris.objects.filter(abk=abk, posisi=kota.posisi["P-013"]).order_by("urut")
    assert [row.tugas for row in found][1] == "Di tengah"


def test_nothing_changed_writes_nothing(kota, abk):
    row, events = row_of(abk, RENCANA[1]), Peristiwa.objects.count()
    change(kota, abk, "operator", row, abk.versi, *RENCANA, "4", "tahun", "12", "jam")
    assert (fresh(abk).versi, Peristiwa.objects.count()) == (abk.versi, events)


def test_the_log_tells_old_and_new_of_every_row(kota, abk):
    row = row_of(abk, RENCANA[1])
    change(kota, abk, "operator", row, abk.versi, *RENCANA, "8", "tahun", "12", "jam")
    told = Perubahan.objects.filter(jenis="abk", objek_id=str(abk.pk)).latest("id")
    name = "P-011 · Menyusun rencana kerja bidang"
    assert (told.sebelum[name], told.sesudah[name]) == ({"volume": 4.0}, {"volume": 8.0})
    assert verify().sound


def test_rows_of_others_and_of_strange_posisi_are_refused(kota, abk):
    with pytest.raises(ForbiddenError):
        save_rows(abk_id=abk.pk, versi=abk.versi, by=kota.reader("operator-lain"), ubah=[])
    with pytest.raises(ForbiddenError):
        save_rows(abk_id=abk.pk, versi=abk.versi, by=kota.reader("auditor"), ubah=[])
    with pytest.raises(StateError):
        rows = [ubah(kota, "P-022", "Bukan unit ini")]
        save_rows(abk_id=abk.pk, versi=abk.versi, by=kota.reader("operator"), ubah=rows)


def test_a_row_of_another_abk_cannot_be_reached(kota, abk):
    other = make_abk(kota, unit="U-0102", tugas=[("P-015", "Tugas lain", "berkas", "1", "tahun", "1", "jam")])
    row = row_of(other, "Tugas lain")
    done = change(kota, abk, "operator", row, abk.versi, *RENCANA, "8", "tahun", "12", "jam")
    assert done.konflik[0].sel is None
    save_rows(abk_id=abk.pk, versi=fresh(abk).versi, by=kota.reader("operator"), hapus=[Hapus(row.pk, 99)])
    assert AbkBaris.objects.get(pk=row.pk).volume == 1


def test_a_submitted_abk_takes_no_rows(kota, abk):
    submit_abk(abk_id=abk.pk, versi=abk.versi, by=kota.reader("operator"))
    with pytest.raises(StateError, match="diajukan"):
        save_rows(abk_id=abk.pk, versi=fresh(abk).versi, by=kota.reader("operator"), ubah=[])

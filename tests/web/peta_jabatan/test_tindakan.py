"""What may be done to posisi and holders: who may, what is refused, what the log says, figures that follow."""

from datetime import date

import polars as pl
import pytest
from django.db import transaction
from django.urls import reverse
from tests.web.kota import HARI, MULAI
from tests.web.peta_jabatan.test_angka import decide

from penata.domain.jabatan.models import Posisi, PosisiMasa
from penata.domain.pegawai.models import Pemangku
from penata.domain.peta_jabatan import holders
from penata.domain.peta_jabatan.actions import (
    Isi,
    PosisiError,
    StaleError,
    change_posisi,
    create_posisi,
    end_posisi,
    stamp,
)
from penata.domain.peta_jabatan.angka import figures
from penata.domain.peta_jabatan.events import PetaAksi
from penata.domain.peta_jabatan.models import RingkasanPosisi, RingkasanUnit
from penata.domain.peta_jabatan.ringkasan import COLUMNS, current, refresh_ringkasan
from penata.foundation.access.reader import ForbiddenError
from penata.foundation.audit.models import Peristiwa, Perubahan
from penata.foundation.audit.record import Change, record, touch
from penata.foundation.periods import in_force

BESOK = date(2026, 12, 1)


def masa(kode, day=HARI):
    return PosisiMasa.objects.select_related("jabatan", "unit", "atasan", "posisi").get(
        in_force(day), posisi__kode=kode
    )


def change(kota, kode="P-012", by="analis", mulai=BESOK, seen=None, **isi):
    now = masa(kode)
    kept = {"kelas": now.kelas, "kebutuhan": now.kebutuhan, "atasan": now.atasan.kode if now.atasan else ""}
    return change_posisi(
        kode=kode, dilihat=seen or stamp(now), isi=Isi(**{**kept, **isi}), mulai=mulai,
        penetapan_id=kota.penetapan.pk, by=kota.reader(by),
    )  # fmt: skip


def appoint(kota, nama="Wahyu Nugraha", kode="P-014", jenis="definitif", mulai=HARI, by="analis", pindahkan=False):
    return holders.appoint(
        kode=kode, nip=kota.pegawai[nama].nip, jenis=jenis, mulai=mulai, tmt=None, nomor_sk="821/12/2026",
        pindahkan=pindahkan, penetapan_id=kota.penetapan.pk, by=kota.reader(by),
    )  # fmt: skip


def kept_figures():
    names = [name for name in COLUMNS if name != "keluar"]
    return sorted(RingkasanPosisi.objects.values_list(*names))


def true_figures():
    return sorted(figures(HARI).select(name for name in COLUMNS if name != "keluar").iter_rows())


@pytest.fixture
def segar(kota):
    """The agency with tables that are up to date."""
    refresh_ringkasan(HARI)
    return kota


def test_a_change_opens_a_new_period(kota):
    change(kota, kelas=10, kebutuhan=5.0, kritis=True)
    old, new = PosisiMasa.objects.filter(posisi__kode="P-012").order_by("mulai")
    assert (old.selesai, old.kebutuhan, old.kelas) == (BESOK, 3, 9)
    assert (new.mulai, new.selesai, new.kebutuhan, new.kelas, new.kritis) == (BESOK, None, 5, 10, True)
    act = Peristiwa.objects.latest("id")
    assert (act.aksi, act.per, act.dasar) == ("posisi.diubah", BESOK, "Peraturan Wali Kota 12 Tahun 2023")
    told = Perubahan.objects.get(peristiwa_id=act.pk)
    assert (told.objek_id, told.sebelum["kebutuhan"], told.sesudah["kebutuhan"]) == ("P-012", 3, 5)


def test_a_change_on_the_first_day_stays_one_period(kota):
    change(kota, mulai=MULAI, kebutuhan=7.0)
    assert PosisiMasa.objects.get(posisi__kode="P-012").kebutuhan == 7


def test_whoever_is_second_is_told(kota):
    seen = stamp(masa("P-012"))
    change(kota, mulai=MULAI, kebutuhan=4.0, seen=seen)
    with pytest.raises(StaleError):
        change(kota, mulai=MULAI, kebutuhan=6.0, seen=seen)
    assert PosisiMasa.objects.get(posisi__kode="P-012").kebutuhan == 4


@pytest.mark.parametrize(
    ("isi", "words"),
    [
        ({"kelas": 18}, "1 sampai 17"),
        ({"kebutuhan": -1.0}, "nol atau lebih"),
        ({"status": "entah"}, "tidak dikenali"),
        ({"atasan": "P-999"}, "tidak ada pada peta"),
        ({"atasan": "P-012"}, "melingkar"),
        ({}, "Tidak ada yang berubah"),
    ],
)
def test_refusals_name_the_remedy(kota, isi, words):
    with pytest.raises(PosisiError, match=words):
        change(kota, **isi)
    assert PosisiMasa.objects.filter(posisi__kode="P-012").count() == 1


def test_a_line_may_not_close_into_a_circle(kota):
    with pytest.raises(PosisiError, match="melingkar"):
        change(kota, kode="P-010", atasan="P-012")


def test_only_with_the_right_and_only_in_scope(kota):
    with pytest.raises(ForbiddenError):
        change(kota, by="operator", kebutuhan=9.0)
    with pytest.raises(ForbiddenError):
        appoint(kota, kode="P-022", by="operator")
    with pytest.raises(ForbiddenError):
        appoint(kota, by="pimpinan")


def test_create_and_end(kota):
    reader = kota.reader("analis")
    made = create_posisi(
        kode="", jabatan_id=kota.jabatan["Pengelola Data"].pk, unit_id=kota.unit["U-0101"].pk,
        isi=Isi(kebutuhan=2.0, atasan="P-011"), mulai=HARI, penetapan_id=kota.penetapan.pk, by=reader,
    )  # fmt: skip
    assert (made.kode, masa(made.kode).kelas) == ("U-0101-P001", 6)
    with pytest.raises(PosisiError, match="sudah dipakai"):
        create_posisi(
            kode="P-010", jabatan_id=kota.jabatan["Pengelola Data"].pk, unit_id=kota.unit["U-0101"].pk, isi=Isi(),
            mulai=HARI, penetapan_id=kota.penetapan.pk, by=reader,
        )  # fmt: skip
    end_posisi(kode=made.kode, selesai=BESOK, penetapan_id=kota.penetapan.pk, by=reader)
    assert PosisiMasa.objects.get(posisi=made).selesai == BESOK
    for kode, words in (("P-013", "masih dipangku 2"), ("P-014", "atasan P-015")):
        with pytest.raises(PosisiError, match=words):
            end_posisi(kode=kode, selesai=BESOK, penetapan_id=kota.penetapan.pk, by=reader)


def test_appointing(kota):
    row = appoint(kota)
    assert (row.posisi.kode, row.mulai, row.tmt, row.selesai) == ("P-014", HARI, HARI, None)
    with pytest.raises(PosisiError, match="satu pejabat definitif"):
        appoint(kota, "Danu Wiratama", pindahkan=True)
    with pytest.raises(PosisiError, match="masih memangku P-012"):
        appoint(kota, "Danu Wiratama", kode="P-013")
    appoint(kota, "Danu Wiratama", kode="P-013", pindahkan=True)
    held = Pemangku.objects.filter(pegawai=kota.pegawai["Danu Wiratama"]).order_by("mulai")
    assert [(row.posisi.kode, row.selesai) for row in held] == [("P-012", HARI), ("P-013", None)]
    with pytest.raises(PosisiError, match="Plh"):
        appoint(kota, "Maya Puspita", jenis="plt", kode="P-010")
    appoint(kota, "Maya Puspita", jenis="plh", kode="P-010")


def test_a_move_needs_the_right_over_the_seat_that_is_left(kota):
    with pytest.raises(ForbiddenError):
        appoint(kota, "Rangga Saputra", kode="P-013", by="operator", pindahkan=True)
    assert Pemangku.objects.get(pegawai=kota.pegawai["Rangga Saputra"]).selesai is None


def test_releasing(kota):
    row = Pemangku.objects.get(pegawai=kota.pegawai["Danu Wiratama"])
    reader = kota.reader("operator")
    holders.release(pemangku_id=row.pk, selesai=BESOK, alasan="mutasi", penetapan_id=None, by=reader)
    row.refresh_from_db()
    assert row.selesai == BESOK
    with pytest.raises(PosisiError, match="sudah berakhir"):
        holders.release(pemangku_id=row.pk, selesai=BESOK, alasan="mutasi", penetapan_id=None, by=reader)
    with pytest.raises(ForbiddenError):
        other = Pemangku.objects.get(pegawai=kota.pegawai["Rangga Saputra"])
        holders.release(pemangku_id=other.pk, selesai=BESOK, alasan="mutasi", penetapan_id=None, by=reader)


def test_figures_follow_every_act_in_its_own_transaction(segar):
    reader = segar.reader("analis")
    acts = (
        lambda: change(segar, mulai=HARI, kebutuhan=5.0),
        lambda: appoint(segar),
        lambda: appoint(segar, "Danu Wiratama", kode="P-013", pindahkan=True),
        lambda: create_posisi(
            kode="P-100", jabatan_id=segar.jabatan["Pengelola Data"].pk, unit_id=segar.unit["U-02"].pk,
            isi=Isi(kebutuhan=2.0), mulai=HARI, penetapan_id=segar.penetapan.pk, by=reader,
        ),
        lambda: end_posisi(kode="P-100", selesai=HARI, penetapan_id=segar.penetapan.pk, by=reader),
    )  # fmt: skip
    for act in acts:
        act()
        assert current(HARI)
        assert kept_figures() == true_figures()
    by_unit = figures(HARI).group_by("unit_id").agg(pl.len(), pl.col("bezetting", "kurang").sum()).sort("unit_id")
    kept = RingkasanUnit.objects.order_by("unit_id").values_list("unit_id", "posisi", "bezetting", "kurang")
    assert list(kept) == by_unit.rows()


def test_tables_that_were_behind_stay_behind(segar):
    Pemangku.objects.filter(posisi=segar.posisi["P-010"]).delete()
    touch("pegawai")
    change(segar, mulai=HARI, kebutuhan=5.0)
    assert not current(HARI)


def form(**more):
    return {
        "penetapan_jenis": "Keputusan Wali Kota",
        "penetapan_nomor": "7/2026",
        "penetapan_tanggal": "2026-11-01",
        **more,
    }


def test_forms_from_the_page(signed_in, kota):
    browser = signed_in("analis")
    page = browser.get(reverse("posisi_ubah", args=["P-012"])).content.decode()
    assert 'name="dilihat"' in page
    sent = form(
        mulai="2026-12-01", kelas=10, kebutuhan=6, atasan="P-011", status="aktif", keterangan="",
        dilihat=stamp(masa("P-012")),
    )  # fmt: skip
    answer = browser.post(reverse("posisi_ubah", args=["P-012"]), sent)
    assert answer.status_code == 302
    assert (masa("P-012").kebutuhan, masa("P-012", BESOK).kebutuhan) == (3, 6)
    again = browser.post(reverse("posisi_ubah", args=["P-012"]), sent)
    assert again.status_code == 422
    nip = kota.pegawai["Wahyu Nugraha"].nip
    spaced = f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}"
    answer = browser.post(
        reverse("posisi_angkat", args=["P-014"]),
        {"nip": spaced, "jenis": "definitif", "mulai": "2026-11-21", "nomor_sk": "1"},
    )
    assert answer.status_code == 302
    row = Pemangku.objects.get(pegawai=kota.pegawai["Wahyu Nugraha"])
    answer = browser.post(
        reverse("posisi_lepas", args=["P-014", row.pk]), {"selesai": "2026-12-01", "alasan": "mutasi"}
    )
    assert answer.status_code == 302
    wrong = browser.post(reverse("posisi_akhiri", args=["P-013"]), form(selesai="2026-12-01"))
    assert "masih dipangku 2 orang" in wrong.content.decode()
    made = browser.post(
        reverse("posisi_baru"),
        form(jabatan="pengelola data", unit="U-0201", kode="", mulai="2026-11-21", status="aktif", atasan="P-021"),
    )
    assert made["Location"] == reverse("posisi", args=["U-0201-P001"])


def test_pages_for_changes_are_refused_to_others(signed_in):
    assert signed_in("pimpinan").get(reverse("posisi_ubah", args=["P-012"])).status_code == 403
    assert signed_in("operator").get(reverse("posisi_angkat", args=["P-022"])).status_code == 404
    assert signed_in("operator").get(reverse("posisi_angkat", args=["P-013"])).status_code == 200
    assert "Angkat pemangku" not in signed_in("pegawai").get(reverse("posisi", args=["P-012"])).content.decode()


def test_codes_with_a_slash_have_a_page(signed_in, kota):
    posisi = Posisi.objects.create(kode="1.10/2")
    PosisiMasa.objects.create(
        posisi=posisi, jabatan=kota.jabatan["Pengelola Data"], unit=kota.unit["U-01"], mulai=MULAI
    )
    browser = signed_in("analis")
    for name in ("posisi", "posisi_ubah", "posisi_temuan"):
        assert browser.get(reverse(name, args=["1.10/2"])).status_code == 200


def test_acts_of_other_rooms_are_followed_or_leave_the_tables_behind(segar):
    """An act that names what it changed is followed; one that cannot have named everything is not believed."""
    reader, person = segar.reader("analis"), segar.pegawai["Fajar Anggara"]
    row = Pemangku.objects.get(pegawai=person)
    Pemangku.objects.filter(pk=row.pk).delete()
    with transaction.atomic():
        gone = Change("pemangku", f"P-015/definitif/{person.nip}", {"mulai": row.mulai}, None)
        record(PetaAksi.PEMANGKU_DILEPAS, by=reader, changes=[gone], ruang=("pegawai",))
    assert current(HARI)
    assert kept_figures() == true_figures()
    abk = decide(segar, "U-0101", HARI, {"P-012": 6})
    with transaction.atomic():
        record(
            PetaAksi.POSISI_DIUBAH, by=reader, changes=[Change("abk", str(abk.pk), None, {})], ruang=("beban_kerja",)
        )
    assert current(HARI)
    assert kept_figures() == true_figures()
    for changes, room in (
        ([Change("posisi", "P-010", {}, {})], "beban_kerja"),  # need changed, and no ABK is named
        ([], "pegawai"),
        ([Change("sesuatu", "x", None, {})], "jabatan"),
    ):
        refresh_ringkasan(HARI)
        with transaction.atomic():
            record(PetaAksi.POSISI_DIUBAH, by=reader, changes=changes, ruang=(room,))
        assert not current(HARI)

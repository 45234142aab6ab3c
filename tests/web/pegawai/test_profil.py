"""The profile: who may open it, what it shows, and the edits with lock, permission, versi and audit."""

from datetime import date

import pytest
from django.urls import reverse
from tests.web.kota import HARI, MULAI

from penata.domain.organisasi.models import Penetapan
from penata.domain.pegawai import actions
from penata.domain.pegawai.models import MutuPegawai, Pegawai, Pemangku, RiwayatGolongan, RiwayatPendidikan
from penata.domain.pegawai.profil import kursi, profil
from penata.faces.backoffice.pegawai.views import PARTS
from penata.foundation.access.reader import ForbiddenError
from penata.foundation.audit.models import Peristiwa, Perubahan


def url(kota, nama, name="pegawai_profil"):
    return reverse(name, args=[kota.pegawai[nama].nip])


@pytest.mark.parametrize(
    ("account", "nama", "status"),
    [
        ("analis", "Maya Puspita", 200),
        ("auditor", "Wahyu Nugraha", 200),
        ("operator", "Sekar Melati", 200),
        ("operator", "Maya Puspita", 404),
        ("operator", "Wahyu Nugraha", 404),
        ("atasan", "Yoga Laksana", 200),
        ("atasan", "Bagas Pranata", 404),
        ("pegawai", "Danu Wiratama", 200),  # the own one
        ("pegawai", "Intan Prameswari", 404),
        ("pengelola", "Danu Wiratama", 404),
    ],
)
def test_who_opens_whose_profile(kota, signed_in, account, nama, status):
    browser = signed_in(account)
    for part in PARTS:
        assert browser.get(url(kota, nama) + f"?bagian={part}").status_code == status
    for name in ("pegawai_asal_pensiun", "pegawai_asal_mutu"):
        assert browser.get(url(kota, nama, name)).status_code in {status, 404}


def test_unknown_nip_and_part_are_404(kota, signed_in):
    assert signed_in("analis").get("/pegawai/000000000000000000/").status_code == 404
    assert signed_in("analis").get(url(kota, "Danu Wiratama") + "?bagian=lain").status_code == 404


@pytest.mark.parametrize(
    ("account", "seen"), [("analis", True), ("atasan", False), ("pegawai", True), ("operator", True)]
)
def test_private_part(kota, signed_in, account, seen):
    Pegawai.objects.filter(nama="Danu Wiratama").update(nik="3300112233445566", alamat="Jalan Kenanga 7")
    page = signed_in(account).get(url(kota, "Danu Wiratama")).content.decode()
    assert ("3300112233445566" in page) == ("Jalan Kenanga 7" in page) == seen


def test_what_is_private_follows_the_unit_of_today(kota):
    """An operator who looks at a day on which somebody sat in the own unit learns no address of today."""
    moved = kota.pegawai["Yoga Laksana"]
    Pemangku.objects.filter(pegawai=moved).update(selesai=date(2026, 1, 1))
    Pemangku.objects.create(pegawai=moved, posisi=kota.posisi["P-022"], jenis="definitif", mulai=date(2026, 1, 1))
    then = profil(kota.reader("operator", date(2025, 6, 1)), moved.nip)
    assert then is not None
    assert (then.pribadi, then.sunting) == (False, False)
    assert profil(kota.reader("operator"), moved.nip) is None
    with pytest.raises(ForbiddenError):
        actions.update_data_diri(
            nip=moved.nip, versi=moved.versi, data={"nama": "X"}, by=kota.reader("operator", date(2025, 6, 1))
        )


def test_holdings_show_post_and_unit_as_they_were(kota):
    person = kota.pegawai["Yoga Laksana"]
    Pemangku.objects.filter(pegawai=person).update(selesai=date(2026, 1, 1), nomor_sk="821/1")
    act = Penetapan.objects.create(jenis="Keputusan", nomor="9", tanggal=date(2025, 12, 1))
    Pemangku.objects.create(
        pegawai=person, posisi=kota.posisi["P-022"], jenis="definitif", mulai=date(2026, 1, 1), penetapan=act
    )
    rows = kursi(kota.reader("analis"), person)
    assert [(r.jabatan, r.unit, r.dasar, r.kini) for r in rows] == [
        ("Guru Ahli Pertama", "Bidang Sekolah Dasar", "Keputusan 9", True),
        ("Pengelola Data", "Bidang Pelayanan Kesehatan", "821/1", False),
    ]


def test_data_diri_is_saved_with_versi_and_audit(kota, signed_in):
    person = kota.pegawai["Danu Wiratama"]
    browser = signed_in("operator")
    page = browser.get(url(kota, "Danu Wiratama", "pegawai_data_diri"))
    assert page.status_code == 200
    data = {"versi": 1, "nama": "Danu  Wiratama Putra", "tanggal_lahir": "1988-07-08", "status": "pns", "nik": "33"}
    answer = browser.post(url(kota, "Danu Wiratama", "pegawai_data_diri"), data)
    assert answer.status_code == 302
    person.refresh_from_db()
    assert (person.nama, person.cari, person.versi) == ("Danu  Wiratama Putra", "danu wiratama putra", 2)
    assert (person.terkunci, person.tanggal_pensiun) == (None, date(2046, 8, 1))
    event = Peristiwa.objects.order_by("-id").first()
    assert (event.aksi, event.pelaku, event.unit_id) == ("pegawai.data-diubah", "Operator", kota.unit["U-0101"].pk)
    change = Perubahan.objects.get(peristiwa_id=event.id)
    assert (change.jenis, change.objek_id) == ("pegawai", person.nip)
    assert change.sebelum["nama"] == "Danu Wiratama"
    assert set(change.sesudah) == {"nama", "jenis_kelamin", "nik"}
    assert MutuPegawai.objects.filter(pegawai=person).exists()


def test_the_second_is_told(kota, signed_in):
    data = {"versi": 1, "nama": "Danu W", "status": "pns"}
    browser = signed_in("analis")
    assert browser.post(url(kota, "Danu Wiratama", "pegawai_data_diri"), data).status_code == 302
    again = browser.post(url(kota, "Danu Wiratama", "pegawai_data_diri"), data | {"nama": "Danu X"})
    assert again.status_code == 200
    assert "diubah orang lain" in again.content.decode()
    assert Pegawai.objects.get(pk=kota.pegawai["Danu Wiratama"].pk).nama == "Danu W"


@pytest.mark.parametrize("name", ["pegawai_data_diri", "pegawai_golongan", "pegawai_pendidikan", "pegawai_berhenti"])
@pytest.mark.parametrize(
    ("account", "status"), [("operator-lain", 404), ("atasan", 403), ("pegawai", 403), ("auditor", 403)]
)
def test_edits_outside_scope_do_not_exist(kota, signed_in, name, account, status):
    assert signed_in(account).get(url(kota, "Danu Wiratama", name)).status_code == status
    assert signed_in(account).post(url(kota, "Danu Wiratama", name), {"versi": 1}).status_code == status
    assert Pegawai.objects.get(pk=kota.pegawai["Danu Wiratama"].pk).versi == 1


def test_private_fields_need_their_permission(kota, monkeypatch):
    from penata.foundation.access.permissions import GRANTS, Peran, Permission

    grants = {**GRANTS, Peran.OPERATOR: GRANTS[Peran.OPERATOR] - {Permission.PEGAWAI_PRIBADI}}
    monkeypatch.setattr("penata.foundation.access.reader.GRANTS", grants)
    person = kota.pegawai["Danu Wiratama"]
    with pytest.raises(ForbiddenError):
        actions.update_data_diri(nip=person.nip, versi=1, data={"nik": "33"}, by=kota.reader("operator"))
    actions.update_data_diri(nip=person.nip, versi=1, data={"tempat_lahir": "Harapan"}, by=kota.reader("operator"))
    with pytest.raises(ValueError, match="golongan"):
        actions.update_data_diri(nip=person.nip, versi=2, data={"golongan": "IV/e"}, by=kota.reader("operator"))


def test_saving_nothing_new_is_no_act(kota):
    person = kota.pegawai["Danu Wiratama"]
    before = Peristiwa.objects.count()
    actions.update_data_diri(nip=person.nip, versi=1, data={"nama": "Danu Wiratama"}, by=kota.reader("analis"))
    assert (Peristiwa.objects.count(), Pegawai.objects.get(pk=person.pk).versi) == (before, 1)


def test_a_lock_needs_a_reason(kota):
    person = kota.pegawai["Danu Wiratama"]
    with pytest.raises(actions.PegawaiError, match="alasan"):
        actions.update_data_diri(nip=person.nip, versi=1, data={"terkunci": True}, by=kota.reader("analis"))


def test_golongan_is_added_and_the_latest_counts(kota, signed_in):
    person = kota.pegawai["Danu Wiratama"]
    browser = signed_in("operator")
    path = url(kota, "Danu Wiratama", "pegawai_golongan")
    new = {"versi": 1, "golongan": "III/d", "tmt": "2026-04-01", "nomor_sk": "823/7/2026"}
    assert browser.post(path, new).status_code == 302
    older = {"versi": 2, "golongan": "III/b", "tmt": "2018-04-01", "nomor_sk": "823/1/2018"}
    assert browser.post(path, older).status_code == 302
    person.refresh_from_db()
    assert (person.golongan, person.tmt_golongan, person.versi) == ("III/d", date(2026, 4, 1), 3)
    assert RiwayatGolongan.objects.filter(pegawai=person).count() == 2
    assert set(Perubahan.objects.values_list("jenis", flat=True)) == {"pegawai", "riwayat_golongan"}
    assert Peristiwa.objects.order_by("id").first().dasar == "823/7/2026"


@pytest.mark.parametrize(
    ("golongan", "tmt", "told"),
    [
        ("IX", date(2026, 1, 1), "bukan golongan"),
        ("III/d", date(2027, 1, 1), "masa depan"),
        ("III/d", date(2022, 4, 1), "Sudah ada"),
    ],
)
def test_impossible_golongan_is_refused(kota, golongan, tmt, told):
    person = kota.pegawai["Danu Wiratama"]
    RiwayatGolongan.objects.create(pegawai=person, golongan="III/c", tmt=date(2022, 4, 1))
    with pytest.raises(actions.PegawaiError, match=told):
        actions.add_golongan(
            nip=person.nip, versi=1, golongan=golongan, tmt=tmt, nomor_sk="1", by=kota.reader("analis")
        )
    assert Pegawai.objects.get(pk=person.pk).golongan == "III/c"


def test_education_is_added_and_the_higher_counts(kota):
    person, reader = kota.pegawai["Danu Wiratama"], kota.reader("analis")
    more = {"tahun_lulus": 2020, "lembaga": "Universitas Harapan", "by": reader}
    actions.add_pendidikan(nip=person.nip, versi=1, pendidikan="S-2", bidang_studi="Hukum", **more)
    actions.add_pendidikan(nip=person.nip, versi=2, pendidikan="D-III", bidang_studi="Komputer", **more)
    person.refresh_from_db()
    assert (person.pendidikan, person.bidang_studi) == ("S-2", "Hukum")
    assert RiwayatPendidikan.objects.filter(pegawai=person).count() == 2
    with pytest.raises(actions.PegawaiError, match="sudah tercatat"):
        actions.add_pendidikan(nip=person.nip, versi=3, pendidikan="S-2", bidang_studi="Hukum", **more)


def test_end_of_service_ends_all_posts(kota, signed_in):
    person = kota.pegawai["Danu Wiratama"]
    later = Pemangku.objects.create(pegawai=person, posisi=kota.posisi["P-011"], jenis="plt", mulai=date(2027, 1, 1))
    browser = signed_in("operator")
    path = url(kota, "Danu Wiratama", "pegawai_berhenti")
    data = {"versi": 1, "tanggal": "2026-11-01", "alasan": "mengundurkan diri", "nomor_sk": "888/1"}
    answer = browser.post(path, data)
    assert answer["Location"] == reverse("pegawai")  # no longer within the scope of the operator
    person.refresh_from_db()
    assert (person.berhenti, person.alasan_berhenti) == (date(2026, 11, 1), "mengundurkan diri")
    assert Pemangku.objects.get(pegawai=person).selesai == date(2026, 11, 1)
    assert not Pemangku.objects.filter(pk=later.pk).exists()
    assert not MutuPegawai.objects.filter(pegawai=person).exists()
    assert {c.jenis for c in Perubahan.objects.all()} == {"pegawai", "pemangku"}
    page = signed_in("analis").get(url(kota, "Danu Wiratama")).content.decode()
    assert "berhenti sejak 01-11-2026" in page
    with pytest.raises(actions.PegawaiError, match="sudah tercatat"):
        actions.end_service(nip=person.nip, versi=2, tanggal=HARI, alasan="x", nomor_sk="1", by=kota.reader("analis"))


def test_every_part_holds_with_and_without_rows(kota, signed_in, django_assert_max_num_queries):
    from penata.domain.kinerja.models import HukumanDisiplin, PredikatKinerja
    from penata.domain.kompetensi.models import Asesmen, KompetensiTeknis
    from penata.domain.pelatihan.models import RiwayatPelatihan
    from penata.domain.talenta.models import Minat

    person, browser = kota.pegawai["Danu Wiratama"], signed_in("analis")
    counts = {}
    for part in PARTS:
        with django_assert_max_num_queries(20) as taken:
            browser.get(url(kota, "Danu Wiratama") + f"?bagian={part}")
        counts[part] = len(taken.captured_queries)
    for n in range(4):
        PredikatKinerja.objects.create(pegawai=person, tahun=2020 + n, predikat="baik")
        Asesmen.objects.create(
            pegawai=person, tanggal=date(2020 + n, 1, 1), integritas=3, berlaku_sampai=date(2027, 1, 1)
        )
        KompetensiTeknis.objects.create(pegawai=person, kompetensi=f"teknik {n}", level=2)
        RiwayatPelatihan.objects.create(pegawai=person, pelatihan=f"Pelatihan {n}", tahun=2022, jp=20)
        Minat.objects.create(pegawai=person, urutan=n + 1, posisi=kota.posisi["P-011"])
        RiwayatGolongan.objects.create(pegawai=person, golongan="III/a", tmt=date(2010 + n, 1, 1))
    HukumanDisiplin.objects.create(pegawai=person, tingkat="ringan", mulai=MULAI)
    for part in PARTS:
        with django_assert_max_num_queries(counts[part] + 1):
            answer = browser.get(url(kota, "Danu Wiratama") + f"?bagian={part}")
        assert answer.status_code == 200
        assert len(answer.content) < 60_000
    assert "ringan" in browser.get(url(kota, "Danu Wiratama") + "?bagian=kinerja").content.decode()
    other = signed_in("atasan").get(url(kota, "Danu Wiratama") + "?bagian=kinerja").content.decode()
    assert "Hukuman disiplin" not in other

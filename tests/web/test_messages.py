"""Messages: whose turn and whose work it is are told, in one statement, nobody twice and nobody of the own act."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils import timezone
from tests.web.akun.test_akun import lend
from tests.web.beban_kerja.bahan import make_abk
from tests.web.beban_kerja.test_alur import decide, do
from tests.web.jabatan import bahan
from tests.web.jabatan.test_evaluasi import submitted as evaluated
from tests.web.kota import HARI, MULAI

from penata.domain.beban_kerja import actions as abk_actions
from penata.domain.beban_kerja.events import AbkAksi
from penata.domain.jabatan import evaluasi_actions, informasi_actions
from penata.domain.jabatan.actions import set_standar
from penata.domain.organisasi import reorganisasi
from penata.domain.organisasi.reorganisasi_berlaku import enforce_rancangan
from penata.domain.pegawai.actions import update_data_diri
from penata.domain.pegawai.models import Pegawai, Rekonsiliasi, SelisihSiasn
from penata.domain.pegawai.mutu_segar import refresh
from penata.domain.pegawai.rekonsiliasi_actions import apply_decisions
from penata.foundation.access.models import Penugasan, User
from penata.foundation.access.permissions import Peran, Permission
from penata.foundation.accounts import actions as akun
from penata.foundation.accounts import delegation
from penata.foundation.tasks.models import Pemberitahuan
from penata.foundation.tasks.tell import entitled, people, post
from penata.snapshot.edits import AddUnit
from penata.snapshot.vocabulary import KOMPETENSI_INTI


def told(**asked):
    """Return who has which unread message, and take every one as seen by this test."""
    rows = Pemberitahuan.objects.filter(dibaca__isnull=True, **asked).select_related("user").order_by("pk")
    found = {(row.user.username, row.jenis) for row in rows}
    for row in rows:
        assert resolve(row.alamat).url_name
    Pemberitahuan.objects.all().delete()
    return found


def another(kota, name, peran, unit=None, **more):
    user = User.objects.create_user(name, nama=name.title(), **more)
    kota.user[name] = user
    Penugasan.objects.create(user=user, peran=peran, unit_id=kota.unit[unit].pk if unit else None, mulai=MULAI)
    return user


def each(who, jenis):
    return {(name, jenis) for name in who.split()}


def test_an_abk_goes_round_and_everybody_hears_what_concerns_them(kota):
    another(kota, "operator-dua", Peran.OPERATOR, "U-0101")
    abk = make_abk(kota)
    assert told() == set()
    do(abk_actions.submit_abk, kota, abk, "operator")
    assert told() == each("analis atasan", "abk.diajukan")
    do(abk_actions.return_abk, kota, abk, "atasan", catatan="Volume pelayanan ditulis dua kali.")
    note = Pemberitahuan.objects.get(user=kota.user["operator"])
    assert note.teks == (
        "ABK 2026 Bidang Pelayanan Kesehatan dikembalikan oleh Sekar Melati untuk diperbaiki. "
        "Volume pelayanan ditulis dua kali."
    )
    assert note.alamat == f"/beban-kerja/{abk.pk}/"
    assert told() == each("operator operator-dua", "abk.dikembalikan")
    do(abk_actions.submit_abk, kota, abk, "operator-dua")
    assert told() == each("analis atasan operator", "abk.diajukan")  # who began it hears that it was handed in
    do(abk_actions.verify_abk, kota, abk, "atasan")
    assert told() == each("analis pimpinan operator operator-dua", "abk.diverifikasi")
    decide(kota, abk, who="pimpinan")
    assert told() == each("operator operator-dua atasan", "abk.ditetapkan")


def test_whoever_did_it_first_frees_the_others(kota):
    abk = make_abk(kota)
    do(abk_actions.submit_abk, kota, abk, "operator")
    do(abk_actions.verify_abk, kota, abk, "analis")
    assert told(jenis="abk.diajukan") == set()  # the superior was asked too, and need not look any more
    abk = make_abk(kota, tahun=2027)
    do(abk_actions.submit_abk, kota, abk, "operator")
    do(abk_actions.withdraw_abk, kota, abk, "operator")
    assert told(giliran=True) == set()


def test_the_same_twice_is_one_message_until_it_is_read(kota):
    abk = make_abk(kota)
    mine = Pemberitahuan.objects.filter(user=kota.user["atasan"], dibaca__isnull=True)
    for who in ("operator", "analis"):
        post(
            AbkAksi.DIAJUKAN, "ABK diajukan oleh {nama}.", to=people([kota.user["atasan"].pk]), objek=f"abk:{abk.pk}",
            alamat="/", by=kota.reader(who), isi={},
        )  # fmt: skip
    assert mine.get().teks == "ABK diajukan oleh Analis."
    mine.update(dibaca=timezone.now())
    post(AbkAksi.DIAJUKAN, "x", to=people([kota.user["atasan"].pk]), objek=f"abk:{abk.pk}", alamat="/", by=None, isi={})
    assert mine.get().teks == "x"
    assert Pemberitahuan.objects.filter(user=kota.user["atasan"]).count() == 2


def test_one_statement_however_many_read_it_each_in_the_own_language(kota):
    for n in range(40):
        another(kota, f"verifikator{n}", Peran.ATASAN, "U-01", bahasa="en" if n % 2 else "id")
    another(kota, "keluar", Peran.ATASAN, "U-01", is_active=False)
    Penugasan.objects.filter(user=another(kota, "dulu", Peran.ATASAN, "U-01")).update(selesai=HARI)
    another(kota, "kantor-lain", Peran.ATASAN, "U-02")
    with CaptureQueriesContext(
        connection,
    ) as seen:
        n = post(
            AbkAksi.DIAJUKAN, "Selesai: {judul}", objek="abk:1", alamat="/", by=kota.reader("analis"),
            to=entitled(Permission.ABK_VERIFIKASI, [kota.unit["U-0101"].pk], by=kota.reader("analis")),
            isi={"judul": "x"},
        )  # fmt: skip
    assert n == 41
    assert len([q for q in seen.captured_queries if "pemberitahuan" in q["sql"]]) == 1
    texts = set(Pemberitahuan.objects.values_list("user__bahasa", "teks"))
    assert {language for language, _text in texts} == {"id", "en"}
    assert len(texts) == 2
    assert told() == {(f"verifikator{n}", "abk.diajukan") for n in range(40)} | {("atasan", "abk.diajukan")}


def test_undone_with_the_act(kota):
    abk = make_abk(kota)
    with pytest.raises(RuntimeError), transaction.atomic():
        do(abk_actions.submit_abk, kota, abk, "operator")
        raise RuntimeError
    assert not Pemberitahuan.objects.exists()


def test_informasi_jabatan(kota):
    informasi = bahan.submitted(kota)
    assert told() == each("analis", "informasi.diajukan")
    step = {"informasi_id": informasi.pk}
    informasi = informasi_actions.return_informasi(
        **step, versi=informasi.versi, catatan="Lengkapi ikhtisar.", catatan_butir={}, by=kota.reader("analis")
    )
    assert told() == each("operator", "informasi.dikembalikan")
    informasi = informasi_actions.submit_informasi(**step, versi=informasi.versi, by=kota.reader("operator"))
    another(kota, "analis-dua", Peran.ANALIS)
    informasi = informasi_actions.verify_informasi(**step, versi=informasi.versi, by=kota.reader("analis"))
    assert told() == each("operator analis-dua", "informasi.diverifikasi")
    informasi_actions.set_informasi(
        **step, versi=informasi.versi, penetapan_id=kota.penetapan.pk, mulai=date(2026, 6, 1), by=kota.reader("analis")
    )
    assert told() == each("operator", "informasi.ditetapkan")


def test_evaluasi_and_standar(kota):
    evaluasi = evaluated(kota)
    assert told() == each("analis", "evaluasi.diajukan")
    step = {"evaluasi_id": evaluasi.pk}
    evaluasi = evaluasi_actions.return_evaluasi(
        **step, versi=evaluasi.versi, catatan="Alasan F1 kurang.", by=kota.reader("analis")
    )
    assert told() == each("operator", "evaluasi.dikembalikan")
    evaluasi = evaluasi_actions.submit_evaluasi(**step, versi=evaluasi.versi, by=kota.reader("operator"))
    evaluasi_actions.set_evaluasi(
        **step, versi=evaluasi.versi, penetapan_id=kota.penetapan.pk, mulai=date(2026, 7, 1), terapkan_posisi=False,
        by=kota.reader("analis"),
    )  # fmt: skip
    assert told() == each("operator", "evaluasi.ditetapkan")
    jabatan = kota.jabatan["Guru Ahli Pertama"]
    rows = [(name, 3) for name in KOMPETENSI_INTI]
    set_standar(jabatan_id=jabatan.pk, versi=1, rows=rows, penetapan_id=kota.penetapan.pk, by=kota.reader("analis"))
    assert told() == each("operator-lain", "standar.ditetapkan")


def test_a_draft_reorganisation(kota):
    by = kota.reader("analis")
    row = reorganisasi.create_rancangan(nama="Penataan 2027", mulai=date(2027, 1, 1), by=by)
    edit = AddUnit(kode="U-0103", nama="Bidang Farmasi", jenis="bidang", induk="U-01")
    row = reorganisasi.add_edits(rancangan_id=row.pk, versi=row.versi, edits=[edit], by=by)
    row = reorganisasi.submit_rancangan(rancangan_id=row.pk, versi=row.versi, by=by)
    assert told() == each("pimpinan", "rancangan.diajukan")
    chief = kota.reader("pimpinan")
    row = reorganisasi.return_rancangan(rancangan_id=row.pk, versi=row.versi, catatan="Tambah dasar.", by=chief)
    assert told() == each("analis", "rancangan.dikembalikan")
    row = reorganisasi.submit_rancangan(rancangan_id=row.pk, versi=row.versi, by=by)
    enforce_rancangan(
        rancangan_id=row.pk, versi=row.versi, penetapan_id=kota.penetapan.pk, mulai=date(2027, 1, 1), by=chief
    )
    # The operator of the office in which the unit arises, and of no other.
    assert told() == each("analis operator", "rancangan.berlaku")


def test_a_delegation_given_taken_back_and_run_out(kota):
    row = lend(kota)
    assert told() == each("pegawai", "delegasi.diberikan")
    delegation.end_delegation(penugasan_id=row.pk, by=kota.reader("pegawai"))
    assert told() == each("operator", "delegasi.diakhiri")
    lend(kota)
    told()
    akun.set_active(user_id=kota.user["operator"].pk, aktif=False, alasan="mutasi", by=kota.reader("pengelola"))
    assert told() == each("pegawai", "delegasi.diakhiri")
    akun.set_active(user_id=kota.user["operator"].pk, aktif=True, alasan="kembali", by=kota.reader("pengelola"))
    lent = lend(kota)
    told()
    assert delegation.tell_expired(lent.selesai - timedelta(days=1)) == 0
    assert delegation.tell_expired(lent.selesai) == 1
    assert told() == each("operator pegawai", "delegasi.diakhiri")
    assert delegation.tell_expired(lent.selesai) == 0


def test_a_person_hears_that_an_anomaly_was_settled(kota):
    nip = kota.pegawai["Danu Wiratama"].nip
    Pegawai.objects.filter(nip=nip).update(jenis_kelamin="")
    refresh(HARI)
    person = Pegawai.objects.get(nip=nip)
    by = kota.reader("operator")
    person = update_data_diri(nip=nip, versi=person.versi, data={"jenis_kelamin": "laki-laki"}, by=by)
    assert told() == each("pegawai", "pegawai.data-diubah")
    update_data_diri(nip=nip, versi=person.versi, data={"wilayah": "Harapan Barat"}, by=by)
    assert told() == set()  # it settled nothing


def test_people_of_a_reconciliation_hear_the_decision_and_lead_to_their_own_page(kota):
    row = Rekonsiliasi.objects.create(nama_berkas="ekspor.xlsx", per=HARI, status="siap", pemilik=kota.user["operator"])
    for nama, keputusan in (("Danu Wiratama", "pertahankan"), ("Sekar Melati", "")):
        person = kota.pegawai[nama]
        SelisihSiasn.objects.create(
            rekonsiliasi=row, nip=person.nip, nama=nama, pegawai=person, unit=kota.unit["U-0101"], kolom="nama",
            jenis="beda", lokal=nama, siasn=nama.upper(), keputusan=keputusan, alasan="sesuai akta",
        )  # fmt: skip
    apply_decisions(rekonsiliasi_id=row.pk, by=kota.reader("analis"))
    message = Pemberitahuan.objects.get(user=kota.user["pegawai"])
    assert message.alamat == f"/pegawai/{kota.pegawai['Danu Wiratama'].nip}/"
    assert told() == each("pegawai operator", "rekonsiliasi.diterapkan")


def test_who_hands_in_neither_verifies_nor_sets(kota, signed_in):
    informasi = bahan.fill(kota, bahan.draft(kota, "analis"), "analis")
    by = kota.reader("analis")
    informasi = informasi_actions.submit_informasi(informasi_id=informasi.pk, versi=informasi.versi, by=by)
    with pytest.raises(informasi_actions.InformasiError, match="Anda sendiri yang mengajukan"):
        informasi_actions.verify_informasi(informasi_id=informasi.pk, versi=informasi.versi, by=by)
    page = signed_in("analis").get(f"/informasi-jabatan/{informasi.pk}/").content.decode()
    assert f"/informasi-jabatan/{informasi.pk}/verifikasi/" not in page
    assert "Informasi jabatan menunggu tindakan Anda" not in signed_in("analis").get("/").content.decode()
    another(kota, "analis-dua", Peran.ANALIS)
    other = kota.reader("analis-dua")
    informasi = informasi_actions.verify_informasi(informasi_id=informasi.pk, versi=informasi.versi, by=other)
    setting = {"informasi_id": informasi.pk, "versi": informasi.versi, "penetapan_id": kota.penetapan.pk}
    with pytest.raises(informasi_actions.InformasiError, match="Penetapan harus dilakukan orang lain"):
        informasi_actions.set_informasi(**setting, mulai=date(2026, 6, 1), by=by)
    assert informasi_actions.set_informasi(**setting, mulai=date(2026, 6, 1), by=other).status == "ditetapkan"


def test_the_same_for_evaluasi_and_abk(kota, signed_in):
    evaluasi = evaluated(kota)
    Penugasan.objects.create(user=kota.user["operator"], peran=Peran.ANALIS, mulai=MULAI)
    with pytest.raises(evaluasi_actions.EvaluasiError, match="Anda sendiri yang mengajukan"):
        evaluasi_actions.set_evaluasi(
            evaluasi_id=evaluasi.pk, versi=evaluasi.versi, penetapan_id=kota.penetapan.pk, mulai=date(2026, 7, 1),
            terapkan_posisi=False, by=kota.reader("operator"),
        )  # fmt: skip
    abk = make_abk(kota)
    do(abk_actions.submit_abk, kota, abk, "operator")
    home = signed_in("operator").get("/").content.decode()
    assert "ABK menunggu verifikasi" not in home
    assert "Evaluasi jabatan menunggu" not in home
    do(abk_actions.verify_abk, kota, abk, "atasan")
    with pytest.raises(abk_actions.AbkError, match="Anda sendiri yang mengajukan"):
        decide(kota, abk, who="operator")
    assert "ABK menunggu penetapan" in signed_in("analis").get("/").content.decode()
    assert (
        f"/beban-kerja/{abk.pk}/penetapan/" not in signed_in("operator").get(f"/beban-kerja/{abk.pk}/").content.decode()
    )

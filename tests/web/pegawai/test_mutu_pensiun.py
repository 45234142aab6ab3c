"""Pension dates by the rulebook, quality of the data, the worklist, and both kept true."""

from datetime import date

import pytest
from django.urls import reverse
from tests.web.kota import HARI
from tests.web.pegawai.test_daftar import ask, names

from penata.domain.jabatan.models import Jabatan
from penata.domain.kompetensi.models import Asesmen
from penata.domain.pegawai import actions, mutu_daftar
from penata.domain.pegawai.models import MutuPegawai, MutuTemuan, Pegawai, Pemangku, RiwayatGolongan, RiwayatJabatan
from penata.domain.pegawai.mutu import CHECKS, Dimensi
from penata.domain.pegawai.mutu_periksa import BLANKS
from penata.domain.pegawai.mutu_segar import refresh
from penata.domain.pegawai.pensiun import months_ahead, refresh_pensiun
from penata.domain.pegawai.pensiun_daftar import PENSIUN
from penata.domain.pegawai.queries import refresh_after_import


def codes(nama):
    return set(MutuTemuan.objects.filter(pegawai__nama=nama).values_list("kode", flat=True))


# --- pension ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nama", "bup", "pension"),
    [
        ("Bagas Pranata", 60, date(2029, 1, 1)),  # JPT pratama, born 2 December 1968
        ("Sekar Melati", 58, date(2038, 6, 1)),  # administrator, born 6 May 1980
        ("Danu Wiratama", 58, date(2046, 8, 1)),  # ahli muda
        ("Yoga Laksana", 58, date(2053, 3, 1)),  # pelaksana
        ("Tiara Lestari", 60, date(2054, 1, 1)),  # guru, born in December: the month after is in the next year
        ("Wahyu Nugraha", None, None),  # no posisi and no career
    ],
)
def test_pension_dates_follow_the_rulebook(kota, nama, bup, pension):
    refresh_pensiun(HARI)
    person = Pegawai.objects.get(nama=nama)
    assert (person.bup, person.tanggal_pensiun) == (bup, pension)


def test_without_posisi_the_last_jabatan_counts_and_without_birth_the_nip(kota):
    RiwayatJabatan.objects.create(
        pegawai=kota.pegawai["Wahyu Nugraha"], jabatan="Kepala Dinas", jenis="jpt pratama", mulai=date(2020, 1, 1)
    )
    Pegawai.objects.filter(nama__in=["Wahyu Nugraha", "Sekar Melati"]).update(tanggal_lahir=None)
    refresh_pensiun(HARI)
    assert Pegawai.objects.get(nama="Wahyu Nugraha").tanggal_pensiun == date(2054, 4, 1)
    assert Pegawai.objects.get(nama="Sekar Melati").tanggal_pensiun == date(2038, 6, 1)


def test_one_person_gives_what_everybody_gives(kota):
    refresh(HARI)
    whole = list(Pegawai.objects.order_by("pk").values_list("bup", "tanggal_pensiun"))
    scores = list(MutuPegawai.objects.order_by("pk").values())
    found = sorted(MutuTemuan.objects.values_list("pegawai_id", "kode", "kolom", "pesan"))
    Pegawai.objects.update(bup=None, tanggal_pensiun=None)
    for person in Pegawai.objects.all():
        refresh(HARI, [person.nip])
    assert list(Pegawai.objects.order_by("pk").values_list("bup", "tanggal_pensiun")) == whole
    assert list(MutuPegawai.objects.order_by("pk").values()) == scores
    assert sorted(MutuTemuan.objects.values_list("pegawai_id", "kode", "kolom", "pesan")) == found


def test_the_catalogue_may_give_its_own_age(kota, signed_in):
    Jabatan.objects.filter(nama="Pengelola Data").update(bup=61)
    refresh_pensiun(HARI)
    yoga = Pegawai.objects.get(nama="Yoga Laksana")
    assert (yoga.bup, yoga.tanggal_pensiun) == (61, date(2056, 3, 1))
    drawer = signed_in("analis").get(reverse("pegawai_asal_pensiun", args=[yoga.nip])).content.decode()
    assert "BUP khusus" in drawer


def test_the_drawer_shows_the_rule_and_its_source(kota, signed_in):
    refresh_pensiun(HARI)
    nip = kota.pegawai["Sekar Melati"].nip
    drawer = signed_in("atasan").get(reverse("pegawai_asal_pensiun", args=[nip]), headers={"HX-Request": "true"})
    text = drawer.content.decode()
    for word in ("1 Juni 2038", "6 Mei 1980", "UU 20/2023", "58"):
        assert word in text
    assert signed_in("analis").get(
        reverse("pegawai_asal_pensiun", args=[kota.pegawai["Wahyu Nugraha"].nip])
    ).status_code == 404  # fmt: skip


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"A lewat", "B hari ini", "C setahun", "D lima tahun"}),
        ("dalam=lewat", {"A lewat", "B hari ini"}),
        ("dalam=12", {"C setahun"}),
        ("dalam=24", {"C setahun"}),
        ("dalam=60", {"C setahun", "D lima tahun"}),
    ],
)
def test_windows_of_the_pension_list(kota, query, found):
    days = {
        "A lewat": date(2026, 6, 1), "B hari ini": HARI, "C setahun": months_ahead(HARI, 12),
        "D lima tahun": months_ahead(HARI, 60), "E jauh": date(2032, 1, 1),
    }  # fmt: skip
    for (nama, day), person in zip(days.items(), Pegawai.objects.order_by("pk"), strict=False):
        Pegawai.objects.filter(pk=person.pk).update(nama=nama, tanggal_pensiun=day)
    assert set(names(ask(PENSIUN, kota.reader("analis"), query))) == found


def test_months_ahead_keeps_to_the_end_of_the_month():
    assert months_ahead(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_ahead(date(2024, 2, 29), 12) == date(2025, 2, 28)


def test_chart_is_a_picture_that_is_kept_until_data_change(kota, signed_in):
    refresh_pensiun(HARI)
    browser = signed_in("analis")
    page = browser.get(reverse("pensiun")).content.decode()
    address = page.split('src="/pensiun/grafik.svg')[1].split('"')[0].replace("&amp;", "&")
    first = browser.get("/pensiun/grafik.svg" + address)
    assert (first.status_code, first["Content-Type"]) == (200, "image/svg+xml")
    assert b"<svg" in first.content
    again = browser.get("/pensiun/grafik.svg" + address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    actions.update_data_diri(
        nip=kota.pegawai["Bagas Pranata"].nip, versi=1, data={"tempat_lahir": "X"}, by=kota.reader("analis")
    )
    assert browser.get("/pensiun/grafik.svg" + address, headers={"If-None-Match": first["ETag"]}).status_code == 200
    assert signed_in("pegawai").get("/pensiun/grafik.svg").status_code == 403


# --- quality ---------------------------------------------------------------------------------------------------------


def test_every_check_is_declared_completely():
    assert all(check.judul and check.keputusan and check.dimensi in Dimensi for check in CHECKS.values())
    assert set(BLANKS) <= set(CHECKS)
    assert {check.dimensi for check in CHECKS.values()} == set(Dimensi)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"tanggal_lahir": date(1988, 7, 9)}, "V14"),
        ({"tanggal_lahir": None}, "M02"),
        ({"jenis_kelamin": "perempuan"}, "V15"),
        ({"status": "pppk"}, "V16"),
        ({"golongan": "IX"}, "V21"),
        ({"golongan": ""}, "M04"),
        ({"golongan": "III/a"}, "I47"),
        ({"pendidikan": "SLTA"}, "I46"),
        ({"pendidikan": ""}, "M06"),
        ({"bidang_studi": ""}, "M07"),
        ({"tmt_golongan": date(2027, 1, 1)}, "V17"),
        ({"nik": "123"}, "M30"),
        ({"email": "tanpa-surel"}, "M31"),
        ({"terkunci": True, "alasan_terkunci": ""}, "V37"),
    ],
)
def test_an_anomaly_is_found_and_mending_it_lets_it_go(kota, values, code):
    person = Pegawai.objects.get(nama="Danu Wiratama")
    clean = {name: getattr(person, name) for name in values}
    refresh(HARI)
    assert code not in codes("Danu Wiratama")
    before = MutuPegawai.objects.get(pegawai=person)
    Pegawai.objects.filter(pk=person.pk).update(**values)
    refresh(HARI)
    assert code in codes("Danu Wiratama")
    after = MutuPegawai.objects.get(pegawai=person)
    assert after.indeks < before.indeks
    assert getattr(after, str(CHECKS[code].dimensi)) < 100
    Pegawai.objects.filter(pk=person.pk).update(**clean)
    refresh(HARI)
    assert code not in codes("Danu Wiratama")


def test_who_passed_the_age_limit_is_told(kota):
    """A person of 61 in a post with BUP 60."""
    old = Pegawai.objects.get(nama="Bagas Pranata")
    Pegawai.objects.filter(pk=old.pk).update(tanggal_lahir=date(1965, 1, 1))
    refresh(HARI)
    assert "I43" in codes("Bagas Pranata")
    assert Pegawai.objects.get(pk=old.pk).tanggal_pensiun == date(2025, 2, 1)


def test_histories_are_compared(kota):
    RiwayatGolongan.objects.create(pegawai=kota.pegawai["Danu Wiratama"], golongan="III/d", tmt=date(2024, 4, 1))
    kota.pegawai["Danu Wiratama"].riwayat_pendidikan.create(pendidikan="S-2", bidang_studi="Hukum")
    refresh(HARI)
    assert {"M40", "M41"} <= codes("Danu Wiratama")


def test_what_nobody_has_is_asked_of_nobody(kota):
    refresh(HARI)
    assert not MutuTemuan.objects.filter(kode__in=["M10", "M11", "M12", "M13", "M20", "M21"]).exists()
    Asesmen.objects.create(
        pegawai=kota.pegawai["Bagas Pranata"], tanggal=date(2025, 1, 1), berlaku_sampai=date(2028, 1, 1)
    )
    Pegawai.objects.filter(nama="Danu Wiratama").update(nik="3300112233445566")
    refresh(HARI)
    assert MutuTemuan.objects.filter(kode="M10").count() == len(kota.pegawai) - 1
    lacking = set(MutuTemuan.objects.filter(kode="M21").values_list("pegawai__nama", flat=True))
    assert lacking == {"Ratri Wulansari", "Sekar Melati", "Hendra Kusuma", "Maya Puspita"}


def test_scores_by_hand(kota):
    """Danu lacks one of the complete data that are asked, and nothing else."""
    refresh(HARI)
    assert MutuPegawai.objects.get(pegawai__nama="Danu Wiratama").indeks == 100
    Pegawai.objects.filter(nama="Danu Wiratama").update(jenis_kelamin="")
    refresh(HARI)
    asked = [
        c for c in CHECKS.values()
        if c.dimensi is Dimensi.LENGKAP and c.kode != "V31" and c.dicatat in {"", "posisi", "tmt_jabatan"}
    ]  # fmt: skip
    row = MutuPegawai.objects.get(pegawai__nama="Danu Wiratama")
    assert row.lengkap == round(100 * (1 - 1 / len(asked)), 1)
    assert row.indeks == pytest.approx((row.lengkap + 300) / 4, abs=0.051)


def test_the_whole_agency_may_be_empty(db):
    assert refresh_after_import(HARI) == {"pegawai": 0, "pensiun": 0, "temuan": 0}


def test_worklist_is_cut_to_the_reader_and_leads_to_the_form(kota, signed_in):
    Pegawai.objects.filter(nama__in=["Danu Wiratama", "Maya Puspita", "Wahyu Nugraha"]).update(pendidikan="")
    refresh(HARI)
    seen = {t.pegawai.nama for t in mutu_daftar.temuan(kota.reader("operator")).select_related("pegawai")}
    assert "Danu Wiratama" in seen
    assert not seen & {"Maya Puspita", "Wahyu Nugraha"}
    page = signed_in("operator").get(reverse("mutu_data")).content.decode()
    assert "Pendidikan kosong" in page
    assert "Operator Dinas Kesehatan" in page
    assert "Kelayakan dan usulan penempatan" in page
    own = MutuTemuan.objects.get(pegawai__nama="Danu Wiratama", kode="M06")
    other = MutuTemuan.objects.get(pegawai__nama="Maya Puspita", kode="M06")
    to = signed_in("operator").get(reverse("mutu_temuan", args=[own.pk]))["Location"]
    assert to == reverse("pegawai_pendidikan", args=[own.pegawai.nip])
    assert signed_in("operator").get(reverse("mutu_temuan", args=[other.pk])).status_code == 404
    looking = signed_in("atasan").get(reverse("mutu_temuan", args=[own.pk]))["Location"]
    assert looking.endswith("?bagian=mutu")


def test_worklist_filters_by_kind_dimension_and_unit(kota):
    Pegawai.objects.filter(nama__in=["Danu Wiratama", "Maya Puspita"]).update(pendidikan="", golongan="")
    refresh(HARI)
    reader = kota.reader("analis")
    assert set(names(ask(mutu_daftar.TEMUAN, reader, "temuan=M06"))) == {"Danu Wiratama", "Maya Puspita"}
    assert names(ask(mutu_daftar.TEMUAN, reader, "temuan=M06&unit=U-02")) == ["Maya Puspita"]
    assert "Wahyu Nugraha" not in names(ask(mutu_daftar.TEMUAN, reader, "dimensi=akurat"))
    assert names(ask(mutu_daftar.TEMUAN, reader, "cari=maya&temuan=M04")) == ["Maya Puspita"]
    assert set(ask(mutu_daftar.TEMUAN, reader, "temuan=Z99").page().wrong) == {"temuan"}


def test_index_per_perangkat_daerah(kota, signed_in):
    Pegawai.objects.filter(nama="Maya Puspita").update(pendidikan="", golongan="", jenis_kelamin="")
    refresh(HARI)
    rows = {row.nama: row for row in mutu_daftar.per_kantor(kota.reader("analis"))}
    assert rows["Dinas Pendidikan"].pegawai == 4
    assert rows["Dinas Pendidikan"].indeks < rows["Dinas Kesehatan"].indeks
    assert {row.nama for row in mutu_daftar.per_kantor(kota.reader("operator"))} == {"Dinas Kesehatan"}
    page = signed_in("analis").get(reverse("mutu_kantor")).content.decode()
    assert "Operator-Lain" in page


def test_mending_takes_the_row_off_at_once(kota):
    person = Pegawai.objects.get(nama="Danu Wiratama")
    Pegawai.objects.filter(pk=person.pk).update(jenis_kelamin="perempuan")
    refresh(HARI)
    assert "V15" in codes("Danu Wiratama")
    actions.update_data_diri(nip=person.nip, versi=1, data={"jenis_kelamin": "laki-laki"}, by=kota.reader("operator"))
    assert "V15" not in codes("Danu Wiratama")


def test_checking_all_is_for_whoever_may_edit_everybody(kota, signed_in, django_capture_on_commit_callbacks):
    assert signed_in("operator").post(reverse("mutu_periksa")).status_code == 404
    assert signed_in("atasan").post(reverse("mutu_periksa")).status_code == 403
    assert signed_in("analis").get(reverse("mutu_periksa")).status_code == 405
    with django_capture_on_commit_callbacks(execute=True):
        assert signed_in("analis").post(reverse("mutu_periksa")).status_code == 302
    assert MutuPegawai.objects.count() == len(kota.pegawai)


def test_plt_does_not_move_anybody(kota):
    Pemangku.objects.create(
        pegawai=kota.pegawai["Maya Puspita"], posisi=kota.posisi["P-014"], jenis="plt", mulai=date(2026, 1, 1)
    )
    refresh(HARI)
    assert MutuPegawai.objects.get(pegawai__nama="Maya Puspita").unit == kota.unit["U-0201"]

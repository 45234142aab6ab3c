"""The log on the screen: who sees which acts and histories, in which words."""

import re
from datetime import date
from enum import StrEnum

import pytest
from click.testing import CliRunner
from django.db import transaction
from django.urls import reverse
from tests.web.audit.test_rantai import unguard
from tests.web.kota import ACCOUNTS

from penata.faces.backoffice.audit.words import act_title, field_title, value_text
from penata.foundation.audit.models import Peristiwa
from penata.foundation.audit.record import Change, changed, record
from penata.foundation.tasks.models import Pekerjaan

READERS = {"analis", "auditor", "pengelola"}


class Uji(StrEnum):
    UNIT_DIUBAH = "unit.diubah"
    LAIN = "uji.tanpa-judul"


def write(kota, changes=(), account="analis", unit="U-01", aksi=Uji.UNIT_DIUBAH, **more):
    with transaction.atomic():
        return record(
            aksi, by=kota.reader(account), changes=changes, unit_id=kota.unit[unit].pk if unit else None, **more
        )


def text_of(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def path(jenis, key):
    return reverse("riwayat_objek", args=[jenis, key])


def test_a_history_says_who_when_what_and_on_which_legal_act(kota, signed_in):
    change = changed(
        "unit",
        "U-01",
        {"nama": "Dinas Kesehatan", "jenis": "dinas"},
        {"nama": "Dinas Kesehatan Kota", "jenis": "dinas"},
    )
    act = write(
        kota, [change], per=date(2027, 1, 1), dasar="Peraturan Wali Kota 12 Tahun 2026", alasan="penataan",
    )  # fmt: skip
    page = text_of(signed_in("operator").get(path("unit", "U-01")))
    for part in (
        "Unit diubah", "Analis", "berlaku 1 Januari 2027", "dasar: Peraturan Wali Kota 12 Tahun 2026",
        "alasan: penataan", "Nama unit", ">Dinas Kesehatan<", ">Dinas Kesehatan Kota<",
    ):  # fmt: skip
        assert part in page
    assert "Jenis unit" not in page  # only what changed
    assert reverse("jejak_satu", args=[act.id]) not in page  # the operator may not open the log
    assert reverse("jejak_satu", args=[act.id]) in text_of(signed_in("auditor").get(path("unit", "U-01")))


def test_new_and_gone_objects_and_long_histories(kota, signed_in, django_assert_max_num_queries):
    key = kota.posisi["P-012"].kode
    write(kota, [Change("posisi", key, None, {"kode": key, "kebutuhan": 3.0, "kritis": True})])
    for n in range(60):
        write(kota, [changed("posisi", key, {"kebutuhan": n}, {"kebutuhan": n + 1})])
    browser, url, seen = signed_in("operator"), path("posisi", key), []
    while url:
        with django_assert_max_num_queries(20):
            page = browser.get(url).content.decode()
        assert len(page) < 60_000
        seen += re.findall(r'class="baru">([^<]+)<', page)
        onward = re.search(r'href="(\?sebelum=\d+)"', page)
        url = path("posisi", key) + onward.group(1) if onward else None
    assert seen == [str(n + 1) for n in reversed(range(60))] + [key, "3", "ya"]


def test_history_of_a_thing_that_never_changed_says_so(kota, signed_in):
    assert "Belum ada perubahan" in text_of(signed_in("operator").get(path("unit", "U-01")))


@pytest.mark.parametrize(
    ("jenis", "key", "inside", "outside"),
    [
        ("posisi", "P-012", {"operator", "atasan", "analis", "auditor", "pegawai", "pimpinan"}, set()),
        ("beban_kerja", "P-012", {"operator", "atasan", "analis", "auditor"}, {"operator-lain", "pegawai"}),
        ("akun", "operator", {"pengelola", "analis", "auditor"}, {"operator", "pegawai", "pimpinan"}),
        ("parameter", "abk.waktu_kerja_efektif", {"pegawai", "operator-lain"}, set()),
        ("tidak_dikenal", "x", {"auditor"}, {"operator", "pegawai"}),
    ],
)
def test_who_sees_the_object_sees_its_history(kota, signed_in, jenis, key, inside, outside):
    write(kota, [Change(jenis, key, None, {"nama": "x"})])
    for account in inside:
        assert signed_in(account).get(path(jenis, key)).status_code == 200, account
    for account in outside:
        assert signed_in(account).get(path(jenis, key)).status_code == 404, account


def test_personal_data_stay_with_whoever_may_see_them(kota, signed_in):
    nip = kota.pegawai["Danu Wiratama"].nip
    change = changed(
        "pegawai", nip, {"alamat": "Jalan Lama 1", "golongan": "III/b"}, {"alamat": "Jalan Baru 2", "golongan": "III/c"}
    )
    act = write(
        kota, [change, Change("hukuman_disiplin", f"{nip}/2026-01-01", None, {"tingkat": "berat"})], unit="U-0101"
    )
    for account, seen in (("operator", True), ("analis", True), ("atasan", False), ("evaluasi", False)):
        page = text_of(signed_in(account).get(path("pegawai", nip)))
        assert ("Jalan Baru 2" in page) is seen, account
        assert "III/c" in page
    assert "Jalan Baru 2" in text_of(signed_in("pegawai").get(path("pegawai", nip)))  # one's own
    assert signed_in("operator-lain").get(path("pegawai", nip)).status_code == 404
    keeper = text_of(signed_in("pengelola").get(reverse("jejak_satu", args=[act.id])))
    assert "Jalan Baru 2" not in keeper
    assert ">berat<" not in keeper
    assert "(data pribadi)" in keeper
    assert ">berat<" in text_of(signed_in("auditor").get(reverse("jejak_satu", args=[act.id])))
    assert signed_in("atasan").get(path("hukuman_disiplin", f"{nip}/2026-01-01")).status_code == 404


@pytest.mark.parametrize("account", [name for name, _peran, _unit in ACCOUNTS])
def test_the_log_itself_is_for_those_who_may(kota, signed_in, account):
    act = write(kota)
    browser, wanted = signed_in(account), 200 if account in READERS else 403
    for name, args in (("jejak", []), ("jejak_satu", [act.id]), ("jejak_verifikasi", [])):
        assert browser.get(reverse(name, args=args)).status_code == wanted
    assert browser.post(reverse("jejak_verifikasi_mulai")).status_code == (302 if account in READERS else 403)
    assert browser.get("/ekspor/jejak.csv").status_code == wanted


def numbers(page):
    return [int(n) for n in re.findall(r'<a href="/jejak/(\d+)/"', page.content.decode())]


def test_filters_of_the_log(kota, signed_in):
    one = write(kota, [Change("unit", "U-01", None, {"nama": "x"})], account="operator").id
    two = write(kota, [Change("unit", "U-02", None, {"nama": "x"})], unit="U-0201", aksi=Uji.LAIN).id
    three = write(kota, unit=None).id
    browser = signed_in("auditor")

    def found(query):
        page = browser.get(reverse("jejak") + query)
        assert page.status_code == 200
        return numbers(page)

    assert found("") == [three, two, one]
    assert "Unit diubah" in text_of(browser.get(reverse("jejak")))
    assert b"Unit diubah" in b"".join(browser.get("/ekspor/jejak.csv").streaming_content)
    assert browser.get("/ekspor/jejak.xlsx").status_code == 200
    assert found("?urut=nomor") == [one, two, three]
    assert found("?perbuatan=unit.diubah") == [three, one]
    assert found("?akun=oper") == [one]
    assert found("?objek=U-02") == [two]
    assert found("?unit=U-02") == [two]
    today = Peristiwa.objects.get(pk=one).waktu.date()
    assert found(f"?sejak={today.replace(year=today.year - 1)}&sampai={today.replace(year=today.year + 1)}") == [
        three,
        two,
        one,
    ]
    assert found(f"?sampai={today.replace(year=today.year - 1)}") == []
    assert "tidak dikenali" in text_of(browser.get(reverse("jejak") + "?sejak=kemarin"))


def test_whoever_audits_one_office_sees_its_acts_only(kota, signed_in):
    kota.user["auditor"].penugasan.update(unit_id=kota.unit["U-01"].pk)
    mine, other, agency = write(kota), write(kota, unit="U-02"), write(kota, unit=None)
    browser = signed_in("auditor")
    assert numbers(browser.get(reverse("jejak"))) == [mine.id]
    for act, wanted in ((mine, 200), (other, 404), (agency, 404)):
        assert browser.get(reverse("jejak_satu", args=[act.id])).status_code == wanted


def test_an_act_of_many_changes_is_paged(kota, signed_in, django_assert_max_num_queries):
    act = write(kota, [Change("pegawai", f"{n:018}", None, {"nama": f"Orang {n}"}) for n in range(250)])
    browser, url, seen = signed_in("auditor"), reverse("jejak_satu", args=[act.id]), 0
    while url:
        with django_assert_max_num_queries(20):
            page = browser.get(url).content.decode()
        assert len(page) < 60_000
        seen += len(re.findall(r"Orang \d+", page))
        onward = re.search(r'href="(\?sesudah=\d+)"', page)
        url = reverse("jejak_satu", args=[act.id]) + onward.group(1) if onward else None
    assert seen == 250


def test_verification_from_the_screen(kota, signed_in, django_capture_on_commit_callbacks):
    write(kota, [Change("unit", "U-01", None, {"nama": "x"})])
    browser = signed_in("auditor")
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("jejak_verifikasi_mulai"))
    page = text_of(browser.get(reverse("jejak_verifikasi")))
    assert "1 peristiwa diperiksa" in page
    noted = re.search(r'class="sidik">(\d+:[0-9a-f]{64})<', page).group(1)
    unguard()
    Peristiwa.objects.update(alasan="lain")
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("jejak_verifikasi_mulai"), {"catatan": noted})
    assert "Peristiwa nomor 1: isi peristiwa itu diubah" in text_of(browser.get(reverse("jejak_verifikasi")))
    assert [row.hasil["utuh"] for row in Pekerjaan.objects.order_by("dibuat")] == [True, False]
    assert "Tulis seperti hasil pemeriksaan" in text_of(
        browser.post(reverse("jejak_verifikasi_mulai"), {"catatan": "x"})
    )


def test_verification_from_the_command_line(kota, monkeypatch):
    from penata.faces.cli.audit import audit

    monkeypatch.setattr("penata.faces.cli.sistem.ready", lambda: None)
    write(kota, [Change("unit", "U-01", None, {"nama": "x"})])
    write(kota)
    answer = CliRunner().invoke(audit, ["verifikasi"])
    assert answer.exit_code == 0
    assert "UTUH: 2 peristiwa" in answer.output
    noted = ["--nomor", "2", "--sidik", re.search(r"[0-9a-f]{64}", answer.output).group()]
    assert CliRunner().invoke(audit, ["verifikasi", *noted]).exit_code == 0
    assert CliRunner().invoke(audit, ["verifikasi", *noted[:3], "0" * 64]).exit_code == 1
    assert CliRunner().invoke(audit, ["verifikasi", "--nomor", "x"]).exit_code == 2
    unguard()
    Peristiwa.objects.filter(pk=1).update(dasar="lain")
    answer = CliRunner().invoke(audit, ["verifikasi"])
    assert answer.exit_code == 1
    assert "TIDAK UTUH mulai peristiwa 1" in answer.output


def test_words_of_the_log():
    assert act_title("peran.diberikan") == "Peran diberikan"
    assert act_title("sesuatu.yang-baru") == "Sesuatu yang baru"
    assert field_title("posisi", "kelas") == "Kelas jabatan"
    assert field_title("tabel_lain", "isian_baru") == "Isian baru"
    assert [value_text(v) for v in (None, True, 1234.5, "2026-12-31", "2026-99-99", {"a": 1}, [1, "x"])] == [
        "–", "ya", "1.234,50", "31-12-2026", "2026-99-99", "a: 1", "1; x"
    ]  # fmt: skip
    assert len(value_text("x" * 5_000)) < 500

"""The forms of units and legal acts: what is typed is done; what is wrong stands at the field or above the form."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.web.kota import MULAI

from penata.domain.organisasi.models import Penetapan, Unit
from penata.domain.organisasi.tree import pohon
from penata.domain.pegawai.models import Pemangku
from penata.foundation.access.models import Penugasan
from penata.foundation.access.permissions import Peran

BERLAKU = date(2026, 12, 1)
PDF = b"%PDF-1.7 contoh naskah"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": settings.STORAGES["default"] | {"OPTIONS": {"location": tmp_path, "base_url": None}}
    }


def given(kota, **values):
    return {"mulai": "2026-12-01", "penetapan_ada": str(kota.penetapan.pk), **values}


def test_a_unit_is_opened_with_a_new_act_and_its_file(kota, signed_in):
    browser = signed_in("analis")
    answer = browser.post(
        reverse("unit_baru"),
        {
            "kode": "U-0103", "nama": "Bidang Gizi", "jenis": "bidang", "induk": "dinas kesehatan",
            "terpencil": "unknown", "mulai": "2026-12-01", "penetapan_jenis": "Peraturan Wali Kota",
            "penetapan_nomor": "9 Tahun 2026", "penetapan_tanggal": "2026-11-01",
            "penetapan_berkas": SimpleUploadedFile("naskah.pdf", PDF),
        },
    )  # fmt: skip
    assert answer["Location"] == reverse("unit", args=["U-0103"])
    masa = Unit.objects.get(kode="U-0103").masa.get()
    assert (masa.induk.kode, masa.mulai, masa.penetapan.nomor) == ("U-01", BERLAKU, "9 Tahun 2026")
    file = browser.get(reverse("penetapan_naskah", args=[masa.penetapan.pk]))
    assert b"".join(file.streaming_content) == PDF
    assert file["Content-Disposition"].startswith("attachment")


def test_errors_stand_at_their_fields(kota, signed_in):
    browser = signed_in("analis")
    answer = browser.post(reverse("unit_baru"), {"kode": "", "induk": "U-77", "mulai": "kemarin"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Unit tidak ditemukan" in page
    assert page.count("atau pilih penetapan yang sudah tercatat") == 3
    for field in ("kode", "nama", "induk", "mulai"):
        assert f'id="id_{field}_error"' in page
    assert Unit.objects.count() == 6


def test_what_cannot_be_done_stands_above_the_form(kota, signed_in):
    answer = signed_in("analis").post(reverse("unit_akhiri", args=["U-0101"]), given(kota))
    assert answer.status_code == 422
    assert "masih mempunyai 3 posisi" in answer.content.decode()


def test_a_change_shows_the_unit_and_the_second_writer_the_reason(kota, signed_in):
    browser, address = signed_in("analis"), reverse("unit_ubah", args=["U-0101"])
    seen = browser.get(address).content.decode().split('name="seen" value="')[1].split('"')[0]
    values = given(kota, nama="Bidang Layanan", jenis="bidang", terpencil="unknown", seen=seen, mulai="2026-11-21")
    assert browser.post(address, values)["Location"] == reverse("unit", args=["U-0101"])
    second = browser.post(address, values | {"nama": "Bidang Lain"})
    assert second.status_code == 422
    assert "orang lain" in second.content.decode()
    assert pohon(date(2026, 11, 21)).by_id[kota.unit["U-0101"].pk].nama == "Bidang Layanan"


def test_a_local_analyst_opens_no_unit_at_the_top(kota, signed_in):
    Penugasan.objects.filter(user=kota.user["analis"]).delete()
    Penugasan.objects.create(user=kota.user["analis"], peran=Peran.ANALIS, unit_id=kota.unit["U-01"].pk, mulai=MULAI)
    values = given(kota, kode="U-0103", nama="Bidang", terpencil="unknown")
    for induk in ("", "U-02"):
        assert signed_in("analis").post(reverse("unit_baru"), values | {"induk": induk}).status_code == 422
    assert signed_in("analis").post(reverse("unit_baru"), values | {"induk": "U-01"}).status_code == 302


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [("naskah.exe", PDF, "harus PDF"), ("naskah.pdf", b"MZ bukan", "tidak sesuai dengan namanya")],
)
def test_a_file_that_is_not_what_it_says_is_refused(kota, signed_in, name, content, told):
    answer = signed_in("analis").post(
        reverse("penetapan_baru"),
        {"penetapan_jenis": "Keputusan", "penetapan_nomor": "1", "penetapan_tanggal": "2026-01-01",
         "penetapan_berkas": SimpleUploadedFile(name, content)},
    )  # fmt: skip
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert Penetapan.objects.count() == 1


def test_the_page_of_an_act_shows_what_rests_on_it_within_scope(kota, signed_in):
    address = reverse("penetapan", args=[kota.penetapan.pk])
    everything, part = (signed_in(name).get(address).content.decode() for name in ("analis", "operator"))
    assert "Dinas Pendidikan" in everything
    assert "Dinas Pendidikan" not in part
    assert "Dinas Kesehatan" in part


def test_a_text_that_names_people_elsewhere_stays_closed(kota, signed_in):
    act = kota.penetapan
    act.berkas.save("sk.pdf", SimpleUploadedFile("sk.pdf", PDF))
    address = reverse("penetapan_naskah", args=[act.pk])
    assert signed_in("operator").get(address).status_code == 200
    Pemangku.objects.filter(pegawai=kota.pegawai["Maya Puspita"]).update(penetapan=act)
    assert signed_in("operator").get(address).status_code == 404
    assert signed_in("operator-lain").get(address).status_code == 200
    assert signed_in("auditor").get(address).status_code == 200
    assert signed_in("pegawai").get(address).status_code == 403


def test_suggestions_stay_within_what_may_be_changed(kota, signed_in):
    page = signed_in("analis").get(reverse("unit_saran") + "?induk=dinas").content.decode()
    assert 'value="U-01"' in page
    assert 'value="U-02"' in page
    assert signed_in("operator").get(reverse("unit_saran") + "?induk=dinas").status_code == 403

"""Evaluasi jabatan: points and kelas by the rulebook, live worksheet, workflow, kelas of the jabatan and its posisi."""

import csv
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader
from tests.web.jabatan.bahan import LAW
from tests.web.kota import MULAI

from penata.domain.jabatan.evaluasi import hitung, jalur_of
from penata.domain.jabatan.evaluasi_actions import (
    EvaluasiError,
    StaleError,
    create_evaluasi,
    delete_evaluasi,
    save_evaluasi,
    set_evaluasi,
    submit_evaluasi,
)
from penata.domain.jabatan.models import EvaluasiJabatan, Jabatan, PosisiMasa
from penata.foundation.access.reader import ForbiddenError
from penata.foundation.audit.models import Perubahan
from penata.snapshot.vocabulary import JENIS_JABATAN

HTMX = {"HTTP_HX_REQUEST": "true"}
_FILE = Path(__file__).parents[2] / "rulebook" / "cases" / "kelas_jabatan" / "fes.yaml"
EXAMPLE = Path(__file__).parents[4] / "shared" / "data" / "anjab-kab-pati" / "contoh_evaluasi_jabatan.csv"
CASES = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
# One case of the rulebook that the tests below follow through the screens.
CASE = next(c for c in CASES if c["expected"] == {"total": 1975, "kelas": 11})


def faktor(levels, alasan="sesuai uraian tugas"):
    return {kode: {"tingkat": level, "alasan": alasan} for kode, level in levels.items()}


def begun(kota, jabatan="Kepala Bidang", account="operator"):
    return create_evaluasi(jabatan_id=kota.jabatan[jabatan].pk, by=kota.reader(account))


def filled(kota, levels=None, **kwargs):
    evaluasi = begun(kota, **kwargs)
    return save_evaluasi(
        evaluasi_id=evaluasi.pk, faktor=faktor(levels or CASE["inputs"]["levels"]), situasi_khusus=0, versi=1,
        by=kota.reader("operator"),
    )  # fmt: skip


def submitted(kota, **kwargs):
    evaluasi = filled(kota, **kwargs)
    return submit_evaluasi(evaluasi_id=evaluasi.pk, versi=evaluasi.versi, by=kota.reader("operator"))


def established(kota, *, terapkan=True, mulai=date(2026, 7, 1)):
    evaluasi = submitted(kota)
    return set_evaluasi(
        evaluasi_id=evaluasi.pk, versi=evaluasi.versi, penetapan_id=kota.penetapan.pk, mulai=mulai,
        terapkan_posisi=terapkan, by=kota.reader("analis"),
    )  # fmt: skip


@pytest.mark.parametrize("case", [c for c in CASES if "kelas" in c.get("expected", {}) and "levels" in c["inputs"]])
def test_points_and_kelas_are_those_of_the_rulebook(case):
    jalur = case["rule"].removeprefix("fes.").replace("managerial", "manajerial")
    done = hitung(jalur, faktor(case["inputs"]["levels"]), case["inputs"].get("situasi_khusus", 0), LAW)
    assert (done.nilai, done.kelas) == (case["expected"]["total"], case["expected"]["kelas"])


@pytest.mark.shared
@pytest.mark.skipif(not EXAMPLE.is_file(), reason=f"no shared data at {EXAMPLE}")
def test_the_published_worksheet_of_an_agency_gives_its_printed_points():
    with EXAMPLE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["jabatan_id"] == "1"]
    done = hitung("manajerial", faktor({f"F{row['faktor_kode']}": int(row["level"]) for row in rows}), 0, LAW)
    assert [f.poin for f in done.faktor] == [int(row["nilai_tercetak"]) for row in rows]
    assert (done.nilai, done.kelas) == (2510, 13)


def test_every_jenis_has_its_table():
    assert {jenis: jalur_of(jenis) for jenis in JENIS_JABATAN} == {
        "jpt utama": "manajerial", "jpt madya": "manajerial", "jpt pratama": "manajerial",
        "administrator": "manajerial", "pengawas": "manajerial", "fungsional": "nonmanajerial",
        "pelaksana": "nonmanajerial",
    }  # fmt: skip


def test_a_half_filled_worksheet_has_points_and_no_kelas():
    done = hitung("manajerial", faktor({"F1": 2, "F2": 9}), 0, LAW)
    assert (done.sementara, done.nilai, done.kelas, done.terpilih) == (350, None, None, 1)


def test_choosing_levels_moves_points_and_kelas_at_once(kota, signed_in):
    evaluasi, browser = begun(kota), signed_in("operator")
    url = reverse("evaluasi_satu", args=(evaluasi.pk,))
    levels = CASE["inputs"]["levels"]
    posted = {f"tingkat.{kode}": level for kode, level in list(levels.items())[:-1]}
    half = browser.post(url, posted | {"versi": 1}, **HTMX).content.decode()
    assert "6 dari 7 faktor" in half
    assert 'name="versi" value="2"' in half
    assert "<html" not in half
    posted |= {f"tingkat.{kode}": level for kode, level in levels.items()}
    whole = browser.post(url, posted | {"versi": 2}, **HTMX).content.decode()
    assert "1.975" in whole
    assert "mulai nilai 1.855" in whole
    evaluasi.refresh_from_db()
    assert (evaluasi.nilai, evaluasi.kelas, evaluasi.versi) == (1975, 11, 3)


def test_special_situations_count_only_for_managers(kota):
    evaluasi = filled(kota, CASE["inputs"]["levels"] | {"F6": 2})
    before = evaluasi.nilai
    saved = save_evaluasi(
        evaluasi_id=evaluasi.pk, faktor=evaluasi.faktor, situasi_khusus=3, versi=None, by=kota.reader("operator")
    )
    assert saved.nilai == before + 400  # F6 from level 2 to 3
    other = begun(kota, jabatan="Pengelola Data")
    saved = save_evaluasi(evaluasi_id=other.pk, faktor={}, situasi_khusus=3, versi=1, by=kota.reader("operator"))
    assert saved.situasi_khusus == 0


def test_the_second_writer_is_told_and_loses_nothing(kota, signed_in):
    evaluasi = filled(kota)
    url, posted = (
        reverse("evaluasi_satu", args=(evaluasi.pk,)),
        {"tingkat.F1": 5, "alasan.F1": "punya saya", "versi": 1},
    )
    page = signed_in("operator").post(url, posted)
    assert page.status_code == 409
    words = page.content.decode()
    assert "punya saya" in words
    assert 'name="versi" value="1"' in words
    assert signed_in("operator").post(url, posted, **HTMX).status_code == 409
    evaluasi.refresh_from_db()
    assert evaluasi.faktor["F1"]["alasan"] != "punya saya"
    assert signed_in("operator").post(url, posted | {"aksi": "timpa"}).status_code == 302
    evaluasi.refresh_from_db()
    assert evaluasi.faktor["F1"] == {"tingkat": 5, "alasan": "punya saya"}


def test_unknown_factors_and_levels_are_not_kept(kota):
    evaluasi = begun(kota)
    strange = faktor({"F1": 99, "F77": 1, "F2": 1})
    saved = save_evaluasi(
        evaluasi_id=evaluasi.pk, faktor=strange, situasi_khusus=0, versi=1, by=kota.reader("operator")
    )
    assert set(saved.faktor) == {"F1", "F2"}
    assert saved.faktor["F1"]["tingkat"] is None


def test_every_factor_needs_its_reason(kota):
    evaluasi = begun(kota)
    levels = faktor(CASE["inputs"]["levels"])
    levels["F5"]["alasan"] = " "
    by = kota.reader("operator")
    saved = save_evaluasi(evaluasi_id=evaluasi.pk, faktor=levels, situasi_khusus=0, versi=1, by=by)
    with pytest.raises(EvaluasiError, match="F5"):
        submit_evaluasi(evaluasi_id=evaluasi.pk, versi=saved.versi, by=by)


def test_handing_in_keeps_what_the_page_shows(kota, signed_in):
    evaluasi, posted = begun(kota), {"versi": 1}
    for kode, level in CASE["inputs"]["levels"].items():
        posted |= {f"tingkat.{kode}": level, f"alasan.{kode}": "karena"}
    assert signed_in("operator").post(reverse("evaluasi_ajukan", args=(evaluasi.pk,)), posted).status_code == 302
    evaluasi.refresh_from_db()
    assert (evaluasi.status, evaluasi.kelas) == ("diajukan", 11)


def test_setting_it_sets_the_kelas_of_the_jabatan_and_of_its_posisi(kota):
    Jabatan.objects.filter(nama="Kepala Bidang").update(kelas=10)
    PosisiMasa.objects.filter(jabatan=kota.jabatan["Kepala Bidang"]).update(kelas=10)
    established(kota)
    assert Jabatan.objects.get(nama="Kepala Bidang").kelas == 11
    rows = PosisiMasa.objects.filter(posisi=kota.posisi["P-011"]).order_by("mulai")
    assert [(row.mulai, row.selesai, row.kelas) for row in rows] == [
        (MULAI, date(2026, 7, 1), 10), (date(2026, 7, 1), None, 11),
    ]  # fmt: skip
    assert [row.kebutuhan for row in rows] == [1, 1]
    changed = Perubahan.objects.filter(jenis="posisi").values_list("objek_id", flat=True)
    assert set(changed) == {"P-011", "P-014", "P-021"}


def test_posisi_stay_when_told_so(kota):
    PosisiMasa.objects.filter(jabatan=kota.jabatan["Kepala Bidang"]).update(kelas=10)
    established(kota, terapkan=False)
    assert set(PosisiMasa.objects.filter(jabatan=kota.jabatan["Kepala Bidang"]).values_list("kelas", flat=True)) == {10}


def test_a_day_before_the_law_is_refused(kota):
    evaluasi = submitted(kota)
    with pytest.raises(EvaluasiError, match="tanggal"):
        set_evaluasi(
            evaluasi_id=evaluasi.pk, versi=evaluasi.versi, penetapan_id=kota.penetapan.pk, mulai=date(1999, 1, 1),
            terapkan_posisi=False, by=kota.reader("analis"),
        )  # fmt: skip


def test_the_whole_way_on_the_screen(kota, signed_in):
    operator, analis = signed_in("operator"), signed_in("analis")
    pk = kota.jabatan["Kepala Bidang"].pk
    assert operator.post(reverse("evaluasi_baru", args=(pk,))).status_code == 302
    evaluasi = EvaluasiJabatan.objects.get()
    posted = {}
    for kode, level in CASE["inputs"]["levels"].items():
        posted |= {f"tingkat.{kode}": level, f"alasan.{kode}": "karena"}
    operator.post(reverse("evaluasi_ajukan", args=(evaluasi.pk,)), posted | {"versi": 1})
    evaluasi.refresh_from_db()
    assert analis.post(
        reverse("evaluasi_kembalikan", args=(evaluasi.pk,)), {"versi": evaluasi.versi, "catatan": "Perjelas F5"}
    ).status_code == 302  # fmt: skip
    assert "Perjelas F5" in operator.get(reverse("evaluasi_satu", args=(evaluasi.pk,))).content.decode()
    evaluasi.refresh_from_db()
    operator.post(reverse("evaluasi_ajukan", args=(evaluasi.pk,)), posted | {"versi": evaluasi.versi})
    evaluasi.refresh_from_db()
    act = {"versi": evaluasi.versi, "mulai": "2026-07-01", "penetapan_ada": kota.penetapan.pk}
    assert analis.post(reverse("evaluasi_tetapkan", args=(evaluasi.pk,)), act).status_code == 302
    evaluasi.refresh_from_db()
    assert evaluasi.status == "ditetapkan"
    asal = signed_in("pegawai").get(reverse("jabatan_kelas", args=(pk,))).content.decode()
    for words in ("1.975", "Permen PAN dan RB 34/2011", "Peraturan Wali Kota 12 Tahun 2023", "F5"):
        assert words in asal


def test_without_evaluation_the_drawer_says_so(kota, signed_in):
    pk = kota.jabatan["Kepala Bidang"].pk
    assert "belum ada evaluasi" in signed_in("pegawai").get(reverse("jabatan_kelas", args=(pk,))).content.decode()


def test_one_open_evaluation_per_jabatan(kota):
    evaluasi = begun(kota)
    with pytest.raises(EvaluasiError, match="belum selesai"):
        begun(kota)
    with pytest.raises(IntegrityError), transaction.atomic():
        EvaluasiJabatan.objects.create(jabatan=evaluasi.jabatan, jalur="manajerial", penyusun=kota.user["analis"])
    with pytest.raises(StaleError):
        delete_evaluasi(evaluasi_id=evaluasi.pk, versi=5, by=kota.reader("operator"))
    delete_evaluasi(evaluasi_id=evaluasi.pk, versi=1, by=kota.reader("operator"))
    assert not EvaluasiJabatan.objects.exists()


def test_a_new_evaluation_begins_with_the_levels_of_the_last(kota):
    established(kota)
    again = begun(kota)
    assert (again.status, again.nilai) == ("draf", 1975)


def test_only_where_the_jabatan_stands(kota, signed_in):
    with pytest.raises(ForbiddenError):
        begun(kota, jabatan="Guru Ahli Pertama")
    evaluasi = begun(kota, jabatan="Pengelola Data")
    url = reverse("evaluasi_satu", args=(evaluasi.pk,))
    for account, status in (
        ("operator", 200), ("analis", 200), ("auditor", 200), ("operator-lain", 404), ("pegawai", 404),
    ):  # fmt: skip
        assert signed_in(account).get(url).status_code == status
    assert signed_in("operator").post(reverse("evaluasi_tetapkan", args=(evaluasi.pk,))).status_code == 403
    assert signed_in("operator-lain").post(url, {"versi": 1}).status_code == 404


def test_the_printed_worksheet(kota, signed_in):
    evaluasi = filled(kota)

    def text():
        answer = signed_in("analis").get(reverse("evaluasi_pdf", args=(evaluasi.pk,)))
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)

    words = text()
    for expected in ("EVALUASI JABATAN", "Kepala Bidang", "1.975", "sesuai uraian tugas", "KONSEP"):
        assert expected in words
    submit_evaluasi(evaluasi_id=evaluasi.pk, versi=evaluasi.versi, by=kota.reader("operator"))
    evaluasi.refresh_from_db()
    set_evaluasi(
        evaluasi_id=evaluasi.pk, versi=evaluasi.versi, penetapan_id=kota.penetapan.pk, mulai=date(2026, 7, 1),
        terapkan_posisi=False, by=kota.reader("analis"),
    )  # fmt: skip
    assert "KONSEP" not in text()
    assert "Pejabat yang menetapkan" in text()


@pytest.mark.parametrize("many", [3, 80])
def test_pages_ask_no_more_when_there_is_more(kota, signed_in, django_assert_max_num_queries, many):
    Jabatan.objects.bulk_create(
        Jabatan(nama=f"Kepala Bagian {n:03}", cari=f"kepala bagian {n:03}", jenis="administrator", kelas=11)
        for n in range(many)
    )
    evaluasi, browser = filled(kota), signed_in("operator")
    for url in (reverse("evaluasi_jabatan"), reverse("evaluasi_satu", args=(evaluasi.pk,))):
        with django_assert_max_num_queries(20):
            page = browser.get(url)
        assert page.status_code == 200
        assert len(page.content) < 60_000

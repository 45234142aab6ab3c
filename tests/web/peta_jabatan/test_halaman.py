"""The pages of the map: who sees what, on which day, how heavy, with how many queries."""

import json
import re
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.kota import ACCOUNTS, HARI, MULAI
from tests.web.peta_jabatan.test_angka import decide

from penata.domain.jabatan.models import Posisi, PosisiMasa
from penata.domain.pegawai.models import Pemangku
from penata.domain.peta_jabatan.ringkasan import refresh_ringkasan
from penata.domain.peta_jabatan.susunan import bagian
from penata.domain.peta_jabatan.tabel import table_page
from penata.foundation.audit.record import touch
from penata.foundation.memo import forget

PAGES = ("peta_jabatan", "daftar_posisi", "tabel_peta", "peta_ekspor")
DATA = ("peta_denah", "peta_isi", "peta_temuan", "peta_cari")


def crowd(kota, n, unit="U-0101", atasan="P-011"):
    """Add *n* posisi with one holder each missing."""
    jabatan = kota.jabatan["Pengelola Data"]
    made = Posisi.objects.bulk_create(Posisi(kode=f"Q-{i:05d}") for i in range(n))
    PosisiMasa.objects.bulk_create(
        PosisiMasa(
            posisi=p, jabatan=jabatan, unit=kota.unit[unit], atasan=kota.posisi[atasan], kebutuhan=1, mulai=MULAI
        )
        for p in made
    )


@pytest.mark.parametrize("name", PAGES + DATA)
@pytest.mark.parametrize("account", [name for name, _peran, _unit in ACCOUNTS])
def test_everybody_sees_the_map(signed_in, account, name):
    assert signed_in(account).get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", PAGES + DATA)
def test_strangers_do_not(client, db, name):
    assert client.get(reverse(name)).status_code == 302


@pytest.mark.parametrize("name", PAGES + DATA)
def test_units_outside_the_scope_do_not_exist(signed_in, name):
    assert signed_in("operator").get(reverse(name) + "?unit=U-02").status_code == (
        200 if name == "daftar_posisi" else 404
    )
    assert signed_in("operator").get(reverse(name) + "?unit=U-0101").status_code == 200


def test_map_is_cut_to_the_scope(signed_in, kota):
    plan = signed_in("operator").get(reverse("peta_denah")).json()
    seen = {kota.posisi[kode].pk for kode in ("P-010", "P-011", "P-012", "P-013", "P-014", "P-015")}
    assert set(plan["simpul"]["id"]) == seen
    whole = signed_in("pegawai").get(reverse("peta_denah")).json()
    assert whole["total"] == 10
    listed = signed_in("operator").get(reverse("daftar_posisi")).content.decode()
    assert "P-015" in listed
    assert "P-020" not in listed


def test_posisi_outside_the_scope_does_not_exist(signed_in):
    for suffix in ("", "ringkas/", "temuan/", "asal/bezetting/", "ubah/", "angkat/"):
        assert signed_in("operator").get(f"/posisi/P-020/{suffix}").status_code == (403 if suffix == "ubah/" else 404)
    assert signed_in("analis").get("/posisi/TIDAK-ADA/").status_code == 404


def test_names_only_for_whoever_may_see_people_there(signed_in):
    for path in ("/posisi/P-012/", "/posisi/P-012/asal/bezetting/", "/peta-jabatan/daftar/"):
        assert "Danu Wiratama" in signed_in("analis").get(path).content.decode()
        page = signed_in("pegawai").get(path).content.decode().replace("Danu Wiratama</", "")
        assert "Intan Prameswari" not in page
    # An atasan sees the people of the own unit and nobody else's.
    assert "Danu Wiratama" in signed_in("atasan").get("/posisi/P-012/").content.decode()
    assert "2 pemangku definitif" in signed_in("pegawai").get("/posisi/P-012/").content.decode()


def test_nip_in_a_finding_is_hidden_from_whoever_may_not_see_people(signed_in, kota):
    Pemangku.objects.create(
        pegawai=kota.pegawai["Wahyu Nugraha"], posisi=kota.posisi["P-010"], jenis="definitif", mulai=MULAI
    )
    nip = kota.pegawai["Wahyu Nugraha"].nip
    path = "/posisi/P-010/temuan/"
    assert nip in signed_in("analis").get(path).content.decode()
    hidden = signed_in("pegawai").get(path).content.decode()
    assert "I34" in hidden
    assert nip not in hidden


def test_day_changes_the_whole_map(signed_in, kota):
    PosisiMasa.objects.filter(posisi=kota.posisi["P-022"]).update(mulai=date(2026, 1, 1))
    browser = signed_in("analis")
    assert browser.get(reverse("peta_denah")).json()["total"] == 10
    assert browser.get(reverse("peta_denah") + "?per=2025-06-30").json()["total"] == 9
    gone = browser.get("/posisi/P-022/").content.decode()
    assert "tidak berlaku pada 30 Juni 2025" in gone


def test_opening_and_closing(signed_in, kota):
    browser = signed_in("analis")
    top, head, clerk = (kota.posisi[kode].pk for kode in ("P-001", "P-010", "P-015"))
    plan = browser.get(reverse("peta_denah") + "?dalam=1").json()
    assert plan["simpul"]["id"] == [top]
    assert plan["bawah"] == {"0": 9}
    opened = browser.get(reverse("peta_denah") + f"?dalam=1&buka={top}").json()
    assert len(opened["simpul"]["id"]) == 3
    closed = browser.get(reverse("peta_denah") + f"?tutup={head}").json()
    assert len(closed["simpul"]["id"]) == 5
    found = browser.get(reverse("peta_denah") + f"?dalam=1&fokus={clerk}").json()
    assert clerk in found["simpul"]["id"]
    assert found["dibuka"] == sorted([top, head, kota.posisi["P-014"].pk])
    assert browser.get(reverse("peta_denah") + "?dalam=x&buka=a,b,9999999&tutup=%F0").status_code == 200


def test_search_tells_what_stands_above(signed_in, kota):
    page = signed_in("analis").get(reverse("peta_cari") + "?q=data masyarakat").content.decode()
    above = ",".join(str(kota.posisi[kode].pk) for kode in ("P-001", "P-010", "P-014"))
    assert f'data-temu="{kota.posisi["P-015"].pk}" data-atas="{above}"' in page
    assert "P-013" not in page
    assert "P-020" not in signed_in("operator").get(reverse("peta_cari") + "?q=kepala dinas").content.decode()


def test_projection_counts_who_leaves(signed_in, kota):
    plan = signed_in("analis").get(reverse("peta_denah")).json()
    # Bagas Pranata retires in January 2029, Ratri Wulansari in April 2030.
    assert plan["jumlah"]["b"] == [13, 13, 13, 12, 11, 11]
    place = plan["simpul"]["id"].index(kota.posisi["P-010"].pk)
    assert plan["keluar"][str(place)] == [0, 0, 1, 0, 0]
    assert plan["jumlah"]["kosong"] == [1, 1, 1, 2, 3, 3]


def test_drawers_tell_formula_parameters_and_evidence(signed_in, kota):
    decide(kota, "U-0101", date(2026, 1, 1), {"P-012": 4})
    browser = signed_in("analis")
    need = browser.get("/posisi/P-012/asal/kebutuhan/").content.decode()
    assert "300.000" in need
    assert "dibulatkan 4" in need
    assert "sumber kedua" in need or "naskah peraturan" in need
    assert "B − K = 2 − 4" in browser.get("/posisi/P-012/asal/selisih/").content.decode()
    assert "Dinas Kesehatan" in browser.get("/peta-jabatan/asal/kurang/").content.decode()
    for angka in ("posisi", "bezetting", "kebutuhan", "selisih", "kosong", "terisi", "plt", "pensiun", "lebih"):
        assert browser.get(f"/peta-jabatan/asal/{angka}/?unit=U-01").status_code == 200
    assert browser.get("/peta-jabatan/asal/apa/").status_code == 404
    assert browser.get("/posisi/P-012/asal/pensiun/").status_code == 200


def test_table_goes_page_by_page_through_the_whole_map(kota, monkeypatch):
    monkeypatch.setattr("penata.domain.peta_jabatan.tabel.PAGE", 4)
    part, after, seen, back = bagian(kota.reader("analis")), "", [], []
    while after is not None:
        page = table_page(part, after)
        seen += [row.kode for row in page.rows]
        back.append(page.sebelum)
        after = page.sesudah
    assert seen == ["P-001", "P-010", "P-011", "P-012", "P-013", "P-014", "P-015", "P-020", "P-021", "P-022"]
    assert back == [None, "", "P-012"]


def test_table_says_what_lies_below(signed_in):
    page = signed_in("analis").get(reverse("tabel_peta") + "?unit=U-01").content.decode()
    row = page[page.index("P-010") : page.index("P-011")]
    assert re.findall(r'jenis-integer">(\d+)<', row)[1:] == ["1", "1", "8", "9"]


@pytest.mark.parametrize(
    "path",
    [
        "/peta-jabatan/",
        "/peta-jabatan/denah/",
        "/peta-jabatan/tabel/",
        "/peta-jabatan/daftar/",
        "/peta-jabatan/ekspor/",
        "/peta-jabatan/temuan/",
        "/posisi/P-011/",
    ],
)
def test_queries_do_not_grow_and_pages_stay_light(signed_in, kota, path, monkeypatch, django_assert_max_num_queries):
    # As in production, where a page is no transaction: what is computed from the data is kept.
    monkeypatch.setattr("penata.foundation.memo.connection", SimpleNamespace(in_atomic_block=False))
    browser = signed_in("analis")
    counts = []
    for rows in (3, 900):
        Posisi.objects.filter(kode__startswith="Q-").delete()
        crowd(kota, rows)
        refresh_ringkasan(HARI)
        touch("jabatan")
        forget()
        with CaptureQueriesContext(connection) as first:
            browser.get(path)
        with django_assert_max_num_queries(20) as again:
            answer = browser.get(path)
        assert answer.status_code == 200
        assert len(answer.content) < 60_000
        counts.append((len(first), len(again)))
    assert counts[1][0] <= counts[0][0]
    assert counts[1][1] <= counts[0][1]


def test_first_view_of_a_large_map_is_small(signed_in, kota):
    crowd(kota, 3_000)
    plan = signed_in("analis").get(reverse("peta_denah"))
    assert len(plan.content) < 60_000
    assert len(plan.json()["simpul"]["id"]) < 100  # two levels
    whole = signed_in("analis").get(reverse("peta_denah") + "?dalam=99").json()
    assert len(whole["simpul"]["id"]) == 3_010
    assert len(whole["isi"]) == 120
    wanted = ",".join(map(str, whole["simpul"]["id"][:50]))
    words = signed_in("analis").get(reverse("peta_isi") + f"?id={wanted}").json()
    assert len(words) == 50
    assert json.dumps(words)


def test_no_style_or_script_in_the_markup(signed_in):
    for path in ("/peta-jabatan/", "/posisi/P-012/", "/peta-jabatan/tabel/", "/peta-jabatan/ekspor/"):
        page = signed_in("analis").get(path).content.decode()
        assert " style=" not in page
        assert "<script>" not in page
        assert " onclick" not in page

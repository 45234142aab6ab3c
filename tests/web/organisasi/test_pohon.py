"""The tree, the lists and the page of a unit: what is seen, as of which day, within which scope, at what cost."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.kota import HARI, MULAI

from penata.domain.organisasi import actions
from penata.domain.organisasi.actions import UnitValues
from penata.domain.organisasi.models import Unit, UnitMasa
from penata.domain.organisasi.queries import UNIT
from penata.domain.organisasi.susunan import BRANCH, Angka, angka, branch, susunan
from penata.domain.peta_jabatan.queries import agency_figures, unit_figures
from penata.foundation.access.models import Penugasan
from penata.foundation.access.permissions import Peran
from penata.foundation.audit.record import touch
from penata.foundation.listing import Ask, Selection
from penata.foundation.memo import forget

BERLAKU = date(2026, 12, 1)


def codes(rows):
    """Return the codes of all open rows, in order."""
    return [code for row in rows for code in (row.node.kode, *codes(row.children))]


def many_units(kota, first, last):
    """Write more units after the first ones."""
    for at in range(first, last):
        unit = Unit.objects.create(kode=f"V-{at:03d}")
        UnitMasa.objects.create(unit=unit, nama=f"Unit {at}", jenis="dinas", induk=kota.unit["U-00"], mulai=MULAI)


def test_the_first_levels_are_open_and_the_rest_is_not_sent(kota):
    shown = susunan(kota.reader("analis"))
    assert codes(shown.rows) == ["U-00", "U-01", "U-02"]
    assert shown.rows[0].children[0].has_children
    assert codes(susunan(kota.reader("analis"), opened="U-0102").rows) == ["U-00", "U-01", "U-0101", "U-0102", "U-02"]


def test_figures_are_summed_upwards(kota):
    sums = {unit.kode: angka(HARI)[unit.pk] for unit in Unit.objects.all()}
    assert sums["U-0101"] == Angka(0, 3, 5)
    assert sums["U-01"] == Angka(2, 6, 8)
    assert sums["U-00"] == Angka(5, 10, 13)
    assert susunan(kota.reader("analis")).total == Angka(6, 10, 13)


def test_who_left_does_not_count_and_the_map_counts_the_same_posisi(kota):
    kota.pegawai["Danu Wiratama"].berhenti = date(2026, 1, 1)
    kota.pegawai["Danu Wiratama"].save()
    kota.posisi["P-013"].masa.update(status="dihapus")
    # A posisi that is abolished stays until its holders have gone: it is on the map, and it counts.
    assert angka(HARI)[kota.unit["U-0101"].pk] == Angka(0, 3, 4)
    row = Selection(UNIT, kota.reader("analis"), Ask(columns=("kode", "posisi"))).page()
    assert dict(row.rows)["U-0101"] == 3
    whole = agency_figures(kota.reader("analis"))
    assert angka(HARI)[kota.unit["U-00"].pk].posisi == whole["posisi"]


def test_search_keeps_the_path_and_says_how_many(kota):
    found = susunan(kota.reader("analis"), search="kesehatan bidang")
    assert codes(found.rows) == ["U-00", "U-01", "U-0101", "U-0102"]
    assert (found.matches, found.shown) == (2, 2)
    assert [row.found for row in found.rows[0].children[0].children] == [True, True]
    assert susunan(kota.reader("analis"), search="tidak ada").rows == ()


def test_an_operator_sees_the_own_subtree_alone(kota, signed_in):
    assert codes(susunan(kota.reader("operator")).rows) == ["U-01", "U-0101", "U-0102"]
    assert susunan(kota.reader("operator"), search="pendidikan").rows == ()
    assert branch(kota.reader("operator"), "U-02") is None
    browser = signed_in("operator")
    for name in ("unit", "unit_cabang"):
        assert browser.get(reverse(name, args=["U-0101"])).status_code == 200
        assert browser.get(reverse(name, args=["U-0201"])).status_code == 404
    listed = Selection(UNIT, kota.reader("operator"), Ask()).page()
    assert listed.keys == ["U-01", "U-0101", "U-0102"]


def test_a_branch_knows_its_level_below_the_top_that_is_seen(kota):
    assert branch(kota.reader("analis"), "U-01").level == 2
    assert branch(kota.reader("operator"), "U-01").level == 1
    assert codes([branch(kota.reader("analis"), "U-01")]) == ["U-01", "U-0101", "U-0102"]


def test_every_page_shows_the_day_that_was_asked(kota, signed_in):
    actions.change_unit(
        unit_id=kota.unit["U-01"].pk, values=UnitValues("Dinas Kesehatan dan Gizi", "dinas"), mulai=BERLAKU,
        penetapan_id=kota.penetapan.pk, by=kota.reader("analis"),
    )  # fmt: skip
    browser = signed_in("analis")
    for address in (reverse("organisasi"), reverse("unit_daftar"), reverse("unit", args=["U-0101"])):
        assert "Dinas Kesehatan dan Gizi" not in browser.get(f"{address}?per=2026-11-21").content.decode()
        assert "Dinas Kesehatan dan Gizi" in browser.get(f"{address}?per=2026-12-01").content.decode()


def test_a_unit_outside_its_periods_offers_the_days_on_which_it_is(kota, signed_in):
    page = signed_in("analis").get(reverse("unit", args=["U-01"]) + "?per=2023-06-30")
    assert page.status_code == 200
    assert "?per=2024-01-01" in page.content.decode()
    assert "tidak berlaku pada 30 Juni 2023" in page.content.decode()


def test_people_are_named_only_to_who_may_see_people(signed_in):
    address = reverse("unit", args=["U-0101"])
    assert "Danu Wiratama" in signed_in("operator").get(address).content.decode()
    page = signed_in("pengelola").get(address).content.decode()
    assert "Danu Wiratama" not in page
    assert "2 orang" in page


def test_the_page_of_a_unit_tells_its_history(kota, signed_in):
    actions.move_unit(
        unit_id=kota.unit["U-0102"].pk, induk_id=kota.unit["U-02"].pk, mulai=BERLAKU,
        penetapan_id=kota.penetapan.pk, by=kota.reader("analis"),
    )  # fmt: skip
    page = signed_in("analis").get(reverse("unit", args=["U-0102"])).content.decode()
    assert "Unit dipindahkan" in page
    assert "Peraturan Wali Kota 12 Tahun 2023" in page
    assert "01-12-2026" in page


@pytest.mark.parametrize("name", ["organisasi", "unit_daftar"])
def test_cost_does_not_grow_with_units(committed, kota, signed_in, name):
    browser, counts = signed_in("analis"), []
    for first, last in ((0, 2), (2, 40)):
        many_units(kota, first, last)
        touch("organisasi")
        forget()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page = browser.get(reverse(name))
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[1] <= 20
    assert len(page.content) < 60_000


def test_cost_of_a_unit_does_not_grow_with_its_posisi(kota, signed_in):
    browser, counts = signed_in("analis"), []
    for kode in ("U-0102", "U-0101"):
        forget()
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(reverse("unit", args=[kode])).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[1] <= 20


def test_a_long_branch_is_cut_and_says_where_the_rest_is(kota, signed_in):
    many_units(kota, 0, BRANCH + 5)
    shown = susunan(kota.reader("analis"))
    assert len(shown.rows[0].children) == BRANCH
    assert shown.rows[0].rest == 7
    kept = susunan(kota.reader("analis"), opened=f"V-{BRANCH + 4:03d}")
    assert f"V-{BRANCH + 4:03d}" in codes(kept.rows)
    page = signed_in("analis").get(reverse("organisasi")).content
    assert b"7 unit lain ada dalam daftar" in page
    assert len(page) < 60_000


def test_the_list_is_filtered_searched_and_exported(kota, signed_in):
    browser = signed_in("analis")
    text = b"".join(browser.get(reverse("ekspor", args=["unit", "csv"]) + "?di=U-01&urut=-kode").streaming_content)
    rows = text.decode("utf-8-sig").splitlines()
    assert rows[0].startswith("Kode,Nama unit,Jenis,Induk,Perangkat daerah,Posisi")
    assert [row.split(",")[0] for row in rows[1:]] == ["U-0102", "U-0101", "U-01"]
    assert rows[1].split(",")[3:6] == ["Dinas Kesehatan", "Dinas Kesehatan", "2"]
    page = browser.get(reverse("unit_daftar") + "?cari=sekolah").content.decode()
    assert "Bidang Sekolah Dasar" in page
    assert "Bidang Pelayanan" not in page
    assert "saringan tidak dikenali" in browser.get(reverse("unit_daftar") + "?di=U-77").content.decode()


def test_an_analyst_of_one_office_edits_that_office_alone(kota, signed_in):
    Penugasan.objects.filter(user=kota.user["analis"]).delete()
    Penugasan.objects.create(user=kota.user["analis"], peran=Peran.ANALIS, unit_id=kota.unit["U-01"].pk, mulai=MULAI)
    browser = signed_in("analis")
    for name in ("unit_ubah", "unit_pindah", "unit_akhiri"):
        assert browser.get(reverse(name, args=["U-0101"])).status_code == 200
        assert browser.get(reverse(name, args=["U-0201"])).status_code == 404
        assert browser.post(reverse(name, args=["U-0201"]), {"mulai": "2026-12-01"}).status_code == 404
        assert signed_in("operator").get(reverse(name, args=["U-0101"])).status_code == 403


def test_every_row_has_the_figures_of_the_map_with_sign_and_word(kota, signed_in):
    page = signed_in("analis").get(reverse("organisasi")).content.decode()
    rows = {
        found[1]: found[2]
        for found in re.finditer(r'data-kode="([^"]+)".*?<div class="unit-baris[^>]*>(.*?)</div>', page, re.DOTALL)
    }
    for kode, figures in unit_figures(kota.reader("analis"), [unit.pk for unit in kota.unit.values()]).items():
        name = next(code for code, unit in kota.unit.items() if unit.pk == kode)
        if name in rows:
            shown = re.sub(r'<span class="tersembunyi">.*?</span>', "", rows[name])
            cells = re.findall(r"<b>(.*?)</b>", shown, re.DOTALL)
            assert cells[2:4] == [f"{figures['bezetting']:.0f}", f"{figures['kebutuhan']:.0f}"], name
    assert 'title="kurang">▼' in rows["U-02"]  # five of six
    assert '<span class="tersembunyi">kebutuhan </span>6' in rows["U-02"]
    branch_ = signed_in("operator").get(reverse("unit_cabang", args=["U-01"])).content.decode()
    assert '<span class="tersembunyi">bezetting </span>' in branch_

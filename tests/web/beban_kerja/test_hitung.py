"""The figures of an ABK are those of the rulebook's published cases, and those of the whole-agency engine."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
import yaml
from tests.web.beban_kerja.bahan import make_abk
from tests.web.kota import HARI

from penata.analysis.kebutuhan import compute_kebutuhan
from penata.domain.beban_kerja.hitung import BARIS, POSISI, compute
from penata.domain.beban_kerja.models import Abk
from penata.domain.beban_kerja.queries import reckon
from penata.domain.peraturan.queries import law
from penata.domain.sheets import snapshot
from penata.rulebook.legislation import Law

CASES = Path(__file__).parents[2] / "rulebook" / "cases" / "abk"


def cases(name):
    found = yaml.safe_load((CASES / name).read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["name"]) for case in found]


def frames(rows, *, jenis="pelaksana", bezetting=0):
    blank = {"volume": None, "norma_waktu": None, "standar": None}
    data = [
        {
            **blank, "id": at, "posisi_id": 1, "urut": at, "tugas": "t", "hasil": "", "versi": 1, "periode": "",
            "satuan_waktu": "", "metode": "", **row,
        }
        for at, row in enumerate(rows)
    ]  # fmt: skip
    posisi = {
        "posisi_id": 1, "kode": "P", "unit_id": 1, "status": "aktif", "jabatan_id": 1, "jabatan": "J", "jenis": jenis,
        "kelas": 5, "tercetak": None, "bezetting": bezetting,
    }  # fmt: skip
    return pl.DataFrame(data, schema=BARIS), pl.DataFrame([posisi], schema=POSISI)


def the_law(case):
    inputs = case["inputs"]
    overlay = {"abk.waktu_kerja_efektif": inputs["jke_minutes"]} if "jke_minutes" in inputs else {}
    return Law(case["as_of"], case.get("settings", {}), overlay)


@pytest.mark.parametrize("case", cases("tugas_per_tugas.yaml"))
def test_need_as_published(case):
    inputs = case["inputs"]
    tasks = inputs.get("tugas") or [{"volume": inputs["total_task_minutes"], "norma_waktu": 1}]
    names = {"satuan": "satuan_waktu"}
    rows = [{names.get(key, key): value for key, value in task.items() if key != "tugas"} for task in tasks]
    jenis = "administrator" if inputs.get("struktural") else "pelaksana"
    found = compute(*frames(rows, jenis=jenis), law=the_law(case)).posisi.row(0, named=True)
    expected = case["expected"]
    for key, column in (("need", "kebutuhan_hitung"), ("need_exact", "kebutuhan_hitung"), ("beban", "beban"),
                        ("need_rounded", "kebutuhan")):  # fmt: skip
        if key in expected:
            assert found[column] == pytest.approx(expected[key]), key


METHODS = (
    ("hasil kerja", 500, 100, 5), ("hasil kerja", 1000, 100, 10), ("hasil kerja", 250, 100, 2.5),
    ("objek kerja", 150, 50, 3), ("peralatan kerja", 20, 2, 40),
)  # fmt: skip


@pytest.mark.parametrize(("metode", "volume", "standar", "need"), METHODS)
def test_the_other_methods_as_published(metode, volume, standar, need):
    found = compute(*frames([{"metode": metode, "volume": volume, "standar": standar}]), law=Law(date(2026, 12, 31)))
    assert found.unit.kebutuhan_hitung == pytest.approx(need)


@pytest.mark.parametrize("case", [c for c in cases("efektivitas.yaml") if c.values[0]["rule"] in {"abk.ej", "abk.eu"}])
def test_effectiveness_as_published(case):
    inputs = case["inputs"]
    staff = inputs.get("incumbents", inputs.get("pegawai"))
    rows = [{"volume": inputs["workload_minutes"], "norma_waktu": 1}]
    found = compute(*frames(rows, bezetting=staff), law=the_law(case))
    one = found.posisi.row(0, named=True)
    expected = case["expected"].get("ej", case["expected"].get("eu"))
    assert (one["ej"], found.unit.eu) == ((pytest.approx(expected),) * 2 if expected is not None else (None, None))
    assert (one["kategori"] or None) == (found.unit.kategori or None) == case["expected"]["grade"]


def test_a_row_that_cannot_be_counted_leaves_the_others_standing():
    rows = [{"volume": 75000, "norma_waktu": 1}, {"volume": 10}, {"metode": "hasil kerja", "volume": 5, "standar": 0}]
    found = compute(*frames(rows), law=Law(date(2026, 12, 31)))
    assert found.baris["menit"].to_list() == [75000, None, None]
    assert (found.unit.kebutuhan, found.unit.cacat, found.unit.baris) == (1, 2, 3)


def test_without_rows_there_is_no_need():
    found = compute(*frames([]), law=Law(date(2026, 12, 31)))
    assert (found.unit.kebutuhan, found.unit.beban, found.unit.eu, found.unit.kategori) == (None, None, None, "")


def test_the_grid_and_the_whole_agency_engine_agree(kota):
    abk = make_abk(kota)
    Abk.objects.filter(pk=abk.pk).update(status="ditetapkan", mulai=date(2026, 1, 1))
    agency = compute_kebutuhan(
        snapshot("Kota", HARI, ["unit", "jabatan", "posisi", "pemangku", "beban_kerja"]), law=law(HARI)
    )
    abk.status = "draf"
    own = reckon(abk, HARI).hitungan
    theirs = agency.posisi.filter(agency.posisi["kode"].is_in(["P-011", "P-012", "P-013"])).sort("kode")
    assert own.posisi["beban"].to_list() == theirs["beban"].to_list()
    assert own.posisi["kebutuhan"].to_list() == theirs["kebutuhan_terhitung"].to_list()
    assert own.posisi["ej"].to_list() == theirs["ej"].to_list()
    unit = agency.unit.filter(agency.unit["unit"] == "U-0101").row(0, named=True)
    assert (own.unit.beban, own.unit.eu, own.unit.kategori) == (unit["beban"], unit["eu"], unit["kategori_eu"])

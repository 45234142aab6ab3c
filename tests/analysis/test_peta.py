"""The map: order, figures, roll-ups, and where posisi belong when the file tells little."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.agency import PER, small_agency, tables

from penata.analysis.kebutuhan import compute_kebutuhan
from penata.analysis.letak import count_bezetting, locate
from penata.analysis.peta import build_peta
from penata.rulebook.legislation import Law
from penata.snapshot.edits import ChangeKebutuhan, MovePosisi, apply
from penata.snapshot.snapshot import build

LAW = Law(PER)
PRINTED = ("kode", "jabatan", "unit", "atasan", "jenis", "kebutuhan", "bezetting")


def peta(snapshot):
    return build_peta(snapshot, compute_kebutuhan(snapshot, law=LAW))


def flat(rows):
    """A map alone: code, unit name, superior, need, staff."""
    frame = pl.DataFrame(rows, schema=["kode", "unit", "atasan", "kebutuhan", "bezetting"], orient="row")
    return build("K", PER, {"posisi": frame.with_columns(jabatan=pl.lit("Jabatan"))})


def perangkat(snapshot):
    return dict(locate(snapshot).posisi.select("kode", "perangkat_daerah").iter_rows())


def test_small_agency_by_hand():
    done = peta(small_agency())
    assert done.asal_bezetting == "pemangku"
    assert done.total == {
        "posisi": 20, "bezetting": 29, "kebutuhan": 30, "kurang": 4, "lebih": 3, "kosong": 2, "terisi": 26,
    }  # fmt: skip
    rows = {row["kode"]: row for row in done.posisi.iter_rows(named=True)}
    assert [rows[kode]["keadaan"] for kode in ("P-01", "P-04", "P-09", "P-11")] == [
        "sesuai",
        "lebih",
        "kosong",
        "kurang",
    ]
    assert (rows["P-05"]["bezetting_kumulatif"], rows["P-05"]["kebutuhan_kumulatif"]) == (18, 20)
    assert rows["P-05"]["selisih_kumulatif"] == -2
    assert (rows["P-19"]["plt"], rows["P-19"]["bezetting"], rows["P-13"]["bawahan_langsung"]) == (1, 0, 3)
    assert (rows["P-14"]["perangkat_daerah"], rows["P-14"]["nama_perangkat_daerah"]) == ("U-02", "Dinas Kesehatan")
    units = {row["kode"]: row for row in done.unit.iter_rows(named=True)}
    assert (units["U-02"]["kurang"], units["U-02"]["kurang_kumulatif"], units["U-02"]["kosong_kumulatif"]) == (1, 3, 1)
    assert units["U-00"]["bezetting_kumulatif"] == 29
    assert (units["U-0202"]["kedalaman"], units["U-0202"]["perangkat_daerah"]) == (2, "U-02")


def test_rows_stand_in_preorder():
    done = peta(small_agency())
    assert done.posisi["urut"].to_list() == list(range(1, 21))
    depth = dict(done.posisi.select("kode", "kedalaman").iter_rows())
    last = {}
    for kode, atasan, kedalaman in done.posisi.select("kode", "atasan", "kedalaman").iter_rows():
        assert last.get(kedalaman - 1) == atasan
        assert depth[kode] == kedalaman
        last[kedalaman] = kode
    assert done.unit["kode"].to_list() == ["U-00", "U-01", "U-02", "U-0201", "U-0202", "U-03"]


def test_abolished_posisi_with_holders_is_surplus():
    changed = tables()
    here = pl.col("kode") == "P-02"
    changed["posisi"] = changed["posisi"].with_columns(status=pl.when(here).then(pl.lit("dihapus")).otherwise("status"))
    row = peta(build("K", PER, changed)).posisi.filter(here).row(0, named=True)
    assert (row["kebutuhan"], row["selisih"], row["keadaan"], row["status"]) == (0, 1, "lebih", "dihapus")


def test_map_with_counts_only_uses_the_printed_figures():
    posisi = tables()["posisi"].select(PRINTED)
    done = peta(build("K", PER, {"posisi": posisi}))
    assert done.asal_bezetting == "tercetak"
    assert done.total["bezetting"] == 29


def test_people_who_are_not_linked_do_not_empty_the_map():
    loose = tables()["pegawai"].with_columns(posisi=pl.lit(None, dtype=pl.String))
    snapshot = build("K", PER, {"posisi": tables()["posisi"], "pegawai": loose})
    assert count_bezetting(snapshot)[1] == "tercetak"


def test_unknown_need_is_not_zero():
    snapshot = flat([("A", "Dinas", None, None, 1.0), ("B", "Dinas", "A", None, 2.0), ("C", "Dinas", "A", 3.0, 2.0)])
    rows = {row["kode"]: row for row in peta(snapshot).posisi.iter_rows(named=True)}
    assert (rows["B"]["selisih"], rows["B"]["keadaan"], rows["B"]["kebutuhan_kumulatif"]) == (
        None,
        "tanpa kebutuhan",
        None,
    )
    assert (rows["A"]["kebutuhan_kumulatif"], rows["A"]["selisih_kumulatif"]) == (3, 2)
    unit = peta(snapshot).unit.row(0, named=True)
    assert (unit["kebutuhan"], unit["kurang"], unit["kosong"], unit["posisi"]) == (3, 1, 0, 3)


def test_unit_names_serve_as_well_as_codes():
    names = dict(tables()["unit"].select("kode", "nama").iter_rows())
    renamed = tables()["posisi"].with_columns(pl.col("unit").replace_strict(names))
    done = peta(build("Pemerintah Kota Contoh", PER, tables() | {"posisi": renamed}))
    assert done.posisi.equals(peta(small_agency()).posisi)


def test_flat_names_with_lines_find_the_perangkat_daerah_below_the_top():
    snapshot = flat([
        ("A", "Setda", None, 1.0, 1.0), ("A1", "Setda", "A", 1.0, 1.0),
        ("B", "Dinas Satu", "A", 1.0, 1.0), ("B1", "Bidang Umum", "B", 2.0, 1.0), ("B2", "Seksi", "B1", 2.0, 1.0),
        ("C", "Dinas Dua", "A", 1.0, 1.0), ("C1", "Bidang Umum", "C", 2.0, 1.0),
    ])  # fmt: skip
    assert perangkat(snapshot) == {
        "A": "Setda", "A1": "Setda", "B": "Dinas Satu", "B1": "Dinas Satu", "B2": "Dinas Satu",
        "C": "Dinas Dua", "C1": "Dinas Dua",
    }  # fmt: skip
    units = {row["kode"]: row for row in peta(snapshot).unit.iter_rows(named=True)}
    assert (units["Seksi"]["induk"], units["Seksi"]["perangkat_daerah"]) == ("Bidang Umum", "Dinas Satu")
    assert units["Setda"]["bezetting_kumulatif"] == 7


def test_broken_line_does_not_make_a_second_top():
    snapshot = flat([
        ("A", "Setda", None, 1.0, 1.0), ("B", "Dinas Satu", "A", 1.0, 1.0), ("B1", "Bidang", "B", 1.0, 1.0),
        ("C", "Dinas Dua", "hilang", 1.0, 1.0), ("C1", "Bidang Dua", "C", 1.0, 1.0),
    ])  # fmt: skip
    assert perangkat(snapshot) == {
        "A": "Setda", "B": "Dinas Satu", "B1": "Dinas Satu", "C": "Dinas Dua", "C1": "Dinas Dua",
    }  # fmt: skip


def test_several_tops_are_perangkat_daerah_themselves():
    snapshot = flat([
        ("A", "Dinas Satu", None, 1.0, 1.0), ("A1", "Bidang Satu", "A", 1.0, 1.0),
        ("B", "Dinas Dua", None, 1.0, 1.0), ("B1", "Bidang Dua", "B", 1.0, 1.0),
    ])  # fmt: skip
    assert set(perangkat(snapshot).values()) == {"Dinas Satu", "Dinas Dua"}


def test_neither_lines_nor_tree_leaves_the_unit_itself():
    snapshot = flat(
        [("A", "Dinas Satu", None, 1.0, 1.0), ("B", "Dinas Dua", None, 1.0, 1.0), ("C", None, None, 1.0, 1.0)]
    )
    assert perangkat(snapshot) == {"A": "Dinas Satu", "B": "Dinas Dua", "C": None}


def test_second_root_of_units_is_its_own_perangkat_daerah():
    changed = tables()
    stray = pl.DataFrame({"kode": ["X", "X1"], "nama": ["Rumah Sakit", "Bangsal"], "induk": [None, "X"]})
    changed["unit"] = pl.concat([changed["unit"], stray], how="diagonal")
    moved = apply(build("K", PER, changed), [MovePosisi("P-20", unit="X1")])
    assert perangkat(moved)["P-20"] == "X"
    assert perangkat(moved)["P-14"] == "U-02"


def test_unit_that_no_list_knows_is_kept():
    changed = tables()
    changed["posisi"] = changed["posisi"].with_columns(unit=pl.col("unit").replace("U-03", "Dinas Hilang"))
    done = peta(build("K", PER, changed))
    assert done.posisi.filter(pl.col("kode") == "P-17")["perangkat_daerah"].to_list() == ["Dinas Hilang"]
    assert done.unit.filter(pl.col("kode") == "Dinas Hilang")["posisi"].to_list() == [4]


def test_kind_and_level_come_from_catalogue_and_name_where_the_map_is_silent():
    posisi = tables()["posisi"].with_columns(jenis=pl.lit(None, dtype=pl.String), jenjang=pl.lit(None, dtype=pl.String))
    done = peta(build("K", PER, tables() | {"posisi": posisi})).posisi
    assert done.select("kode", "jenis", "jenjang", "kelas").equals(
        peta(small_agency()).posisi.select("kode", "jenis", "jenjang", "kelas")
    )
    alone = pl.DataFrame({"kode": ["A", "B"], "jabatan": ["Perawat Terampil", "Pranata Humas"], "jenis": "fungsional"})
    assert locate(build("K", PER, {"posisi": alone})).posisi["jenjang"].to_list() == ["terampil", None]


def test_cycle_does_not_stop_the_map():
    changed = tables()
    line = pl.when(pl.col("kode") == "P-05").then(pl.lit("P-14")).otherwise("atasan").alias("atasan")
    changed["posisi"] = changed["posisi"].with_columns(line)
    done = peta(build("K", PER, changed))
    assert sorted(done.posisi["kode"]) == sorted(tables()["posisi"]["kode"])
    assert done.posisi.filter(pl.col("kedalaman") == 0)["bezetting_kumulatif"].sum() == 29


needs = st.lists(st.tuples(st.sampled_from(tables()["posisi"]["kode"].to_list()), st.integers(0, 9)), max_size=8)


@settings(deadline=None, max_examples=40)
@given(needs)
def test_rolled_up_figures_always_add_up(changes):
    done = peta(apply(small_agency(), [ChangeKebutuhan(kode, float(need)) for kode, need in changes]))
    total = done.total
    assert total["bezetting"] - total["kebutuhan"] == total["lebih"] - total["kurang"]
    assert total["terisi"] == total["kebutuhan"] - total["kurang"] == total["bezetting"] - total["lebih"]
    top = done.unit.filter(pl.col("kode") == "U-00").row(0, named=True)
    for name in ("bezetting", "kebutuhan", "kurang", "lebih", "kosong"):
        assert top[f"{name}_kumulatif"] == total[name] == done.unit[name].sum()
    assert done.posisi["selisih_kumulatif"].to_list()[0] == total["bezetting"] - total["kebutuhan"]


def test_order_of_rows_does_not_matter():
    shuffled = {name: frame.sample(fraction=1.0, shuffle=True, seed=5) for name, frame in tables().items()}
    one, two = peta(small_agency()), peta(build("K", PER, shuffled))
    assert one.posisi.equals(two.posisi)
    assert one.unit.equals(two.unit)


def test_empty_agency_and_one_row():
    empty = peta(build("K", PER, {}))
    assert (empty.posisi.height, empty.unit.height) == (0, 0)
    assert set(empty.total.values()) == {0.0}
    one = peta(flat([("A", None, None, None, None)]))
    assert one.posisi.select("bezetting", "kebutuhan", "unit").rows() == [(0.0, None, None)]
    assert one.unit.height == 0


@pytest.mark.parametrize("name", ["urut", "kedalaman", "plt", "bawahan_langsung"])
def test_whole_numbers_are_whole(name):
    assert peta(small_agency()).posisi.schema[name] == pl.Int64

"""Edits: each does what it says, refuses what cannot be, and the snapshot it started from stays as it was."""

from datetime import date

import polars as pl
import pytest
from tests.analysis.agency import PER, small_agency, tables

from penata.snapshot.edits import (
    EDITS,
    AbolishPosisi,
    AbolishUnit,
    ActivatePosisi,
    AddPegawai,
    AddPosisi,
    AddUnit,
    AssignHolder,
    ChangeKebutuhan,
    ChangeUnit,
    EditError,
    FreezePosisi,
    MovePosisi,
    MoveUnit,
    RemoveHolder,
    RemovePegawai,
    ScaleBebanKerja,
    apply,
    from_dict,
    to_dict,
)  # fmt: skip
from penata.snapshot.snapshot import build

SEKCAM, FREE, SEKDA = "198005052004012001", "198112242008012001", "196903121994031001"


def row(snapshot, table, key, column="kode"):
    return snapshot[table].filter(pl.col(column) == key).row(0, named=True)


def test_nothing_to_do_is_the_same_snapshot():
    snapshot = small_agency()
    assert apply(snapshot, []) is snapshot


def test_units_are_added_moved_and_abolished():
    done = apply(small_agency(), [AddUnit("U-04", "Dinas Sosial", "U-00", "dinas"), MoveUnit("U-0202", "U-04")])
    assert row(done, "unit", "U-0202")["induk"] == "U-04"
    back = apply(done, [MoveUnit("U-0202", "U-02"), AbolishUnit("U-04")])
    assert back.digest == small_agency().digest


def test_unit_is_renamed_and_keeps_the_rest():
    before = row(small_agency(), "unit", "U-03")
    done = apply(small_agency(), [ChangeUnit("U-03", nama="Badan Pendapatan Daerah", terpencil=True)])
    assert row(done, "unit", "U-03") == before | {"nama": "Badan Pendapatan Daerah", "terpencil": True}


def test_posisi_are_added_moved_frozen_and_abolished():
    start = small_agency()
    new = AddPosisi("P-21", "Analis Kebijakan Ahli Muda", "U-02", "P-06", "fungsional", "ahli muda", 9, 2.0)
    done = apply(start, [new, MovePosisi("P-21", unit="U-01", atasan="P-02"), FreezePosisi("P-21")])
    assert row(done, "posisi", "P-21") | {
        "unit": "U-01",
        "atasan": "P-02",
        "status": "dibekukan",
        "kebutuhan": 2.0,
    } == row(done, "posisi", "P-21")
    assert row(apply(done, [ActivatePosisi("P-21")]), "posisi", "P-21")["status"] == "aktif"
    assert apply(done, [AbolishPosisi("P-21")]).digest == start.digest


def test_need_is_decided_and_workload_goes_with_it():
    done = apply(small_agency(), [ChangeKebutuhan("P-03", 5)])
    assert row(done, "posisi", "P-03")["kebutuhan"] == 5.0
    assert done["beban_kerja"].filter(pl.col("posisi") == "P-03").is_empty()


def test_workload_is_scaled_for_one_posisi_only():
    before, after = small_agency()["beban_kerja"], apply(small_agency(), [ScaleBebanKerja("P-03", 1.5)])["beban_kerja"]
    factor = (after["volume"] / before["volume"]).to_list()
    assert [f for f, posisi in zip(factor, before["posisi"], strict=True) if posisi == "P-03"] == [1.5, 1.5]
    assert set(factor) == {1.0, 1.5}


def test_definitive_appointment_ends_the_one_before_and_the_plt_on_the_same_post():
    done = apply(small_agency(), [AssignHolder(SEKCAM, "P-19", tmt=date(2027, 1, 4), nomor_sk="821/1")])
    held = done.holders.filter(pl.col("nip") == SEKCAM)
    assert held.select("posisi", "jenis", "tmt").rows() == [("P-19", "definitif", date(2027, 1, 4))]
    assert row(done, "pegawai", SEKCAM, "nip")["posisi"] == "P-19"


def test_plt_leaves_the_definitive_post_alone():
    done = apply(
        small_agency(),
        [RemoveHolder(SEKDA, "P-01"), AssignHolder("197607152001122001", "P-01", "plt")],
    )
    held = done.holders.filter(pl.col("nip") == "197607152001122001")
    assert sorted(held.select("posisi", "jenis").rows()) == [("P-01", "plt"), ("P-02", "definitif")]
    assert row(done, "pegawai", SEKDA, "nip")["posisi"] is None


def test_assigning_works_where_the_file_has_no_sheet_of_holders():
    without = build("K", PER, {name: frame for name, frame in tables().items() if name != "pemangku"})
    done = apply(without, [AssignHolder(FREE, "P-11")])
    assert done.holders.filter(pl.col("posisi") == "P-11").height == 2
    assert done.holders.height == 30
    assert "pemangku" in done.given


def test_people_come_and_go_with_every_row_about_them():
    start = small_agency()
    done = apply(start, [AddPegawai("199901012026031001", "Contoh Baru", "cpns", "III/a"), RemovePegawai(SEKCAM)])
    assert done["pegawai"].height == start["pegawai"].height
    assert not any(SEKCAM in frame["nip"] for frame in done.tables.values() if "nip" in frame.columns)


REFUSED = {
    "unit taken": AddUnit("U-00", "Lagi"),
    "unit without a name": AddUnit("U-09", ""),
    "unit of unknown kind": AddUnit("U-09", "Dinas", "U-00", jenis="departemen"),
    "unknown parent": AddUnit("U-09", "Dinas", "U-77"),
    "unit under its own child": MoveUnit("U-02", "U-0202"),
    "unit under itself": MoveUnit("U-02", "U-02"),
    "unit still used": AbolishUnit("U-03"),
    "unknown unit": AbolishUnit("U-77"),
    "unit changed in nothing": ChangeUnit("U-03"),
    "unit changed to unknown kind": ChangeUnit("U-03", jenis="departemen"),
    "posisi taken": AddPosisi("P-01", "X", "U-00"),
    "posisi in unknown unit": AddPosisi("P-99", "X", "U-77"),
    "posisi with negative need": AddPosisi("P-99", "X", "U-00", kebutuhan=-1.0),
    "posisi under its own subordinate": MovePosisi("P-05", atasan="P-14"),
    "posisi moved to unknown unit": MovePosisi("P-05", unit="U-77"),
    "negative need": ChangeKebutuhan("P-03", -1),
    "endless need": ChangeKebutuhan("P-03", float("inf")),
    "nothing to scale": ScaleBebanKerja("P-77", 2),
    "posisi with holder": AbolishPosisi("P-03"),
    "posisi with subordinates": AbolishPosisi("P-19"),
    "unknown posisi": FreezePosisi("P-77"),
    "unknown person": AssignHolder("0", "P-09"),
    "seat of a head taken": AssignHolder(FREE, "P-01"),
    "held already": AssignHolder(SEKDA, "P-01"),
    "plt twice": AssignHolder(SEKCAM, "P-19", "plt"),
    "unknown kind of holder": AssignHolder(FREE, "P-19", "penjabat"),
    "not the holder": RemoveHolder(FREE, "P-19", "plt"),
    "person known": AddPegawai(SEKDA, "Kembar"),
    "person with unknown golongan": AddPegawai("199901012026031001", "Baru", golongan="V/a"),
    "person unknown": RemovePegawai("0"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_impossible_edits_are_refused_with_reason_and_remedy(name):
    snapshot = small_agency()
    with pytest.raises(EditError) as caught:
        apply(snapshot, [FreezePosisi("P-20"), REFUSED[name]])
    assert type(REFUSED[name]).__name__ in caught.value.edit
    assert caught.value.edit.startswith("suntingan 2")
    assert caught.value.reason.endswith(".")
    assert caught.value.remedy.endswith(".")
    assert snapshot.digest == small_agency().digest
    assert row(snapshot, "posisi", "P-20")["status"] == "aktif"


def test_frozen_posisi_takes_nobody():
    with pytest.raises(EditError, match="dibekukan"):
        apply(small_agency(), [FreezePosisi("P-09"), AssignHolder(FREE, "P-09")])


EXAMPLES = [
    ChangeUnit("U-03", nama="Badan Pendapatan Daerah"),
    AddUnit("U-04", "Dinas Sosial", "U-00", "dinas", None, False), MoveUnit("U-03", None), AbolishUnit("U-03"),
    AddPosisi("P-21", "X", "U-00", kelas=9, kebutuhan=1.5), MovePosisi("P-20", "U-02"), ChangeKebutuhan("P-03", 3.0),
    ScaleBebanKerja("P-03", 1.1), FreezePosisi("P-20"), ActivatePosisi("P-20"), AbolishPosisi("P-09"),
    AssignHolder(FREE, "P-09", "definitif", date(2027, 1, 4), None), RemoveHolder(SEKDA, "P-01"),
    AddPegawai("199901012026031001", "Baru", tanggal_lahir=date(1999, 1, 1)), RemovePegawai(SEKDA),
]  # fmt: skip


def test_there_is_an_example_of_every_edit():
    assert {type(edit).__name__ for edit in EXAMPLES} == set(EDITS)


@pytest.mark.parametrize("edit", EXAMPLES, ids=lambda edit: type(edit).__name__)
def test_edits_are_plain_data(edit):
    plain = to_dict(edit)
    assert all(value is None or isinstance(value, str | int | float | bool) for value in plain.values())
    assert from_dict(plain) == edit
    apply(small_agency(), [edit]) if not isinstance(edit, AbolishUnit) else None


@pytest.mark.parametrize(
    "raw",
    [
        {}, {"edit": "Burn"}, {"edit": "MoveUnit", "kode": "U-03"}, {"edit": "AbolishUnit", "kode": 3},
        {"edit": "AbolishUnit", "kode": "U-03", "warna": "merah"}, {"edit": "AbolishUnit", "kode": None},
        {"edit": "AssignHolder", "nip": "1", "posisi": "P", "tmt": "kemarin"},
        {"edit": "ChangeKebutuhan", "kode": "P-03", "kebutuhan": True},
        {"edit": "ChangeKebutuhan", "kode": "P-03", "kebutuhan": "3"},
    ],
)  # fmt: skip
def test_unusable_plain_data_is_refused(raw):
    with pytest.raises(EditError):
        from_dict(raw)


def test_whole_numbers_serve_as_need():
    assert from_dict({"edit": "ChangeKebutuhan", "kode": "P-03", "kebutuhan": 3}) == ChangeKebutuhan("P-03", 3.0)

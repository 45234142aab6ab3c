"""What was saved comes back, what was altered is refused, and a failed write leaves the earlier snapshot whole."""

import json

import polars as pl
import pytest
from tests.analysis.agency import PER, small_agency, tables

from penata.snapshot.schema import TABLES
from penata.snapshot.snapshot import build
from penata.snapshot.storage import StorageError, load, save


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "snapshot"


def test_round_trip(folder):
    snapshot = build("Kota Contoh", PER, tables(), refused={"posisi": 2})
    save(snapshot, folder)
    back = load(folder)
    assert back.digest == snapshot.digest
    assert (back.instansi, back.per, back.given, back.refused) == (
        snapshot.instansi, snapshot.per, snapshot.given, snapshot.refused,
    )  # fmt: skip
    assert all(back[name].equals(snapshot[name]) for name in TABLES)
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [*(f"{name}.parquet" for name in TABLES), "snapshot.json"]
    )
    assert [path.name for path in folder.parent.iterdir()] == ["snapshot"]


def test_empty_snapshot_round_trip(folder):
    save(build("Kosong", PER, {}), folder)
    assert load(folder).digest == build("Kosong", PER, {}).digest


def test_saving_again_replaces(folder):
    save(small_agency(), folder)
    save(build("Lain", PER, {}), folder)
    assert load(folder).instansi == "Lain"


def test_one_changed_cell_is_noticed(folder):
    save(small_agency(), folder)
    path = folder / "posisi.parquet"
    pl.read_parquet(path).with_columns(kelas=pl.col("kelas") + 1).write_parquet(path)
    with pytest.raises(StorageError, match="sidiknya tidak cocok"):
        load(folder)


@pytest.mark.parametrize("key", ["instansi", "per", "digest"])
def test_changed_label_is_noticed(folder, key):
    save(small_agency(), folder)
    label = json.loads((folder / "snapshot.json").read_text(encoding="utf-8"))
    label[key] = "2025-12-31"
    (folder / "snapshot.json").write_text(json.dumps(label), encoding="utf-8")
    with pytest.raises(StorageError, match="sidiknya tidak cocok"):
        load(folder)


def test_other_schema_version_is_refused(folder):
    save(small_agency(), folder)
    text = (folder / "snapshot.json").read_text(encoding="utf-8").replace('"schema": 1', '"schema": 99')
    (folder / "snapshot.json").write_text(text, encoding="utf-8")
    with pytest.raises(StorageError, match="versi skema 99"):
        load(folder)


@pytest.mark.parametrize("content", [None, b"", b"not parquet"])
def test_missing_or_damaged_table_is_refused(folder, content):
    save(small_agency(), folder)
    path = folder / "unit.parquet"
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(StorageError, match="rusak"):
        load(folder)


@pytest.mark.parametrize("content", ["", "[]", "{"])
def test_folder_without_a_label_is_not_a_snapshot(folder, content):
    with pytest.raises(StorageError, match="bukan snapshot"):
        load(folder)
    folder.mkdir()
    (folder / "snapshot.json").write_text(content, encoding="utf-8")
    with pytest.raises(StorageError, match="bukan snapshot"):
        load(folder)


@pytest.mark.parametrize("change", [{"per": "kemarin"}, {"given": None}, {"per": None}])
def test_label_with_impossible_values_is_refused(folder, change):
    save(small_agency(), folder)
    label = json.loads((folder / "snapshot.json").read_text(encoding="utf-8")) | change
    (folder / "snapshot.json").write_text(json.dumps(label), encoding="utf-8")
    with pytest.raises(StorageError, match="rusak"):
        load(folder)


def test_foreign_folder_is_never_overwritten(folder):
    folder.mkdir()
    (folder / "surat.txt").write_text("penting", encoding="utf-8")
    with pytest.raises(StorageError, match="bukan snapshot"):
        save(small_agency(), folder)
    assert (folder / "surat.txt").read_text(encoding="utf-8") == "penting"


@pytest.mark.parametrize("fails_at", ["write", "rename"])
def test_interrupted_write_leaves_the_earlier_snapshot(folder, monkeypatch, fails_at):
    save(small_agency(), folder)

    def interrupt(*args, **kwargs):
        raise KeyboardInterrupt

    if fails_at == "write":
        monkeypatch.setattr(pl.DataFrame, "write_parquet", interrupt)
    else:
        rename = type(folder).rename

        def once(self, target):
            if self.name == "baru":
                raise KeyboardInterrupt
            return rename(self, target)

        monkeypatch.setattr(type(folder), "rename", once)
    with pytest.raises(KeyboardInterrupt):
        save(build("Lain", PER, {}), folder)
    monkeypatch.undo()
    assert load(folder).digest == small_agency().digest
    assert [path.name for path in folder.parent.iterdir()] == ["snapshot"]

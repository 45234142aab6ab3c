"""Backup and restore: what was written comes back; what is damaged, newer or in use does not go in."""

import json
import sqlite3
import tarfile
from contextlib import closing
from io import BytesIO

import pytest
from tests.faces.places import POSTGRESQL, drop, new_place

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture(scope="module")
def filled(tmp_path_factory, tables):
    """A place with an account and an upload, and its backup; read only."""
    here = new_place(tmp_path_factory.mktemp("asal") / "data", tables)
    here.ok("instansi", "Pemerintah Kota Harapan")
    here.ok("akun", "buat", "kepala", "--nama", "Ratri Wulansari")
    upload = here.folder / "berkas" / "penetapan" / "2026" / "naskah.pdf"
    upload.parent.mkdir(parents=True)
    upload.write_bytes(b"%PDF-1.7 naskah")
    told = here.ok("cadangan", "--ke", here.folder / "keluar")
    (archive,) = (here.folder / "keluar").glob("penata-*.tar.gz")
    assert str(archive) in told
    yield here, archive
    drop(here)


def repacked(archive, target, change):
    """Write *archive* to *target* with members changed: name -> bytes; return it."""
    with tarfile.open(archive) as old, tarfile.open(target, "w:gz") as new:
        for member in old.getmembers():
            content = change(member.name, old.extractfile(member).read())
            info = tarfile.TarInfo(member.name)
            info.size = len(content)
            new.addfile(info, BytesIO(content))
    return target


def test_a_backup_restores_accounts_uploads_and_the_audit_trail(filled, place):
    origin, archive = filled
    assert archive.stat().st_mode & 0o077 == 0
    other = place("lain", bare=True)
    told = other.ok("pulihkan", archive)
    assert "Jejak audit utuh: 2 dari 2" in told
    for sql in (
        "SELECT username, nama, password FROM access_user",
        "SELECT id, aksi, sidik FROM audit_peristiwa ORDER BY id",
        "SELECT nama FROM organisasi_instansi",
    ):
        assert other.ask(sql) == origin.ask(sql) != []
    assert (other.folder / "berkas/penetapan/2026/naskah.pdf").read_bytes() == b"%PDF-1.7 naskah"
    assert other.ok("migrasi", "--periksa") == ""
    assert "Sandi:" in other.ok("akun", "sandi", "kepala")


def test_the_secret_key_is_not_in_a_backup(filled):
    here, archive = filled
    key = (here.folder / "kunci-rahasia").read_bytes()
    with tarfile.open(archive) as tar:
        assert not [member.name for member in tar.getmembers() if key in tar.extractfile(member).read()]


def test_the_restored_log_still_refuses_change(filled, place):
    _origin, archive = filled
    other = place("lain")
    other.ok("pulihkan", archive)
    with pytest.raises(Exception, match="hanya boleh ditambah"):
        other.ask("UPDATE audit_peristiwa SET pelaku = 'orang lain'")


def test_a_database_in_use_is_replaced_only_when_asked_and_when_nobody_has_it_open(filled, place):
    _origin, archive = filled
    here = place()
    here.ok("akun", "buat", "kedua")
    (here.folder / "berkas").mkdir(exist_ok=True)
    (here.folder / "berkas" / "baru.txt").write_text("sesudah cadangan")
    assert "--ganti" in here.refused("pulihkan", archive)
    if not POSTGRESQL:  # which exchanges its tables in one transaction, whoever looks on
        with closing(sqlite3.connect(here.folder / "penata.sqlite3")) as somebody:
            somebody.execute("BEGIN")
            somebody.execute("SELECT count(*) FROM access_user").fetchone()
            assert "Hentikan dahulu" in here.refused("pulihkan", archive, "--ganti")
    assert here.ask("SELECT username FROM access_user") == [("kedua",)]
    here.ok("pulihkan", archive, "--ganti")
    assert here.ask("SELECT username FROM access_user") == [("kepala",)]
    assert not (here.folder / "berkas" / "baru.txt").exists()


@pytest.mark.parametrize("name", ["basis-data", "berkas/"])
def test_a_damaged_backup_changes_nothing(filled, place, tmp_path, name):
    _origin, archive = filled
    bad = repacked(
        archive, tmp_path / "rusak.tar.gz",
        lambda member, content: content[:-1] + b"?" if member.startswith(name) else content,
    )  # fmt: skip
    other = place("lain")
    assert "rusak" in other.refused("pulihkan", bad)
    assert [path.name for path in other.folder.iterdir() if path.name.startswith(("berkas", ".pemulihan"))] == []
    assert other.ask("SELECT count(*) FROM access_user") == [(0,)]


def test_a_file_that_is_no_backup_is_refused(place, tmp_path):
    other = place("lain")
    text = tmp_path / "catatan.tar.gz"
    text.write_text("bukan cadangan")
    assert "bukan cadangan Penata" in other.refused("pulihkan", text)


def test_a_backup_cannot_write_outside_the_data_folder(filled, place, tmp_path):
    _origin, archive = filled

    def escape(member, content):
        if member == "cadangan.json":
            listed = json.loads(content)
            listed["sidik"]["../keluar.txt"] = listed["sidik"].popitem()[1]
            return json.dumps(listed).encode()
        return content

    other = place("lain")
    assert "bukan cadangan Penata" in other.refused("pulihkan", repacked(archive, tmp_path / "keluar.tar.gz", escape))
    assert not (tmp_path / "keluar.txt").exists()


def test_a_backup_of_a_newer_version_is_refused(filled, place, tmp_path):
    _origin, archive = filled

    def newer(member, content):
        if member == "cadangan.json":
            return json.dumps(json.loads(content) | {"migrasi": ["access.9999_masa_depan"], "versi": "9.0"}).encode()
        return content

    other = place("lain")
    assert "9.0" in other.refused("pulihkan", repacked(archive, tmp_path / "baru.tar.gz", newer))
    assert other.ask("SELECT count(*) FROM access_user") == [(0,)]


def test_only_the_latest_backups_are_kept_when_asked(filled):
    here, _archive = filled
    folder = here.folder / "simpan"
    folder.mkdir()
    old = folder / "penata-20200101-000000.tar.gz"
    other = folder / "milik-orang-lain.tar.gz"
    old.write_text("lama")
    other.write_text("lain")
    here.ok("cadangan", "--ke", folder, "--simpan", "1")
    assert not old.exists()
    assert other.exists()
    assert len(list(folder.glob("penata-*.tar.gz"))) == 1

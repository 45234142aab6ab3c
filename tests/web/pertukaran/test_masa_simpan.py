"""What is kept too long goes: out of the database in one act, from the disk afterwards, and nothing else goes."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.files.storage import default_storage
from django.utils import timezone
from tests.web.pertukaran.test_layar import person

from penata.config.environment import ConfigurationError, kept
from penata.domain.pegawai.models import BarisSiasn, Rekonsiliasi
from penata.domain.pertukaran.models import Impor
from penata.domain.pertukaran.uploads import ImporError, ask_undo
from penata.domain.peta_jabatan.ekspor import KIND
from penata.foundation.audit.models import Peristiwa
from penata.foundation.audit.verify import verify
from penata.foundation.tasks import retention
from penata.foundation.tasks.models import Pekerjaan, Pemberitahuan


def one_person(kota):
    return {"pegawai": [person(kota, "Danu Wiratama", golongan="III/d")]}


def later(days):
    return timezone.now() + timedelta(days=days)


def aged(path: Path, days: int = 200) -> Path:
    moment = (timezone.now() - timedelta(days=days)).timestamp()
    os.utime(path, (moment, moment))
    return path


@pytest.fixture
def impor(kota, buku, unggah, terapkan):
    browser, made = unggah("analis", buku(one_person(kota)))
    return terapkan(browser, made)


def test_uploads_go_first_and_the_journal_much_later(impor, kota, signed_in):
    assert impor.paths[0].exists()
    assert impor.journal.exists()
    assert retention.enforce(later(89)) == {}
    assert impor.paths[0].exists()
    removed = retention.enforce(later(91))
    assert removed["unggahan"] == 1
    assert not impor.paths[0].exists()
    assert {part.name for part in impor.folder.iterdir()} == {"jurnal"}
    impor.refresh_from_db()
    assert (impor.status, impor.jurnal_dihapus) == ("diterapkan", None)
    assert "Urungkan impor" in signed_in("analis").get(f"/impor/{impor.pk}/").content.decode()
    assert "jurnal" not in retention.enforce(later(399))
    assert retention.enforce(later(401))["jurnal"] == 1
    assert not impor.folder.exists()
    page = signed_in("analis").get(f"/impor/{impor.pk}/")
    assert page.status_code == 200
    assert "Urungkan impor" not in page.content.decode()
    with pytest.raises(ImporError, match="Masa simpan"):
        ask_undo(impor_id=impor.pk, by=kota.reader("analis"))


def test_an_import_never_put_into_effect_is_discarded(kota, buku, unggah):
    _browser, impor = unggah("analis", buku(one_person(kota)))
    retention.enforce(later(91))
    impor.refresh_from_db()
    assert (impor.status, impor.ringkasan) == ("dibuang", {})
    assert not impor.folder.exists()


def test_one_act_says_what_went_and_the_next_day_has_nothing_to_say(impor, signed_in):
    before = Peristiwa.objects.count()
    retention.enforce(later(500))
    act = Peristiwa.objects.latest("id")
    assert Peristiwa.objects.count() == before + 1
    assert (act.aksi, act.pelaku, act.pelaku_id) == ("masa-simpan.diterapkan", "sistem", None)
    assert act.rincian["jurnal"] == {"jumlah": 1, "lebih_lama_dari_hari": 400}
    assert retention.enforce(later(500)) == {}
    assert Peristiwa.objects.count() == before + 1
    assert verify().sound
    assert "menurut masa simpan" in signed_in("auditor").get("/jejak/").content.decode()


def test_files_stay_when_the_transaction_does_not_come_through(impor, monkeypatch):
    monkeypatch.setattr(retention, "record", lambda *_args, **_more: (_ for _ in ()).throw(RuntimeError))
    with pytest.raises(RuntimeError):
        retention.enforce(later(500))
    assert impor.paths[0].exists()
    assert Impor.objects.get(pk=impor.pk).unggahan_dihapus is None


def test_what_a_kill_left_behind_is_found_the_next_day(impor, monkeypatch):
    rules = dict(retention._rules)
    for kind, rule in rules.items():
        monkeypatch.setitem(retention._rules, kind, retention.Rule(rule.kind, rule.clear, None, rule.ruang))
    retention.enforce(later(91))  # killed before the files went
    assert impor.paths[0].exists()
    for kind, rule in rules.items():
        monkeypatch.setitem(retention._rules, kind, rule)
    assert retention.enforce(later(92)) == {}
    assert not impor.paths[0].exists()
    stray = Path(default_storage.path("impor/0b7c3a1e-3f27-4a0e-9c4e-0f1d2c3b4a59"))
    fresh = Path(default_storage.path("impor/1b7c3a1e-3f27-4a0e-9c4e-0f1d2c3b4a59"))
    for folder in (stray, fresh):
        (folder / "unggahan").mkdir(parents=True)
    aged(stray)
    retention.enforce()
    assert not stray.exists()
    assert fresh.exists()  # somebody may be uploading it


def test_exports_and_finished_work(kota):
    def work(status, *, hasil=None, jenis="x", days=100):
        row = Pekerjaan.objects.create(jenis=jenis, judul="x", pemilik=kota.user["analis"], status=status)
        when = timezone.now() - timedelta(days=days)
        Pekerjaan.objects.filter(pk=row.pk).update(dibuat=when, selesai=when, hasil=hasil or {}, alamat="/x/")
        return row

    def file(name):
        place = Path(default_storage.path(f"ekspor/{name}"))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("x")
        return aged(place)

    old, new, stray = file("lama.pdf"), file("baru.pdf"), file("tertinggal.pdf")
    work("selesai", hasil={"berkas": "ekspor/lama.pdf", "nama": "lama.pdf"}, jenis=KIND)
    kept_ = work("selesai", hasil={"berkas": "ekspor/baru.pdf", "nama": "baru.pdf"}, jenis=KIND, days=10)
    gone = [work(status) for status in ("selesai", "gagal", "dibatalkan")]
    waiting = work("antre")
    removed = retention.enforce()
    assert removed == {"ekspor": 1, "pekerjaan": 4}
    assert not old.exists()
    assert not stray.exists()
    assert new.exists()
    assert set(Pekerjaan.objects.values_list("pk", flat=True)) == {kept_.pk, waiting.pk}
    assert not Pekerjaan.objects.filter(pk__in=[row.pk for row in gone]).exists()


def test_messages_and_open_reconciliations(kota):
    for days in (10, 200):
        message = Pemberitahuan.objects.create(user=kota.user["analis"], teks=str(days))
        Pemberitahuan.objects.filter(pk=message.pk).update(dibuat=timezone.now() - timedelta(days=days))
        row = Rekonsiliasi.objects.create(nama_berkas="x", per="2026-01-01", status="siap", pemilik=kota.user["analis"])
        Rekonsiliasi.objects.filter(pk=row.pk).update(dibuat=timezone.now() - timedelta(days=days))
        BarisSiasn.objects.create(rekonsiliasi=row, nip="1", isi={})
    assert retention.enforce() == {"pemberitahuan": 1, "rekonsiliasi": 1}
    assert list(Pemberitahuan.objects.values_list("teks", flat=True)) == ["10"]
    assert sorted(Rekonsiliasi.objects.values_list("status", "baris__nip")) == [("dibatalkan", None), ("siap", "1")]


def test_the_setting(monkeypatch):
    assert set(retention._rules) == set(configured.RETENTION)
    monkeypatch.setenv("X", "jurnal=730, ekspor=7")
    assert kept("X", {"jurnal": 400, "ekspor": 90, "unggahan": 90}) == {"jurnal": 730, "ekspor": 7, "unggahan": 90}
    for wrong in ("jurnal", "jurnal=x", "jurnal=0", "lain=3"):
        monkeypatch.setenv("X", wrong)
        with pytest.raises(ConfigurationError, match="harus seperti"):
            kept("X", {"jurnal": 400})

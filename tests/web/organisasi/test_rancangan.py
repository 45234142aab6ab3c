"""Drafts of a reorganisation: written edit by edit, handed in, returned, put into force; stale and second are told."""

from datetime import date

import polars as pl
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.web.kota import HARI, MULAI

from penata.domain import sheets
from penata.domain.organisasi import reorganisasi as draft
from penata.domain.organisasi import reorganisasi_berlaku
from penata.domain.organisasi.actions import UnitValues, change_unit
from penata.domain.organisasi.errors import RancanganError, StaleError
from penata.domain.organisasi.models import Rancangan
from penata.domain.organisasi.reorganisasi_banding import Tanda, compare
from penata.domain.organisasi.reorganisasi_berlaku import enforce_rancangan
from penata.domain.organisasi.reorganisasi_kalimat import SENTENCES, sentences
from penata.domain.organisasi.reorganisasi_majemuk import merge, split
from penata.domain.organisasi.reorganisasi_uji import agency, tried
from penata.domain.peraturan.queries import law
from penata.foundation.access.models import Penugasan
from penata.foundation.access.permissions import Peran
from penata.foundation.access.reader import ForbiddenError
from penata.foundation.audit.models import Peristiwa, Perubahan
from penata.foundation.audit.verify import verify
from penata.snapshot import edits as e

BERLAKU = date(2027, 1, 1)


@pytest.fixture
def by(kota):
    return kota.reader("analis")


@pytest.fixture
def chief(kota):
    return kota.reader("pimpinan")


@pytest.fixture
def row(by):
    return draft.create_rancangan(nama="Penataan 2027", mulai=BERLAKU, by=by)


def add(row, by, *edits, kelompok=""):
    return draft.add_edits(rancangan_id=row.pk, versi=row.versi, edits=edits, kelompok=kelompok, by=by)


def enforced(row, by, chief, kota, mulai=BERLAKU):
    row = draft.submit_rancangan(rancangan_id=row.pk, versi=row.versi, by=by)
    return enforce_rancangan(
        rancangan_id=row.pk, versi=row.versi, penetapan_id=kota.penetapan.pk, mulai=mulai, by=chief
    )


def unit_of(kode, day):
    return sheets.read("posisi", day).filter(pl.col("kode") == kode)["unit"].to_list()


def tables(day):
    return {name: sheets.read(name, day) for name in ("unit", "posisi", "pemangku", "beban_kerja")}


def test_a_draft_changes_nothing_by_itself(kota, row, by):
    before = tables(BERLAKU)
    row = add(row, by, e.AddUnit("U-03", "Dinas Sosial", "U-00", "dinas"), e.MoveUnit("U-0102", "U-03"))
    draft.submit_rancangan(rancangan_id=row.pk, versi=row.versi, by=by)
    assert all(frame.equals(before[name]) for name, frame in tables(BERLAKU).items())


def test_an_impossible_edit_is_refused_with_remedy_and_nothing_is_kept(row, by):
    with pytest.raises(RancanganError, match=r"U-77.*\. .*\."):
        add(row, by, e.MoveUnit("U-0102", "U-77"))
    with pytest.raises(RancanganError, match="P-099"):
        add(row, by, e.AddUnit("U-03", "Dinas Sosial", "U-00"), e.MovePosisi("P-099", "U-03"))
    row.refresh_from_db()
    assert (row.edits, row.versi) == ([], 1)


def test_whoever_writes_from_an_old_page_is_told(row, by):
    old = row.versi
    add(row, by, e.FreezePosisi("P-012"))
    with pytest.raises(StaleError, match="orang lain"):
        draft.add_edits(rancangan_id=row.pk, versi=old, edits=[e.FreezePosisi("P-013")], by=by)
    with pytest.raises(StaleError, match="orang lain"):
        draft.remove_edit(rancangan_id=row.pk, versi=old, place=0, by=by)


def test_edits_move_and_go_and_what_they_break_is_named_at_the_edit(row, by):
    row = add(row, by, e.AddUnit("U-03", "Dinas Sosial", "U-00"), e.MoveUnit("U-0102", "U-03"))
    row = draft.move_edit(rancangan_id=row.pk, versi=row.versi, place=1, to=0, by=by)
    assert set(tried(row).errors) == {0}
    assert "U-03" in str(tried(row).errors[0])
    with pytest.raises(RancanganError, match="tidak dapat dilakukan"):
        draft.submit_rancangan(rancangan_id=row.pk, versi=row.versi, by=by)
    row = draft.move_edit(rancangan_id=row.pk, versi=row.versi, place=0, to=1, by=by)
    assert not tried(row).errors
    row = draft.remove_edit(rancangan_id=row.pk, versi=row.versi, place=0, by=by)
    assert [raw["edit"] for raw in row.edits] == ["MoveUnit"]


def test_an_empty_draft_is_not_handed_in(row, by):
    with pytest.raises(RancanganError, match="belum berisi"):
        draft.submit_rancangan(rancangan_id=row.pk, versi=row.versi, by=by)


def test_returned_with_a_note_and_handed_in_again(row, by, chief):
    row = draft.submit_rancangan(rancangan_id=row.pk, versi=add(row, by, e.FreezePosisi("P-012")).versi, by=by)
    with pytest.raises(StaleError, match="diajukan"):
        add(row, by, e.FreezePosisi("P-013"))
    row = draft.return_rancangan(rancangan_id=row.pk, versi=row.versi, catatan="Lengkapi dasar", by=chief)
    assert (row.status, row.catatan) == ("draf", "Lengkapi dasar")
    assert Peristiwa.objects.get(aksi="rancangan.dikembalikan").alasan == "Lengkapi dasar"
    row = draft.submit_rancangan(rancangan_id=row.pk, versi=row.versi, by=by)
    assert row.status == "diajukan"


def test_merge_split_rename_and_assignment_come_into_force_at_once(kota, row, by, chief):
    base = agency(BERLAKU)
    held = kota.pegawai["Wahyu Nugraha"].nip
    row = add(row, by, *merge(base.tables, "U-0102", "U-0101", kepala_asal="P-014", kepala_tujuan="P-011"),
              kelompok="Gabung")  # fmt: skip
    paud = e.AddUnit("U-0202", "Bidang PAUD", jenis="bidang")
    row = add(row, by, *split(tried(row).tables, "U-0201", paud, ["P-022"]),
              e.ChangeUnit("U-02", nama="Dinas Pendidikan dan Kebudayaan"), e.ChangeKebutuhan("P-012", 5),
              e.AddPosisi("P-030", "Pengelola Data", "U-0202", "P-021", "pelaksana", None, 6, 2.0),
              e.AssignHolder(held, "P-030"))  # fmt: skip
    decided = tried(row).after
    done = enforced(row, by, chief, kota)
    assert (done.status, done.penetapan) == ("berlaku", kota.penetapan)

    units = {kode: (nama, induk) for kode, nama, induk in
             sheets.read("unit", BERLAKU).select("kode", "nama", "induk").iter_rows()}  # fmt: skip
    assert "U-0102" not in units
    assert units["U-0202"] == ("Bidang PAUD", "U-02")
    assert units["U-02"][0] == "Dinas Pendidikan dan Kebudayaan"
    assert unit_of("P-015", BERLAKU) == ["U-0101"]
    assert unit_of("P-014", BERLAKU) == []
    assert unit_of("P-022", BERLAKU) == ["U-0202"]
    holder = sheets.read("pemangku", BERLAKU).filter(pl.col("nip") == held).row(0, named=True)
    assert (holder["posisi"], holder["tmt"]) == ("P-030", BERLAKU)
    for name in ("unit", "posisi"):
        assert sheets.read(name, BERLAKU).equals(decided[name])
    # The day before stands as it stood.
    before = date(2026, 12, 31)
    assert sheets.read("posisi", before).equals(base["posisi"])
    assert sheets.read("unit", before).equals(base["unit"])
    assert unit_of("P-015", before) == ["U-0102"]
    assert kota.posisi["P-015"].masa.get(mulai=BERLAKU).penetapan == kota.penetapan

    act = Peristiwa.objects.get(aksi="rancangan.berlaku")
    told = {
        (jenis, key) for jenis, key in Perubahan.objects.filter(peristiwa_id=act.pk).values_list("jenis", "objek_id")
    }
    assert {("unit", "U-0102"), ("unit", "U-0202"), ("posisi", "P-015"), ("pemangku", held)} <= told
    assert (act.dasar, act.per) == (str(kota.penetapan), BERLAKU)
    assert verify().sound


def test_two_who_decide_at_once_the_second_is_told(kota, row, by, chief):
    row = add(row, by, e.FreezePosisi("P-012"))
    row = draft.submit_rancangan(rancangan_id=row.pk, versi=row.versi, by=by)
    decision = {"rancangan_id": row.pk, "versi": row.versi, "penetapan_id": kota.penetapan.pk, "mulai": BERLAKU}
    enforce_rancangan(**decision, by=chief)
    with pytest.raises(StaleError, match="berlaku"):
        enforce_rancangan(**decision, by=chief)
    with pytest.raises(StaleError, match="berlaku"):
        draft.return_rancangan(rancangan_id=row.pk, versi=row.versi, catatan="x", by=chief)
    assert Peristiwa.objects.filter(aksi="rancangan.berlaku").count() == 1
    assert kota.posisi["P-012"].masa.count() == 2


def test_a_base_that_changed_refuses_the_decision_and_nothing_is_written(kota, row, by, chief):
    row = add(row, by, e.FreezePosisi("P-015"), e.MovePosisi("P-012", "U-0102"))
    row = draft.submit_rancangan(rancangan_id=row.pk, versi=row.versi, by=by)
    kota.posisi["P-012"].masa.update(selesai=date(2026, 12, 1))
    with pytest.raises(StaleError, match="nomor 2"):
        enforce_rancangan(rancangan_id=row.pk, versi=row.versi, penetapan_id=kota.penetapan.pk, mulai=BERLAKU, by=chief)
    row.refresh_from_db()
    assert row.status == "diajukan"
    assert kota.posisi["P-015"].masa.get().status == "aktif"


def test_what_somebody_writes_between_reading_and_deciding_is_not_run_over(kota, row, by, chief, monkeypatch):
    row = add(row, by, e.FreezePosisi("P-015"))
    row = draft.submit_rancangan(rancangan_id=row.pk, versi=row.versi, by=by)
    reads, read = [], reorganisasi_berlaku.agency

    def between(day):
        reads.append(day)
        found = read(day)
        if len(reads) == 1:
            values = UnitValues(nama="Bidang Gizi", jenis="bidang")
            change_unit(unit_id=kota.unit["U-0102"].pk, values=values, mulai=HARI, penetapan_id=None, by=by)
        return found

    monkeypatch.setattr(reorganisasi_berlaku, "agency", between)
    enforce_rancangan(rancangan_id=row.pk, versi=row.versi, penetapan_id=kota.penetapan.pk, mulai=BERLAKU, by=chief)
    assert reads == [BERLAKU, BERLAKU]
    assert sheets.read("unit", BERLAKU).filter(kode="U-0102")["nama"].item() == "Bidang Gizi"
    assert sheets.read("posisi", BERLAKU).filter(kode="P-015")["status"].item() == "dibekukan"


def test_deciding_asks_the_same_however_many_posisi_move(kota, by, chief):
    counts = []
    for codes in (("P-012",), ("P-013", "P-015", "P-022")):
        row = draft.create_rancangan(nama="Pindah", mulai=BERLAKU, by=by)
        row = add(row, by, *(e.FreezePosisi(code) for code in codes))
        row = draft.submit_rancangan(rancangan_id=row.pk, versi=row.versi, by=by)
        with CaptureQueriesContext(connection) as asked:
            enforce_rancangan(
                rancangan_id=row.pk, versi=row.versi, penetapan_id=kota.penetapan.pk, mulai=BERLAKU, by=chief
            )
        counts.append(len(asked))
    assert counts[1] <= counts[0]


def test_a_change_that_is_planned_for_later_is_not_run_over(kota, row, by, chief):
    """P-012 already changes in June: moving it in January would be undone by that period."""
    old = kota.posisi["P-012"].masa.get()
    june = date(2027, 6, 1)
    type(old).objects.filter(pk=old.pk).update(selesai=june)
    old.pk, old.mulai, old.kebutuhan = None, june, 9
    old.save()
    row = add(row, by, e.MovePosisi("P-012", "U-0102"))
    with pytest.raises(RancanganError, match=r"P-012.*01-06-2027"):
        enforced(row, by, chief, kota)
    assert unit_of("P-012", BERLAKU) == ["U-0101"]


def test_a_person_cannot_decide_what_only_a_leader_may(kota, row, by):
    row = draft.submit_rancangan(rancangan_id=row.pk, versi=add(row, by, e.FreezePosisi("P-012")).versi, by=by)
    with pytest.raises(ForbiddenError):
        enforce_rancangan(rancangan_id=row.pk, versi=row.versi, penetapan_id=kota.penetapan.pk, mulai=BERLAKU, by=by)


def test_cancelled_is_for_good(row, by):
    row = draft.cancel_rancangan(rancangan_id=row.pk, versi=row.versi, catatan="Tidak jadi", by=by)
    with pytest.raises(StaleError, match="dibatalkan"):
        add(row, by, e.FreezePosisi("P-012"))


def test_the_database_knows_the_four_states_and_asks_for_the_act(row):
    with pytest.raises(IntegrityError, match="rancangan_status"), transaction.atomic():
        Rancangan.objects.filter(pk=row.pk).update(status="disetujui")
    with pytest.raises(IntegrityError, match="rancangan_berlaku_berdasar"), transaction.atomic():
        Rancangan.objects.filter(pk=row.pk).update(status="berlaku")


@pytest.fixture
def local(kota):
    """Return an analyst whose rights hold in U-01 and below it alone."""
    Penugasan.objects.filter(user=kota.user["analis"]).delete()
    Penugasan.objects.create(user=kota.user["analis"], peran=Peran.ANALIS, unit_id=kota.unit["U-01"].pk, mulai=MULAI)
    return kota.reader("analis")


def test_a_local_writer_reaches_the_own_units_and_new_ones_in_them(row, local):
    row = add(row, local, e.AddUnit("U-0109", "Bidang Baru", "U-01"), e.MovePosisi("P-012", "U-0109"))
    row = add(row, local, e.AddUnit("U-010901", "Seksi Baru", "U-0109"))
    assert len(row.edits) == 3


@pytest.mark.parametrize(
    "edit",
    [
        e.AddUnit("U-0301", "Bidang", "U-02"), e.AddUnit("U-03", "Dinas"), e.MoveUnit("U-0102", "U-02"),
        e.MoveUnit("U-0201", "U-01"), e.ChangeUnit("U-02", nama="X"), e.MovePosisi("P-012", "U-0201"),
        e.MovePosisi("P-022", "U-0101"), e.ChangeKebutuhan("P-022", 1.0), e.FreezePosisi("P-020"),
        e.MovePosisi("P-012", atasan="P-021"),
    ],
)  # fmt: skip
def test_a_local_writer_does_not_reach_further(row, local, edit):
    with pytest.raises(RancanganError, match="luar lingkup"):
        add(row, local, edit)


def test_drafts_of_others_do_not_exist_for_a_local_writer(kota, local):
    Penugasan.objects.create(user=kota.user["evaluasi"], peran=Peran.ANALIS, mulai=MULAI)
    other = draft.create_rancangan(nama="Rahasia", mulai=BERLAKU, by=kota.reader("evaluasi"))
    with pytest.raises(ForbiddenError):
        add(other, local, e.FreezePosisi("P-012"))


def test_the_comparison_marks_what_happens_and_counts_who_moves(kota, row, by):
    base = agency(BERLAKU)
    row = add(row, by, *merge(base.tables, "U-0102", "U-0201"), kelompok="Gabung")
    row = add(row, by, e.AddUnit("U-03", "Dinas Sosial", "U-00", "dinas"), e.ChangeUnit("U-02", nama="Dinas Ilmu"),
              e.ChangeKebutuhan("P-012", 5))  # fmt: skip
    banding = compare(tried(row), law(BERLAKU))
    left = {(b.kode, b.tanda, b.catatan) for b in banding.sebelum}
    right = {(b.kode, b.tanda, b.catatan) for b in banding.sesudah}
    assert ("U-0102", Tanda.HAPUS, "") in left
    assert ("P-015", Tanda.PINDAH, "U-0201") in left
    assert {
        ("U-03", Tanda.BARU, ""),
        ("P-015", Tanda.PINDAH, "U-0102"),
        ("U-02", Tanda.UBAH, "Dinas Pendidikan"),
    } <= right
    assert ("P-012", Tanda.UBAH, "K 3") in right
    assert ("P-012", Tanda.UBAH, "K 5") in left
    assert "U-0102" not in {kode for kode, *_ in right}
    moved = dict(banding.orang.select("nama", "dampak").iter_rows())
    assert moved["Fajar Anggara"] == moved["Lintang Ayu"] == "pindah perangkat daerah"
    assert moved["Hendra Kusuma"] == "unitnya berganti nama"
    assert "Danu Wiratama" not in moved
    need = {a["unit"]: (a["k"], a["k_baru"], a["b"], a["b_baru"]) for a in banding.angka.to_dicts()}
    assert need == {"U-01": (9, 9, 8, 6), "U-02": (6, 8, 4, 6)}
    assert (banding.jumlah["k"], banding.jumlah["k_baru"]) == (16, 18)


def test_every_edit_has_a_sentence(row, by):
    assert set(SENTENCES) == set(e.EDITS)
    row = add(row, by, e.AddUnit("U-03", "Dinas Sosial", "U-00"), e.MoveUnit("U-0102", "U-03"),
              e.MovePosisi("P-012", "U-03", "P-001"), e.ChangeKebutuhan("P-013", 2.5))  # fmt: skip
    assert sentences(tried(row)) == [
        "Bentuk unit U-03 Dinas Sosial di bawah U-00 Pemerintah Kota Harapan",
        "Pindahkan unit U-0102 Bidang Kesehatan Masyarakat ke bawah U-03 Dinas Sosial",
        "Pindahkan posisi P-012 Analis Kebijakan Ahli Muda: ke U-03 Dinas Sosial, atasan P-001 Sekretaris Daerah",
        "Tetapkan kebutuhan posisi P-013 Pengelola Data menjadi 2,5",
    ]


def test_a_step_of_several_edits_is_removed_whole(row, by):
    base = agency(BERLAKU)
    row = add(row, by, e.FreezePosisi("P-012"))
    row = add(row, by, *merge(base.tables, "U-0102", "U-0101"), kelompok="Gabungkan U-0102 ke U-0101")
    assert len(row.edits) == 4
    row = draft.remove_edit(rancangan_id=row.pk, versi=row.versi, place=2, whole=True, by=by)
    assert [raw["edit"] for raw in row.edits] == ["FreezePosisi"]


def test_merging_a_unit_into_one_below_it_lifts_that_one(kota, row, by):
    base = agency(HARI)
    row = add(row, by, *merge(base.tables, "U-01", "U-0101"))
    after = tried(row).after["unit"]
    assert dict(after.filter(pl.col("kode").is_in(["U-0101", "U-0102"])).select("kode", "induk").iter_rows()) == {
        "U-0101": "U-00", "U-0102": "U-0101",
    }  # fmt: skip

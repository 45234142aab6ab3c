"""Workload goes with its posisi through a reorganisation, and ends where the need was decided anew."""

from datetime import date

import polars as pl
import pytest

from penata.domain import sheets
from penata.domain.beban_kerja.models import Abk
from penata.domain.organisasi import reorganisasi as draft
from penata.domain.organisasi.reorganisasi_berlaku import enforce_rancangan
from penata.domain.organisasi.reorganisasi_majemuk import merge
from penata.domain.organisasi.reorganisasi_uji import agency
from penata.domain.peta_jabatan.angka import figures
from penata.domain.sheets import Delta, Writing
from penata.snapshot import edits as e
from penata.snapshot.snapshot import canonicalise

SEBELUM, BERLAKU = date(2026, 12, 31), date(2027, 1, 1)


@pytest.fixture
def beban(kota):
    """Put the workload of three posisi in two units into force in January 2026."""
    rows = canonicalise(
        "beban_kerja",
        pl.DataFrame(
            {
                "posisi": ["P-012", "P-013", "P-013", "P-015"], "tugas": ["Telaah", "Entri", "Entri", "Arsip"],
                "volume": [500.0, 900.0, 900.0, 1500.0], "periode": ["tahun"] * 4, "norma_waktu": [120.0] * 4,
                "satuan_waktu": ["menit"] * 4, "metode": ["tugas per tugas jabatan"] * 4,
            }
        ),
    )  # fmt: skip
    delta = Delta(rows, rows.clear(), rows.clear(), rows.clear(), tuple(rows.columns))
    sheets.sheet("beban_kerja").write(delta, Writing(date(2026, 1, 1), kota.penetapan.pk, langsung=True))
    return rows


def need(day):
    return dict(figures(day).select("kode", "kebutuhan").iter_rows())


def abk_in(kota, kode, day):
    return [abk for abk in Abk.objects.filter(unit=kota.unit[kode]) if abk.mulai <= day < (abk.selesai or date.max)]


def decide(kota, *edits):
    by = kota.reader("analis")
    row = draft.create_rancangan(nama="Penataan", mulai=BERLAKU, by=by)
    row = draft.add_edits(rancangan_id=row.pk, versi=row.versi, edits=edits, by=by)
    row = draft.submit_rancangan(rancangan_id=row.pk, versi=row.versi, by=by)
    return enforce_rancangan(
        rancangan_id=row.pk, versi=row.versi, penetapan_id=kota.penetapan.pk, mulai=BERLAKU, by=kota.reader("pimpinan")
    )


def test_workload_follows_the_posisi_into_the_other_unit(kota, beban):
    before = need(SEBELUM)
    edits = merge(agency(BERLAKU).tables, "U-0102", "U-0101", kepala_asal="P-014", kepala_tujuan="P-011")
    decide(kota, *edits, e.MovePosisi("P-013", "U-0201"))
    assert sheets.read("beban_kerja", BERLAKU).equals(beban)
    assert sheets.read("beban_kerja", SEBELUM).equals(beban)
    after = need(BERLAKU)
    assert {k: after[k] for k in ("P-012", "P-013", "P-015")} == {k: before[k] for k in ("P-012", "P-013", "P-015")}
    assert abk_in(kota, "U-0102", SEBELUM)
    assert not abk_in(kota, "U-0102", BERLAKU)
    tasks = {kode: set(abk_in(kota, kode, BERLAKU)[0].baris.values_list("posisi__kode", flat=True))
             for kode in ("U-0101", "U-0201")}  # fmt: skip
    assert tasks == {"U-0101": {"P-012", "P-015"}, "U-0201": {"P-013"}}


def test_a_need_that_is_decided_goes_before_the_workload_from_that_day(kota, beban):
    before = need(SEBELUM)
    decide(kota, e.ChangeKebutuhan("P-012", 7.0))
    assert need(BERLAKU) == before | {"P-012": 7.0}
    assert need(SEBELUM) == before
    assert "P-012" not in sheets.read("beban_kerja", BERLAKU)["posisi"]


def test_workload_of_an_abolished_posisi_ends_with_it(kota, beban):
    people = [kota.pegawai[name].nip for name in ("Fajar Anggara", "Lintang Ayu")]
    decide(kota, *(e.RemoveHolder(nip, "P-015") for nip in people), e.AbolishPosisi("P-015"))
    assert sheets.read("beban_kerja", BERLAKU).equals(beban.filter(pl.col("posisi") != "P-015"))
    assert sheets.read("beban_kerja", SEBELUM).equals(beban)

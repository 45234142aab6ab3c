"""Every check of the map: one change that brings it up, and a state in which it is silent."""

from collections.abc import Callable
from datetime import date
from string import Formatter

import polars as pl
import pytest
from tests.analysis.agency import PER, small_agency, tables

from penata.analysis.integritas import CHECKS, check_integritas
from penata.analysis.kebutuhan import compute_kebutuhan
from penata.analysis.peta import build_peta
from penata.foundation.findings import SCHEMA
from penata.rulebook.legislation import Law
from penata.snapshot.schema import TABLES
from penata.snapshot.snapshot import Snapshot, build

Tables = dict[str, pl.DataFrame]
Change = Callable[[Tables], None]
SEKDA, KABAG, KADIS, KABID = "196903121994031001", "197607152001122001", "196811041997031002", "196905201993032002"
SEKCAM, FREE, PPPK = "198005052004012001", "198112242008012001", "199603052023212001"


def put(table: str, key: str, **values: object) -> Change:
    """Set *values* in the rows of *table* whose first key column is *key*."""

    def change(found: Tables) -> None:
        frame, kinds = found[table], TABLES[table].polars_schema
        here = pl.col(TABLES[table].key[0]) == key
        old = {name: pl.col(name) if name in frame.columns else pl.lit(None, dtype=kinds[name]) for name in values}
        found[table] = frame.with_columns(
            pl.when(here).then(pl.lit(value, dtype=kinds[name])).otherwise(old[name]).alias(name)
            for name, value in values.items()
        )

    return change


def add(table: str, **values: object) -> Change:
    def change(found: Tables) -> None:
        kinds = TABLES[table].polars_schema
        row = pl.DataFrame([values], schema={name: kinds[name] for name in values})
        found[table] = pl.concat([found[table], row], how="diagonal")

    return change


def drop(table: str, *keys: str) -> Change:
    def change(found: Tables) -> None:
        found[table] = found[table].filter(~pl.col(TABLES[table].key[0]).is_in(keys))

    return change


def tasks(*kode: str, rows: int = 3, **values: object) -> Change:
    """Give every posisi the same workload of *rows* rows, about one person in all."""

    def change(found: Tables) -> None:
        drop("beban_kerja", *kode)(found)
        for posisi in kode:
            for n in range(rows):
                row = {
                    "posisi": posisi,
                    "tugas": f"Tugas {n}",
                    "hasil": "berkas",
                    "volume": 100.0,
                    "norma_waktu": 250.0,
                }
                add("beban_kerja", **row | values)(found)

    return change


def staff(posisi: str, n: int) -> Change:
    """Seat *n* more people on *posisi*."""

    def change(found: Tables) -> None:
        for number in range(n):
            nip = f"1990010120150310{number:02d}"
            add("pegawai", nip=nip, nama="Contoh", status="pns", golongan="III/a", pendidikan="S-1")(found)
            add("pemangku", nip=nip, posisi=posisi, jenis="definitif", tmt=date(2024, 1, 2))(found)

    return change


def below(posisi: str, n: int) -> Change:
    """Hang *n* posisi under *posisi*."""

    def change(found: Tables) -> None:
        for number in range(n):
            add("posisi", kode=f"X-{number:02d}", jabatan="Perencana Ahli Muda", unit="U-02", atasan=posisi)(found)

    return change


def every(*changes: Change) -> Change:
    def change(found: Tables) -> None:
        for item in changes:
            item(found)

    return change


def nothing(found: Tables) -> None:
    """Leave the agency as it is."""


def printed_only(found: Tables) -> None:
    found["beban_kerja"] = found["beban_kerja"].clear()


def no_children(found: Tables) -> None:
    found["unit"] = found["unit"].filter(pl.col("kode") != "U-03")


# ruff: noqa: E501 - one line per check
# code: (a change that brings it up, subject of the finding, a state in which it is silent)
CASES: dict[str, tuple[Change, str, Change]] = {
    "I01": (put("posisi", "P-05", atasan="P-14"), "P-05", nothing),
    "I02": (put("posisi", "P-17", atasan="P-77"), "P-17", nothing),
    "I03": (put("posisi", "P-17", atasan=None), "P-01", put("posisi", "P-17", atasan=None, status="dihapus")),
    "I04": (put("posisi", "P-09", atasan="P-02"), "P-09", nothing),
    "I05": (put("posisi", "P-14", atasan="P-10"), "P-14", nothing),
    "I06": (put("posisi", "P-13", atasan="P-10"), "P-13", nothing),
    "I07": (put("posisi", "P-07", atasan="P-09"), "P-07", every(put("unit", "U-02", jenis="rumah sakit"), put("posisi", "P-07", atasan="P-09"))),
    "I08": (below("P-06", 19), "P-06", below("P-06", 18)),
    "I09": (nothing, "U-03", every(below("P-07", 1), add("posisi", kode="Y", jabatan="Perencana Ahli Muda", unit="U-03", atasan="P-19"))),
    "I10": (drop("posisi", "P-03", "P-04"), "U-01", nothing),
    "I11": (put("posisi", "P-07", kelas=12), "P-07", nothing),
    "I12": (put("posisi", "P-14", kelas=12), "Dokter Ahli Muda", put("posisi", "P-14", kelas=11)),
    "I13": (drop("posisi", "P-10"), "U-0201", nothing),
    "I14": (put("posisi", "P-18", atasan="P-05"), "U-03", nothing),
    "I15": (add("unit", kode="U-09", nama="Dinas Kosong", induk="U-00"), "U-09", nothing),
    "I16": (add("unit", kode="U-09", nama="dinas  kesehatan", induk="U-00"), "U-02", add("unit", kode="U-09", nama="Dinas Kesehatan", induk="U-01")),
    "I17": (no_children, "U-03", lambda found: found.update(unit=found["unit"].clear())),
    "I18": (every(put("posisi", "P-20", kelas=None), put("jabatan", "Pengelola Layanan Operasional", kelas=None)), "Pengelola Layanan Operasional", put("posisi", "P-20", kelas=None)),
    "I19": (every(put("posisi", "P-20", jenis="fungsional", jenjang=None), drop("jabatan", "Pengelola Layanan Operasional")), "Pengelola Layanan Operasional", put("posisi", "P-09", jenjang=None)),
    "I20": (put("posisi", "P-20", jabatan="Juru Ketik"), "Juru Ketik", every(put("posisi", "P-20", jabatan="Juru Ketik"), lambda found: found.update(jabatan=found["jabatan"].clear()))),
    "I21": (put("posisi", "P-04", kelas=6), "Pengadministrasi Perkantoran", put("posisi", "P-04", kelas=None)),
    "I22": (put("posisi", "P-20", kelas=7), "Pengelola Layanan Operasional", put("posisi", "P-20", kelas=None)),
    "I23": (put("posisi", "P-20", jenis="fungsional"), "Pengelola Layanan Operasional", put("posisi", "P-20", jenis=None)),
    "I24": (put("posisi", "P-03", kebutuhan=4.0), "P-03", put("posisi", "P-03", kebutuhan=None)),
    "I25": (every(drop("beban_kerja", "P-20"), put("posisi", "P-20", kebutuhan=None)), "Pengelola Layanan Operasional", drop("beban_kerja", "P-20")),
    "I26": (drop("beban_kerja", "P-20"), "Pengelola Layanan Operasional", printed_only),
    "I27": (every(put("posisi", "P-20", kebutuhan=0.0), put("beban_kerja", "P-20", volume=10.0)), "P-20", nothing),
    "I28": (put("beban_kerja", "P-09", periode="hari"), "P-09", put("beban_kerja", "P-09", volume=276.0)),
    "I29": (put("beban_kerja", "P-13", volume=751.0), "Kepala Puskesmas Mekar", put("beban_kerja", "P-13", volume=750.0)),
    "I30": (tasks("P-04", "P-08"), "P-04", every(tasks("P-04", "P-08", rows=2), tasks("P-04", rows=3))),
    "I31": (put("beban_kerja", "P-20", hasil=None), "Pengelola Layanan Operasional", lambda found: found.update(beban_kerja=found["beban_kerja"].drop("hasil"))),
    "I32": (every(put("beban_kerja", "P-08", volume=None)), "P-08", nothing),
    "I33": (put("posisi", "P-20", status="dibekukan"), "P-20", every(put("posisi", "P-09", status="dibekukan"))),
    "I34": (staff("P-02", 1), "P-02", staff("P-03", 1)),
    "I35": (add("pemangku", nip=KABID, posisi="P-09", jenis="definitif"), KABID, add("pemangku", nip=KABID, posisi="P-09", jenis="plt")),
    "I36": (nothing, "U-01", every(put("posisi", "P-04", kebutuhan=3.0), put("posisi", "P-16", kebutuhan=4.0), printed_only)),
    "I37": (nothing, "P-19", put("posisi", "P-19", status="dibekukan")),
    "I38": (put("posisi", "P-09", kritis=True), "P-09", put("posisi", "P-19", kritis=True)),
    "I39": (put("posisi", "P-03", bezetting=9.0), "U-01", every(put("posisi", "P-03", bezetting=9.0), lambda found: found.update(pemangku=found["pemangku"].clear(), pegawai=found["pegawai"].clear()))),
    "I40": (put("pemangku", "P-19", tmt=date(2026, 6, 30)), "P-19", put("pemangku", "P-19", tmt=date(2026, 7, 1))),
    "I41": (put("pemangku", "P-19", tmt=None), "P-19", nothing),
    "I42": (add("pemangku", nip=SEKCAM, posisi="P-17", jenis="plt", tmt=date(2026, 12, 1)), "P-17", add("pemangku", nip=SEKCAM, posisi="P-17", jenis="plh", tmt=date(2026, 12, 1))),
    "I43": (put("pegawai", KABID, tanggal_lahir=date(1968, 11, 30)), KABID, put("pegawai", KABID, tanggal_lahir=date(1968, 12, 1))),
    "I44": (put("pegawai", PPPK, kontrak_berakhir=date(2026, 12, 30)), PPPK, put("pegawai", PPPK, kontrak_berakhir=PER)),
    "I45": (put("pegawai", KABAG, status="pppk"), "P-02", nothing),
    "I46": (put("pegawai", KABAG, pendidikan="D-III"), "Kepala Bagian Organisasi", put("pegawai", KABAG, pendidikan="D-IV")),
    "I47": (put("pegawai", KABAG, golongan="III/c"), "Kepala Bagian Organisasi", put("pegawai", KABAG, golongan="IX")),
    "I48": (put("pegawai", KABAG, golongan=None), "Kepala Bagian Organisasi", put("pegawai", FREE, golongan=None)),
    "I49": (put("pemangku", "P-02", tmt=date(2021, 11, 1)), "U-01", every(put("pemangku", "P-02", tmt=date(2022, 1, 3)), put("pemangku", "P-03", tmt=date(2010, 1, 4)))),
    "I50": (nothing, FREE, drop("pegawai", FREE)),
    "I51": (put("pegawai", KABID, tanggal_lahir=date(1969, 5, 21)), KABID, put("pegawai", KABID, tanggal_lahir=None)),
    "I52": (nothing, "U-02", lambda found: found.update(asesmen=found["asesmen"].clear())),
}  # fmt: skip


def agency(change: Change) -> Snapshot:
    found = tables()
    change(found)
    return build("Kota", PER, found)


def check(snapshot: Snapshot) -> pl.DataFrame:
    law = Law(snapshot.per)
    kebutuhan = compute_kebutuhan(snapshot, law=law)
    return check_integritas(snapshot, kebutuhan, build_peta(snapshot, kebutuhan), law=law)


def test_every_check_has_its_case_and_codes_are_consecutive():
    assert list(CHECKS) == list(CASES) == [f"I{n:02d}" for n in range(1, len(CASES) + 1)]
    assert len(CHECKS) >= 30


@pytest.mark.parametrize("code", CASES)
def test_check_is_brought_up(code):
    change, subject, _silent = CASES[code]
    rows = check(agency(change)).filter(pl.col("code") == code)
    assert subject in rows["subject"].to_list()
    row = rows.filter(pl.col("subject") == subject).row(0, named=True)
    assert (row["level"], row["table"]) == (CHECKS[code].level.value, CHECKS[code].table)
    assert "{" not in row["message"] + row["remedy"]
    assert row["message"].endswith(".")


@pytest.mark.parametrize("code", CASES)
def test_check_is_silent(code):
    assert code not in check(agency(CASES[code][2]))["code"].to_list()


@pytest.mark.parametrize("code", CASES)
def test_no_part_of_a_sentence_is_left_blank(code):
    for template in (CHECKS[code].message, CHECKS[code].remedy, CHECKS[code].why, CHECKS[code].title):
        assert template
    places = [name for _text, name, _spec, _conversion in Formatter().parse(CHECKS[code].message) if name]
    rows = CHECKS[code].find(_bahan(agency(CASES[code][0])))
    assert rows.select(pl.all_horizontal(pl.col(places).is_not_null())).to_series().all()
    assert rows["subject"].null_count() == 0


def _bahan(snapshot):
    from penata.analysis.integritas.bahan import Bahan

    law = Law(snapshot.per)
    kebutuhan = compute_kebutuhan(snapshot, law=law)
    return Bahan(snapshot, kebutuhan, build_peta(snapshot, kebutuhan), law)


def test_small_agency_has_only_its_known_flaws():
    assert sorted(set(check(small_agency())["code"])) == ["I09", "I36", "I37", "I50", "I52"]


def test_sentence_carries_the_figures():
    rows = check(agency(put("posisi", "P-03", kebutuhan=4.5))).filter(pl.col("code") == "I24")
    assert rows["message"].to_list() == [
        "Posisi P-03 (Analis Kebijakan Ahli Muda): tercetak 4,5, hitungan dari beban kerja 2 (sebelum dibulatkan 2,02)."
    ]


def test_cycle_is_told_once_and_names_its_members():
    rows = check(agency(put("posisi", "P-05", atasan="P-14"))).filter(pl.col("code") == "I01")
    assert rows["message"].to_list() == ["3 posisi saling menjadi atasan: P-05, P-13, P-14. Peta memutusnya pada P-05."]


def test_long_groups_are_shortened():
    rows = check(agency(every(*(put("posisi", f"P-{n:02d}", atasan=None) for n in range(2, 12))))).filter(
        pl.col("code") == "I03"
    )
    assert rows["message"].to_list()[0].count("P-") == 6
    assert rows["message"].to_list()[0].endswith("…" + ".")


def test_settings_of_the_agency_are_obeyed_and_remembered():
    snapshot = small_agency()
    law = Law(PER, overlay={"integritas.rentang_kendali": {"minimal": 0, "maksimal": 1}})
    kebutuhan = compute_kebutuhan(snapshot, law=law)
    found = check_integritas(snapshot, kebutuhan, build_peta(snapshot, kebutuhan), law=law)
    codes = found["code"].to_list()
    assert "I08" in codes
    assert "I09" not in codes
    assert law.used["integritas.rentang_kendali"].source == "agency"


def test_gravest_come_first_and_columns_are_those_of_findings():
    found = check(agency(every(put("posisi", "P-05", atasan="P-14"), put("pegawai", KABAG, pendidikan="SD"))))
    assert found.schema == SCHEMA
    weight = {"galat": 0, "peringatan": 1, "keterangan": 2}
    assert found["level"].replace_strict(weight).is_sorted()


def test_order_of_rows_does_not_matter():
    def messy(found):
        for code in ("I01", "I12", "I16", "I28", "I30", "I35", "I47"):
            CASES[code][0](found)

    one = agency(messy)
    shuffled = {name: frame.sample(fraction=1.0, shuffle=True, seed=11) for name, frame in one.tables.items()}
    assert check(one).equals(check(build("Kota", PER, shuffled)))


@pytest.mark.parametrize(
    "keep",
    [
        (),
        ("posisi",),
        ("unit",),
        ("pegawai",),
        ("beban_kerja",),
        ("posisi", "beban_kerja"),
        ("posisi", "pegawai"),
        ("posisi", "unit"),
    ],
)
def test_any_part_of_a_file_can_be_checked(keep):
    found = check(build("Kota", PER, {name: tables()[name] for name in keep}))
    assert found.schema == SCHEMA
    assert set(found["level"]) <= {"peringatan", "keterangan"}


def test_all_null_columns_can_be_checked():
    bare = {name: frame.clear() for name, frame in tables().items()}
    bare["posisi"] = tables()["posisi"].select("kode", "jabatan")
    assert check(build("Kota", PER, bare)).schema == SCHEMA

"""The register: who sees whom, private columns, search, filters, paging, and lists that equal their exports."""

import csv
from datetime import date, timedelta
from io import StringIO

import pytest
from django.http import QueryDict
from django.urls import reverse
from tests.web.kota import HARI, MULAI, nip_of
from tests.web.kota import PEGAWAI as ORANG

from penata.domain.jabatan.models import PosisiMasa
from penata.domain.organisasi.models import UnitMasa
from penata.domain.pegawai.models import Pegawai, Pemangku, RiwayatGolongan
from penata.domain.pegawai.pensiun_daftar import PENSIUN
from penata.domain.pegawai.queries import PEGAWAI
from penata.foundation.access.models import Penugasan
from penata.foundation.access.permissions import Peran
from penata.foundation.audit.record import touch
from penata.foundation.listing import Ask, Selection

EVERYBODY = {nama for nama, _lahir, _posisi in ORANG}
KESEHATAN = {nama for nama, _lahir, posisi in ORANG if posisi and "P-010" <= posisi <= "P-015"}


def ask(listing, reader, query=""):
    return Selection(listing, reader, Ask.read(listing, reader, QueryDict(query)))


def names(selection):
    at = [c.name for c in selection.columns].index("nama")
    return [row[at] for row in selection.everything()]


def values(reader, query, column):
    return [row[0] for row in ask(PEGAWAI, reader, f"kolom={column}&{query}").everything()]


@pytest.mark.parametrize(
    ("account", "seen"),
    [("analis", EVERYBODY), ("auditor", EVERYBODY), ("operator", KESEHATAN)],
)
def test_everybody_sees_the_people_of_the_own_units(kota, account, seen):
    assert set(names(ask(PEGAWAI, kota.reader(account)))) == seen


def test_people_without_posisi_are_for_the_whole_agency_only(kota):
    assert names(ask(PEGAWAI, kota.reader("analis"), "tanpa_posisi=ya")) == ["Wahyu Nugraha"]
    assert names(ask(PEGAWAI, kota.reader("operator"), "tanpa_posisi=ya")) == []


@pytest.mark.parametrize(
    ("account", "status"), [("pegawai", 403), ("pengelola", 403), ("atasan", 200), ("analis", 200)]
)
def test_who_may_open_the_register(signed_in, account, status):
    assert signed_in(account).get(reverse("pegawai")).status_code == status


def test_private_columns_need_their_permission_and_its_scope(kota, signed_in):
    Pegawai.objects.update(nik="3300000000000001")
    assert "nik" not in {c.name for c in PEGAWAI.visible(kota.reader("pimpinan"))}
    answer = signed_in("pimpinan").get("/ekspor/pegawai.csv?kolom=nama,nik").getvalue().decode()
    assert "3300000000000001" not in answer
    # Whoever sees everybody, but may see what is private in one unit only, gets it there only.
    Penugasan.objects.create(
        user=kota.user["pimpinan"], peran=Peran.OPERATOR, unit_id=kota.unit["U-0101"].pk, mulai=MULAI
    )
    reader = kota.reader("pimpinan")
    shown = dict(ask(PEGAWAI, reader, "kolom=nama,nik").everything())
    assert {nama for nama, nik in shown.items() if nik} == {
        nama for nama, _lahir, posisi in ORANG if posisi in {"P-011", "P-012", "P-013"}
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("sekar", {"Sekar Melati"}),
        ("MELATI sekar", {"Sekar Melati"}),
        ("1980", {"Sekar Melati"}),
        ("198005062005012003", {"Sekar Melati"}),
        ("analis kebijakan", {"Danu Wiratama", "Intan Prameswari"}),
        ("danu analis", {"Danu Wiratama"}),
        ("masyarakat", {"Fajar Anggara", "Lintang Ayu"}),
        ("pengelola masyarakat ayu", {"Lintang Ayu"}),
        ("guru kesehatan", set()),
        ("100%", set()),
        ("_", set()),
    ],
)
def test_search_finds_number_name_post_and_unit(kota, query, found):
    assert set(names(ask(PEGAWAI, kota.reader("analis"), f"cari={query}"))) == found


def test_search_is_the_same_when_many_are_found(kota, monkeypatch):
    """Few are looked up by key, many by going through the list: the answer is the same."""
    queries = ["cari=a", "cari=kepala", "cari=1980", "unit=U-01", "jenis=pelaksana", "cari=kesehatan+a", "kritis=tidak"]
    few = [names(ask(PEGAWAI, kota.reader(who), q)) for q in queries for who in ("analis", "operator")]
    monkeypatch.setattr("penata.domain.pegawai.queries.FEW", 0)
    assert [names(ask(PEGAWAI, kota.reader(who), q)) for q in queries for who in ("analis", "operator")] == few
    assert any(few)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("unit=U-02", {"Hendra Kusuma", "Maya Puspita", "Rangga Saputra", "Tiara Lestari"}),
        ("unit=U-0201&jenis=fungsional", {"Rangga Saputra", "Tiara Lestari"}),
        ("jenis=jpt+pratama", {"Ratri Wulansari", "Bagas Pranata", "Hendra Kusuma"}),
        ("golongan=III/c", EVERYBODY),
        ("golongan=IV/e", set()),
        ("status=pppk", set()),
        ("kritis=ya", {"Sekar Melati"}),
    ],
)
def test_filters(kota, query, found):
    PosisiMasa.objects.filter(posisi__kode="P-011").update(kritis=True)
    assert set(names(ask(PEGAWAI, kota.reader("analis"), query))) == found


def test_unknown_values_of_filters_are_named(kota):
    page = ask(PEGAWAI, kota.reader("analis"), "unit=TIDAK-ADA&golongan=V/z&kritis=mungkin&status=raja").page()
    assert set(page.wrong) == {"unit", "golongan", "kritis", "status"}


def test_the_day_decides_post_unit_and_golongan(kota):
    """Before a move one sits in the former unit, and the golongan of a past day comes from the history."""
    moved = kota.pegawai["Yoga Laksana"]
    Pemangku.objects.filter(pegawai=moved).update(selesai=date(2026, 1, 1))
    Pemangku.objects.create(pegawai=moved, posisi=kota.posisi["P-022"], jenis="definitif", mulai=date(2026, 1, 1))
    RiwayatGolongan.objects.create(pegawai=moved, golongan="III/b", tmt=date(2019, 4, 1))
    UnitMasa.objects.filter(unit=kota.unit["U-0201"]).update(nama="Bidang SD")
    before = kota.reader("analis", date(2025, 6, 1))
    row = values(before, "cari=yoga", "unit"), values(before, "cari=yoga", "jabatan")
    assert row == (["Bidang Pelayanan Kesehatan"], ["Pengelola Data"])
    now = kota.reader("analis")
    assert (values(now, "cari=yoga", "unit"), values(now, "cari=yoga", "perangkat_daerah")) == (
        ["Bidang SD"], ["Dinas Pendidikan"],
    )  # fmt: skip
    assert values(before, "cari=yoga", "golongan") == ["III/b"]
    assert values(now, "cari=yoga", "golongan") == ["III/c"]
    assert "Yoga Laksana" not in names(ask(PEGAWAI, kota.reader("operator")))
    assert "Yoga Laksana" in names(ask(PEGAWAI, kota.reader("operator", date(2025, 6, 1))))


def test_whoever_left_is_gone_from_that_day_on(kota):
    Pegawai.objects.filter(nama="Maya Puspita").update(berhenti=date(2026, 6, 1))
    assert "Maya Puspita" not in names(ask(PEGAWAI, kota.reader("analis")))
    assert "Maya Puspita" in names(ask(PEGAWAI, kota.reader("analis", date(2026, 5, 31))))
    assert "Maya Puspita" not in names(ask(PEGAWAI, kota.reader("analis", date(2026, 6, 1))))


def test_age_turns_on_the_birthday(kota):
    for day, age in ((date(2026, 5, 5), 45), (date(2026, 5, 6), 46)):
        assert values(kota.reader("analis", day), "cari=sekar", "umur") == [age]


def test_export_is_the_list(kota, signed_in):
    for account in ("analis", "operator", "auditor"):
        text = (
            signed_in(account).get("/ekspor/pegawai.csv?unit=U-01&urut=-tanggal_pensiun").getvalue().decode("utf-8-sig")
        )
        rows = list(csv.reader(StringIO(text)))
        listed = ask(PEGAWAI, kota.reader(account), "unit=U-01&urut=-tanggal_pensiun")
        assert [row[1] for row in rows[1:]] == names(listed)
        assert rows[0] == [c.title for c in listed.columns]
        assert len(rows) - 1 == listed.count() > 0


def clones(kota, n, **values):
    """Many people on one seat; some share a name, some have no day of birth."""
    seat = kota.posisi["P-013"]
    for order in range(n):
        person = Pegawai.objects.create(
            nip=nip_of(date(1990, 1, 1) + timedelta(days=order // 3), 100 + order), nama=f"Kembar {order % 4}",
            cari=f"kembar {order % 4}", tanggal_lahir=None if order % 5 == 0 else date(1990, 1, 1), **values,
        )  # fmt: skip
        Pemangku.objects.create(pegawai=person, posisi=seat, jenis="definitif", mulai=MULAI)


@pytest.mark.parametrize("order", ["nama", "-nama", "tanggal_lahir", "-tanggal_lahir", "tanggal_pensiun", "nip"])
@pytest.mark.parametrize("account", ["analis", "operator"])
def test_paging_goes_through_ties_and_nulls_both_ways(kota, order, account):
    clones(kota, 23)
    reader = kota.reader(account)
    whole = [row[0] for row in ask(PEGAWAI, reader, f"urut={order}&kolom=nip").everything()]
    assert len(whole) == len(set(whole)) > 23
    forward, query, pages = [], f"urut={order}&kolom=nip", []
    while True:
        page = ask(PEGAWAI, reader, query).page(5)
        forward += [row[0] for row in page.rows]
        pages.append(page)
        if not page.after:
            break
        query = f"urut={order}&kolom=nip&sesudah={page.after}"
    assert forward == whole
    assert pages[0].before == ""
    backward, page = [row[0] for row in pages[-1].rows], pages[-1]
    while page.before:
        page = ask(PEGAWAI, reader, f"urut={order}&kolom=nip&sebelum={page.before}").page(5)
        backward = [row[0] for row in page.rows] + backward
    assert backward == whole


@pytest.mark.parametrize(
    "path", ["/pegawai/", "/pegawai/?cari=kembar", "/pensiun/", "/mutu-data/", "/mutu-data/pegawai/"]
)
def test_queries_do_not_grow_with_rows(kota, signed_in, path, django_assert_max_num_queries):
    browser = signed_in("analis")
    with django_assert_max_num_queries(20) as few:
        assert browser.get(path).status_code == 200
    clones(kota, 30, status="pns")
    touch("pegawai")
    with django_assert_max_num_queries(20) as many:
        answer = browser.get(path)
    assert abs(len(many.captured_queries) - len(few.captured_queries)) <= 2  # what is remembered is made anew
    assert len(answer.content) < 60_000


def test_list_of_pensions_is_within_the_register(kota, signed_in):
    Pegawai.objects.update(tanggal_pensiun=HARI + timedelta(days=100))
    assert set(names(ask(PENSIUN, kota.reader("operator")))) == KESEHATAN
    text = signed_in("operator").get("/ekspor/pensiun.csv").getvalue().decode()
    assert all((nama in text) == (nama in KESEHATAN) for nama in EVERYBODY)

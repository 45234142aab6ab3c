"""The catalogue: search that both databases answer alike, filters, one jabatan, its form with a legal act."""

from io import BytesIO

import pytest
from django.http import QueryDict
from django.urls import reverse
from pypdf import PdfReader
from tests.web.jabatan.bahan import established
from tests.web.kota import HARI

from penata.domain.jabatan.actions import JabatanError, StaleError, change_jabatan, create_jabatan, set_standar
from penata.domain.jabatan.models import Jabatan, StandarKompetensi
from penata.domain.jabatan.queries import JABATAN, penyebaran, serupa
from penata.foundation.access.reader import ForbiddenError
from penata.foundation.audit.models import Peristiwa, Perubahan
from penata.foundation.listing import Ask, Selection
from penata.snapshot.vocabulary import KOMPETENSI_INTI

CORE = [(name, 3) for name in KOMPETENSI_INTI]


def names(kota, query, account="analis"):
    reader = kota.reader(account)
    selection = Selection(JABATAN, reader, Ask.read(JABATAN, reader, QueryDict(query)))
    assert not selection.wrong
    return [row[0] for row in selection.page().rows]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("KEPALA bid", ["Kepala Bidang"]),
        ("bidang   kepala", ["Kepala Bidang"]),
        ("ahli", ["Analis Kebijakan Ahli Muda", "Guru Ahli Pertama"]),
        ("ahli muda guru", []),
        ("100%", []),
        ("_", []),
    ],
)
def test_every_word_is_searched_in_any_order_and_case(kota, asked, found):
    query = QueryDict(mutable=True)
    query["cari"] = asked
    assert names(kota, query.urlencode()) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("jenis=pelaksana", ["Pengelola Data"]),
        ("jenjang=ahli+muda", ["Analis Kebijakan Ahli Muda"]),
        ("kelas=9", ["Analis Kebijakan Ahli Muda"]),
        ("kelas=tanpa", []),
        ("informasi=ada", []),
        ("posisi_ada=tanpa", []),
    ],
)
def test_filters(kota, query, found):
    assert names(kota, query) == found


def test_a_filter_that_cannot_be_used_is_named(kota):
    reader = kota.reader("analis")
    for query in ("kelas=banyak", "informasi=mungkin", "posisi_ada=1"):
        assert Selection(JABATAN, reader, Ask.read(JABATAN, reader, QueryDict(query))).wrong


def test_jabatan_without_informasi_in_force_are_found(kota):
    established(kota)
    assert names(kota, "informasi=ada") == ["Analis Kebijakan Ahli Muda"]
    assert len(names(kota, "informasi=tanpa")) == 5


def test_posisi_are_counted_as_of_the_day_and_in_scope(kota):
    def counts(account):
        reader = kota.reader(account)
        query = QueryDict("kolom=nama,posisi")
        return dict(Selection(JABATAN, reader, Ask.read(JABATAN, reader, query)).page().rows)

    assert counts("analis")["Kepala Bidang"] == 3
    assert counts("operator")["Kepala Bidang"] == 2
    assert counts("operator")["Guru Ahli Pertama"] == 0


def test_where_a_jabatan_stands(kota):
    found = penyebaran(kota.reader("analis"), kota.jabatan["Pengelola Data"].pk)
    assert [(row.kode, row.nama, row.posisi, row.bezetting) for row in found.rows] == [
        ("U-0101", "Bidang Pelayanan Kesehatan", 1, 2),
        ("U-0102", "Bidang Kesehatan Masyarakat", 1, 2),
    ]
    assert (found.units, found.posisi, found.bezetting) == (2, 2, 4)
    assert penyebaran(kota.reader("operator-lain"), kota.jabatan["Pengelola Data"].pk).rows == []


@pytest.mark.parametrize("account", ["analis", "operator", "pegawai", "auditor", "pengelola"])
def test_everybody_reads_the_catalogue(kota, signed_in, account):
    browser = signed_in(account)
    pk = kota.jabatan["Kepala Dinas"].pk
    for name, args in (("jabatan", ()), ("jabatan_satu", (pk,)), ("jabatan_kelas", (pk,)), ("standar_kompetensi", ())):
        assert browser.get(reverse(name, args=args)).status_code == 200


def test_only_who_sets_jabatan_changes_the_catalogue(kota, signed_in):
    pk = kota.jabatan["Kepala Dinas"].pk
    for name in ("jabatan_ubah", "standar_ubah"):
        assert signed_in("operator").get(reverse(name, args=(pk,))).status_code == 403
    with pytest.raises(ForbiddenError):
        create_jabatan(values={"nama": "X", "jenis": "pelaksana"}, penetapan_id=None, by=kota.reader("operator"))


FIELDS = {
    "nama": "Arsiparis  Ahli Pertama", "jenis": "fungsional", "jenjang": "ahli pertama", "kelas": "8",
    "penetapan_jenis": "Keputusan Wali Kota", "penetapan_nomor": "800/1", "penetapan_tanggal": "2026-02-03",
}  # fmt: skip


def test_a_new_jabatan_rests_on_a_legal_act(kota, signed_in):
    browser = signed_in("analis")
    without = {k: v for k, v in FIELDS.items() if not k.startswith("penetapan")}
    assert browser.post(reverse("jabatan_baru"), without).status_code == 422
    assert browser.post(reverse("jabatan_baru"), FIELDS).status_code == 302
    made = Jabatan.objects.get(nama="Arsiparis Ahli Pertama")
    assert (made.cari, made.kelas) == ("arsiparis ahli pertama", 8)
    assert Peristiwa.objects.get(aksi="jabatan.dibuat").dasar == "Keputusan Wali Kota 800/1"
    again = browser.post(reverse("jabatan_baru"), FIELDS)
    assert again.status_code == 422
    assert "sudah ada di katalog" in again.content.decode()


def test_jenjang_belongs_to_fungsional_only(kota, signed_in):
    browser = signed_in("analis")
    wrong = browser.post(reverse("jabatan_baru"), FIELDS | {"jenis": "pelaksana"}).content.decode()
    assert "hanya jabatan fungsional" in wrong
    assert "Pilih jenjang" in browser.post(reverse("jabatan_baru"), FIELDS | {"jenjang": ""}).content.decode()


def test_the_second_writer_is_told_and_a_change_keeps_its_history(kota):
    jabatan, by = kota.jabatan["Pengelola Data"], kota.reader("analis")
    change_jabatan(
        jabatan_id=jabatan.pk, versi=1, values={"nama": "Pengelola Data Statistik"}, penetapan_id=None, by=by
    )
    with pytest.raises(StaleError):
        change_jabatan(jabatan_id=jabatan.pk, versi=1, values={"kelas": 7}, penetapan_id=None, by=by)
    assert Jabatan.objects.get(pk=jabatan.pk).cari == "pengelola data statistik"
    assert set(Perubahan.objects.filter(jenis="jabatan").values_list("objek_id", flat=True)) == {
        "Pengelola Data", "Pengelola Data Statistik",
    }  # fmt: skip


def test_a_long_name_fits_the_log(kota):
    name = "Pengelola " + "sangat " * 20 + "panjang"
    create_jabatan(values={"nama": name, "jenis": "pelaksana"}, penetapan_id=None, by=kota.reader("analis"))
    assert Perubahan.objects.get(jenis="jabatan").objek_id == name


def test_likest_jabatan_come_first(kota):
    for nama in ("Analis Kebijakan Ahli Madya", "Analis Data Ahli Muda", "Pranata Humas Ahli Muda"):
        Jabatan.objects.create(nama=nama, cari=nama.lower(), jenis="fungsional", jenjang=nama[-10:].strip().lower())
    Jabatan.objects.filter(nama__endswith="Muda").update(jenjang="ahli muda")
    found = [s.nama for s in serupa(kota.jabatan["Analis Kebijakan Ahli Muda"], ~_nothing())]
    assert found[:3] == ["Analis Kebijakan Ahli Madya", "Analis Data Ahli Muda", "Pranata Humas Ahli Muda"]


def _nothing():
    from django.db.models import Q

    return Q(pk__in=())


def test_a_standard_is_whole_set_by_a_legal_act_and_kept(kota, signed_in):
    jabatan, by = kota.jabatan["Pengelola Data"], kota.reader("analis")
    with pytest.raises(JabatanError, match="perekat bangsa"):
        set_standar(jabatan_id=jabatan.pk, versi=1, rows=CORE[:-1], penetapan_id=kota.penetapan.pk, by=by)
    with pytest.raises(JabatanError, match="1 sampai 5"):
        set_standar(jabatan_id=jabatan.pk, versi=1, rows=[*CORE, ("x", 6)], penetapan_id=kota.penetapan.pk, by=by)
    posted = {"versi": 1, "penetapan_ada": kota.penetapan.pk, "nama.9": "Pengolahan data", "level.9": "2"}
    for place, (name, level) in enumerate(CORE, start=100):
        posted |= {f"nama.{place}": name, f"level.{place}": str(level)}
    answer = signed_in("analis").post(reverse("standar_ubah", args=(jabatan.pk,)), posted)
    assert answer.status_code == 302
    rows = StandarKompetensi.objects.filter(jabatan=jabatan)
    assert rows.count() == 10
    assert rows.get(kompetensi="Pengolahan data").level == 2
    assert {row.penetapan_id for row in rows} == {kota.penetapan.pk}
    page = signed_in("pegawai").get(reverse("jabatan_satu", args=(jabatan.pk,))).content.decode()
    assert "Peraturan Wali Kota 12 Tahun 2023" in page


def test_the_editor_begins_with_the_usual_level_or_a_like_jabatan(kota, signed_in):
    muda = kota.jabatan["Analis Kebijakan Ahli Muda"]
    page = signed_in("analis").get(reverse("standar_ubah", args=(muda.pk,))).content.decode()
    assert page.count('<option value="3" selected>') == 9
    other = Jabatan.objects.create(nama="Analis Data", cari="analis data", jenis="fungsional", jenjang="ahli muda")
    StandarKompetensi.objects.create(jabatan=other, kompetensi="Statistik", level=4)
    page = signed_in("analis").get(reverse("standar_ubah", args=(muda.pk,)) + f"?dari={other.pk}").content.decode()
    assert 'value="Statistik"' in page


def test_the_printed_standard(kota, signed_in):
    jabatan = kota.jabatan["Pengelola Data"]
    StandarKompetensi.objects.create(jabatan=jabatan, kompetensi="integritas", level=2)

    def text():
        answer = signed_in("pegawai").get(reverse("standar_pdf", args=(jabatan.pk,)))
        assert answer["Content-Type"] == "application/pdf"
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)

    assert "KONSEP" in text()
    assert "Pejabat yang menetapkan" not in text()
    set_standar(jabatan_id=jabatan.pk, versi=1, rows=CORE, penetapan_id=kota.penetapan.pk, by=kota.reader("analis"))
    found = text()
    assert "KONSEP" not in found
    for words in ("PEMERINTAH KOTA HARAPAN", "Pengelola Data", "perekat bangsa", "menengah", "Pejabat yang menetapkan"):
        assert words in found


@pytest.mark.parametrize("many", [5, 120])
def test_pages_ask_no_more_when_there_is_more(kota, signed_in, django_assert_max_num_queries, many):
    Jabatan.objects.bulk_create(
        Jabatan(nama=f"Penata Layanan {n:03}", cari=f"penata layanan {n:03}", jenis="pelaksana", kelas=7)
        for n in range(many)
    )
    browser = signed_in("analis")
    for url in (reverse("jabatan"), reverse("jabatan_satu", args=(kota.jabatan["Kepala Bidang"].pk,))):
        with django_assert_max_num_queries(20):
            page = browser.get(url)
        assert len(page.content) < 60_000


def test_day_decides_what_stands(kota):
    reader = kota.reader("analis", HARI.replace(year=2023))
    assert penyebaran(reader, kota.jabatan["Kepala Bidang"].pk).posisi == 0


def test_a_kelas_written_by_hand_names_its_legal_act(kota, signed_in):
    jabatan, by = kota.jabatan["Pengelola Data"], kota.reader("analis")
    change_jabatan(jabatan_id=jabatan.pk, versi=1, values={"kelas": 7}, penetapan_id=kota.penetapan.pk, by=by)
    change_jabatan(jabatan_id=jabatan.pk, versi=2, values={"rumpun": "data"}, penetapan_id=None, by=by)
    asal = signed_in("pegawai").get(reverse("jabatan_kelas", args=(jabatan.pk,))).content.decode()
    assert "tidak lewat evaluasi jabatan" in asal
    assert "Peraturan Wali Kota 12 Tahun 2023" in asal

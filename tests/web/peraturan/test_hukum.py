"""The law as the agency has it: confirmed, chosen, set by decree; from a day on and not before."""

from datetime import date

import polars as pl
import pytest
from tests.web.kota import HARI

from penata.analysis.kebutuhan import compute_kebutuhan
from penata.domain.peraturan import actions
from penata.domain.peraturan.models import PernyataanParameter
from penata.domain.peraturan.queries import kebijakan, law, parameters, statements
from penata.domain.peraturan.shape import ShapeError, fit, leaves, with_leaves
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import ForbiddenError
from penata.foundation.audit.models import Peristiwa, Perubahan
from penata.foundation.audit.record import revision
from penata.foundation.audit.verify import verify
from penata.rulebook.legislation import Evidence, load_parameter, parameter_names
from penata.snapshot.snapshot import build

WAKTU = "abk.waktu_kerja_efektif"
MULAI = date(2026, 7, 1)
SK = "Keputusan Wali Kota Nomor 77 Tahun 2026"


@pytest.fixture
def analis(kota):
    return kota.reader("analis")


def set_minutes(by, minutes=50_000, mulai=MULAI):
    return actions.override(parameter=WAKTU, mulai=mulai, nilai=minutes, dasar=SK, by=by)


def one_post(minutes):
    posisi = pl.DataFrame({"kode": ["P-1"], "jabatan": ["Pengelola Data"], "unit": ["U-1"], "jenis": ["pelaksana"]})
    beban = pl.DataFrame(
        {
            "posisi": ["P-1"], "tugas": ["Menyusun laporan"], "volume": [1.0], "periode": ["tahun"],
            "norma_waktu": [float(minutes)], "satuan_waktu": ["menit"], "metode": ["tugas per tugas jabatan"],
        }
    )  # fmt: skip
    unit = pl.DataFrame({"kode": ["U-1"], "nama": ["Dinas"]})
    return {"unit": unit, "posisi": posisi, "beban_kerja": beban}


def need(as_of):
    snapshot = build("Kota", as_of, one_post(150_000))
    return compute_kebutuhan(snapshot, law=law(as_of)).posisi["kebutuhan"].to_list()


def test_a_computed_need_follows_the_decree_from_its_day_and_not_before(analis):
    assert need(MULAI) == [2]
    set_minutes(analis)
    assert need(date(2026, 6, 30)) == [2]
    assert need(MULAI) == [3]
    assert need(HARI) == [3]


def test_what_is_set_says_its_decree(analis):
    set_minutes(analis)
    found = law(HARI).parameter(WAKTU)
    assert (found.value, found.since, found.citation, found.evidence) == (50_000, MULAI, SK, Evidence.TEXT)
    assert law(date(2026, 6, 30)).parameter(WAKTU).value == 75_000


def test_the_later_decree_speaks_and_a_withdrawn_one_never_held(analis):
    first = set_minutes(analis)
    second = actions.choose_variant(parameter=WAKTU, mulai=date(2026, 9, 1), varian="72000", dasar=SK, by=analis)
    assert law(date(2026, 8, 31)).value(WAKTU) == 50_000
    assert law(HARI).value(WAKTU) == 72_000
    assert SK in law(HARI).parameter(WAKTU).citation
    actions.withdraw(pernyataan_id=second.pk, alasan="keliru", by=analis)
    assert law(HARI).value(WAKTU) == 50_000
    actions.withdraw(pernyataan_id=first.pk, alasan="keliru", by=analis)
    assert law(HARI).value(WAKTU) == 75_000
    with pytest.raises(actions.StatementError, match="sudah dicabut"):
        actions.withdraw(pernyataan_id=first.pk, alasan="lagi", by=analis)


def confirm(by, name=WAKTU, per=HARI):
    found = law(per).parameter(name)
    return actions.confirm(
        parameter=name, per=per, varian=found.variant, sejak=found.since, dasar="Pasal 1 halaman 3", by=by
    )


def test_a_confirmed_value_is_read_in_the_text_and_says_where(analis):
    assert law(HARI).parameter(WAKTU).evidence is Evidence.SECONDARY
    confirm(analis)
    found = law(HARI).parameter(WAKTU)
    assert found.evidence is Evidence.TEXT
    assert found.value == 75_000
    assert "Permen PANRB 1/2020" in found.citation
    assert "Pasal 1 halaman 3" in found.citation
    assert found.since == date(2020, 1, 1)


def test_a_confirmation_holds_for_the_value_that_was_read_and_no_other(analis):
    confirm(analis)
    assert law(date(2019, 12, 31)).parameter(WAKTU).evidence is Evidence.SECONDARY  # the value before
    actions.choose_variant(parameter=WAKTU, mulai=MULAI, varian="78000", dasar=SK, by=analis)
    assert law(HARI).parameter(WAKTU).evidence is Evidence.SECONDARY  # another variant
    assert law(date(2026, 6, 30)).parameter(WAKTU).evidence is Evidence.TEXT


def test_what_changed_while_the_page_was_open_is_not_confirmed(analis):
    with pytest.raises(actions.StatementError, match="berubah sejak halaman dibuka"):
        actions.confirm(parameter=WAKTU, per=HARI, varian="baku", sejak=date(2011, 1, 1), dasar="Pasal 1", by=analis)
    set_minutes(analis)
    with pytest.raises(actions.StatementError, match="ditetapkan instansi sendiri"):
        confirm(analis)


def test_every_parameter_can_be_confirmed_and_set_to_itself(analis):
    for row in parameters(HARI):
        if row.found is None:
            continue
        name = row.parameter.name
        if row.unread:
            confirm(analis, name)
            assert law(HARI).parameter(name).evidence is Evidence.TEXT, name
        before = row.found.value
        typed = with_leaves(before, dict(leaves(before)))
        actions.override(parameter=name, mulai=HARI, nilai=typed, dasar=SK, by=analis)
        after = law(HARI).value(name)
        assert (after, type(after)) == (before, type(before)), name
    assert verify().sound


def test_every_rule_computes_on_values_that_went_through_the_database(analis):
    from penata.rulebook.rule import compute, rules

    # The list of nomenclatures is asked for another day than the law's own, for which the decree says nothing.
    asked = {name: rule for name, rule in _computable().items() if not name.startswith("pelaksana.")}
    wanted = {name: compute(name, rule.example, law=law(HARI)).result for name, rule in asked.items()}
    for name in parameter_names():
        if name in {row.parameter.name for row in parameters(HARI) if row.found}:
            value = law(HARI).value(name)
            actions.override(parameter=name, mulai=date(2026, 1, 1), nilai=value, dasar=SK, by=analis)
    assert {name: compute(name, rules()[name].example, law=law(HARI)).result for name in wanted} == wanted


def _computable():
    from penata.rulebook.legislation import LegislationError
    from penata.rulebook.rule import InputError, compute, rules

    found = {}
    for name, rule in rules().items():
        try:
            compute(name, rule.example, law=law(HARI))
        except (LegislationError, InputError):
            continue
        found[name] = rule
    assert len(found) > 40
    return found


@pytest.mark.parametrize("wrong", [None, "lima puluh ribu", True, {"menit": 1}, [50_000], float("nan"), float("inf")])
def test_a_figure_stays_a_figure(analis, wrong):
    with pytest.raises(actions.StatementError):
        set_minutes(analis, wrong)
    assert not PernyataanParameter.objects.exists()
    assert not Peristiwa.objects.exists()


def test_a_table_keeps_its_keys_and_rows():
    like = {1: {"batas": 0.5, "hari": date(2020, 1, 1), "kosong": None}, 2: [{"a": 1}, {"a": 2}]}
    stored = {"1": {"batas": 1, "hari": "2021-02-03", "kosong": 7}, "2": [{"a": 5}, {"a": 6}]}
    got = fit(stored, like)
    assert got == {1: {"batas": 1, "hari": date(2021, 2, 3), "kosong": 7}, 2: [{"a": 5}, {"a": 6}]}
    for wrong in (
        {"1": stored["1"]},
        stored | {"3": 1},
        stored | {"2": [{"a": 5}]},
        stored | {"2": [{"b": 5}, {"a": 1}]},
    ):
        with pytest.raises(ShapeError):
            fit(wrong, like)


def test_a_decree_that_no_longer_fits_is_left_out_and_shown(analis):
    row = set_minutes(analis)
    PernyataanParameter.objects.filter(pk=row.pk).update(isi={"nilai": {"lama": 1}})
    assert law(HARI).value(WAKTU) == 75_000
    assert [item.fits for item in statements(WAKTU, HARI)] == [False]


@pytest.mark.parametrize("account", ["operator", "pengelola", "pimpinan", "auditor", "pegawai"])
def test_only_who_may_states_anything(kota, account):
    reader = kota.reader(account)
    assert reader.may(Permission.PARAMETER_LIHAT)
    for attempt in (lambda: set_minutes(reader), lambda: confirm(reader)):
        with pytest.raises(ForbiddenError):
            attempt()
    assert not PernyataanParameter.objects.exists()


def test_acts_are_logged_with_their_decree_and_move_the_revision(analis):
    before = revision("peraturan")[0]
    row = set_minutes(analis)
    confirm(analis, "abk.pembulatan") if law(HARI).parameter("abk.pembulatan").evidence is not Evidence.TEXT else None
    actions.withdraw(pernyataan_id=row.pk, alasan="salah ketik", by=analis)
    acts = list(Peristiwa.objects.order_by("id"))
    assert acts[0].aksi == "parameter.nilai-ditetapkan"
    assert (acts[0].dasar, acts[0].per) == (SK, MULAI)
    assert acts[-1].alasan == "salah ketik"
    assert Perubahan.objects.filter(jenis="parameter", objek_id=WAKTU).count() == 2
    assert revision("peraturan")[0] == before + len(acts)


def test_basis_and_reason_are_asked_for(analis):
    with pytest.raises(actions.StatementError, match="keputusan"):
        actions.override(parameter=WAKTU, mulai=MULAI, nilai=1, dasar=" ", by=analis)
    row = set_minutes(analis)
    with pytest.raises(actions.StatementError, match="alasan"):
        actions.withdraw(pernyataan_id=row.pk, alasan="", by=analis)
    with pytest.raises(actions.StatementError, match="Sudah ada penetapan"):
        set_minutes(analis, 60_000)
    with pytest.raises(actions.StatementError, match="belum berlaku"):
        actions.choose_variant(parameter=WAKTU, mulai=date(2000, 1, 1), varian="72000", dasar=SK, by=analis)
    with pytest.raises(actions.StatementError, match="pilihan"):
        actions.choose_variant(parameter=WAKTU, mulai=MULAI, varian="tidak ada", dasar=SK, by=analis)


def test_policy_holds_from_its_day(analis):
    before = kebijakan(HARI)
    isi = before.as_dict() | {"penempatan": before.as_dict()["penempatan"] | {"promosi": False}}
    actions.set_policy(mulai=date(2026, 12, 1), isi=isi, dasar=SK, by=analis)
    assert kebijakan(HARI).penempatan.promosi
    after = kebijakan(date(2026, 12, 1))
    assert (after.penempatan.promosi, after.dasar) == (False, SK)
    change = Perubahan.objects.get(jenis="kebijakan")
    assert change.sesudah["penempatan.promosi"] is False
    assert "penempatan.turun_kelas" not in change.sesudah
    with pytest.raises(actions.StatementError, match="Sudah ada kebijakan"):
        actions.set_policy(mulai=date(2026, 12, 1), isi=isi, dasar=SK, by=analis)
    with pytest.raises(actions.StatementError, match="jumlah bobot"):
        actions.set_policy(
            mulai=date(2026, 12, 2), isi=isi | {"bobot": before.as_dict()["bobot"] | {"minat": 11}}, dasar=SK, by=analis
        )


def test_only_a_policy_that_has_not_begun_is_cancelled(analis):
    isi = kebijakan(HARI).as_dict()
    begun = actions.set_policy(mulai=HARI, isi=isi, dasar=SK, by=analis)
    coming = actions.set_policy(mulai=date(2027, 1, 1), isi=isi, dasar=SK, by=analis)
    with pytest.raises(actions.StatementError, match="sudah berlaku"):
        actions.cancel_policy(kebijakan_id=begun.pk, alasan="x", by=analis)
    actions.cancel_policy(kebijakan_id=coming.pk, alasan="ditunda", by=analis)
    assert kebijakan(date(2027, 1, 2)).dasar == SK


def test_a_policy_does_not_lose_variants_chosen_in_it(analis):
    assert load_parameter("abk.pembulatan").default != kebijakan(HARI).varian["abk.pembulatan"]
    actions.set_policy(mulai=MULAI, isi=kebijakan(HARI).as_dict(), dasar=SK, by=analis)
    assert law(HARI).parameter("abk.pembulatan").variant == "minimal-satu-struktural"

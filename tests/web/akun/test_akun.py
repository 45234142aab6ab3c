"""Accounts: given, shut, their roles, delegation; only by whoever may, and always in the log."""

import re
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connections
from django.test import Client
from django.urls import reverse
from tests.web.akun.masuk import give_totp, sign_in
from tests.web.kota import ACCOUNTS, HARI, PASSWORD, build_kota

from penata.domain.pegawai.models import Pegawai
from penata.faces.backoffice.akun.work import give_accounts
from penata.foundation.access.models import Penugasan, User
from penata.foundation.access.permissions import GRANTS, Peran, Permission
from penata.foundation.access.reader import ForbiddenError, Reader
from penata.foundation.accounts import actions, delegation
from penata.foundation.accounts.rules import AccountError, keepers
from penata.foundation.audit.models import Peristiwa, Perubahan
from penata.foundation.audit.verify import verify
from penata.foundation.tasks.models import Pekerjaan, Pemberitahuan

ESOK = HARI + timedelta(days=1)
LUSA = HARI + timedelta(days=2)


@pytest.fixture
def keeper(kota):
    return kota.reader("pengelola")


def text_of(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def lend(kota, account="operator", to="pegawai", **more):
    own = kota.user[account].penugasan.get(pemberi=None)
    values = {
        "penugasan_id": own.pk, "kepada_id": kota.user[to].pk, "unit_id": own.unit_id, "mulai": HARI, "selesai": LUSA,
        "dasar": "cuti",
    }  # fmt: skip
    return delegation.delegate(**values | more, by=kota.reader(account))


def test_an_account_is_given_with_a_password_seen_once(kota, signed_in):
    browser = signed_in("pengelola")
    form = {"username": "baru", "nama": "Orang  Baru", "email": "baru@contoh.example"}
    page = browser.post(reverse("akun_baru"), form)
    secret = re.search(r'class="sandi-baru">([^<]+)<', page.content.decode()).group(1)
    assert page["Cache-Control"] == "no-store"
    user = User.objects.get(username="baru")
    assert (user.nama, user.check_password(secret)) == ("Orang Baru", True)
    assert secret not in text_of(browser.get(reverse("akun_satu", args=[user.pk])))
    assert not any(secret in str(values) for values in Perubahan.objects.values_list("sesudah", flat=True))
    newcomer = Client()
    assert sign_in(newcomer, "baru", secret).status_code == 302
    assert newcomer.get("/").status_code == 403  # an account without a role sees nothing


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"username": "analis", "nama": "X"}, "sudah dipakai"),
        ({"username": "x y!", "nama": "X"}, "."),
        ({"username": "x", "nama": " "}, "wajib diisi"),
        ({"username": "x", "nama": "X", "nip": "123"}, "18 angka"),
        ({"username": "x", "nama": "X", "email": "bukan"}, "."),
    ],
)
def test_what_is_wrong_with_a_new_account_is_told(keeper, values, told):
    with pytest.raises(AccountError, match=told):
        actions.create_account(**values, by=keeper)
    assert not Peristiwa.objects.exists()


@pytest.mark.parametrize("account", [name for name, peran, _unit in ACCOUNTS if peran is not Peran.PENGELOLA])
def test_nobody_else_keeps_accounts(kota, signed_in, account):
    browser, reader, pk = signed_in(account), kota.reader(account), kota.user["operator-lain"].pk
    for name, args in (("akun", []), ("akun_baru", []), ("akun_satu", [pk])):
        assert browser.get(reverse(name, args=args)).status_code == 403
    for name in ("akun_aktif", "akun_sandi", "akun_faktor", "akun_peran"):
        assert browser.post(reverse(name, args=[pk]), {"alasan": "x", "aktif": "tidak"}).status_code == 403
    assert browser.post(reverse("akun_semua")).status_code == 403
    attempts = (
        lambda: actions.create_account(username="x", nama="X", by=reader),
        lambda: actions.set_active(user_id=pk, aktif=False, alasan="x", by=reader),
        lambda: actions.reset_password(user_id=pk, alasan="x", by=reader),
        lambda: actions.reset_second_factor(user_id=pk, alasan="x", by=reader),
        lambda: actions.create_accounts(people=[("1" * 18, "X")], by=reader),
        lambda: delegation.give_role(
            user_id=pk, peran=Peran.PENGELOLA, unit_id=None, mulai=HARI, selesai=None, dasar="x", by=reader
        ),
        lambda: delegation.end_role(
            penugasan_id=kota.user["analis"].penugasan.get().pk, selesai=HARI, alasan="x", by=reader
        ),
    )
    for attempt in attempts:
        with pytest.raises(ForbiddenError):
            attempt()
    assert not Peristiwa.objects.exists()


def test_a_shut_account_is_out_at_once_everywhere(kota, keeper, signed_in):
    browser = signed_in("operator")
    assert browser.get("/").status_code == 200
    lent = lend(kota)
    actions.set_active(user_id=kota.user["operator"].pk, aktif=False, alasan="mutasi", by=keeper)
    assert browser.get("/").status_code == 302
    assert sign_in(Client(), "operator", PASSWORD)["Location"] == reverse("account_inactive")
    assert not Penugasan.objects.filter(pk=lent.pk).exists()  # it had begun today, so it never held
    act = Peristiwa.objects.get(aksi="akun.dinonaktifkan")
    assert (act.alasan, act.jumlah) == ("mutasi", 2)


def test_a_keeper_does_not_lock_out_everybody(kota, keeper):
    with pytest.raises(AccountError, match="Akun sendiri"):
        actions.set_active(user_id=kota.user["pengelola"].pk, aktif=False, alasan="x", by=keeper)
    with pytest.raises(AccountError, match="pengelola sistem yang aktif"):
        delegation.end_role(penugasan_id=kota.user["pengelola"].penugasan.get().pk, selesai=HARI, alasan="x", by=keeper)
    assert keepers(HARI).count() == 1


def test_two_keepers_who_shut_each_other_do_not_both_succeed(committed):
    kota = build_kota()
    second = kota.user["analis"]
    Penugasan.objects.create(user=second, peran="pengelola", mulai=date(2024, 1, 1))
    start, errors = Barrier(2), []

    def shut(by, whom):
        try:
            start.wait(timeout=20)
            actions.set_active(user_id=whom.pk, aktif=False, alasan="x", by=Reader(by, HARI, HARI))
        except AccountError as error:
            errors.append(str(error))
        finally:
            connections.close_all()

    first = kota.user["pengelola"]
    threads = [Thread(target=shut, args=pair) for pair in ((first, second), (second, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(errors) == 1
    assert keepers(HARI).count() == 1


def test_a_new_password_ends_the_sessions(kota, keeper, signed_in):
    browser = Client()
    sign_in(browser, "operator")
    _user, secret = actions.reset_password(user_id=kota.user["operator"].pk, alasan="lupa", by=keeper)
    assert browser.get("/").status_code == 302
    assert sign_in(Client(), "operator", PASSWORD).status_code == 200
    assert sign_in(Client(), "operator", secret).status_code == 302
    with pytest.raises(AccountError, match="akun sendiri"):
        actions.reset_password(user_id=kota.user["pengelola"].pk, alasan="x", by=keeper)


def test_a_lost_second_factor_is_taken_away_with_a_reason(kota, keeper):
    user = kota.user["operator"]
    with pytest.raises(AccountError, match="tidak memiliki"):
        actions.reset_second_factor(user_id=user.pk, alasan="datang sendiri", by=keeper)
    give_totp(user)
    with pytest.raises(AccountError, match="alasan"):
        actions.reset_second_factor(user_id=user.pk, alasan=" ", by=keeper)
    assert actions.reset_second_factor(user_id=user.pk, alasan="datang sendiri", by=keeper) == 2
    assert sign_in(Client(), "operator")["Location"] == "/"
    assert Perubahan.objects.get().sebelum == {"faktor_kedua": "recovery_codes, totp"}


def test_a_role_is_given_for_a_period_and_ended(kota, keeper, signed_in):
    unit = kota.unit["U-02"].pk
    row = delegation.give_role(
        user_id=kota.user["pegawai"].pk,
        peran=Peran.OPERATOR,
        unit_id=unit,
        mulai=ESOK,
        selesai=None,
        dasar="ST 1",
        by=keeper,
    )
    assert not kota.reader("pegawai").may(Permission.ABK_ISI)
    later = Reader(kota.user["pegawai"], ESOK, ESOK)
    assert later.scope(Permission.ABK_ISI).units == {kota.unit[kode].pk for kode in ("U-02", "U-0201")}
    with pytest.raises(AccountError, match="sudah memiliki"):
        delegation.give_role(
            user_id=kota.user["pegawai"].pk,
            peran=Peran.OPERATOR,
            unit_id=unit,
            mulai=LUSA,
            selesai=None,
            dasar="ST",
            by=keeper,
        )
    delegation.end_role(penugasan_id=row.pk, selesai=LUSA, alasan="selesai", by=keeper)
    assert not Reader(kota.user["pegawai"], LUSA, LUSA).may(Permission.ABK_ISI)
    assert Reader(kota.user["pegawai"], ESOK, ESOK).may(Permission.ABK_ISI)
    assert list(Peristiwa.objects.order_by("id").values_list("aksi", "unit_id")) == [
        ("peran.diberikan", unit), ("peran.diakhiri", unit)
    ]  # fmt: skip


def test_a_keeper_of_one_office_gives_roles_there_and_nowhere_else(kota, signed_in):
    Penugasan.objects.create(
        user=kota.user["auditor"], peran="pengelola", unit_id=kota.unit["U-01"].pk, mulai=date(2024, 1, 1)
    )
    reader, pk = kota.reader("auditor"), kota.user["operator"].pk
    values = {"user_id": pk, "peran": Peran.ATASAN, "mulai": HARI, "selesai": None, "dasar": "ST", "by": reader}
    delegation.give_role(unit_id=kota.unit["U-0101"].pk, **values)
    for unit in (kota.unit["U-02"].pk, None):
        with pytest.raises(ForbiddenError):
            delegation.give_role(unit_id=unit, **values)
    with pytest.raises(ForbiddenError):
        actions.set_active(user_id=pk, aktif=False, alasan="x", by=reader)
    browser = signed_in("auditor")
    listed = text_of(browser.get(reverse("akun")))
    assert ">operator<" in listed
    assert ">operator-lain<" not in listed
    assert browser.get(reverse("akun_satu", args=[kota.user["operator-lain"].pk])).status_code == 404


def test_a_delegation_lends_exactly_the_own_role_and_expires_by_itself(kota):
    before = kota.reader("pegawai").permissions
    row = lend(kota)
    borrower = kota.reader("pegawai")
    assert borrower.permissions == before | GRANTS[Peran.OPERATOR]
    assert borrower.scope(Permission.ABK_ISI).units == kota.reader("operator").scope(Permission.ABK_ISI).units
    assert not Reader(kota.user["pegawai"], LUSA, LUSA).may(Permission.ABK_ISI)
    assert row.pemberi == kota.user["operator"]
    assert "mendelegasikan peran operator" in Pemberitahuan.objects.get(user=kota.user["pegawai"]).teks
    act = Peristiwa.objects.get()
    assert (act.aksi, act.pelaku_id, act.unit_id) == ("delegasi.diberikan", kota.user["operator"].pk, row.unit_id)


def test_a_part_of_the_own_scope_may_be_lent_but_never_more(kota):
    lend(kota, unit_id=kota.unit["U-0101"].pk)
    assert kota.reader("pegawai").scope(Permission.ABK_ISI).units == {kota.unit["U-0101"].pk}
    for unit in (kota.unit["U-02"].pk, kota.unit["U-00"].pk, None):
        with pytest.raises(ForbiddenError):
            lend(kota, to="evaluasi", unit_id=unit)
    lend(kota, "pimpinan", "evaluasi", unit_id=kota.unit["U-02"].pk)  # a role for the whole agency covers any unit


def test_what_was_lent_is_not_lent_on_and_roles_of_others_are_not_lent(kota):
    lent = lend(kota)
    for pk in (lent.pk, kota.user["analis"].penugasan.get().pk):
        with pytest.raises(ForbiddenError):
            delegation.delegate(
                penugasan_id=pk, kepada_id=kota.user["evaluasi"].pk, unit_id=lent.unit_id, mulai=HARI, selesai=ESOK,
                dasar="", by=kota.reader("pegawai"),
            )  # fmt: skip
    for account in ("pengelola", "pegawai", "auditor", "evaluasi"):
        with pytest.raises(ForbiddenError):
            lend(kota, account, "operator-lain")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"mulai": HARI - timedelta(days=1)}, "berlaku surut"),
        ({"selesai": HARI}, "setelah tanggal mulai"),
        ({"selesai": date(2027, 2, 1)}, "di dalam masa"),
    ],
)
def test_the_period_of_a_delegation_lies_in_the_own(kota, more, told):
    kota.user["operator"].penugasan.update(selesai=date(2027, 1, 1))
    with pytest.raises(AccountError, match=told):
        lend(kota, **more)


def test_not_to_oneself_not_to_the_shut_and_not_twice(kota):
    with pytest.raises(AccountError, match="orang lain"):
        lend(kota, to="operator")
    User.objects.filter(username="evaluasi").update(is_active=False)
    with pytest.raises(AccountError, match="orang lain"):
        lend(kota, to="evaluasi")
    lend(kota)
    with pytest.raises(AccountError, match="sudah Anda delegasikan"):
        lend(kota, mulai=ESOK)


def test_a_role_that_ends_takes_what_was_lent_of_it_along(kota, keeper):
    row = lend(kota, mulai=HARI, selesai=date(2026, 12, 31))
    Penugasan.objects.filter(pk=row.pk).update(mulai=HARI - timedelta(days=3))
    own = kota.user["operator"].penugasan.get(pemberi=None)
    delegation.end_role(penugasan_id=own.pk, selesai=HARI, alasan="mutasi", by=keeper)
    assert not kota.reader("operator").may(Permission.ABK_ISI)
    assert not kota.reader("pegawai").may(Permission.ABK_ISI)
    assert Peristiwa.objects.get(aksi="peran.diakhiri").jumlah == 2


@pytest.mark.parametrize("account", ["operator", "pegawai", "pengelola"])
def test_lender_borrower_and_keeper_end_it_early(kota, account):
    row = lend(kota)
    Penugasan.objects.filter(pk=row.pk).update(mulai=HARI - timedelta(days=3))
    delegation.end_delegation(penugasan_id=row.pk, by=kota.reader(account))
    row.refresh_from_db()
    assert row.selesai == HARI
    with pytest.raises(AccountError, match="sudah berakhir"):
        delegation.end_delegation(penugasan_id=row.pk, by=kota.reader(account))


def test_strangers_do_not_end_it_and_no_role_is_ended_that_way(kota, signed_in):
    row = lend(kota)
    with pytest.raises(ForbiddenError):
        delegation.end_delegation(penugasan_id=row.pk, by=kota.reader("analis"))
    with pytest.raises(Penugasan.DoesNotExist):
        delegation.end_delegation(penugasan_id=kota.user["analis"].penugasan.get().pk, by=kota.reader("pengelola"))
    assert signed_in("analis").post(reverse("delegasi_akhiri", args=[row.pk])).status_code == 404
    assert (
        signed_in("operator")
        .post(reverse("akun_peran_akhiri", args=[kota.user["analis"].penugasan.get().pk]))
        .status_code
        == 403
    )


def test_delegation_on_the_screen(kota, signed_in):
    browser = signed_in("operator")
    own = kota.user["operator"].penugasan.get()
    form = {
        "penugasan_id": own.pk, "kepada": "pegawai", "unit": "U-0101", "mulai": HARI.isoformat(),
        "selesai": LUSA.isoformat(), "dasar": "cuti",
    }  # fmt: skip
    assert browser.post(reverse("delegasi"), form)["Location"] == reverse("delegasi")
    assert "Danu Wiratama" in text_of(browser.get(reverse("delegasi")))
    assert "Didelegasikan kepada Anda" in text_of(signed_in("pegawai").get(reverse("delegasi")))
    assert "Bidang Pelayanan Kesehatan" in text_of(signed_in("pegawai").get(reverse("delegasi")))
    assert "Tidak ada akun aktif" in text_of(browser.post(reverse("delegasi"), form | {"kepada": "tidak-ada"}))
    assert "Tidak ada unit" in text_of(browser.post(reverse("delegasi"), form | {"unit": "U-99"}))
    assert browser.post(reverse("delegasi"), form | {"unit": "U-02", "kepada": "evaluasi"}).status_code == 404
    row = Penugasan.objects.get(pemberi__isnull=False)
    assert signed_in("pegawai").post(reverse("delegasi_akhiri", args=[row.pk])).status_code == 302
    assert not Penugasan.objects.filter(pemberi__isnull=False).exists()
    whole = form | {"unit": ""}
    assert browser.post(reverse("delegasi"), whole).status_code == 302
    assert Penugasan.objects.get(pemberi__isnull=False).unit_id == own.unit_id


def test_roles_on_the_screen(kota, signed_in):
    browser, pk = signed_in("pengelola"), kota.user["pegawai"].pk
    form = {"peran": "operator", "unit": "U-01", "mulai": HARI.isoformat(), "selesai": "", "dasar": "ST 800/1"}
    assert browser.post(reverse("akun_peran", args=[pk]), form).status_code == 302
    page = text_of(browser.get(reverse("akun_satu", args=[pk])))
    assert "Operator perangkat daerah" in page
    assert "Dinas Kesehatan" in page
    assert "sudah memiliki" in text_of(browser.post(reverse("akun_peran", args=[pk]), form))
    assert browser.post(reverse("akun_peran", args=[pk]), form | {"dasar": ""}).status_code == 200
    row = Penugasan.objects.get(user=pk, peran="operator")
    Penugasan.objects.filter(pk=row.pk).update(mulai=HARI - timedelta(days=1))
    browser.post(reverse("akun_peran_akhiri", args=[row.pk]), {"alasan": "selesai"})
    assert "berakhir" in text_of(browser.get(reverse("akun_satu", args=[pk])))


def test_accounts_for_everybody_without_one(kota, signed_in, django_capture_on_commit_callbacks):
    with_account = User.objects.exclude(nip=None).count()
    with django_capture_on_commit_callbacks(execute=True):
        answer = signed_in("pengelola").post(reverse("akun_semua"))
    work = Pekerjaan.objects.get()
    assert answer["Location"] == reverse("pekerjaan_satu", args=[work.pk])
    assert work.hasil == {"dibuat": Pegawai.objects.count() - with_account, "pegawai": Pegawai.objects.count()}
    fresh = User.objects.get(username=kota.pegawai["Bagas Pranata"].nip)
    assert (fresh.nama, fresh.has_usable_password(), fresh.is_active) == ("Bagas Pranata", False, True)
    assert fresh.date_joined.tzinfo is not None
    assert fresh.penugasan.get().peran == "pegawai"
    assert sign_in(Client(), fresh.username, "").status_code == 200
    assert verify().sound
    assert actions.create_accounts(people=[(fresh.username, "x")], by=kota.reader("pengelola")) == 0


def test_accounts_for_everybody_need_the_right_when_the_work_runs(kota):
    from penata.foundation.tasks.run import WorkError

    with pytest.raises(WorkError):
        give_accounts(lambda *_args: None, {"oleh": kota.user["operator"].pk})


def test_the_number_of_queries_does_not_grow_with_the_accounts(kota, signed_in, django_assert_max_num_queries):
    people = [(f"{n:018}", f"Orang {n}") for n in range(1, 1_201)]
    with django_assert_max_num_queries(25):
        assert actions.create_accounts(people=people, by=kota.reader("pengelola")) == 1_200
    browser = signed_in("pengelola")
    for query in ("", "?peran=pegawai", "?aktif=ya&faktor=tidak", "?cari=orang+77", "?urut=-nama"):
        with django_assert_max_num_queries(20):
            page = browser.get(reverse("akun") + query)
        assert page.status_code == 200
        assert len(page.content) < 60_000
    assert "Orang 77" in text_of(browser.get(reverse("akun") + "?cari=orang+77"))
    assert "pegawai" in text_of(browser.get(reverse("akun") + "?cari=orang+77"))
    csv = b"".join(browser.get("/ekspor/akun.csv?cari=orang").streaming_content).decode()
    assert csv.count("\n") == 1_201


def test_preferences_are_ones_own(kota):
    user = actions.update_preferences(bahasa="en", tema="gelap", rapat=True, by=kota.reader("auditor"))
    assert (user.bahasa, user.tema, user.rapat) == ("en", "gelap", True)
    with pytest.raises(AccountError):
        actions.update_preferences(bahasa="xx", tema="gelap", rapat=True, by=kota.reader("auditor"))
    assert User.objects.exclude(pk=user.pk).filter(tema="gelap").count() == 0


def test_the_period_of_a_role_runs_forward(kota, keeper):
    with pytest.raises(AccountError, match="setelah tanggal mulai"):
        delegation.give_role(
            user_id=kota.user["pegawai"].pk,
            peran=Peran.ATASAN,
            unit_id=None,
            mulai=ESOK,
            selesai=ESOK,
            dasar="x",
            by=keeper,
        )
    with pytest.raises(IntegrityError):
        Penugasan.objects.create(user=kota.user["pegawai"], peran="atasan", mulai=ESOK, selesai=HARI)

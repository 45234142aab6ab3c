"""`penata demo` with its database: filled through the import, refused where somebody works, replaced when asked."""

import re

import pytest

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
ROLES = {"pengelola", "analis", "operator", "atasan", "pegawai", "pimpinan", "tim evaluasi", "auditor"}


def demo(place, folder, *more):
    return ("demo", "--pegawai", "300", "--benih", "11", "--keluaran", folder / "hasil", "--tanpa-server", *more)


def test_the_demo_fills_a_database_and_gives_an_account_of_every_role(place, tmp_path):
    here = place()
    told = here.ok(*demo(here, tmp_path))
    passwords = re.findall(r"\b[a-z2-9]{4}(?:-[a-z2-9]{4}){3}\b", told)
    assert len(set(passwords)) == len(ROLES)
    assert here.ask("SELECT count(*) FROM pegawai_pegawai") == [(300,)]
    roles = here.ask("SELECT peran, unit_id FROM access_penugasan ORDER BY peran")
    assert {peran for peran, _unit in roles} == ROLES
    assert {peran for peran, unit in roles if unit} == {"operator", "atasan"}
    ((nip,),) = here.ask("SELECT nip FROM access_user WHERE username = 'pegawai'")
    assert here.ask(f"SELECT count(*) FROM pegawai_pegawai WHERE nip = '{nip}'") == [(1,)]
    assert here.ask("SELECT count(*) FROM beban_kerja_abk WHERE status = 'ditetapkan'")[0][0] > 0

    assert "--ulang" in here.refused(*demo(here, tmp_path))
    again = here.ok(*demo(here, tmp_path, "--ulang"))
    assert not set(passwords) & set(re.findall(r"\b[a-z2-9]{4}(?:-[a-z2-9]{4}){3}\b", again))
    assert here.ask("SELECT count(*) FROM pegawai_pegawai") == [(300,)]


def test_the_demo_leaves_a_database_alone_in_which_somebody_works(place, tmp_path):
    here = place()
    here.ok("akun", "buat", "kepala")
    for more in ((), ("--ulang",)):
        assert "PENATA_DATA" in here.refused(*demo(here, tmp_path, *more))
    assert here.ask("SELECT username FROM access_user") == [("kepala",)]
    assert not (tmp_path / "hasil").exists()

"""The policy file: defaults, round trip, and every refusal with its key."""

from datetime import date

import pytest
import yaml

from penata.analysis.policy import DEFAULT_FILE, Kebijakan, PolicyError, policy_from, read_policy


def write(tmp_path, text):
    path = tmp_path / "kebijakan.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_shipped_file_holds_the_defaults_and_every_key():
    assert read_policy() == Kebijakan()
    raw = yaml.safe_load(DEFAULT_FILE.read_text(encoding="utf-8"))
    plain = Kebijakan().as_dict()
    for part in ("bobot", "penempatan", "mendesak", "pelatihan"):
        assert list(raw[part]) == list(plain[part])


def test_policy_survives_storage(tmp_path):
    policy = read_policy(write(tmp_path, "nama: Uji\ntanggal: 2026-05-01\nbobot: {kompetensi: 30, minat: 15}\n"))
    stored = write(tmp_path, yaml.safe_dump(policy.as_dict(), allow_unicode=True))
    assert read_policy(stored) == policy
    assert policy.tanggal == date(2026, 5, 1)


def test_empty_file_means_defaults(tmp_path):
    assert read_policy(write(tmp_path, "")) == Kebijakan()


def test_whole_numbers_may_stand_for_decimals(tmp_path):
    assert read_policy(write(tmp_path, "penempatan: {sisa_masa_kerja_min: 2}")).penempatan.sisa_masa_kerja_min == 2.0


def test_agency_value_reaches_the_law():
    policy = policy_from({"nilai": {"mutasi.masa_jabatan": {"minimal": 3, "maksimal": 6}}}, "uji")
    assert policy.law(date(2026, 12, 31)).value("mutasi.masa_jabatan")["minimal"] == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("bobot: {kompetensi: 40}", "jumlah bobot 105"),
        ("bobot: {kompetensi: 35.5}", "kompetensi"),
        ("bobot: {kompetensi: -1}", "kompetensi"),
        ("bobot: 3", "daftar kunci"),
        ("penempatan: {biaya: 3}", "biaya_pindah"),
        ("penempatan: {promosi: 1}", "promosi"),
        ("penempatan: {biaya_pindah: true}", "biaya_pindah"),
        ("penempatan: {biaya_pindah: 2000}", "biaya_pindah"),
        ("penempatan: {nilai_netral: 1.5}", "nilai_netral"),
        ("penempatan: {nilai_netral: .inf}", "nilai_netral"),
        ("penempatan: {calon_per_pegawai: 0}", "calon_per_pegawai"),
        ("penempatan: {pengalaman_penuh: 0}", "pengalaman_penuh"),
        ("nama: 3", "nama"),
        ("tanggal: kemarin", "kemarin"),
        ("varian: {mutasi.tidak_ada: baku}", "mutasi.tidak_ada"),
        ("varian: {jpm.metode: sembarang}", "rasio-jumlah"),
        ("nilai: {tidak.ada: 3}", "tidak.ada"),
        ("varian: [a]", "varian"),
        ("- a", "daftar kunci"),
        ("a: [", "tidak dapat dibaca"),
    ],
)
def test_wrong_policies_are_refused_with_the_key(tmp_path, text, said):
    with pytest.raises(PolicyError, match=said.replace(".", r"\.")):
        read_policy(write(tmp_path, text))


def test_missing_and_binary_files_are_refused(tmp_path):
    with pytest.raises(PolicyError, match="tidak dapat dibaca"):
        read_policy(tmp_path / "tidak-ada.yaml")
    broken = tmp_path / "x.yaml"
    broken.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(PolicyError, match="tidak dapat dibaca"):
        read_policy(broken)

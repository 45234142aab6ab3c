"""The command ``jelaskan``: answers in words and JSON, wrong calls end with one sentence and code 2."""

import json

import pytest
import yaml
from click.testing import CliRunner
from tests.analysis.agency import small_agency, tables

from penata.analysis.policy import Kebijakan
from penata.faces.cli.main import main
from penata.snapshot.snapshot import build
from penata.snapshot.storage import save

NIP = "199508202019032003"


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hasil")
    store(small_agency(), folder)
    return folder


def store(snapshot, folder):
    save(snapshot, folder / "data")
    (folder / "data" / "kebijakan.yaml").write_text(yaml.safe_dump(Kebijakan().as_dict()), encoding="utf-8")


def ask(*arguments):
    return CliRunner().invoke(main, ["jelaskan", *map(str, arguments)])


def test_person_in_words(results):
    found = ask(NIP, "--hasil", results)
    assert found.exit_code == 0
    assert "Intan Maharani" in found.output
    assert "kelebihan" in found.output
    assert "Bagian kecocokan" in found.output


def test_posisi_in_words_and_dashes_in_the_nip(results):
    found = ask("19950820-201903-2-003", "P-01", "--hasil", results)
    assert found.exit_code == 0
    assert "Tidak ada jalur" in found.output


def test_json_for_programs(results):
    found = ask(NIP, "--hasil", results, "--json")
    told = json.loads(found.output)
    assert told["nip"] == NIP
    assert {"bagian", "pilihan_lain", "pesaing", "kepekaan", "kalimat"} <= set(told)
    told = json.loads(ask(NIP, "P-20", "--hasil", results, "--json").output)
    assert told["penolakan"] == [] or told["penolakan"][0]["kode"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("12",), "NIP 12"), ((NIP, "P-99"), "P-99")],
)
def test_unknown_subject_is_one_sentence(results, arguments, said):
    found = ask(*arguments, "--hasil", results)
    assert found.exit_code == 2
    assert said in found.output
    assert len(found.output.strip().splitlines()) == 1


def test_folder_without_results(tmp_path):
    found = ask(NIP, "--hasil", tmp_path)
    assert found.exit_code == 2
    assert len(found.output.strip().splitlines()) == 1


def test_data_without_people(tmp_path):
    given = {name: frame for name, frame in tables().items() if name not in {"pegawai", "pemangku"}}
    store(build("Kota", small_agency().per, given), tmp_path)
    found = ask(NIP, "--hasil", tmp_path)
    assert found.exit_code == 2
    assert "pegawai" in found.output

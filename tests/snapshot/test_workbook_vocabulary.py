"""Closed vocabularies: every spelling means one word, and what means none is none."""

import pytest

from penata.foundation.spreadsheet.titles import fold
from penata.snapshot.vocabulary import SPELLINGS, VOCABULARIES, resolve


@pytest.mark.parametrize("vocabulary", list(VOCABULARIES))
def test_official_words_mean_themselves(vocabulary: str) -> None:
    for word in VOCABULARIES[vocabulary]:
        assert resolve(vocabulary, word) == word
        assert resolve(vocabulary, f" {word.upper()}. ") == word
        assert resolve(vocabulary, word.replace(" ", "_")) == word


@pytest.mark.parametrize("vocabulary", list(SPELLINGS))
def test_every_spelling_means_one_word(vocabulary: str) -> None:
    assert set(SPELLINGS[vocabulary]) <= set(VOCABULARIES[vocabulary])
    owners: dict[str, set[str]] = {fold(word): {word} for word in VOCABULARIES[vocabulary]}
    for word, spellings in SPELLINGS[vocabulary].items():
        for spelling in spellings:
            owners.setdefault(fold(spelling), set()).add(word)
            assert resolve(vocabulary, spelling) == word
    assert [words for words in owners.values() if len(words) > 1] == []


@pytest.mark.parametrize(
    ("vocabulary", "written", "meant"),
    [
        ("golongan", "III c", "III/c"), ("golongan", "Penata Tk. I (III/d)", "III/d"), ("golongan", "IX", "IX"),
        ("jenis_jabatan", "Eselon III.a", "administrator"), ("jenis_jabatan", "IV/a", "pengawas"),
        ("jenis_jabatan", "ESELON II / JPT Pratama", "jpt pratama"), ("jenis_jabatan", "JFU/Pelaksana", "pelaksana"),
        ("pendidikan", "S1", "S-1"), ("pendidikan", "SMK", "SLTA"), ("pendidikan", "Diploma III", "D-III"),
        ("jenis_kelamin", "L", "laki-laki"), ("status_pegawai", "P3K", "pppk"), ("jenjang", "Muda", "ahli muda"),
    ],
)  # fmt: skip
def test_words_of_daily_use(vocabulary: str, written: str, meant: str) -> None:
    assert resolve(vocabulary, written) == meant


@pytest.mark.parametrize("vocabulary", list(VOCABULARIES))
@pytest.mark.parametrize("nonsense", ["", "???", "zzz", "Struktural"])
def test_what_means_nothing(vocabulary: str, nonsense: str) -> None:
    assert resolve(vocabulary, nonsense) is None

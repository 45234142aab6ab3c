"""What docs/panduan says is so: links, pictures, the words of the screens in bold, and the menu of every role."""

import re
from importlib import import_module

import pytest
from tests.house.catalogue import SOURCE, marked_texts

from penata.faces.backoffice.urls import TOPICS
from penata.foundation.access.permissions import GRANTS, Peran, Permission

FOLDER = SOURCE.parents[1] / "docs" / "panduan"
TEXT = {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.md"))}
PICTURES = {path.name: path.stat().st_size for path in (FOLDER / "gambar").iterdir()}
LARGEST, ALL_OF_THEM = 60 * 1024, 1_200 * 1024  # bytes: offices read over slow links
ROLES = {
    "pengelola.md": [{Peran.PENGELOLA}], "analis.md": [{Peran.ANALIS}], "operator.md": [{Peran.OPERATOR}],
    "atasan-dan-pegawai.md": [{Peran.PEGAWAI}, {Peran.ATASAN}], "pimpinan.md": [{Peran.PIMPINAN}],
    "tim-evaluasi.md": [{Peran.TIM_EVALUASI}], "auditor.md": [{Peran.AUDITOR}],
}  # fmt: skip
# Values that screens show as they are stored.
STORED = {
    "draf", "diajukan", "diverifikasi", "ditetapkan", "dikembalikan", "antre", "galat", "peringatan", "keterangan",
    "xlsx", "csv",
}  # fmt: skip
NOT_ON_SCREEN = {"tebal", "Mengimpor", "memverifikasi ABK", "satu kali", "Judul tidak dikenali.", "Mengurungkan."}


def links(text):
    return re.findall(r"!?\[[^\]]*\]\(([^)]+)\)", text)


def headings(text):
    return {
        re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
        for title in re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    }


def test_every_link_and_picture_is_there():
    broken = []
    for name, text in TEXT.items():
        for link in links(text):
            path, _mark, place = link.partition("#")
            if not (FOLDER / (path or name)).is_file() or (place and place not in headings(TEXT[path or name])):
                broken.append((name, link))
    assert broken == []


def test_every_picture_is_shown_and_small():
    shown = {link.removeprefix("gambar/") for text in TEXT.values() for link in links(text)} & set(PICTURES)
    assert set(PICTURES) - shown == set()
    assert {name: size for name, size in PICTURES.items() if size > LARGEST} == {}
    assert sum(PICTURES.values()) <= ALL_OF_THEM


def test_every_picture_is_described():
    assert [(name, link) for name, text in TEXT.items() for link in re.findall(r"!\[\]\(([^)]+)\)", text)] == []


@pytest.fixture(scope="module")
def on_screen():
    """The texts of the screens as a pattern; what a text leaves open matches anything, if enough of it is said."""
    texts = [text for text in marked_texts() if "{" not in text or len(re.sub(r"{\w*}|\W", "", text)) > 3]
    return re.compile("|".join(re.sub(r"\\{\w*\\}", ".+", re.escape(text)) for text in {*texts, *STORED}), re.DOTALL)


def test_bold_words_stand_on_a_screen(on_screen):
    bold = {
        (name, said.replace("\n", " "))
        for name, text in TEXT.items()
        for said in re.findall(r"\*\*(.+?)\*\*", text, re.DOTALL)
    }
    unknown = {(name, said) for name, said in bold if not on_screen.fullmatch(re.sub(r" +", " ", said))}
    assert sorted(item for item in unknown if item[1] not in NOT_ON_SCREEN) == []


def test_the_menu_of_every_role_is_told_as_it_is():
    entries = [entry for topic in TOPICS for entry in import_module(f"penata.faces.backoffice.{topic}.urls").MENU]
    for name, groups in ROLES.items():
        told = [
            set(re.findall(r"\*\*(.+?)\*\*", line)) for line in re.findall(r"^Menu \w+: .*$", TEXT[name], re.MULTILINE)
        ]
        granted = [frozenset[Permission]().union(*(GRANTS[peran] for peran in group)) for group in groups]
        assert told == [{"Beranda"} | {e.title for e in entries if e.permission in may} for may in granted], name


def test_every_role_has_a_guide():
    from penata.faces.backoffice.panduan.naskah import BEGINNING, GUIDES

    assert {f"{name}.md" for name in (BEGINNING, *GUIDES)} == set(TEXT)
    assert frozenset().union(*GUIDES.values()) == frozenset(Peran)

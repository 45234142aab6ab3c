"""The house tests itself: names, sizes, docstrings, texts, law as data."""

import ast
import re
from pathlib import Path

import pytest
import yaml
from tests.house.catalogue import marked_texts, read_english

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "penata"
FILES = sorted(path for path in SOURCE.rglob("*.py") if path.parent.name != "migrations")  # those are generated
DOCUMENTED = ("rulebook", "placement", "snapshot", "foundation")
PARSED = {path: ast.parse(path.read_text(encoding="utf-8")) for path in FILES}


def name(path):
    return str(path.relative_to(SOURCE))


def test_no_file_is_named_after_nothing():
    empty_names = {"utils", "helpers", "misc", "common", "base", "util", "helper"}
    assert [name(path) for path in FILES if path.stem in empty_names or path.parent.name in empty_names] == []


def test_every_module_says_what_it_is():
    assert [name(path) for path, tree in PARSED.items() if not ast.get_docstring(tree)] == []


def public(tree):
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from (
                    inner
                    for inner in node.body
                    if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("_")
                )


def test_public_names_of_the_documented_rooms_have_docstrings():
    bare = [
        f"{name(path)}: {node.name}"
        for path, tree in PARSED.items()
        if path.relative_to(SOURCE).parts[0] in DOCUMENTED
        for node in public(tree)
        if not ast.get_docstring(node)
    ]
    assert bare == []


def test_no_blind_except_and_no_leftovers():
    blind = [
        f"{name(path)}:{node.lineno}"
        for path, tree in PARSED.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}))
        and not (isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None)  # told, then passed on
    ]
    assert blind == []
    left = [
        name(path)
        for path in FILES
        if re.search(r"\b(TODO|FIXME|XXX)\b|raise NotImplementedError", path.read_text(encoding="utf-8"))
    ]
    assert left == []


def test_no_clock_below_the_faces():
    """Rules and engines are asked for a day; they never look at the calendar."""
    clock = re.compile(r"\b(date\.today|datetime\.now|datetime\.utcnow|time\.time)\(")
    found = [
        name(path)
        for path in FILES
        if path.relative_to(SOURCE).parts[0] != "faces" and clock.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def banned_words():
    entries = yaml.safe_load((ROOT / "docs" / "glossary.yaml").read_text(encoding="utf-8"))
    return {word: entry["code"] for entry in entries for word in entry["not"]}


def test_glossary_is_complete_and_its_sources_are_known():
    entries = yaml.safe_load((ROOT / "docs" / "glossary.yaml").read_text(encoding="utf-8"))
    known = {path.stem for path in (SOURCE / "rulebook" / "regulations").glob("*.yaml")} | {"agency"}
    assert [entry["term"] for entry in entries if set(entry) != {"term", "code", "gloss", "source", "not"}] == []
    assert [f"{entry['term']}: {entry['source']}" for entry in entries if entry["source"] not in known] == []
    assert len({entry["term"] for entry in entries}) == len(entries)


def test_no_field_uses_a_word_that_the_glossary_bans():
    banned = banned_words()
    used = []
    for path, tree in PARSED.items():
        if path.relative_to(SOURCE).parts[0] in {"placement", "foundation"}:
            continue  # English mathematics and domain-free tools
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                targets = [
                    target
                    for item in node.body
                    for target in (
                        [item.target]
                        if isinstance(item, ast.AnnAssign)
                        else item.targets
                        if isinstance(item, ast.Assign)
                        else []
                    )
                ]
                fields = [target.id for target in targets if isinstance(target, ast.Name)]
                used += [f"{name(path)}: {node.name}.{field}" for field in fields if field in banned]
    assert used == []


@pytest.fixture(scope="module")
def english():
    return read_english()


def placeholders(text):
    return set(re.findall(r"\{(\w*)", text))


def test_every_text_has_english(english):
    assert sorted(text for text in marked_texts() if not (english.get(text) and english.get(text).string)) == []


def test_english_keeps_the_placeholders(english):
    wrong = [entry.id for entry in english if entry.id and placeholders(entry.id) != placeholders(entry.string)]
    assert wrong == []


def test_no_english_text_is_left_without_its_source(english):
    texts = marked_texts()
    assert [entry.id for entry in english if entry.id and entry.id not in texts] == []

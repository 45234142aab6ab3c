"""The marked texts of the source and their English: read by the house test, brought up to date by running this.

``python tests/house/catalogue.py`` adds new texts without translation, drops those that no source marks any more, and
lists what still lacks English.
"""

import ast
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment

SOURCE = Path(__file__).parents[2] / "src" / "penata"
ENGLISH = SOURCE / "locale" / "en" / "penata.po"
MADE = datetime(2026, 11, 21, tzinfo=UTC)  # fixed, so that only texts make a difference


def marked_texts():
    """Every literal inside ``_()`` or ``N_()``; read from the syntax tree, which also sees into f-strings."""
    found = set()
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "N_"}:
                found |= {item.value for item in node.args if isinstance(item, ast.Constant) and item.value}
    pages = Environment(extensions=["jinja2.ext.i18n"])
    for path in sorted(SOURCE.rglob("templates/**/*.*")):
        marked = pages.extract_translations(path.read_text(encoding="utf-8"), ("_",))
        found |= {text for _line, _function, text in marked if isinstance(text, str) and text}
    return found


def read_english():
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def refresh():
    known = {entry.id: entry.string for entry in read_english() if entry.id} if ENGLISH.is_file() else {}
    fresh = Catalog(locale="en", project="Penata", charset="utf-8", fuzzy=False, creation_date=MADE, revision_date=MADE)
    for text in sorted(marked_texts()):
        fresh.add(text, known.get(text, ""))
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    with ENGLISH.open("wb") as file:
        write_po(file, fresh, sort_output=True, no_location=True, omit_header=False, width=120)
    return sorted(text for text in marked_texts() if not known.get(text))


if __name__ == "__main__":
    missing = refresh()
    print("\n".join(missing) or "every text has English")
    sys.exit(bool(missing))

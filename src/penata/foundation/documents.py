"""Documents set by Typst: source text and files in, PDF out. Fonts come with the package, never from the system."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

FONTS = Path(__file__).with_name("fonts")


class DocumentError(RuntimeError):
    """Typst could not set a document; the message is its own."""


def set_pdf(source: str, target: Path, files: Mapping[str, bytes] | None = None) -> None:
    """Set *source* (Typst markup) into the PDF *target*; *files* can be named by it relative to its own folder.

    The creation date is left out, so that the same content gives the same bytes. Raises DocumentError.
    """
    with TemporaryDirectory(prefix="penata-") as name:
        folder = Path(name)
        for relative, content in (files or {}).items():
            place = folder / relative
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        main = folder / "main.typ"
        main.write_text(source, encoding="utf-8")
        try:
            typst.compile(
                str(main), output=str(target), root=str(folder), font_paths=[str(FONTS)], ignore_system_fonts=True,
                timestamp=0,
            )  # fmt: skip
        except (typst.TypstError, RuntimeError) as error:
            raise DocumentError(str(error)) from error


def text(value: object) -> str:
    """Return *value* as a Typst string literal: data never becomes markup."""
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\r", " ").replace("\n", "\\n")
    return f'"{escaped}"'

"""A whole column at once: every distinct content is understood once, and all bad cells come out together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from penata.foundation.spreadsheet.cells import UNCOMPUTED, CellError, Parser, error_text


@dataclass(frozen=True)
class Parsed:
    """Values of a column (None where empty or refused) and what was refused: position in the column to its error."""

    values: list[object | None]
    refused: Mapping[int, CellError] = field(default_factory=dict)


def parse_column(cells: Sequence[object], parser: Parser) -> Parsed:
    """Return *cells* as *parser* understands them, parsing equal contents once.

    Booleans become the words TRUE and FALSE first: as numbers they would hide among ones and zeros.
    """
    plain: Sequence[object] = cells
    if bool in set(map(type, cells)):
        plain = [str(cell).upper() if isinstance(cell, bool) else cell for cell in cells]
    known: dict[object, object | None] = {}
    errors: dict[object, CellError] = {}
    for content in set(plain):
        try:
            if (error := error_text(content)) is not None:
                raise CellError("B11", value=error)
            if content == UNCOMPUTED:
                raise CellError("B12")
            known[content] = parser(content)
        except CellError as problem:
            known[content] = None
            errors[content] = problem
    values = [known[cell] for cell in plain]
    if not errors:
        return Parsed(values)
    return Parsed(values, {at: errors[cell] for at, cell in enumerate(plain) if cell in errors})

"""How wide a text is in the font of the map, so that lines break where they will break on paper.

Advance widths of the characters 32..126 of Plus Jakarta Sans, in thousandths of the font size, read from the font's
horizontal metrics. Other characters count as a digit zero: close enough for the dashes and signs of the map.
"""

_REGULAR = (
    170, 282, 395, 790, 646, 974, 734, 245, 295, 295, 479, 606, 270, 498, 286, 429, 732, 371, 600, 609, 630, 616, 597,
    543, 628, 597, 286, 306, 606, 606, 606, 499, 929, 652, 693, 781, 742, 612, 581, 821, 736, 256, 383, 654, 531, 836,
    736, 878, 643, 878, 641, 646, 512, 700, 652, 984, 597, 623, 584, 315, 429, 315, 606, 598, 352, 572, 667, 600, 667,
    615, 393, 662, 573, 229, 229, 548, 229, 908, 573, 655, 667, 667, 338, 509, 388, 573, 517, 797, 487, 536, 449, 317,
    300, 317, 606,
)  # fmt: skip
_BOLD = (
    178, 371, 498, 915, 647, 1046, 793, 311, 379, 379, 540, 660, 357, 600, 378, 506, 708, 403, 597, 611, 654, 615, 602,
    559, 632, 602, 378, 398, 660, 660, 660, 583, 927, 712, 691, 774, 740, 595, 586, 808, 733, 279, 393, 679, 543, 893,
    741, 878, 648, 878, 661, 647, 542, 718, 697, 1020, 661, 660, 571, 416, 506, 416, 660, 663, 381, 580, 672, 608, 672,
    612, 406, 652, 593, 252, 252, 577, 252, 924, 593, 652, 672, 672, 374, 514, 413, 593, 566, 883, 558, 586, 481, 398,
    395, 398, 660,
)  # fmt: skip
_FIRST = 32


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of *text* set at *size*, in the unit of *size*."""
    table = _BOLD if bold else _REGULAR
    zero = table[ord("0") - _FIRST]
    total = sum(
        table[code - _FIRST] if _FIRST <= (code := ord(letter)) < _FIRST + len(table) else zero for letter in text
    )
    return total * size / 1000


def wrap(text: str, room: float, size: float, *, bold: bool = False, lines: int = 3) -> list[str]:
    """Break *text* into at most *lines* lines no wider than *room*; what does not fit ends in an ellipsis."""
    broken: list[str] = []
    current = ""
    pieces = (piece for word in text.split() for piece in _pieces(word, room, size, bold=bold))
    for word in pieces:
        longer = f"{current} {word}".strip()
        if not current or width(longer, size, bold=bold) <= room:
            current = longer
        else:
            broken.append(current)
            current = word
    broken.append(current)
    if len(broken) > lines:
        broken = [*broken[: lines - 1], " ".join(broken[lines - 1 :])]
    return [_cut(line, room, size, bold=bold) for line in broken]


def _pieces(word: str, room: float, size: float, *, bold: bool) -> list[str]:
    """Break a word that is wider than a whole line."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter, size, bold=bold) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _cut(line: str, room: float, size: float, *, bold: bool) -> str:
    if width(line, size, bold=bold) <= room:
        return line
    while line and width(line + "…", size, bold=bold) > room:
        line = line[:-1]
    return line.rstrip() + "…"

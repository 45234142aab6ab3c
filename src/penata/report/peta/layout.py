"""Layout of the peta jabatan: which boxes and tables make up every page, and where they stand.

A3 landscape, one or more pages per perangkat daerah, in the way the official map is drawn: the head on top, below it
one column per subordinate branch, heads of branches as boxes, posisi without subordinates as rows of a table under
their superior. Branches that do not fit flow into the next column and the next page; nothing is left out or shrunk.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from penata.language import _
from penata.report.peta.flow import Flow
from penata.report.peta.metrics import wrap
from penata.report.peta.shapes import (
    BOTTOM,
    COLUMN_WIDTH,
    COLUMNS,
    FIRST_TOP,
    INDENT,
    LINES,
    MAX_INDENT,
    NAME_SIZE,
    NUMBERS,
    PAGE_WIDTH,
    ROOT_TOP,
    ROOT_WIDTH,
    ROW_LINE,
    ROW_PAD,
    ROW_SIZE,
    SPACE,
    Box,
    Item,
    Page,
    Post,
    Row,
    box_height,
)
from penata.snapshot.vocabulary import JENIS_JABATAN

SMALL = 60  # posisi up to which an agency under one head is drawn in one piece
BOXED = frozenset(JENIS_JABATAN) - {"fungsional", "pelaksana"}  # jabatan manajerial


def lay_out(posisi: pl.DataFrame, agency: str = "") -> list[Page]:
    """Return the pages of the whole map; *posisi* is ``Peta.posisi`` in drawing order.

    A small agency under one head is drawn in one piece, under the name *agency*.
    """
    pages: list[Page] = []
    tops = posisi.filter(~pl.col("atasan").is_in(posisi["kode"].implode()).fill_null(value=False))
    if posisi.height <= SMALL and tops.height == 1:
        name = agency if tops["perangkat_daerah"].n_unique() < posisi["perangkat_daerah"].n_unique() else ""
        title = name or tops["nama_perangkat_daerah"][0] or _("Tanpa unit")
        return _unit_pages(str(tops["perangkat_daerah"][0]), title, posisi, {})
    heads = _heads(posisi)
    for (unit,), part in posisi.group_by(["perangkat_daerah"], maintain_order=True):
        title = part["nama_perangkat_daerah"][0] or (_("Tanpa unit") if unit is None else str(unit))
        pages.extend(_unit_pages(str(unit), title, part, heads))
    return pages


def _heads(posisi: pl.DataFrame) -> dict[str, list[Post]]:
    """Return by code of the superior the posisi that stand on the pages of another perangkat daerah."""
    above = posisi.select(atasan="kode", _office="perangkat_daerah")
    elsewhere = posisi.join(above, on="atasan", how="inner", maintain_order="left").filter(
        pl.col("perangkat_daerah").ne_missing(pl.col("_office"))
    )
    heads: dict[str, list[Post]] = {}
    for row in elsewhere.iter_rows(named=True):
        heads.setdefault(row["atasan"], []).append(_post(row, row["nama_perangkat_daerah"] or ""))
    return heads


def _unit_pages(unit: str, title: str, part: pl.DataFrame, heads: Mapping[str, list[Post]]) -> list[Page]:
    posts, children, roots = _tree(part)
    page = Page(unit, title)
    main = _head(roots, posts, children)
    branches: list[tuple[list[Item], bool]] = []  # with whether it hangs on the head of the page
    if main is not None:
        _place_root(page, posts[main])
        branches += [(list(branch), True) for branch in _branches(main, posts, children)]
    others = [root for root in roots if root != main]
    branches += [(list(_branch(root, posts, children, 0)), False) for root in others if _own_box(root, posts, children)]
    loose = [posts[root] for root in others if not _own_box(root, posts, children)]
    if loose:
        branches.append(([_table(loose, 0, title=_("Atasan di luar lembar ini"))], False))
    below = [post for code in posts for post in heads.get(code, ())]
    if below:
        alone = main is not None and not branches
        branches.append(([_table(below, 0, title=_("Kepala unit di lembar lain"), reference=True)], alone))
    hanging = [sum(item.height + SPACE for item in branch) for branch, hangs in branches if hangs]
    spread = 0 < len(hanging) <= COLUMNS and max(hanging) <= BOTTOM - FIRST_TOP
    flow = Flow(page, single=main is not None, spread=len(hanging) if spread else 0)
    for branch, hangs in branches:
        flow.add(branch, hangs=hangs)
    for index, made in enumerate(flow.pages, start=1):
        made.number, made.of = index, len(flow.pages)
    return flow.pages


def _head(roots: Sequence[str], posts: Mapping[str, Post], children: Mapping[str, list[str]]) -> str | None:
    """Return the root that heads the page: the only one, or the one above more than half of the posisi."""
    if len(roots) == 1:
        return roots[0]
    for root in roots:
        below, waiting = 0, [root]
        while waiting:
            below += 1
            waiting.extend(children.get(waiting.pop(), ()))
        if below * 2 > len(posts):
            return root
    return None


def _tree(part: pl.DataFrame) -> tuple[dict[str, Post], dict[str, list[str]], list[str]]:
    """Return posts by code, children by superior (drawing order), and the posts whose superior is elsewhere."""
    posts: dict[str, Post] = {}
    children: dict[str, list[str]] = {}
    roots: list[str] = []
    units = dict(part.select("kode", "unit").iter_rows())
    shared = set(part.filter(pl.col("jabatan").is_duplicated())["jabatan"])
    for row in part.iter_rows(named=True):
        code, above = row["kode"], row["atasan"]
        boxed = row["jenis"] in BOXED or bool(row["bawahan_langsung"])
        # A name that stands several times, or a row from another unit than the box above it, needs its unit.
        unclear = row["jabatan"] in shared if boxed else above in units and units[above] != row["unit"]
        posts[code] = _post(row, (row["nama_unit"] or "") if unclear else "")
        if above in units and above != code:
            children.setdefault(above, []).append(code)
        else:
            roots.append(code)
    return posts, children, roots


def _post(row: Mapping[str, Any], unit: str) -> Post:
    """Return the posisi of *row*, with *unit* unless its name already says so."""
    unit = "" if unit.lower() in row["jabatan"].lower() else unit
    return Post(
        row["kode"], row["jabatan"], row["kelas"], row["bezetting"], row["kebutuhan"], row["keadaan"],
        bool(row["kritis"]), row["jenis"] in BOXED, unit,
    )  # fmt: skip


def _own_box(code: str, posts: Mapping[str, Post], children: Mapping[str, list[str]]) -> bool:
    return posts[code].boxed or bool(children.get(code))


def _branches(root: str, posts: Mapping[str, Post], children: Mapping[str, list[str]]) -> Iterator[list[Item]]:
    below = children.get(root, [])
    leaves = [posts[code] for code in below if not _own_box(code, posts, children)]
    if leaves:
        yield [_table(leaves, 0)]
    for code in below:
        if _own_box(code, posts, children):
            yield list(_branch(code, posts, children, 0))


def _branch(code: str, posts: Mapping[str, Post], children: Mapping[str, list[str]], depth: int) -> Iterator[Item]:
    """Yield box, table of leaves, then the sub-branches of *code*, depth first without recursion."""
    waiting = [(code, depth)]
    while waiting:
        here, level = waiting.pop()
        indent = min(level * INDENT, MAX_INDENT)
        post = posts[here]
        lines, note = _words(post, COLUMN_WIDTH - indent - 3.0)
        yield Item(indent, post, lines, depth=level, note=note)
        below = children.get(here, [])
        leaves = [posts[child] for child in below if not _own_box(child, posts, children)]
        if leaves:
            yield _table(leaves, level)
        waiting.extend((child, level + 1) for child in reversed(below) if _own_box(child, posts, children))


def _words(post: Post, room: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the lines of a box: the name, and the unit where it is needed."""
    note = tuple(wrap(post.unit, room, ROW_SIZE, lines=2)) if post.unit else ()
    return tuple(wrap(post.name, room, NAME_SIZE, bold=True, lines=LINES)), note


def _table(leaves: Sequence[Post], level: int, *, title: str = "", reference: bool = False) -> Item:
    indent = min(level * INDENT, MAX_INDENT)
    room = COLUMN_WIDTH - indent - NUMBERS - 2.0
    rows = []
    for post in leaves:
        name = _("{post} ({unit})").format(post=post.name, unit=post.unit) if post.unit else post.name
        lines = tuple(wrap(name, room, ROW_SIZE, lines=LINES))
        rows.append(Row(0.0, len(lines) * ROW_LINE + ROW_PAD, post, lines))
    return Item(indent, None, (), tuple(rows), level, title=title, reference=reference)


def _place_root(page: Page, post: Post) -> None:
    lines = tuple(wrap(post.name, ROOT_WIDTH - 4.0, NAME_SIZE, bold=True))
    note = tuple(wrap(post.unit, ROOT_WIDTH - 4.0, ROW_SIZE, lines=1)) if post.unit else ()
    left = (PAGE_WIDTH - ROOT_WIDTH) / 2
    page.boxes.append(Box(left, ROOT_TOP, ROOT_WIDTH, box_height(lines, note), post, lines, note))


def page_label(page: Page) -> str:
    """Return the number of the sheet within its perangkat daerah, empty when there is only one."""
    return _("lembar {n} dari {of}").format(n=page.number, of=page.of) if page.of > 1 else ""

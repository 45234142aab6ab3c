"""The guides of ``docs/panduan`` as pages: the same files that people read in the repository, with their pictures.

Only what Markdown itself can say is rendered; markup in a file is shown as text. Links between guides lead to their
pages here, and pictures to the static files. A guide is read once for each process: it changes with the release.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from penata.foundation.access.permissions import Peran

BEGINNING = "README"
GUIDES: dict[str, frozenset[Peran]] = {
    "pengelola": frozenset({Peran.PENGELOLA}),
    "analis": frozenset({Peran.ANALIS}),
    "operator": frozenset({Peran.OPERATOR}),
    "atasan-dan-pegawai": frozenset({Peran.ATASAN, Peran.PEGAWAI}),
    "pimpinan": frozenset({Peran.PIMPINAN}),
    "tim-evaluasi": frozenset({Peran.TIM_EVALUASI}),
    "auditor": frozenset({Peran.AUDITOR}),
}


@dataclass(frozen=True, slots=True)
class Guide:
    """One guide: its title, the headings one can jump to, and its text as safe HTML."""

    title: str
    contents: tuple[tuple[str, str], ...]  # (anchor, heading)
    body: Markup


@cache
def read(name: str) -> Guide:
    """Return the guide *name* (a file of ``docs/panduan`` without its ending) as a page."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse((settings.PANDUAN / f"{name}.md").read_text(encoding="utf-8"))
    title, tokens = tokens[1].content, tokens[3:]  # the frame sets the first heading
    contents = tuple(_anchors(tokens))
    for token in tokens:
        token.attrs.pop("style", None)  # alignment of cells, which the content security policy blocks
        for child in token.children or ():
            _point(child)
    html = markdown.renderer.render(tokens, markdown.options, {})
    # A picture leads to itself, where a finger can enlarge it.
    html = re.sub(r'(<img src="([^"]+)"[^>]*>)', r'<a href="\2">\1</a>', html)
    html = html.replace("<table>", '<div class="tabel-gulir" tabindex="0"><table class="tabel">')
    html = html.replace("</table>", "</table></div>")
    return Guide(title, contents, Markup(html))  # noqa: S704 - rendered from our own files, markup in them escaped


def anchor(heading: str) -> str:
    """Return the name of a heading in an address, as the repository's own pages make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _anchors(tokens: Sequence[Token]) -> list[tuple[str, str]]:
    found = []
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            opening.attrSet("id", anchor(inline.content))
            if opening.tag == "h2":
                found.append((anchor(inline.content), inline.content))
    return found


def _point(child: Token) -> None:
    """Let a link or picture point to where it is served."""
    if child.type == "link_open":
        child.attrSet("href", _address(str(child.attrGet("href"))))
    if child.type == "image":
        source = str(child.attrGet("src"))
        width, height = picture_size(settings.PANDUAN / source)
        child.attrs.update(src=static(f"panduan/{Path(source).name}"), width=width, height=height, loading="lazy")


def _address(link: str) -> str:
    path, mark, place = link.partition("#")
    name = path.removesuffix(".md")
    if name == BEGINNING:
        return reverse("panduan") + mark + place
    if name in GUIDES:
        return reverse("panduan_satu", args=(name,)) + mark + place
    return link


def picture_size(path: Path) -> tuple[int, int]:
    """Return width and height of a picture (WebP as Chromium makes it), so that the text keeps its place meanwhile."""
    head = path.read_bytes()[:30]
    if head[8:16] != b"WEBPVP8X":
        raise ValueError(f"{path.name} is not a picture that gambar.py made")
    return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1

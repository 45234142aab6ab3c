"""The drawn map: nothing is left out, nothing overlaps, nothing leaves the paper."""

from datetime import date
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from penata.report.peta.document import write_map
from penata.report.peta.drawing import map_svg
from penata.report.peta.layout import BOTTOM, MARGIN, PAGE_WIDTH, lay_out
from penata.report.peta.metrics import width, wrap


def make_map(parents, *, unit="U1", name="Dinas Contoh & Rekan", jenis="pelaksana"):
    """One perangkat daerah; ``parents[i]`` is the index of the superior of posisi i, or None."""
    return pl.DataFrame(
        [
            {
                "kode": f"{unit}-{index}",
                "jabatan": f"Jabatan <{index}> dengan nama yang agak panjang",
                "jenis": jenis,
                "kelas": None if index % 7 == 0 else 5 + index % 9,
                "atasan": None if parent is None else f"{unit}-{parent}",
                "perangkat_daerah": unit,
                "nama_perangkat_daerah": name,
                "bezetting": float(index % 3),
                "kebutuhan": None if index % 5 == 0 else float(index % 4),
                "keadaan": "tanpa kebutuhan" if index % 5 == 0 else "kurang",
                "kritis": index % 11 == 0,
            }
            for index, parent in enumerate(parents)
        ],
        schema_overrides={"kelas": pl.Int64, "atasan": pl.String, "kebutuhan": pl.Float64},
    )


def tall_tree(size, fan):
    return [None, *[(index - 1) // fan for index in range(1, size)]]


@st.composite
def forests(draw):
    size = draw(st.integers(1, 120))
    return [draw(st.one_of(st.none(), st.integers(0, index - 1))) if index else None for index in range(size)]


@settings(max_examples=60, deadline=None)
@given(forests(), st.sampled_from(["pelaksana", "administrator"]))
def test_every_posisi_stands_on_the_paper_once_and_none_overlap(parents, jenis):
    frame = make_map(parents, jenis=jenis)
    pages = lay_out(frame)
    drawn = [box.post.code for page in pages for box in page.boxes]
    drawn += [row.post.code for page in pages for grid in page.grids for row in grid.rows]
    assert sorted(drawn) == sorted(frame["kode"])
    for page in pages:
        areas = [(box.x, box.y, box.width, box.height) for box in page.boxes]
        areas += [(grid.x, grid.y, grid.width, grid.height) for grid in page.grids]
        for x, y, wide, high in areas:
            assert x >= MARGIN - 0.01
            assert x + wide <= PAGE_WIDTH - MARGIN + 0.01
            assert y >= MARGIN
            assert y + high <= BOTTOM + 0.01
        for first, (x, y, wide, high) in enumerate(areas):
            for other_x, other_y, other_wide, other_high in areas[first + 1 :]:
                apart = (
                    x + wide <= other_x + 0.01
                    or other_x + other_wide <= x + 0.01
                    or y + high <= other_y + 0.01
                    or other_y + other_high <= y + 0.01
                )
                assert apart


@pytest.mark.parametrize("parents", [[None], tall_tree(400, 3), tall_tree(400, 30), list(range(-1, 60))])
def test_svg_is_well_formed_whatever_the_names(parents):
    parents = [None if parent == -1 else parent for parent in parents]
    drawing = map_svg(lay_out(make_map(parents)), agency='Kota "Aneh" <&>', day="31 Desember 2026")
    tree = ET.fromstring(drawing)
    titles = [node.text for node in tree.iter("{http://www.w3.org/2000/svg}title")]
    assert len(titles) == 1 + len(parents)


def test_pdf_has_the_pages_of_the_layout_and_an_outline(tmp_path):
    frame = pl.concat([make_map(tall_tree(200, 6)), make_map(tall_tree(20, 4), unit="U2", name="Badan Lain")])
    snapshot = SimpleNamespace(instansi="Kota Contoh", per=date(2026, 12, 31))
    write_map(snapshot, SimpleNamespace(posisi=frame), tmp_path, progress=lambda share: None)
    pdf = PdfReader(tmp_path / "peta-jabatan.pdf")
    assert len(pdf.pages) == len(lay_out(frame))
    assert [entry.title for entry in pdf.outline] == ["Dinas Contoh & Rekan", "Badan Lain"]
    assert round(float(pdf.pages[0].mediabox.width)) == 1191
    assert "Peta" in (pdf.metadata.title or "")


def test_empty_map_makes_no_page():
    assert lay_out(make_map([None]).clear()) == []


@given(st.text(max_size=80), st.floats(5, 100), st.integers(1, 4))
def test_wrapped_lines_fit(text, room, lines):
    broken = wrap(text, room, 2.5, lines=lines)
    assert 1 <= len(broken) <= lines
    assert all(line in {"", "…"} or width(line, 2.5) <= room for line in broken)

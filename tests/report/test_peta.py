"""The drawn map: nothing is left out, nothing overlaps, nothing leaves the paper."""

from types import SimpleNamespace
from xml.etree import ElementTree as ET

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from penata.report.peta.document import write_map
from penata.report.peta.drawing import Imprint, map_svg, sheets
from penata.report.peta.layout import lay_out
from penata.report.peta.metrics import width, wrap
from penata.report.peta.overview import lay_out_overview
from penata.report.peta.shapes import BOTTOM, MARGIN, PAGE_WIDTH

AGENCY = Imprint('Kota "Aneh" <&>', "31 Desember 2026", "3 baris masukan ditolak")


def make_map(parents, *, unit="U1", name="Dinas Contoh & Rekan", jenis="pelaksana"):
    """One perangkat daerah; ``parents[i]`` is the index of the superior of posisi i, or None."""
    children = [parent for parent in parents if parent is not None]
    return pl.DataFrame(
        [
            {
                "kode": f"{unit}-{index}",
                "jabatan": f"Jabatan <{index}> dengan nama yang agak panjang",
                "jenis": jenis,
                "kelas": None if index % 7 == 0 else 5 + index % 9,
                "atasan": None if parent is None else f"{unit}-{parent}",
                "unit": f"{unit}-{index % 3}",
                "nama_unit": f"Bidang {index % 3}",
                "bawahan_langsung": children.count(index),
                "perangkat_daerah": unit,
                "nama_perangkat_daerah": name,
                "bezetting": float(index % 3),
                "kebutuhan": None if index % 5 == 0 else float(index % 4),
                "selisih": None if index % 5 == 0 else float(index % 3 - index % 4),
                "keadaan": "tanpa kebutuhan" if index % 5 == 0 else "kurang",
                "kritis": index % 11 == 0,
            }
            for index, parent in enumerate(parents)
        ],
        schema_overrides={"kelas": pl.Int64, "atasan": pl.String, "kebutuhan": pl.Float64, "selisih": pl.Float64},
    )


def draw(frame, folder, *, staffed=True):
    write_map(SimpleNamespace(posisi=frame), folder, imprint=AGENCY, staffed=staffed, progress=lambda share: None)


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
    drawn += [row.post.code for page in pages for grid in page.grids if not grid.reference for row in grid.rows]
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
    drawing = map_svg(sheets([], lay_out(make_map(parents)), AGENCY), AGENCY)
    tree = ET.fromstring(drawing)
    titles = [node.text for node in tree.iter("{http://www.w3.org/2000/svg}title")]
    assert len(titles) == 1 + len(parents)


def test_pdf_has_the_pages_of_the_layout_and_an_outline(tmp_path):
    frame = pl.concat([make_map(tall_tree(200, 6)), make_map(tall_tree(20, 4), unit="U2", name="Badan Lain")])
    draw(frame, tmp_path)
    pdf = PdfReader(tmp_path / "peta-jabatan.pdf")
    assert len(pdf.pages) == 1 + len(lay_out(frame))
    assert [entry.title for entry in pdf.outline] == ["Ikhtisar perangkat daerah", "Dinas Contoh & Rekan", "Badan Lain"]
    assert round(float(pdf.pages[0].mediabox.width)) == 1191
    assert "Peta" in (pdf.metadata.title or "")


def test_empty_map_makes_no_page():
    assert lay_out(make_map([None]).clear()) == []


@given(st.text(max_size=80), st.floats(5, 100), st.integers(1, 4))
def test_wrapped_lines_fit(text, room, lines):
    broken = wrap(text, room, 2.5, lines=lines)
    assert 1 <= len(broken) <= lines
    assert all(line in {"", "…"} or width(line, 2.5) <= room for line in broken)


def test_text_of_the_printed_map_can_be_selected_and_names_what_was_left_out(tmp_path):
    frame = pl.concat([make_map(tall_tree(80, 6)), make_map(tall_tree(20, 4), unit="U2", name="Badan Lain")])
    draw(frame, tmp_path)
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(tmp_path / "peta-jabatan.pdf").pages]
    assert all(AGENCY.agency in text and AGENCY.remark in text for text in pages)
    assert f"halaman 2 dari {len(pages)}" in pages[1]
    assert all(name in " ".join(pages) for name in ("Jabatan <1>", "Jabatan <79>"))


def test_the_overview_counts_every_posisi_once_and_points_to_the_right_page(tmp_path):
    many = [make_map(tall_tree(30, 5), unit=f"U{n:03}", name=f"Dinas {n:03}") for n in range(120)]
    frame = pl.concat(many)
    peta = SimpleNamespace(posisi=frame)
    pages = lay_out(frame)
    overview = lay_out_overview(peta, pages, staffed=True)
    assert len(overview) > 1
    rows = [row for page in overview for block in page.blocks for row in block.rows]
    assert [row.name[0] for row in rows] == [*(f"Dinas {n:03}" for n in range(120)), "Jumlah"]
    assert rows[-1].figures[0] == "3.600"
    numbered = [page.unit for page in pages]
    for n, row in enumerate(rows[:-1]):
        assert numbered[int(row.figures[-1]) - 1 - len(overview)] == f"U{n:03}"
    for page in overview:
        for block in page.blocks:
            assert block.y + block.row * len(block.rows) < BOTTOM
            assert block.x + block.width <= PAGE_WIDTH - MARGIN + 0.01


def test_a_small_agency_is_drawn_in_one_piece_without_overview(tmp_path):
    first = make_map([None, 0, 0])
    second = make_map([None, 0, 0], unit="U2", name="Bidang Dua").with_columns(
        atasan=pl.coalesce("atasan", pl.lit("U1-0"))
    )
    frame = pl.concat([first, second])
    pages = lay_out(frame, "Badan Contoh")
    assert [page.title for page in pages] == ["Badan Contoh"]
    assert lay_out_overview(SimpleNamespace(posisi=frame), pages, staffed=True) == []
    box = pages[0].boxes[0]
    assert abs(box.x + box.width / 2 - PAGE_WIDTH / 2) < 0.01


def test_the_page_of_the_top_names_the_heads_that_stand_on_other_pages():
    top = make_map([None, *[0] * 40], unit="U0", name="Sekretariat")
    office = make_map([None, *[0] * 40], unit="U2", name="Dinas Dua").with_columns(
        atasan=pl.coalesce("atasan", pl.lit("U0-0"))
    )
    pages = lay_out(pl.concat([top, office]))
    named = [row.post.code for page in pages for grid in page.grids if grid.reference for row in grid.rows]
    assert named == ["U2-0"]
    assert "Dinas Dua" in " ".join(pages[0].grids[-1].rows[0].lines)


def test_boxes_of_the_same_name_say_their_unit():
    frame = make_map([None, 0, 0], jenis="administrator").with_columns(
        jabatan=pl.Series(["Kepala Dinas", "Kepala Sekolah", "Kepala Sekolah"])
    )
    notes = {box.post.code: box.note for page in lay_out(frame) for box in page.boxes}
    assert notes == {"U1-0": (), "U1-1": ("Bidang 1",), "U1-2": ("Bidang 2",)}


def test_a_second_top_does_not_take_the_head_from_its_place():
    frame = make_map([None, *[0] * 30, None, 31], jenis="administrator")
    boxes = {box.post.code: box for page in lay_out(frame) for box in page.boxes}
    head = boxes["U1-0"]
    assert abs(head.x + head.width / 2 - PAGE_WIDTH / 2) < 0.01
    assert boxes["U1-31"].y > head.y + head.height


def test_without_bezetting_the_map_leaves_it_open(tmp_path):
    draw(make_map(tall_tree(30, 5)), tmp_path, staffed=False)
    drawing = (tmp_path / "peta-jabatan.svg").read_text(encoding="utf-8")
    assert ">B –<" in drawing
    assert not [n for n in range(5) if f">B {n}<" in drawing]


def test_a_very_long_name_is_broken_and_not_cut():
    name = "Analis Pengembangan Kompetensi Sumber Daya Manusia Aparatur dan Tata Laksana Kelembagaan Daerah"
    frame = make_map([None, 0]).with_columns(jabatan=pl.lit(name))
    rows = [row for page in lay_out(frame) for grid in page.grids for row in grid.rows]
    assert " ".join(rows[0].lines).startswith(name)

"""Words of a file as numbers: classes of posts, folded names, ids of words and bits of lists of words."""

from collections.abc import Iterable, Mapping

import numpy as np
import polars as pl
from numpy.typing import NDArray

from penata.rulebook.jabatan import JENJANG_ORDER
from penata.snapshot.snapshot import Snapshot

# Classes of posts: 0 is no or an unknown jabatan; a fungsional post without jenjang has a class of its own.
TINGKAT: tuple[tuple[str, str], ...] = (
    ("", ""),
    ("pelaksana", ""),
    *(("fungsional", jenjang) for jenjang in JENJANG_ORDER),
    ("pengawas", ""),
    ("administrator", ""),
    ("jpt pratama", ""),
    ("jpt madya", ""),
    ("jpt utama", ""),
    ("fungsional", ""),
)
PLACE = {pair: index for index, pair in enumerate(TINGKAT)}
FUNGSIONAL = np.array([jenis == "fungsional" for jenis, _jenjang in TINGKAT])
STRUKTURAL = ("jpt utama", "jpt madya", "jpt pratama", "administrator", "pengawas")
MONTHS = 12  # of a year
WORD = 64  # bits of a word


def fold(column: str | pl.Expr) -> pl.Expr:
    """Return text in lower case with single spaces for everything that is no letter or digit; empty becomes null."""
    text = pl.col(column) if isinstance(column, str) else column
    folded = text.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars()
    return pl.when(folded != "").then(folded)


def tingkat_column(jenis: Iterable[str | None], jenjang: Iterable[str | None]) -> NDArray[np.int8]:
    """Return the class (index of TINGKAT) of each pair of jenis and jenjang; unknown ones are 0."""
    pairs = zip(jenis, jenjang, strict=True)
    found = [PLACE.get((a or "", (b or "") if a == "fungsional" else ""), 0) for a, b in pairs]
    return np.array(found, dtype=np.int8)


def catalogue(snapshot: Snapshot) -> pl.DataFrame:
    """Return the table of jabatan keyed by its folded name (``kunci_jabatan``), each name once."""
    return (
        snapshot["jabatan"]
        .with_columns(kunci_jabatan=fold("nama"))
        .unique("kunci_jabatan", keep="first", maintain_order=True)
    )


def with_rumpun(frame: pl.DataFrame) -> pl.DataFrame:
    """Add ``pokok`` (name of the jabatan without its jenjang) and ``kunci_rumpun`` to a frame with jabatan and rumpun.

    A fungsional post whose rumpun is not told forms a rumpun with the posts of the same name.
    """
    words = "|".join(jenjang.replace("ahli ", "") for jenjang in JENJANG_ORDER)
    stem = fold("jabatan").str.replace(rf"\s+(ahli\s+)?({words})$", "").str.strip_chars()
    stems = frame.with_columns(pokok=pl.when(pl.col("jenis") == "fungsional").then(stem).otherwise(fold("jabatan")))
    named = fold("rumpun")
    return stems.with_columns(
        kunci_rumpun=pl.when(named.is_null() & (pl.col("jenis") == "fungsional")).then("pokok").otherwise(named)
    )


def bits_of(lists: pl.Series, ids: Mapping[str, int]) -> NDArray[np.int64]:
    """Return (rows, words): the bit of every known item of each list of words separated by semicolons."""
    words = max(1, -(-len(ids) // WORD))
    out = np.zeros((len(lists), words), dtype=np.uint64)
    items = items_of(lists)
    if items.len() and ids:
        numbers = ids_of(items.struct.field("item"), ids)
        rows = items.struct.field("row").to_numpy()
        known = numbers >= 0
        rows, numbers = rows[known], numbers[known]
        np.bitwise_or.at(out, (rows, numbers // WORD), np.uint64(1) << (numbers % WORD).astype(np.uint64))
    return out.view(np.int64)


def items_of(lists: pl.Series) -> pl.Series:
    """Return the folded items of lists separated by semicolons, with the row each came from."""
    frame = pl.DataFrame({"item": lists.cast(pl.String)}).with_row_index("row")
    split = frame.with_columns(pl.col("item").str.split(";")).explode("item").with_columns(item=fold("item"))
    return split.drop_nulls("item").to_struct("items")


def numbered(words: pl.Series) -> dict[str, int]:
    return {word: index for index, word in enumerate(words.drop_nulls().unique().sort().to_list())}


def ids_of(words: pl.Series, ids: Mapping[str, int]) -> NDArray[np.int32]:
    """Return the id of each word, -1 where it is null or unknown."""
    if not ids:
        return np.full(len(words), -1, dtype=np.int32)
    found = words.replace_strict(pl.Series(list(ids)), pl.Series(list(ids.values())), default=-1, return_dtype=pl.Int32)
    return np.array(found.fill_null(-1).to_numpy(), dtype=np.int32)


def told_ids(words: pl.Series, ids: Mapping[str, int]) -> NDArray[np.int32]:
    """Return the id of each word; -1 where it is null, and one id past the last for every word not among them."""
    found = ids_of(words, ids)
    return np.where((found < 0) & words.is_not_null().to_numpy(), len(ids), found).astype(np.int32)

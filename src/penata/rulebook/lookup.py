"""Looking the words of a column up in a table of the law: each distinct word once, however many people share it."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray


def number_of(words: NDArray[np.str_], table: Mapping[str, float]) -> NDArray[np.float64]:
    """Return the number of each word (n) in *table*, NaN where the table does not have it."""
    distinct, where = np.unique(np.asarray(words, dtype=np.str_), return_inverse=True)
    return np.array([float(table.get(str(word), np.nan)) for word in distinct])[where.reshape(-1)]


def rank_of(words: NDArray[np.str_], table: Mapping[str, int]) -> NDArray[np.int16]:
    """Return the whole number of each word (n) in *table*, 0 where the table does not have it."""
    distinct, where = np.unique(np.asarray(words, dtype=np.str_), return_inverse=True)
    return np.array([table.get(str(word), 0) for word in distinct], dtype=np.int16)[where.reshape(-1)]


def by_jenis_or_jenjang(jenis: NDArray[np.str_], jenjang: NDArray[np.str_]) -> NDArray[np.str_]:
    """Return the word that tells the level of each jabatan (n): the jenjang of a pejabat fungsional, else the jenis."""
    kinds = np.asarray(jenis, dtype=np.str_)
    return np.where(kinds == "fungsional", np.asarray(jenjang, dtype=np.str_), kinds)

"""NIP and NI PPPK: eighteen digits that carry birth date, start, sex and a sequence.

Digits 1-8 birth date (YYYYMMDD), 9-12 year of the TMT CPNS or first contract, 13-14 month of the TMT CPNS (01-12) or,
for a PPPK, a contract code (21 for the first contract, 22-29 after that), 15 sex (1 male, 2 female), 16-18 sequence.
Sources: Peraturan BKN 14/2018 (NIP), Peraturan BKN 1/2019 (NI PPPK); eighteen digits since PerKa BKN 22/2007, nine
before it. Every ``*_column`` takes an array of text (n) and works on its bytes, without a loop over people.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from penata.language import N_
from penata.rulebook.legislation import Law

LENGTH = 18
_LEGACY = 9  # digits of a number given before the present form
FIRST_YEAR = 1900  # a birth year before it is a slip of the hand
_WEIGHTS = {4: np.array([1000, 100, 10, 1]), 2: np.array([10, 1]), 3: np.array([100, 10, 1])}

VALID, NOT_DIGITS, NOT_LENGTH, LEGACY, BAD_BIRTH, BAD_MONTH, TOO_YOUNG, BAD_SEX = range(8)
REASONS: tuple[str, ...] = (
    "",
    N_("NIP memuat huruf, spasi, atau tanda baca; tulis 18 angka tanpa pemisah sebagai teks"),
    N_("NIP tidak berisi 18 angka"),
    N_("NIP lama 9 angka; ganti dengan NIP 18 angka"),
    N_("angka 1-8 NIP bukan tanggal lahir yang ada (TTTTBBHH)"),
    N_("angka 13-14 NIP bukan bulan 01-12 dan bukan kode PPPK 21-29"),
    N_("TMT dalam NIP jatuh sebelum usia terendah pengangkatan"),
    N_("angka ke-15 NIP bukan 1 (laki-laki) atau 2 (perempuan)"),
)


@dataclass(frozen=True, slots=True)
class Nip:
    """One number taken apart; fields that cannot be read are None. ``reason`` is an index of :data:`REASONS`."""

    number: str
    kind: str
    reason: int
    birth: date | None
    year: int | None
    month: int | None
    code: str | None
    sex: str | None
    sequence: int | None


@dataclass(frozen=True, slots=True)
class _Columns:
    """Parts of every number: (n) arrays; parts of numbers that are not 18 digits are 0."""

    length: NDArray[np.int64]
    digits_only: NDArray[np.bool_]
    year: NDArray[np.int64]
    birth: NDArray[np.datetime64]
    start_year: NDArray[np.int64]
    code: NDArray[np.int64]
    sex: NDArray[np.int64]
    sequence: NDArray[np.int64]

    @property
    def whole(self) -> NDArray[np.bool_]:
        """Numbers of exactly eighteen digits."""
        whole: NDArray[np.bool_] = self.digits_only & (self.length == LENGTH)
        return whole


def _split(numbers: NDArray[np.str_]) -> _Columns:
    """Take every number apart, reading the code points of the array directly."""
    texts = np.ascontiguousarray(numbers, dtype=np.str_).reshape(-1)
    width = texts.dtype.itemsize // 4
    points = texts.view(np.uint32).reshape(len(texts), width).astype(np.int64) if len(texts) else np.zeros((0, 1), int)
    digits = points - ord("0")
    is_digit = (digits >= 0) & (digits <= 9)
    length = np.strings.str_len(texts).astype(np.int64)
    digits_only = (is_digit | (np.arange(points.shape[1]) >= length[:, None])).all(axis=1) & (length > 0)
    whole = digits_only & (length == LENGTH)
    clean = np.zeros((len(texts), LENGTH), dtype=np.int64)
    shared = min(width, LENGTH)
    clean[:, :shared] = np.where(whole[:, None], digits[:, :shared], 0)

    def part(first: int, count: int) -> NDArray[np.int64]:
        return clean[:, first : first + count] @ _WEIGHTS[count] if count > 1 else clean[:, first]

    year = part(0, 4)
    return _Columns(
        length, digits_only, year, _dates(year, part(4, 2), part(6, 2)),
        part(8, 4), part(12, 2), part(14, 1), part(15, 3),
    )  # fmt: skip


def _dates(year: NDArray[np.int64], month: NDArray[np.int64], day_: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """Return the days (n) as datetime64[D], NaT where the calendar has no such day."""
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day_ - 1)
    exists = (
        (month >= 1) & (month <= 12) & (day_ >= 1) & (year >= FIRST_YEAR) & (days.astype("datetime64[M]") == months)
    )
    return np.where(exists, days, np.datetime64("NaT", "D"))


def _is_pppk(parts: _Columns) -> NDArray[np.bool_]:
    return parts.whole & (parts.code >= 21) & (parts.code <= 29)  # digits of the format, no figure of law


def _is_month(parts: _Columns) -> NDArray[np.bool_]:
    return parts.whole & (parts.code >= 1) & (parts.code <= 12)


def check_column(numbers: NDArray[np.str_], *, law: Law) -> NDArray[np.int8]:
    """Return per number 0 when it is a possible NIP or NI PPPK, else the index of the first reason in REASONS.

    The lowest age at the start comes from ``nip.usia_min``; for a PPPK only the year of the contract is known, so years
    are compared. Whether the number belongs to anybody cannot be told from it.
    """
    return _reasons(_split(numbers), int(law.value("nip.usia_min")))


def _reasons(parts: _Columns, youngest: int) -> NDArray[np.int8]:
    pppk, month = _is_pppk(parts), _is_month(parts)
    start = np.where(month, (parts.start_year - 1970) * 12 + parts.code - 1, (parts.start_year - 1970) * 12 + 11)
    earliest = parts.birth.astype("datetime64[M]").astype(np.int64) + 12 * youngest  # NaT is far in the past
    conditions = [
        ~parts.digits_only,
        parts.length == _LEGACY,
        parts.length != LENGTH,
        np.isnat(parts.birth),
        ~(pppk | month),
        start < earliest,
        (parts.sex != 1) & (parts.sex != 2),
    ]
    return np.select(
        conditions, [NOT_DIGITS, LEGACY, NOT_LENGTH, BAD_BIRTH, BAD_MONTH, TOO_YOUNG, BAD_SEX], VALID
    ).astype(np.int8)


def birth_column(numbers: NDArray[np.str_]) -> NDArray[np.datetime64]:
    """Return the birth dates (n, datetime64[D]); NaT where there are not eighteen digits or no such day exists."""
    return _split(numbers).birth


def sex_column(numbers: NDArray[np.str_]) -> NDArray[np.int8]:
    """Return 1 (male), 2 (female) or 0 (cannot be read) per number."""
    sex = _split(numbers).sex
    return np.where((sex == 1) | (sex == 2), sex, 0).astype(np.int8)


def is_pppk_column(numbers: NDArray[np.str_]) -> NDArray[np.bool_]:
    """Tell per number whether digits 13-14 make it an NI PPPK."""
    return _is_pppk(_split(numbers))


def tmt_column(numbers: NDArray[np.str_]) -> NDArray[np.datetime64]:
    """Return the month of the TMT CPNS (n, datetime64[M]); NaT for a PPPK and where it cannot be read."""
    parts = _split(numbers)
    months = ((parts.start_year - 1970) * 12 + parts.code - 1).astype("datetime64[M]")
    return np.where(_is_month(parts), months, np.datetime64("NaT", "M"))


def classify(numbers: NDArray[np.str_], *, law: Law) -> NDArray[np.str_]:
    """Return per number ``NIP``, ``NI_PPPK``, ``legacy_9_digit`` or ``invalid``."""
    parts = _split(numbers)
    reasons = _reasons(parts, int(law.value("nip.usia_min")))
    valid = reasons == VALID
    kinds = ["NI_PPPK", "NIP", "legacy_9_digit"]
    return np.select([valid & _is_pppk(parts), valid, reasons == LEGACY], kinds, "invalid")


def parse(number: str, *, law: Law) -> Nip:
    """Take one number apart; dashes and spaces between the groups (8+6+1+3) are allowed."""
    clean = number.replace(" ", "").replace("-", "")
    texts = np.array([clean])
    parts = _split(texts)
    reason = int(_reasons(parts, int(law.value("nip.usia_min")))[0])
    whole = bool(parts.whole[0])
    birth, code = parts.birth[0], int(parts.code[0])
    return Nip(
        number=clean,
        kind=str(classify(texts, law=law)[0]),
        reason=reason,
        birth=None if np.isnat(birth) else birth.item(),
        year=int(parts.start_year[0]) if whole else None,
        month=code if _is_month(parts)[0] else None,
        code=f"{code:02d}" if _is_pppk(parts)[0] else None,
        sex={1: "M", 2: "F"}.get(int(parts.sex[0])),
        sequence=int(parts.sequence[0]) if whole else None,
    )


def compose(birth: date, start_year: int, start_month_or_pppk_code: int, sex: int, sequence: int) -> str:
    """Return the number that carries these parts; sex 1 male, 2 female; sequence 0..999."""
    day_of_birth = f"{birth.year:04d}{birth.month:02d}{birth.day:02d}"
    return f"{day_of_birth}{start_year:04d}{start_month_or_pppk_code:02d}{sex}{sequence:03d}"


def compose_column(
    birth: NDArray[np.datetime64],
    start_year: NDArray[np.int64],
    start_month_or_pppk_code: NDArray[np.int64],
    sex: NDArray[np.int64],
    sequence: NDArray[np.int64],
) -> NDArray[np.str_]:
    """Return the numbers (n, 18 characters) that carry these parts, as :func:`compose` does for one."""
    days = birth.astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    years = months.astype("datetime64[Y]")
    number = years.astype(np.int64) + 1970
    for width, values in (
        (2, (months - years.astype("datetime64[M]")).astype(np.int64) + 1),
        (2, (days - months.astype("datetime64[D]")).astype(np.int64) + 1),
        (4, start_year),
        (2, start_month_or_pppk_code),
        (1, sex),
        (3, sequence),
    ):
        number = number * 10**width + np.asarray(values, dtype=np.int64)
    return number.astype("U18")

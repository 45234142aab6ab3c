"""Reads of people: the register as of a day, who may see whom, and one profile.

Everything starts from :func:`visible`: people in service on the reader's day, joined to the posisi they hold that day,
cut to the reader's units. Whoever holds no posisi is seen by readers of the whole agency only.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Case, CharField, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, ExtractDay, ExtractMonth, ExtractYear
from django.db.models.lookups import GreaterThan

from penata.domain.jabatan.models import Jabatan, PosisiMasa
from penata.domain.organisasi.models import UnitMasa
from penata.domain.organisasi.pilihan import named_office, named_unit, subtree_of, unit_filter
from penata.domain.pegawai.models import Pegawai, RiwayatGolongan
from penata.domain.pegawai.reach import serving
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.audit.record import revision
from penata.foundation.listing import Column, Filter, Kind, Listing, register
from penata.foundation.memo import remember
from penata.foundation.periods import in_force
from penata.language import N_
from penata.snapshot.vocabulary import GOLONGAN, JENIS_JABATAN, STATUS_PEGAWAI

DEFINITIF = "definitif"
Seats = tuple[frozenset[int], frozenset[int]]  # jabatan, and units (in some period), in whose name a word occurs
NIP_LENGTH = 18
FEW = 2_000  # people from which it is quicker to go through the list in its order than to sort those found
MOST_WORDS = 8
LEAST_OF_NIP = 4  # digits from which a number is looked up as the beginning of a NIP


def seated(as_of: date) -> QuerySet[Pegawai]:
    """Return all people joined to the posisi held definitively on *as_of*: ``kursi``, ``masa`` and ``unit_hari``."""
    held = Q(pemangku__jenis=DEFINITIF) & in_force(as_of, "pemangku__")
    return (
        Pegawai.objects.alias(kursi=FilteredRelation("pemangku", condition=held))
        .alias(masa=FilteredRelation("kursi__posisi__masa", condition=in_force(as_of, "kursi__posisi__masa__")))
        .alias(unit_hari=FilteredRelation("masa__unit__masa", condition=in_force(as_of, "masa__unit__masa__")))
    )


def visible(reader: Reader, permission: Permission = Permission.PEGAWAI_LIHAT) -> QuerySet[Pegawai]:
    """Return the people in service on the reader's day that *permission* lets the reader see."""
    rows, scope = seated(reader.as_of).filter(serving(reader.as_of)), reader.scope(permission)
    return rows if scope.whole else held_in(rows, scope.units)


def held_in(rows: QuerySet[Pegawai], units: Collection[int]) -> QuerySet[Pegawai]:
    """Return those of *rows* whose posisi lies in *units*, keeping the planner to the order of the list."""
    return in_order(rows, Q(masa__unit_id__within=units))


def listed(reader: Reader) -> QuerySet[Pegawai]:
    """Return :func:`visible` in the form in which a list of a small unit needs not walk through everybody."""
    rows, scope = visible(reader), reader.scope(Permission.PEGAWAI_LIHAT)
    return rows if scope.whole else _few_in(reader, rows, scope.units)


def few_first(rows: QuerySet[Pegawai], found: QuerySet[Pegawai]) -> QuerySet[Pegawai]:
    """Return *rows* cut to *found* by key where *found* are few, else unchanged.

    A list in order of names stops early when what it looks for is frequent, and walks through the whole agency when it
    is rare. *found* may hold more than is looked for: the caller filters *rows* all the same.
    """
    keys = _few(found)
    return rows if keys is None else rows.filter(pk__within=keys)


def _few(found: QuerySet[Pegawai]) -> frozenset[int] | None:
    keys = frozenset(found.order_by().values_list("pk", flat=True)[: FEW + 1])
    return keys if len(keys) <= FEW else None


def _few_in(reader: Reader, rows: QuerySet[Pegawai], units: frozenset[int]) -> QuerySet[Pegawai]:
    """Return :func:`few_first` of those who hold a posisi in *units*, remembered: every page of a unit asks for it."""
    key = ("sedikit di", reader.as_of, units, revision("pegawai", "jabatan", "organisasi"))
    keys = remember(key, lambda: _few(_on_seats(seated(reader.as_of), Q(unit_id__within=units))))
    return rows if keys is None else rows.filter(pk__within=keys)


def _on_seats(rows: QuerySet[Pegawai], seats: Q) -> QuerySet[Pegawai]:
    """Return those of *rows* who hold a posisi of which *seats* was true in some period."""
    held = Q(kursi__posisi__in=PosisiMasa.objects.filter(seats).values("posisi"))
    return rows.filter(held)


def fold(text: str) -> str:
    """Return *text* as ``Pegawai.cari`` holds it: lower case, single spaces."""
    return " ".join(text.lower().split())


def find(rows: QuerySet[Pegawai], asked: str) -> QuerySet[Pegawai]:
    """Return those of *rows* in whose name, post or unit every word of *asked* occurs, or whose NIP begins with it."""
    digits = asked.replace(" ", "").replace("-", "")
    if digits.isdecimal() and LEAST_OF_NIP <= len(digits) <= NIP_LENGTH:
        begun = Q(nip__gte=digits.ljust(NIP_LENGTH, "0"), nip__lte=digits.ljust(NIP_LENGTH, "9"))
        return few_first(rows, rows.filter(begun)).filter(begun)
    seats = {word: _seats_called(word) for word in fold(asked).split()[:MOST_WORDS]}
    keys = _candidates(rows, seats)
    rows = rows if keys is None else rows.filter(pk__within=keys)
    for word, (posts, units) in seats.items():
        condition = Q(cari__contains=word)
        condition |= Q(masa__jabatan_id__within=posts) if posts else Q()
        condition |= Q(unit_hari__nama__icontains=word) if units else Q()
        rows = in_order(rows, condition)
    return rows


def _seats_called(word: str) -> Seats:
    posts = Jabatan.objects.filter(cari__contains=word).order_by().values_list("pk", flat=True)
    units = UnitMasa.objects.filter(nama__icontains=word).order_by().values_list("unit_id", flat=True)
    return frozenset(posts), frozenset(units)


def in_order(rows: QuerySet[Pegawai], condition: Q) -> QuerySet[Pegawai]:
    """Return those of *rows* for whom *condition* holds, keeping the planner to the order of the list.

    Few are looked up by key before (:func:`few_first`). Of many the planner would guess that they are few, join
    everybody and sort; inside a CASE it cannot guess.
    """
    return rows.alias(cocok=Case(When(condition, then=Value(True)), default=Value(False))).filter(cocok=True)


def _candidates(rows: QuerySet[Pegawai], words: Mapping[str, Seats]) -> frozenset[int] | None:
    """Return the keys of a few people among whom all are whom *words* mean; None when they are not few.

    Each word stands in the name, or it is a word of the seat; where every word is one of a seat, the holders of those
    seats are meant too.
    """
    keys: set[int] = set()
    for word in words:
        # Asked of nothing but the index of names; who may be seen is asked by the caller.
        named = Pegawai.objects.filter(cari__contains=word).order_by()
        keys.update(named.values_list("pk", flat=True)[: FEW + 1])
        if len(keys) > FEW:
            return None
    if all(posts or units for posts, units in words.values()):
        seats = Q()
        for posts, units in words.values():
            seats &= Q(jabatan_id__within=posts) | Q(unit_id__within=units)
        keys.update(_on_seats(rows, seats).order_by().values_list("pk", flat=True)[: FEW + 1])
    return frozenset(keys) if len(keys) <= FEW else None


# --- what the columns say ------------------------------------------------------------------------------------------


def golongan_on(reader: Reader) -> Combinable:
    """Return the golongan as of the reader's day: on a past day from the history, where there is one."""
    if reader.as_of >= reader.today:
        return F("golongan")
    rows = RiwayatGolongan.objects.filter(pegawai=OuterRef("pk"))
    then = Subquery(rows.filter(tmt__lte=reader.as_of).order_by("-tmt").values("golongan")[:1])
    known = Case(When(tmt_golongan__gt=reader.as_of, then=Value("")), default=F("golongan"), output_field=CharField())
    return Coalesce(then, known)


def jenis_on(_reader: Reader) -> Combinable:
    """Return the jenis of the jabatan held: as the map says, else as the catalogue says."""
    return Case(When(masa__jenis="", then=F("masa__jabatan__jenis")), default=F("masa__jenis"))


def age_on(reader: Reader) -> Combinable:
    """Return the age in whole years on the reader's day."""
    day = reader.as_of
    birthday = ExtractMonth("tanggal_lahir") * 100 + ExtractDay("tanggal_lahir")
    coming = Case(When(GreaterThan(birthday, Value(day.month * 100 + day.day)), then=Value(1)), default=Value(0))
    return Value(day.year) - ExtractYear("tanggal_lahir") - coming


def private(name: str) -> Callable[[Reader], Combinable]:
    """Return the value of a private column: empty for people outside the units in which the reader may see it."""

    def expression(reader: Reader) -> Combinable:
        scope = reader.scope(Permission.PEGAWAI_PRIBADI)
        if scope.whole:
            return F(name)
        return Case(When(scope.filter("masa__unit_id"), then=F(name)), default=Value(""), output_field=CharField())

    return expression


def text(path: str) -> Callable[[Reader], Combinable]:
    """Return the text at *path*, empty for whoever holds no posisi."""
    return lambda _reader: Coalesce(F(path), Value(""))


# --- how the rows are cut down -------------------------------------------------------------------------------------


def in_unit(rows: QuerySet[Pegawai], reader: Reader, kode: str) -> QuerySet[Pegawai]:
    """Return those of *rows* whose posisi lies in the unit *kode* or below it."""
    units = subtree_of(reader, kode)
    return held_in(_few_in(reader, rows, units), units)


def one_of(field: str, words: Sequence[str]) -> Callable[[QuerySet[Any], Reader, str], QuerySet[Any]]:
    """Return a filter that knows only *words*."""

    def apply(rows: QuerySet[Any], _reader: Reader, value: str) -> QuerySet[Any]:
        if value not in words:
            raise ValueError(value)
        return rows.filter(**{field: value})

    return apply


def _by_jenis(rows: QuerySet[Any], _reader: Reader, value: str) -> QuerySet[Any]:
    if value not in JENIS_JABATAN:
        raise ValueError(value)
    found = few_first(rows, _on_seats(rows, Q(jenis=value) | Q(jenis="", jabatan__jenis=value)))
    return in_order(found, Q(masa__jenis=value) | Q(masa__jenis="", masa__jabatan__jenis=value))


def _by_golongan(rows: QuerySet[Any], reader: Reader, value: str) -> QuerySet[Any]:
    if value not in GOLONGAN:
        raise ValueError(value)
    found = rows.alias(golongan_hari=golongan_on(reader)).filter(golongan_hari=value)
    return few_first(found, found)


def _by_seat(rows: QuerySet[Any], _reader: Reader, value: str) -> QuerySet[Any]:
    found = rows.filter(kursi__isnull=yes(value))
    return few_first(found, found)


def by_kritis(rows: QuerySet[Any], _reader: Reader, value: str) -> QuerySet[Any]:
    """Return the holders of a posisi kritis, or everybody else."""
    wanted = yes(value)
    rows = few_first(rows, _on_seats(rows, Q(kritis=True))) if wanted else rows
    if wanted:
        return in_order(rows, Q(masa__kritis=True))
    return in_order(rows, Q(masa__kritis__isnull=True) | Q(masa__kritis=False))


def yes(value: str) -> bool:
    """Return what the address bar says; raises ValueError."""
    if value not in {"ya", "tidak"}:
        raise ValueError(value)
    return value == "ya"


def choices(words: Sequence[str]) -> Callable[[Reader], Sequence[tuple[str, str]]]:
    """Return the options of a closed vocabulary."""
    return lambda _reader: [(word, word) for word in words]


PRIBADI = Permission.PEGAWAI_PRIBADI
BY_JENIS = Filter("jenis", N_("Jenis jabatan"), _by_jenis, choices(JENIS_JABATAN))

PEGAWAI = register(
    Listing(
        name="pegawai",
        title=N_("Pegawai"),
        permission=Permission.PEGAWAI_LIHAT,
        rows=listed,
        columns=(
            Column("nip", N_("NIP"), kind=Kind.CODE, sortable=True),
            Column("nama", N_("Nama"), sortable=True),
            Column("golongan", N_("Golongan"), golongan_on, Kind.CODE),
            Column("jabatan", N_("Jabatan"), text("masa__jabatan__nama")),
            Column("unit", N_("Unit"), "masa__unit_id", words=named_unit),
            Column("perangkat_daerah", N_("Perangkat daerah"), "masa__unit_id", words=named_office),
            Column("status", N_("Status"), kind=Kind.CHOICE),
            Column("pendidikan", N_("Pendidikan"), kind=Kind.CHOICE),
            Column("tanggal_pensiun", N_("Pensiun"), kind=Kind.DATE, sortable=True, nullable=True),
            Column("gelar_depan", N_("Gelar depan"), shown=False),
            Column("gelar_belakang", N_("Gelar belakang"), shown=False),
            Column("jenis_kelamin", N_("Jenis kelamin"), kind=Kind.CHOICE, shown=False),
            Column("tanggal_lahir", N_("Tanggal lahir"), kind=Kind.DATE, sortable=True, nullable=True, shown=False),
            Column("umur", N_("Umur"), age_on, Kind.INTEGER, shown=False, nullable=True),
            Column("jenis", N_("Jenis jabatan"), jenis_on, Kind.CHOICE, shown=False, nullable=True),
            Column("posisi", N_("Kode posisi"), text("kursi__posisi__kode"), Kind.CODE, shown=False),
            Column("tmt_jabatan", N_("TMT jabatan"), "kursi__tmt", Kind.DATE, shown=False, nullable=True),
            Column("tmt_golongan", N_("TMT golongan"), kind=Kind.DATE, shown=False, nullable=True),
            Column("bidang_studi", N_("Bidang studi"), shown=False),
            Column("bup", N_("BUP"), kind=Kind.INTEGER, shown=False, nullable=True),
            Column("tmt_cpns", N_("TMT CPNS"), kind=Kind.DATE, shown=False, nullable=True),
            Column("kontrak_berakhir", N_("Akhir kontrak PPPK"), kind=Kind.DATE, shown=False, nullable=True),
            Column("kritis", N_("Posisi kritis"), "masa__kritis", Kind.YES_NO, shown=False, nullable=True),
            Column("nik", N_("NIK"), private("nik"), Kind.CODE, shown=False, permission=PRIBADI),
            Column("npwp", N_("NPWP"), private("npwp"), Kind.CODE, shown=False, permission=PRIBADI),
            Column("telepon", N_("Telepon"), private("telepon"), Kind.CODE, shown=False, permission=PRIBADI),
            Column("email", N_("Surel"), private("email"), shown=False, permission=PRIBADI),
            Column("agama", N_("Agama"), private("agama"), shown=False, permission=PRIBADI),
            Column("status_kawin", N_("Status kawin"), private("status_kawin"), shown=False, permission=PRIBADI),
            Column("alamat", N_("Alamat"), private("alamat"), shown=False, permission=PRIBADI),
        ),
        order="nama",
        search=find,
        search_hint=N_("Awal NIP, atau kata dari nama, jabatan, unit"),
        filters=(
            unit_filter(Permission.PEGAWAI_LIHAT, in_unit),
            BY_JENIS,
            Filter("golongan", N_("Golongan"), _by_golongan, choices(GOLONGAN)),
            Filter("status", N_("Status"), one_of("status", STATUS_PEGAWAI), choices(STATUS_PEGAWAI)),
            Filter("tanpa_posisi", N_("Tanpa posisi"), _by_seat, kind="yes_no"),
            Filter("kritis", N_("Posisi kritis"), by_kritis, kind="yes_no"),
        ),
        ruang=("pegawai", "jabatan", "organisasi"),
        key="nip",
        table="pegawai",
    )
)


def refresh_after_import(as_of: date) -> dict[str, int]:
    """Bring what is kept about people up to date after many of them changed: pension dates, quality index, worklist.

    For imports and undo, inside their transaction or after it; a whole agency of 60,000 takes a few seconds.
    """
    from penata.domain.pegawai.mutu_segar import refresh

    return refresh(as_of)

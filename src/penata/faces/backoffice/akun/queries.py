"""The list of accounts, one account with its roles, and what is lent to and by somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Aggregate, BooleanField, CharField, DateField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable, Value
from django.db.models.functions import Coalesce, TruncDate

from penata.domain.organisasi.models import Unit
from penata.domain.organisasi.tree import pohon
from penata.foundation.access.models import Penugasan, User
from penata.foundation.access.permissions import PERAN_TITLES, Peran, Permission
from penata.foundation.access.reader import Reader, reach
from penata.foundation.accounts.delegation import LENDABLE
from penata.foundation.listing import Column, Filter, Kind, Listing, register
from penata.foundation.periods import in_force
from penata.language import N_, _

OFFERED = 200  # units suggested while typing


class Joined(Aggregate):
    """Texts of several rows in one, separated by commas."""

    function = "GROUP_CONCAT"
    template = "%(function)s(%(expressions)s, ', ')"
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Use the name PostgreSQL has for it."""
        return self.as_sql(compiler, connection, function="STRING_AGG", **extra)


def visible(reader: Reader) -> QuerySet[User]:
    """Return the accounts the reader keeps: all, or those with a role in the own units."""
    scope = reader.scope(Permission.AKUN_KELOLA)
    if scope.whole:
        return User.objects.all()
    return User.objects.filter(pk__in=Penugasan.objects.filter(scope.filter("unit_id")).values("user_id"))


def one(reader: Reader, pk: int) -> User | None:
    """Return one account the reader keeps."""
    return visible(reader).filter(pk=pk).first()


def _roles(reader: Reader) -> Combinable:
    rows = Penugasan.objects.filter(in_force(reader.today), user=OuterRef("pk")).order_by()
    return Coalesce(Subquery(rows.values("user").annotate(semua=Joined("peran")).values("semua")), Value(""))


def _factor(_reader: Reader) -> Combinable:
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=kinds), output_field=BooleanField())


def _find(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    for word in text.split():
        rows = rows.filter(Q(nama__icontains=word) | Q(username__istartswith=word) | Q(nip__startswith=word))
    return rows


def _by_role(rows: QuerySet[Any], reader: Reader, value: str) -> QuerySet[Any]:
    held = Penugasan.objects.filter(in_force(reader.today), peran=Peran(value).value)
    return rows.filter(pk__in=held.values("user_id"))


def _by_active(rows: QuerySet[Any], _reader: Reader, value: str) -> QuerySet[Any]:
    if value not in {"ya", "tidak"}:
        raise ValueError(value)
    return rows.filter(is_active=value == "ya")


def _by_factor(rows: QuerySet[Any], reader: Reader, value: str) -> QuerySet[Any]:
    if value not in {"ya", "tidak"}:
        raise ValueError(value)
    found: QuerySet[Any] = rows.alias(berfaktor=_factor(reader)).filter(berfaktor=value == "ya")
    return found


AKUN = register(
    Listing(
        name="akun",
        title=N_("Akun"),
        permission=Permission.AKUN_KELOLA,
        rows=visible,
        columns=(
            Column("username", N_("Nama pengguna"), kind=Kind.CODE, sortable=True),
            Column("nama", N_("Nama"), sortable=True),
            Column("nip", N_("NIP"), kind=Kind.CODE, shown=False, nullable=True),
            Column("peran", N_("Peran"), _roles),
            Column("aktif", N_("Aktif"), "is_active", Kind.YES_NO),
            Column("faktor_kedua", N_("Faktor kedua"), _factor, Kind.YES_NO),
            Column(
                "masuk_terakhir", N_("Masuk terakhir"),
                lambda _r: TruncDate("last_login", output_field=DateField()), Kind.DATE, nullable=True,
            ),
            Column("email", N_("Surel"), shown=False),
        ),
        order="username",
        search=_find,
        search_hint=N_("Nama, nama pengguna, atau NIP"),
        filters=(
            Filter("peran", N_("Peran"), _by_role, lambda _r: [(p.value, _(PERAN_TITLES[p])) for p in Peran]),
            Filter("aktif", N_("Aktif"), _by_active, kind="yes_no"),
            Filter("faktor", N_("Faktor kedua"), _by_factor, kind="yes_no"),
        ),
        ruang=("akun",),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Role:
    """One role as a page shows it."""

    row: Penugasan
    title: str
    unit: str
    state: str  # berlaku, akan datang, berakhir


def roles(rows: QuerySet[Penugasan], today: date) -> list[Role]:
    """Return roles with their words, the latest first."""
    found = list(rows.select_related("user", "pemberi").order_by("-mulai", "-id"))
    tree = pohon(today).by_id
    gone = {row.unit_id for row in found} - set(tree) - {None}
    codes = dict(Unit.objects.filter(pk__in=gone).values_list("pk", "kode")) if gone else {}
    return [
        Role(
            row,
            _(PERAN_TITLES[Peran(row.peran)]),
            _("seluruh instansi")
            if row.unit_id is None
            else tree[row.unit_id].nama
            if row.unit_id in tree
            else codes.get(row.unit_id, "–"),
            _state(row, today),
        )
        for row in found
    ]


def _state(row: Penugasan, today: date) -> str:
    if row.selesai is not None and row.selesai <= today:
        return "berakhir"
    return "akan datang" if row.mulai > today else "berlaku"


def lendable(reader: Reader) -> list[Role]:
    """Return the own roles in force that may be lent: not those that were lent to oneself."""
    rows = Penugasan.objects.filter(
        in_force(reader.today), user=reader.user, pemberi=None, peran__in=[peran.value for peran in LENDABLE]
    )
    return roles(rows, reader.today)


def units_suggested(reader: Reader, permission: Permission) -> Sequence[tuple[str, str]]:
    """Return the upper units of the reader, suggested where a unit is typed."""
    scope = reader.scope(permission)
    return [(node.kode, node.nama) for node, _depth in _by_depth(reader) if node.id in scope][:OFFERED]


def _by_depth(reader: Reader) -> list[tuple[Any, int]]:
    return sorted(pohon(reader.today).order, key=lambda pair: pair[1])


def unit_id(kode: str, today: date) -> int | None:
    """Return the unit of a code that is in force; None when there is none."""
    node = pohon(today).by_code.get(kode)
    return node.id if node else None


def covers(row: Penugasan, unit: int | None, today: date) -> bool:
    """Tell whether a role covers a unit."""
    return unit in reach(row, today)

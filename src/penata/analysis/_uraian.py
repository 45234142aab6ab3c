"""An explanation in sentences: options, rivals, losses and refusals, as a person would say them."""

from dataclasses import dataclass
from typing import Any

from penata.analysis._kalimat import Kalimat
from penata.analysis._kepekaan import Kepekaan
from penata.analysis._perubahan import Perubahan
from penata.analysis.kecocokan import Bagian, parts
from penata.analysis.kelayakan import Pasangan, Penolakan
from penata.language import _, number


@dataclass(frozen=True, slots=True)
class Pilihan:
    """Another posisi that the person could have: its score, and points short of being part of a best arrangement."""

    kode: str
    jabatan: str
    unit: str
    skor: int
    kurang: int


@dataclass(frozen=True, slots=True)
class Pesaing:
    """Somebody else for the same posisi: score there, and what the arrangement would lose."""

    nip: str
    nama: str
    skor: int
    kerugian: "Kerugian"


@dataclass(frozen=True, slots=True)
class Kerugian:
    """What the best arrangement with a pair loses against the proposal: ``poin`` of score (negative: gains), critical
    seats and people without a seat; ``langkah`` says who would have to move where. ``mungkin`` False: no arrangement.
    """

    mungkin: bool
    poin: int
    kursi_kritis: int
    orang: int
    langkah: tuple[str, ...]

    @property
    def setara(self) -> bool:
        """Tell whether nothing at all is lost."""
        return self.mungkin and not (self.poin or self.kursi_kritis or self.orang)


def person_sentences(
    pasangan: Pasangan,
    i: int,
    row: dict[str, Any],
    now: tuple[Bagian, ...],
    options: tuple[Pilihan, ...],
    rivals: tuple[Pesaing, ...],
    told: tuple[Kepekaan, ...],
) -> tuple[str, ...]:
    said = [row["alasan"]]
    if now:
        listed = ", ".join(
            _("{part} {points}").format(part=part.nama, points=number(part.poin))
            for part in sorted(now, key=lambda part: -part.poin)
        )
        said.append(
            _("Kecocokan {score} dari 1.000 poin: {parts}.").format(score=number(row["skor_baru"]), parts=listed)
        )
        said += [
            _("Data {part} kurang ({missing}); dipakai nilai netral.").format(part=part.nama, missing=part.keterangan)
            for part in now
            if part.data_kurang
        ]
    said += [_option_sentence(pasangan, i, now, option) for option in options[:1]]
    if not options:
        said.append(_("Tidak ada posisi lain yang sah baginya."))
    said += [
        _("Calon berikutnya untuk kursi ini {name} ({score} poin): {loss}").format(
            name=rival.nama, score=number(rival.skor), loss=loss_sentence(rival.kerugian)
        )
        for rival in rivals[:1]
    ]
    return (*said, *(item.kalimat for item in told))


def _option_sentence(pasangan: Pasangan, i: int, now: tuple[Bagian, ...], option: Pilihan) -> str:
    """Compare the posisi proposed with the next best one."""
    text = _("Pilihan terdekat lainnya {jabatan} ({kode}) dengan {score} poin").format(
        jabatan=option.jabatan, kode=option.kode, score=number(option.skor)
    )
    other = parts(pasangan, i, pasangan.kursi.index[option.kode])
    losses = [(part.poin - other[part.kunci].poin, part.nama) for part in now]
    widest = max(losses, default=(0.0, ""))
    if widest[0] > 0:
        text += _(", {points} poin lebih rendah pada {part}").format(points=number(widest[0]), part=widest[1])
    return text + "."


def loss_sentence(loss: Kerugian) -> str:
    """Say what an arrangement with the pair would lose."""
    if not loss.mungkin:
        return _("tidak ada susunan yang memuatnya.")
    if loss.setara:
        return _("susunan tidak kehilangan apa pun.")
    said = []
    if loss.kursi_kritis > 0:
        said.append(_("{n} kursi kritis").format(n=number(loss.kursi_kritis)))
    if loss.orang > 0:
        said.append(_("tempat bagi {n} orang").format(n=number(loss.orang)))
    if loss.poin > 0:
        said.append(_("{n} poin").format(n=number(loss.poin)))
    text = _("susunan kehilangan {what}").format(what=_(" dan ").join(said))
    if loss.poin < 0:
        text += _(", walaupun kecocokan naik {n} poin").format(n=number(-loss.poin))
    return text + "."


def posisi_sentences(
    words: Kalimat,
    i: int,
    j: int,
    proposed: bool,
    refused: tuple[Penolakan, ...],
    loss: Kerugian | None,
    rise: tuple[Perubahan, ...],
) -> tuple[str, ...]:
    who, post = words.person(i), words.post(j)
    if refused:
        said = [_("{who} tidak memenuhi syarat untuk {post}:").format(who=who, post=post)]
        for item in refused:
            basis = _("{sentence} Dasar: {basis}.").format(sentence=item.kalimat, basis=item.dasar)
            said.append(f"{basis} {item.jalan}".strip())
        return tuple(said)
    if proposed:
        return (_("{post} adalah posisi yang diusulkan bagi {who}.").format(post=post, who=who),)
    if loss is None:
        return ()
    said = [_("Bila {who} ditempatkan pada {post}, {loss}").format(who=who, post=post, loss=loss_sentence(loss))]
    said += [_("Langkah {n}: {step}.").format(n=n, step=step) for n, step in enumerate(loss.langkah, start=1)]
    if rise:
        said.append(_("Dibutuhkan kenaikan {n} poin pada pasangan ini.").format(n=number(loss.poin)))
        said += [way.kalimat for way in rise if way.cukup]
        if not any(way.cukup for way in rise):
            said.append(_("Tidak ada satu bagian pun yang cukup sendirian."))
    elif loss.kursi_kritis > 0 or loss.orang > 0:
        said.append(
            _("Kenaikan kecocokan saja tidak dapat mengubahnya, karena kursi kritis dan penempatan didahulukan.")
        )
    return tuple(said)

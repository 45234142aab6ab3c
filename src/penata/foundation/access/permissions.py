"""Permissions and roles. Roles are code: a new right is a change that is reviewed, tested and dated."""

from enum import StrEnum

from penata.language import N_


class Permission(StrEnum):
    """What one may do; ``subject.verb``."""

    ABK_ISI = "abk.isi"
    ABK_LIHAT = "abk.lihat"
    ABK_TETAPKAN = "abk.tetapkan"
    ABK_VERIFIKASI = "abk.verifikasi"
    AKUN_KELOLA = "akun.kelola"
    AUDIT_LIHAT = "audit.lihat"
    BERANDA_LIHAT = "beranda.lihat"
    DATA_IMPOR = "data.impor"
    DELEGASI_BERI = "delegasi.beri"
    JABATAN_ISI = "jabatan.isi"
    JABATAN_LIHAT = "jabatan.lihat"
    JABATAN_TETAPKAN = "jabatan.tetapkan"
    JABATAN_VERIFIKASI = "jabatan.verifikasi"
    ORGANISASI_LIHAT = "organisasi.lihat"
    ORGANISASI_SUNTING = "organisasi.sunting"
    ORGANISASI_TETAPKAN = "organisasi.tetapkan"
    PARAMETER_LIHAT = "parameter.lihat"
    PARAMETER_TETAPKAN = "parameter.tetapkan"
    PEGAWAI_LIHAT = "pegawai.lihat"
    PEGAWAI_LIHAT_SENDIRI = "pegawai.lihat-sendiri"
    PEGAWAI_PRIBADI = "pegawai.pribadi"  # NIK, address, telephone, religion ...
    PEGAWAI_SUNTING = "pegawai.sunting"
    PETA_LIHAT = "peta.lihat"
    RANCANGAN_LIHAT = "rancangan.lihat"  # drafts of a reorganisation, before they are decided


class Peran(StrEnum):
    """A role; a person has it for the whole agency or for one unit and all below it, for a period."""

    PENGELOLA = "pengelola"
    ANALIS = "analis"
    OPERATOR = "operator"
    ATASAN = "atasan"
    PEGAWAI = "pegawai"
    PIMPINAN = "pimpinan"
    TIM_EVALUASI = "tim evaluasi"
    AUDITOR = "auditor"


PERAN_TITLES: dict[Peran, str] = {
    Peran.PENGELOLA: N_("Pengelola sistem"),
    Peran.ANALIS: N_("Analis BKPSDM / Bagian Organisasi"),
    Peran.OPERATOR: N_("Operator perangkat daerah"),
    Peran.ATASAN: N_("Atasan"),
    Peran.PEGAWAI: N_("Pegawai"),
    Peran.PIMPINAN: N_("Pimpinan / PPK"),
    Peran.TIM_EVALUASI: N_("Tim evaluasi"),
    Peran.AUDITOR: N_("Inspektorat / auditor"),
}

_EVERYBODY = {
    Permission.BERANDA_LIHAT,
    Permission.JABATAN_LIHAT,
    Permission.ORGANISASI_LIHAT,
    Permission.PARAMETER_LIHAT,
    Permission.PEGAWAI_LIHAT_SENDIRI,
    Permission.PETA_LIHAT,
}
_READER = _EVERYBODY | {Permission.ABK_LIHAT, Permission.PEGAWAI_LIHAT}

GRANTS: dict[Peran, frozenset[Permission]] = {
    Peran.PENGELOLA: frozenset(_EVERYBODY | {Permission.AKUN_KELOLA, Permission.AUDIT_LIHAT}),
    Peran.ANALIS: frozenset(
        _READER
        | {
            Permission.ABK_ISI,
            Permission.ABK_TETAPKAN,
            Permission.ABK_VERIFIKASI,
            Permission.AUDIT_LIHAT,
            Permission.DATA_IMPOR,
            Permission.DELEGASI_BERI,
            Permission.JABATAN_ISI,
            Permission.JABATAN_TETAPKAN,
            Permission.JABATAN_VERIFIKASI,
            Permission.ORGANISASI_SUNTING,
            Permission.PARAMETER_TETAPKAN,
            Permission.PEGAWAI_PRIBADI,
            Permission.PEGAWAI_SUNTING,
            Permission.RANCANGAN_LIHAT,
        }
    ),
    Peran.OPERATOR: frozenset(
        _READER
        | {
            Permission.ABK_ISI,
            Permission.DATA_IMPOR,
            Permission.DELEGASI_BERI,
            Permission.JABATAN_ISI,
            Permission.PEGAWAI_PRIBADI,
            Permission.PEGAWAI_SUNTING,
        }
    ),
    Peran.ATASAN: frozenset(_READER | {Permission.DELEGASI_BERI, Permission.ABK_VERIFIKASI}),
    Peran.PEGAWAI: frozenset(_EVERYBODY),
    Peran.PIMPINAN: frozenset(
        _READER
        | {
            Permission.DELEGASI_BERI,
            Permission.ORGANISASI_TETAPKAN,
            Permission.ABK_TETAPKAN,
            Permission.RANCANGAN_LIHAT,
        }
    ),
    Peran.TIM_EVALUASI: frozenset(_READER),
    Peran.AUDITOR: frozenset(
        _READER | {Permission.AUDIT_LIHAT, Permission.PEGAWAI_PRIBADI, Permission.RANCANGAN_LIHAT}
    ),
}

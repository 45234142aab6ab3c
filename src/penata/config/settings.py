"""Settings of the web system: one file, everything an office may change comes from the environment.

``PENATA_DATA`` is the folder of everything that is not in the database server: the SQLite file, uploads, the secret
key. ``PENATA_DATABASE_URL`` names a PostgreSQL database instead. ``docs/ops/`` lists all variables.
"""

import os
from pathlib import Path
from typing import Any

from penata.config.environment import database, flag, kept, listed, secret_key

PROJECT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("PENATA_DATA", PROJECT / "data")).absolute()
NODE_MODULES = Path(os.environ.get("PENATA_NODE_MODULES", PROJECT / "node_modules")).absolute()

DEBUG = flag("PENATA_DEBUG")
SECRET_KEY = secret_key(DATA)
ALLOWED_HOSTS = listed("PENATA_HOSTS", default="localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = listed("PENATA_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "penata.foundation.access",
    "penata.foundation.audit",
    "penata.foundation.tasks",
    "penata.domain.peraturan",
    "penata.domain.organisasi",
    "penata.domain.jabatan",
    "penata.domain.pegawai",
    "penata.domain.beban_kerja",
    "penata.domain.peta_jabatan",
    "penata.domain.kinerja",
    "penata.domain.kompetensi",
    "penata.domain.pelatihan",
    "penata.domain.talenta",
    "penata.domain.pertukaran",
    "penata.faces.components",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "penata.faces.components.compression.CompressText",
    "penata.faces.components.middleware.security_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "penata.faces.components.middleware.speak_language",
    "penata.faces.components.middleware.ReaderMiddleware",
    "penata.faces.components.accounts.AccountsMiddleware",
]

ROOT_URLCONF = "penata.config.urls"
WSGI_APPLICATION = "penata.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": [],  # the environment finds the templates of every face itself
        "OPTIONS": {
            "environment": "penata.faces.components.templating.environment",
            "context_processors": ["penata.faces.components.templating.frame"],
        },
    },
    {  # mails of the accounts library and nothing else
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

DATABASES = {"default": database(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Shared by all processes, for what must be counted across them (sign-in attempts).
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "penata_cache"}}
# Days after which things go by themselves; ``PENATA_MASA_SIMPAN`` changes them one by one. The log is kept for ever.
RETENTION = kept(
    "PENATA_MASA_SIMPAN",
    {
        "ekspor": 90,  # files made in the background
        "unggahan": 90,  # files of imports; one that was not put into effect is discarded
        "jurnal": 400,  # what takes an import back
        "rekonsiliasi": 90,  # begun and not finished
        "pekerjaan": 90,  # finished, failed or cancelled
        "pemberitahuan": 180,
    },
)
TASKS_INSIDE_TRANSACTION = False  # tests run each in a transaction of their own
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "beranda"
ACCOUNT_ADAPTER = "penata.faces.components.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "10/m/ip,5/5m/key"}
# How many of our own proxies stand in front; throttling must count the visitor's address and not theirs.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("PENATA_PROXY", "0"))
MFA_ADAPTER = "penata.faces.components.accounts.MfaAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts are given, so nobody sits on the address of somebody else
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
SECOND_FACTOR_REQUIRED = flag("PENATA_WAJIB_MFA")  # of the roles named in faces/components/accounts.py
MFA_TOTP_ISSUER = "Penata"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
SOCIALACCOUNT_ADAPTER = "penata.faces.components.accounts.SocialAccountAdapter"
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if os.environ.get("PENATA_OIDC_SERVER"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": os.environ.get("PENATA_OIDC_NAME", "SSO"),
                "client_id": os.environ.get("PENATA_OIDC_CLIENT", ""),
                "secret": os.environ.get("PENATA_OIDC_SECRET", ""),
                "settings": {"server_url": os.environ["PENATA_OIDC_SERVER"]},
            }
        ],
    }

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
TIME_ZONE = os.environ.get("PENATA_ZONA_WAKTU", "Asia/Jakarta")
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS: list[Any] = [
    (f"vendor/{name}", folder)
    for name, folder in {
        "htmx": NODE_MODULES / "htmx.org" / "dist",
        "huruf": NODE_MODULES / "@fontsource-variable" / "plus-jakarta-sans" / "files",
    }.items()
    if folder.is_dir()
]
PANDUAN = PROJECT / "docs" / "panduan"  # the guides, shown in the system too
STATICFILES_DIRS += [("panduan", PANDUAN / "gambar")]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "berkas", "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 60  # of what has no seal in its name; the rest is kept for ten years
WHITENOISE_ALLOW_ALL_ORIGINS = False
FILE_UPLOAD_MAX_MEMORY_SIZE = 2**20
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # the grid of one unit posts every changed cell

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600  # a working day
CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if flag("PENATA_HTTPS"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^sehat/$", r"^siap/$"]
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if os.environ.get("PENATA_SMTP_HOST")
    else "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST = os.environ.get("PENATA_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("PENATA_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("PENATA_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("PENATA_SMTP_PASSWORD", "")
EMAIL_USE_TLS = True
DEFAULT_FROM_EMAIL = os.environ.get("PENATA_SMTP_FROM", "penata@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}

"""Settings of the tests: those of production, with what only a server needs taken out."""

import os
import tempfile

os.environ.setdefault("PENATA_DATA", tempfile.mkdtemp(prefix="penata-uji-"))
os.environ.setdefault("PENATA_SECRET_KEY", "kunci hanya untuk pengujian")

from penata.config.settings import *  # noqa: F403
from penata.config.settings import DATA, DATABASES, STORAGES

STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["*"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
TASKS_INSIDE_TRANSACTION = True
# The tests fetch static files from where they lie, so nothing need be collected.
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]  # noqa: F405
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    # In memory the connections of two threads share one cache and cannot wait for each other; in a file they can.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA / "uji.sqlite3")}

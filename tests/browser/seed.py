"""Fills the database of ``PENATA_DATA`` with the small agency: run by the browser suite in a process of its own."""

import os

import django


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "penata.config.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import transaction
    from tests.web.kota import build_kota

    call_command("migrate", verbosity=0, interactive=False)
    with transaction.atomic():
        build_kota()


if __name__ == "__main__":
    main()

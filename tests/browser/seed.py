"""Fills the folder of ``PENATA_DATA`` with the small agency, ready to be served: run in a process of its own."""

from penata.faces.cli import sistem


def main():
    sistem.ready()
    from django.db import transaction
    from tests.web.kota import build_kota

    sistem.migrate()
    sistem.collect_static()  # once, instead of at the first start of every copy
    with transaction.atomic():
        build_kota()


if __name__ == "__main__":
    main()

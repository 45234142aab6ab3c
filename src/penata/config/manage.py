"""Django's own commands, for operators: ``python -m penata.config.manage migrate``."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one of Django's commands with the settings of Penata."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "penata.config.settings")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

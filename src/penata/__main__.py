"""``python -m penata``."""

from penata.faces.cli.main import main

if __name__ == "__main__":
    main()

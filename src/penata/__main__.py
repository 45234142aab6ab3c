"""``python -m penata``."""

import os
import sys

# Help texts are translated when the commands are declared, so the language is chosen before that.
for index, word in enumerate(sys.argv):
    if word == "--bahasa":
        os.environ["PENATA_BAHASA"] = "".join(sys.argv[index + 1 : index + 2])
    elif word.startswith("--bahasa="):
        os.environ["PENATA_BAHASA"] = word.partition("=")[2]

from penata.faces.cli.main import main  # noqa: E402

if __name__ == "__main__":
    main()

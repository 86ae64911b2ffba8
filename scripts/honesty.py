"""Try the comparison of managers on invented companies and write docs/honesty.md.

`OPENBLAS_NUM_THREADS=1 python scripts/honesty.py [--kept FOLDER]`; takes about half an hour on two
processors. The companies and the figures are those of tests/honesty, so that the tests find what
the page says. Runs kept in FOLDER are read instead of simulated when the page is written again.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kept", type=Path, help="folder the runs are kept in")
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    importlib.import_module("tests.honesty.page").main(parser.parse_args().kept)

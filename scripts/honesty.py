"""Try the comparison of managers on invented companies and write docs/honesty.md.

`OPENBLAS_NUM_THREADS=1 python scripts/honesty.py`; takes about half an hour. The companies and the
figures are those of tests/honesty, so that the tests find what the page says.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    runpy.run_module("tests.honesty.page", run_name="__main__")

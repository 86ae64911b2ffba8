"""Write the invented sample company.

`python scripts/make_sample.py [--out DIR] [--seed 7] [--scale 10] [--truth DIR]`
"""

from __future__ import annotations

import argparse
from pathlib import Path

from sample.tables import TRUTH, make_tables, write_table


def main() -> None:
    """Write one CSV file a table; with `--truth` also what was planted."""
    home = Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=home / "sample_data")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--scale", type=int, default=1, help="sites of the company, 400 people each"
    )
    parser.add_argument(
        "--truth", type=Path, help="folder for kinds, stories and habits as planted"
    )
    options = parser.parse_args()
    for name, rows in make_tables(options.seed, options.scale).items():
        folder = options.truth if name in TRUTH else options.out
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            write_table(folder, name, rows)


if __name__ == "__main__":
    main()

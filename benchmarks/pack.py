"""What it takes to write a client's packs: CPU seconds and memory, in a process of their own.

Run from the repository: `OPENBLAS_NUM_THREADS=1 python benchmarks/pack.py [--large]`. The goals are
3 s for the audit in every form, 3 s for 40 letters, and 30 s and 500 MB for a company with 400
managers. CPU seconds count the whole command, its imports included; of the letters, writing alone.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rejudge import company

from okrkit.brand import Brand
from okrkit.judge.audit import run_audit
from okrkit.judge.calibration.run import run_calibration
from okrkit.read import read_folder
from okrkit.show.pack.audit_pack import Judged
from okrkit.show.pack.files import file_of
from okrkit.show.pack.papers import papers

ROOT = Path(__file__).resolve().parent.parent
MAIN = "from okrkit.cli import main; main()"


def command(folder: Path, place: Path, *asked: str) -> tuple[float, float]:
    """CPU seconds and peak memory in MB of one `okrkit report`."""
    call = [sys.executable, "-c", MAIN, "report", str(folder), "-o", str(place), *asked]
    environment = os.environ | {"XDG_DATA_HOME": str(place / "data"), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(call, env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(call)} ended with {status}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def letters(form: str) -> tuple[int, float]:
    """How many letters the sample company gives, and CPU seconds to write them."""
    tables = read_folder(ROOT / "sample_data")
    judged = Judged(run_audit(tables), run_calibration(tables))
    began = time.process_time()
    made = papers(judged, "letters", identified=True, inputs="0" * 16, brand=Brand())
    sizes = [len(file_of(paper, form)) for paper in made]
    return len(sizes), time.process_time() - began


def main() -> None:
    """Print a line a case."""
    print(f"{platform.machine()}, Python {platform.python_version()}, one BLAS thread")
    with tempfile.TemporaryDirectory() as place:
        where = Path(place)
        cases = {
            "audit, every form": ("--pack", "audit"),
            "all, with names and letters": ("--pack", "all", "--identified"),
        }
        for name, asked in cases.items():
            seconds, peak = command(ROOT / "sample_data", where / "sample", *asked)
            print(f"sample, {name}: {seconds:.1f} CPU s, {peak:.0f} MB")
        for form in ("pdf", "docx"):
            count, seconds = letters(form)
            print(f"{count} letters as {form}: {seconds:.1f} CPU s")
        if "--large" in sys.argv:
            folder = where / "large"
            folder.mkdir()
            company().grades.to_csv(folder / "grades.csv", index=False)
            for name, asked in cases.items():
                seconds, peak = command(folder, where / "out", *asked)
                print(f"400 managers, {name}: {seconds:.1f} CPU s, {peak:.0f} MB")


if __name__ == "__main__":
    main()

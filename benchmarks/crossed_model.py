"""Claims: faster than lme4, InstEval 10 times and 100 000 grades 20 times, in less memory.

Both sides fit by REML and give every effect with its conditional variance. The 100 000 grades are
simulated: 1 000 managers and 20 000 people.
CPU seconds, one BLAS thread each, both sides in fresh processes in turn; the ratio is the median
over the pairs. lme4 runs without its check of derivatives, which ours does not make either. Needs
R with lme4 (Debian: r-cran-lme4; libopenblas0-serial gives R a fast BLAS).

    python benchmarks/crossed_model.py [PAIRS]
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
HERE = Path(__file__).resolve().parent
CLAIMS = {"InstEval": 10, "100 000 grades": 20}


def measure(path: str) -> None:
    """Fit the rows of a file in this process, and print what it took."""
    import numpy as np  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415

    from okrkit.measure.grading.crossed import fit_crossed  # noqa: PLC0415
    from okrkit.measure.grading.sums import sum_rows  # noqa: PLC0415

    rows = pd.read_csv(path)
    factors = {name: rows[name].to_numpy() for name in rows if name != "y"}
    grade = rows["y"].to_numpy(float)
    start = time.process_time()
    fit = fit_crossed(sum_rows(grade, factors))
    fitted = time.process_time()
    effects = fit.effects
    spread = {name: fit.conditional_variance(name) for name in effects}
    end = time.process_time()
    if not all(np.isfinite(values).all() for values in spread.values()):
        raise SystemExit("a conditional variance is not a number")
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024
    told = {"fit": fitted - start, "all": end - start, "criterion": fit.deviance, "peak": peak}
    print(json.dumps({**told, "sd": {**fit.sd, "Residual": fit.residual_sd}}))


def run(command: list[str]) -> dict:
    """Run one side with one thread; what it printed last."""
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, env={**os.environ, **ONE_THREAD}
    )
    return json.loads(done.stdout.splitlines()[-1])


def write_inst_eval(path: Path) -> None:
    """73 421 ratings of 1 128 lecturers by 2 972 students, from lme4."""
    code = (
        "suppressMessages(library(lme4)); d <- InstEval;"
        " write.csv(data.frame(y = d$y, s = d$s, d = d$d, ds = paste(d$dept, d$service)),"
        f" '{path}', row.names = FALSE)"
    )
    subprocess.run(["Rscript", "-e", code], check=True)


def write_simulated(path: Path) -> None:
    """100 000 grades: people change managers within departments, a tenth of grades are crossed."""
    import numpy as np  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415

    chance = np.random.default_rng(1)
    managers, people, each, department = 1_000, 20_000, 5, 20
    person = np.repeat(np.arange(people), each)
    of = np.empty((people, 3), dtype=int)
    of[:, 0] = chance.integers(0, managers, people)
    for cycle in (1, 2):
        near = of[:, cycle - 1] // department * department + chance.integers(0, department, people)
        far = chance.integers(0, managers, people)
        new = np.where(chance.random(people) < 0.1, far, near)
        of[:, cycle] = np.where(chance.random(people) < 0.25, new, of[:, cycle - 1])
    manager = of[person, np.sort(chance.integers(0, 3, (people, each)), axis=1).ravel()]
    beside = manager // department * department + chance.integers(0, department, person.size)
    manager = np.where(chance.random(person.size) < 0.1, beside, manager)
    level = chance.normal(0, 0.06, managers)[manager] + chance.normal(0, 0.1, people)[person]
    y = np.clip(np.round(0.62 + level + chance.normal(0, 0.15, person.size), 1), 0, 1)
    pd.DataFrame({"y": y, "manager": manager, "person": person}).to_csv(path, index=False)


def compare(name: str, path: Path, formula: str, pairs: int) -> bool:
    """Both sides in turn; prints the figures, returns whether the claims hold."""
    ours, theirs = [], []
    for _ in range(pairs):
        ours.append(run([sys.executable, __file__, "measure", str(path)]))
        theirs.append(run(["Rscript", str(HERE / "crossed_model.R"), str(path), formula]))
        print(f"  okrkit {ours[-1]['all']:.2f} s, lme4 {theirs[-1]['all']:.2f} s", flush=True)
    ratios = [other["all"] / own["all"] for own, other in zip(ours, theirs, strict=True)]
    fits = [other["fit"] / own["fit"] for own, other in zip(ours, theirs, strict=True)]
    ratio = statistics.median(ratios)
    memory = max(side["peak"] for side in ours), min(side["peak"] for side in theirs)
    apart = max(abs(ours[0]["sd"][key] / theirs[0]["sd"][key] - 1) for key in ours[0]["sd"])
    middle = [statistics.median(side["all"] for side in sides) for sides in (ours, theirs)]
    print(f"{name}: okrkit {middle[0]:.2f} s CPU, lme4 {middle[1]:.2f} s CPU")
    print(
        f"  {ratio:.1f} times as fast (from {min(ratios):.1f} to {max(ratios):.1f} over {pairs} "
        f"pairs; the fit alone {statistics.median(fits):.1f}), claimed {CLAIMS[name]}"
    )
    print(f"  peak memory of the process: okrkit {memory[0]:.0f} MB, lme4 {memory[1]:.0f} MB")
    print(
        f"  criterion: okrkit {ours[0]['criterion']:.6f}, lme4 {theirs[0]['criterion']:.6f}; "
        f"standard deviations differ by {apart:.1e} of their size at most"
    )
    print(f"  lme4 {theirs[0]['lme4']}, R {theirs[0]['r']}, its BLAS: {theirs[0]['blas']}")
    return ratio >= CLAIMS[name] and memory[0] < memory[1]


def main() -> None:
    """Print the comparison, and leave with 1 if a claim does not hold."""
    if sys.argv[1:2] == ["measure"]:
        measure(sys.argv[2])
        return
    if shutil.which("Rscript") is None:
        raise SystemExit("Rscript is not installed: apt-get install r-cran-lme4")
    import numpy as np  # noqa: PLC0415
    import scipy  # noqa: PLC0415

    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    processor = next((line.split(":")[1].strip() for line in lines if "model name" in line), "?")
    print(f"{processor}, {os.cpu_count()} cores, {platform.system()}; one BLAS thread each")
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, SciPy {scipy.__version__}")
    with tempfile.TemporaryDirectory() as folder:
        ratings, grades = Path(folder) / "ratings.csv", Path(folder) / "grades.csv"
        write_inst_eval(ratings)
        write_simulated(grades)
        held = [
            compare("InstEval", ratings, "y ~ 1 + (1 | s) + (1 | d) + (1 | ds)", pairs),
            compare("100 000 grades", grades, "y ~ 1 + (1 | manager) + (1 | person)", pairs),
        ]
    sys.exit(not all(held))


if __name__ == "__main__":
    main()

"""Claim: `import okrkit` takes less than 150 ms of CPU beyond the interpreter itself.

Runs each import in fresh interpreters, in turn, and prints the medians with pandas beside it.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys

RUNS = 15
LIMIT_MS = 150
STATEMENTS = {"nothing": "pass", "okrkit": "import okrkit", "pandas": "import pandas"}


def cpu_ms(statement: str) -> float:
    """CPU time, user and system, of one fresh interpreter that runs `statement`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", statement], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)


def main() -> None:
    """Print the medians, and leave with 1 if the claim does not hold."""
    times: dict[str, list[float]] = {name: [] for name in STATEMENTS}
    for _ in range(RUNS):
        for name, statement in STATEMENTS.items():
            times[name].append(cpu_ms(statement))
    median = {name: statistics.median(values) for name, values in times.items()}
    beyond = {name: median[name] - median["nothing"] for name in ("okrkit", "pandas")}
    print(
        f"import okrkit: {beyond['okrkit']:.0f} ms CPU beyond the interpreter, limit {LIMIT_MS} ms"
    )
    print(f"import pandas: {beyond['pandas']:.0f} ms CPU beyond the interpreter")
    sys.exit(beyond["okrkit"] >= LIMIT_MS)


if __name__ == "__main__":
    main()

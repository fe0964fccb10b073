"""Steps that run one after the other, each with its name and time; a failed one does not stop the others."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Step:
    """`fine` are the exit codes that count as passed."""

    name: str
    command: tuple[str, ...]
    fine: tuple[int, ...] = (0,)


def run_steps(steps: Sequence[Step], folder: Path, environment: Mapping[str, str]) -> int:
    """Run all steps in a folder and name at the end those that failed; 0 when none did, else 1."""
    failed = [step.name for step in steps if not _passes(step, folder, environment)]
    if failed:
        print(f"\nFailed: {', '.join(failed)}", flush=True)
        return 1
    print(f"\nAll {len(steps)} steps passed", flush=True)
    return 0


def _passes(step: Step, folder: Path, environment: Mapping[str, str]) -> bool:
    print(f"\n== {step.name}", flush=True)
    start = time.monotonic()
    code = subprocess.run(step.command, cwd=folder, env=dict(environment), check=False).returncode
    verdict = "passed" if code in step.fine else f"FAILED with {code}"
    print(f"== {step.name}: {verdict} after {time.monotonic() - start:.1f} s", flush=True)
    return code in step.fine

"""Why an asset has a problem, in words: which step, how often it was tried, with what, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping

from keeproom.model import AssetDetails, BlobState, JobState, Stage, StageStatus, Status
from keeproom.ui.texts import plural, tr

STEPS: Mapping[Stage, str] = {Stage.PICTURE: "Preview", Stage.METADATA: "Details"}
STATES: Mapping[JobState, str] = {
    JobState.WAITING: "waiting",
    JobState.RUNNING: "under way",
    JobState.DONE: "done",
    JobState.FAILED: "failed",
}
STORED: Mapping[BlobState, str] = {
    BlobState.OK: "no damage known",
    BlobState.DAMAGED: "bytes changed on disk",
    BlobState.MISSING: "file is gone",
}
_HEADLINES: Mapping[Status, str] = {
    Status.DAMAGED: "{name}: its bytes changed on disk",
    Status.MISSING: "{name}: its file is gone from the library",
    Status.FAILED: "{name} is kept, but not every step could be done",
}


def error_report(details: AssetDetails) -> tuple[str, str]:
    """A headline and a text to read and to copy."""
    asset = details.asset
    headline = tr(_HEADLINES.get(asset.status, "{name}")).format(name=asset.name)
    failed_first = sorted(details.stages.items(), key=lambda each: each[1].state != JobState.FAILED)
    steps = [_step(stage, status) for stage, status in failed_first]
    facts = [f"{tr('Checksum')}: {asset.sha256}", *(f"{tr('Came from')}: {source}" for source in asset.sources)]
    return headline, "\n\n".join([*steps, "\n".join(facts)])


def step_title(stage: Stage, status: StageStatus) -> str:
    """`Preview: done`."""
    return f"{tr(STEPS[stage])}: {tr(STATES[status.state])}"


def attempts(status: StageStatus) -> str:
    return plural(status.attempts, "%n attempt", "%n attempts")


def _step(stage: Stage, status: StageStatus) -> str:
    lines = [f"{step_title(stage, status)} · {attempts(status)}"]
    if status.tool:
        lines.append(f"  {tr('Tool')}: {status.tool}")
    if status.error:
        lines.append(f"  {status.error}")
    return "\n".join(lines)

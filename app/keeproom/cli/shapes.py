"""Values as the contract's JSON objects."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from keeproom.model import Asset, AssetDetails, FileReport, ImportSummary, Job, Reason


def moment(at: datetime | None) -> str | None:
    """ISO 8601 in UTC with `Z`."""
    return None if at is None else at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def asset_shape(asset: Asset) -> dict[str, Any]:
    return {
        "id": asset.id,
        "name": asset.name,
        "kind": asset.kind,
        "mime": asset.mime,
        "sha256": asset.sha256,
        "size": asset.size_bytes,
        "status": asset.status,
        "width": asset.width,
        "height": asset.height,
        "duration": asset.duration_s,
        "captured_at": asset.captured.isoformat() if asset.captured else None,
        "imported_at": moment(asset.imported_at),
        "rating": asset.rating,
        "label": asset.label,
        "flag": asset.flag,
        "title": asset.title,
        "description": asset.description,
        "tags": list(asset.tags),
        "version": asset.version,
        "trashed_at": moment(asset.trashed_at),
        "sources": [str(source) for source in asset.sources],
    }


def details_shape(details: AssetDetails) -> dict[str, Any]:
    stages = {
        stage: {"state": status.state, "attempts": status.attempts, "tool": status.tool, "error": status.error}
        for stage, status in details.stages.items()
    }
    return {
        **asset_shape(details.asset),
        "metadata": dict(details.metadata),
        "stages": stages,
        "collections": list(details.collections),
        "creator": details.creator,
        "place": details.place,
    }


def reason_shape(reason: Reason | None) -> dict[str, str] | None:
    return None if reason is None else {"code": reason.code, "message": reason.message}


def report_shape(report: FileReport) -> dict[str, Any]:
    return {
        "event": "file",
        "path": str(report.path),
        "outcome": report.outcome,
        "asset": report.asset,
        "sha256": report.sha256,
        "size": report.size_bytes,
        "reason": reason_shape(report.reason),
    }


def summary_shape(summary: ImportSummary) -> dict[str, Any]:
    return {
        "event": "summary",
        "import": summary.entry,
        "found": summary.found,
        "imported": summary.imported,
        "duplicates": summary.duplicates,
        "failed": summary.failed,
        "skipped": summary.skipped,
        "stages_failed": summary.stages_failed,
        "bytes": summary.bytes,
        "seconds": round(summary.seconds, 3),
    }


def job_shape(job: Job) -> dict[str, Any]:
    return {
        "job": job.id,
        "stage": job.stage,
        "asset": job.asset,
        "state": job.state,
        "attempts": job.attempts,
        "error": job.error,
        "worker": job.worker,
    }

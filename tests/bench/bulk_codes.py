"""Codes in bulk, as staff make them: asked for and waited for, by a job, from a CSV file and into one; stored durably
by a running server, and the memory its processes have needed at most.

What is measured is a job's own time, read from its answers; a file is sent from disk by another process on the machine.
"""

import json
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from tests.bench.http_line import Manage, manager
from tests.bench.table import Row
from tests.support.program import Program, job_worker_of, running, short_folder, workers_of

SYNC_COUPONS = 20_000
SYNC_REQUESTS = 5
JOB_COUPONS = 1_000_000
FILE_COUPONS = 500_000
TIMEOUT_SECONDS = 600
POLL_SECONDS = 0.1


def rows() -> list[Row]:
    """A row for each way codes go in and out."""
    with short_folder() as folder, running("demo", "--json", "--port", "0", "--data", str(folder / "data")) as program:
        line = json.loads(program.says(r"\{.*\}"))
        application = f"/v1/applications/{line['applicationId']}"
        manage = manager(line)
        settings = {"name": "Codes", "state": "enabled", "tags": [], "features": [], "limits": []}
        campaign = f"{application}/campaigns/{manage(f'{application}/campaigns', settings)['id']}"
        headers = {"Authorization": f"ManagementKey-v1 {line['managementKey']}"}
        with httpx.Client(base_url=line["url"], headers=headers, timeout=TIMEOUT_SECONDS) as client:
            return [
                _sync(client, campaign),
                _by_job(client, campaign, manage, program),
                _from_file(client, campaign, program),
                _into_file(client, application, program),
                _deleted(client, campaign, program),
            ]


def _sync(client: httpx.Client, campaign: str) -> Row:
    body = {"usageLimit": 1, "numberOfCoupons": SYNC_COUPONS, "couponPattern": "SYNC-########"}
    seconds = _timed(lambda: _send(client, "POST", f"{campaign}/coupons", json=body), times=SYNC_REQUESTS)
    return _row("createCoupons, 20,000 a request", SYNC_COUPONS * SYNC_REQUESTS, seconds)


def _by_job(client: httpx.Client, campaign: str, manage: Manage, program: Program) -> Row:
    body = {"usageLimit": 1, "numberOfCoupons": JOB_COUPONS, "attributes": {}}
    started = time.perf_counter()
    batch_id = manage(f"{campaign}/coupons_async", body)["batchId"]
    told = _until_over(client, f"{campaign}/coupons_async/{batch_id}")
    seconds = time.perf_counter() - started
    assert (told["status"], told["createdAmount"]) == ("completed", JOB_COUPONS), told
    return _row("createCouponsAsync, a million", JOB_COUPONS, seconds, _peak(job_worker_of(program)))


def _from_file(client: httpx.Client, campaign: str, program: Program) -> Row:
    with tempfile.TemporaryFile() as file:
        file.write(b"value,limitval,expirydate,recipientintegrationid\n")
        for number in range(FILE_COUPONS):
            file.write(f"FILE-{number:08},1,2099-12-31T00:00:00Z,\n".encode())
        file.seek(0)
        url = f"{campaign}/import_coupons"
        seconds = _timed(lambda: _send(client, "POST", url, files={"upFile": ("codes.csv", file)}))
    return _row("importCoupons, half a million lines", FILE_COUPONS, seconds, _peak(workers_of(program)[0]))


def _into_file(client: httpx.Client, application: str, program: Program) -> Row:
    lines = 0
    started = time.perf_counter()
    with client.stream("GET", f"{application}/export_coupons") as answer:
        assert answer.status_code == 200
        for piece in answer.iter_bytes():
            lines += piece.count(b"\n")
    seconds = time.perf_counter() - started
    return _row("exportCoupons, all of them", lines - 1, seconds, _peak(workers_of(program)[0]))


def _deleted(client: httpx.Client, campaign: str, program: Program) -> Row:
    started = time.perf_counter()
    job = _send(client, "POST", f"{campaign}/coupons_deletion_jobs", json={"filters": {}}).json()
    told = _until_over(client, f"{campaign}/coupons_deletion_jobs/{job['id']}")
    seconds = time.perf_counter() - started
    assert told["status"] == "completed", told
    return _row("createCouponsDeletionJob, all of them", told["deletedAmount"], seconds, _peak(job_worker_of(program)))


def _send(client: httpx.Client, method: str, url: str, **more: Any) -> httpx.Response:
    answer = client.request(method, url, **more)
    assert answer.status_code < 300, answer.text
    return answer


def _until_over(client: httpx.Client, url: str) -> dict[str, Any]:
    while True:
        told: dict[str, Any] = _send(client, "GET", url).json()
        if told["status"] != "pending":
            return told
        time.sleep(POLL_SECONDS)


def _timed(run: Callable[[], object], times: int = 1) -> float:
    started = time.perf_counter()
    for _ in range(times):
        run()
    return time.perf_counter() - started


def _peak(process_id: int | None) -> str:
    """The most memory a process has had, as Linux knows it."""
    match = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process_id}/status").read_text())
    assert match is not None
    return f"its process has had {int(match[1]) // 1024} MB at most"


def _row(name: str, count: int, seconds: float, note: str = "") -> Row:
    """Codes per second; the time is that of a thousand."""
    each = seconds / count * 1_000_000
    told = f"{count:,} in {seconds:.1f} s, ms per 1,000"
    return Row(name, each, each, count / seconds, f"{told}; {note}" if note else told)

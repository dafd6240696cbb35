"""JOBS: every job there is. A new one is a file called by what it does, and its line here."""

from largesse.jobs import (
    create_coupons,
    delete_coupons,
    deliver_messages,
    drop_replies,
    forget_coupons,
    forget_jobs,
    forget_messages,
    make_partitions,
)
from largesse.plumbing.queue.job import Job

JOBS: tuple[Job, ...] = (
    create_coupons.JOB,
    delete_coupons.JOB,
    deliver_messages.JOB,
    drop_replies.JOB,
    forget_coupons.JOB,
    forget_jobs.JOB,
    forget_messages.JOB,
    make_partitions.JOB,
)

"""Work in the background: PostgreSQL holds what is owed, RQ on Redis only carries it to a worker.

What is owed (a message, a deadline, a survey round) is a row of `shared.due_work` written by `owe` in the
same transaction as its cause. The scheduler hands due rows to RQ; `run` serves the association, does the work
and marks the row done in one transaction. Killing a worker or emptying Redis therefore loses nothing.
"""

from silah.jobs.commit_effects import after_commit
from silah.jobs.handlers import handles
from silah.jobs.scheduled_jobs import not_before, owe, settle

__all__ = ["after_commit", "handles", "not_before", "owe", "settle"]

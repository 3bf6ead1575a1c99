"""The same change over all associations' schemas: rendered once, replayed by several workers, resumable.

Each association is one transaction, which also records how far it came in `shared.tenant_migration`, so whatever
stops the run, the next one goes on where it ended. What is pending is one SELECT.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from queue import SimpleQueue

from tenants import rendering
from tenants.database import Installation
from tenants.errors import MigrationHalted
from tenants.replaying import Pace, Worker, open_owner

PENDING = "SELECT role, revision FROM shared.tenant_migration WHERE revision <> %s ORDER BY revision, role"


@dataclass
class Outcome:
    """What a run did: how many came to the head, and why others did not, by role."""

    pending: int
    migrated: int = 0
    failed: dict[str, str] = field(default_factory=dict)

    def note(self, role: str, error: str | None) -> None:
        """Count one association."""
        if error is None:
            self.migrated += 1
        else:
            self.failed[role] = error

    def halted(self, pace: Pace) -> bool:
        """Whether too many failed to go on."""
        return len(self.failed) >= min(pace.few, self.pending) and len(self.failed) > pace.tolerated * self.pending


def pending(settings: Installation) -> list[tuple[str, str]]:
    """Each association that is behind, as its role and the revision it has."""
    with closing(open_owner(settings)) as conn, conn, conn.cursor() as cursor:
        cursor.execute(PENDING, (rendering.head("tenant"),))
        return [(str(role), str(revision)) for role, revision in cursor.fetchall()]


def migrate(
    settings: Installation, pace: Pace | None = None, tell: Callable[[Outcome], None] = lambda outcome: None
) -> Outcome:
    """Bring every association to the head; `tell` hears of each one. Raises `MigrationHalted`.

    A few failures are reported in the outcome and in `last_error`, and do not stop the others.
    """
    pace = pace or Pace()
    behind = pending(settings)
    outcome = Outcome(len(behind))
    for revision in {revision for _, revision in behind}:
        rendering.rendered(revision)  # here, once: Alembic's globals are no place for threads
    for role, error in _replay([role for role, _ in behind], settings, pace, outcome):
        outcome.note(role, error)
        tell(outcome)
    if behind and outcome.halted(pace):
        raise MigrationHalted(
            f"{len(outcome.failed)} of {outcome.pending} associations failed to migrate, so the rest were left: "
            + "; ".join(f"{role}: {error}" for role, error in islice(outcome.failed.items(), 3))
        )
    return outcome


def _replay(roles: list[str], settings: Installation, pace: Pace, outcome: Outcome) -> Iterator[tuple[str, str | None]]:
    """Threads with a connection each; the work is the server's, so threads do as well as processes."""
    free: SimpleQueue[Worker] = SimpleQueue()
    workers = [Worker(settings, pace) for _ in range(min(pace.workers, len(roles)))]
    for worker in workers:
        free.put(worker)

    def one(role: str) -> tuple[str, str | None]:
        worker = free.get()
        try:
            return role, worker.migrate(role)
        finally:
            free.put(worker)

    try:
        yield from _in_threads(one, roles, len(workers), lambda: outcome.halted(pace))
    finally:
        for worker in workers:
            worker.close()


def _in_threads(
    one: Callable[[str], tuple[str, str | None]], roles: Iterable[str], threads: int, halted: Callable[[], bool]
) -> Iterator[tuple[str, str | None]]:
    """Results as they come; nothing more is begun once `halted`."""
    left = iter(roles)
    with ThreadPoolExecutor(max_workers=max(1, threads)) as pool:
        going = {pool.submit(one, role) for role in islice(left, threads * 2)}
        while going:
            done, going = wait(going, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)
            if not halted():
                going |= {pool.submit(one, role) for role in islice(left, len(done))}

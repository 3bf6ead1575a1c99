"""From a host to whoever answers there: an association, the platform, or nobody."""

from collections import OrderedDict
from threading import Lock
from uuid import UUID

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import aliased

from tenants import cache_ages
from tenants.context import PLATFORM, Place, Tenant, serving
from tenants.database import db, installation
from tenants.errors import UnknownHost
from tenants.registry import MAKING, Association, Host

TTL = 10.0
"""Seconds for which an answer is kept in a process; a suspension is felt everywhere after that long at most."""

AWAY = 1.0
"""Seconds for which an answer that is too old is used once more where the database cannot be asked."""

MOST = 10_000
"""Answers kept; the oldest go first, so that made-up hosts cannot fill the memory."""


class Known:
    """The answers of one app, each with the moment until which it holds."""

    def __init__(self) -> None:
        self.answers: OrderedDict[str, tuple[float, Tenant | None]] = OrderedDict()
        self.own: dict[UUID, tuple[float, str | None]] = {}
        self.lock = Lock()

    def recall(self, host: str) -> tuple[float, Tenant | None] | None:
        """The answer kept for a host, if it still holds."""
        answer = self.answers.get(host)
        return answer if answer and answer[0] > cache_ages.cache_clock() else None

    def keep(self, host: str, tenant: Tenant | None, seconds: float = TTL) -> None:
        """Keep an answer, dropping the oldest beyond the limit."""
        with self.lock:
            self.answers[host] = (cache_ages.cache_clock() + seconds, tenant)
            self.answers.move_to_end(host)
            while len(self.answers) > MOST:
                self.answers.popitem(last=False)

    def keep_own(self, association_id: UUID, host: str | None) -> None:
        """Keep the domain of its own at which an association answers, for twice as long as an answer."""
        with self.lock:
            if len(self.own) >= MOST:
                self.own.clear()
            self.own[association_id] = (cache_ages.cache_clock() + 2 * TTL, host)


def resolve(host: str) -> Place:
    """Who answers at a host, given with or without a port; raises `UnknownHost`.

    A suspended association is given as it is: its `state` says so. While the database is away the last answer holds,
    so that a page can be shown that says so; raises `OperationalError` for a host that was never asked for.
    """
    name = bare(host)
    base = installation().base_domain
    if name == base:
        return PLATFORM
    known = _known()
    if (answer := known.recall(name)) is None:
        try:
            known.keep(name, found := _look_up(name, base, known))
        except OperationalError:
            if name not in known.answers:
                raise
            found = known.answers[name][1]
            known.keep(name, found, AWAY)
    else:
        found = answer[1]
    if found is None:
        raise UnknownHost
    return found


def own_host(tenant: Tenant) -> str | None:
    """The domain of its own at which an association answers, the first of several; None where it has none.

    This is the one to write in addresses that leave the platform. A request is told with the answer to who answers at
    its host, and for longer, so that it need not ask within a transaction that holds a connection.
    """
    known = _known()
    until, host = known.own.get(tenant.id, (0.0, None))
    if until <= cache_ages.cache_clock():
        with serving(PLATFORM):
            host = db.session.scalar(select(func.min(Host.host)).where(Host.association_id == tenant.id))
        known.keep_own(tenant.id, host)
    return host


def forget() -> None:
    """Ask the registry again from here on; other processes do so within `TTL` seconds."""
    _known().answers.clear()
    _known().own.clear()


def bare(host: str) -> str:
    """A host without its port, in lower case and without a final dot."""
    name = host.strip().lower()
    if not name.startswith("["):
        name = name.partition(":")[0]
    return name.rstrip(".")


def _look_up(name: str, base: str, known: Known) -> Tenant | None:
    """Ask the registry who answers at a host, and with it at which domain of its own it does."""
    wanted = select(Association).where(Association.state != MAKING)
    slug, dot, rest = name.partition(".")
    if dot and rest == base:
        wanted = wanted.where(Association.slug == slug)
    else:
        wanted = wanted.join(Host, Host.association_id == Association.id).where(Host.host == name)
    every = aliased(Host)
    own = select(func.min(every.host)).where(every.association_id == Association.id).correlate(Association)
    with serving(PLATFORM):
        row = db.session.execute(wanted.with_only_columns(*_COLUMNS, own.scalar_subquery().label("own"))).one_or_none()
    if row is None:
        return None
    *columns, host = row
    found = Tenant(*columns)
    known.keep_own(found.id, host)
    return found


_COLUMNS = [getattr(Association, name) for name in Tenant.__dataclass_fields__]


def _known() -> Known:
    known = current_app.extensions.setdefault("tenants.resolution", Known())
    assert isinstance(known, Known)  # noqa: S101 - for the type checker
    return known

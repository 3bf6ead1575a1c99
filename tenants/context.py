"""Whom this code is serving: one association, or the platform itself, named explicitly, never by default."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, Literal, TypeVar
from uuid import UUID

from tenants.errors import NoTenant

T = TypeVar("T")

ROLE = re.compile(r"t_[0-9a-f]{32}")
"""The only shape of a schema's and role's name. It is opaque, and safe to put in SQL."""


@dataclass(frozen=True, slots=True)
class Tenant:
    """One association, as the registry knows it; `role` names both its schema and its role in PostgreSQL."""

    id: UUID
    slug: str
    role: str
    name_ar: str
    name_en: str
    locale: str
    state: str
    blueprint: str
    wrapped_key: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if not ROLE.fullmatch(self.role):
            raise ValueError("an association's role is t_ and 32 hexadecimal digits")


class Platform(Enum):
    """The platform itself: the type of the one value `PLATFORM`."""

    PLATFORM = "platform"


PLATFORM: Final = Platform.PLATFORM
Place = Tenant | Literal[Platform.PLATFORM]

place: ContextVar[Place | None] = ContextVar("place", default=None)
"""Who is served in this thread of work; set it through `serving` only."""

_leaving: list[Callable[[], None]] = []
_nesting: list[Callable[[], None]] = []


def on_leaving(forget: Callable[[], None]) -> Callable[[], None]:
    """Have `forget` called whenever a place is left, while it still is the place."""
    _leaving.append(forget)
    return forget


def on_nesting(make_ready: Callable[[], None]) -> Callable[[], None]:
    """Have `make_ready` called whenever another place is about to be served within one, while the first still is."""
    _nesting.append(make_ready)
    return make_ready


def same(one: Place | None, other: Place | None) -> bool:
    """Whether two places are the same one; a tenant read twice from the registry is one tenant."""
    return key(one) == key(other)


def key(who: Place | None) -> str | None:
    """A short name of a place, fit for a dictionary or a cache: the tenant's role, `platform`, or None."""
    if who is None:
        return None
    return who.role if isinstance(who, Tenant) else who.value


def current_tenant() -> Tenant:
    """The association being served; raises `NoTenant` where there is none, on the platform's pages too."""
    who = place.get()
    if not isinstance(who, Tenant):
        raise NoTenant("no association is being served here")
    return who


@contextmanager
def serving(who: Place) -> Iterator[None]:
    """Serve an association or the platform; its session ends on leaving, uncommitted work is rolled back.

    Serving whom one serves already changes nothing, so the session of the outer block stays as it is. Within a block
    that serves another and has only read, the connection of that one is given back first; what it has written waits.
    """
    before = place.get()
    if same(before, who):
        yield
        return
    if before is not None:
        for make_ready in _nesting:
            make_ready()
    place.set(who)
    try:
        yield
    finally:
        # A generator may end in another context than it began in: the place is set back, not reset by token.
        try:
            place.set(who)
            for forget in _leaving:
                forget()
        finally:
            place.set(before)


def streamed(chunks: Iterable[T]) -> Iterator[T]:
    """Carry the present place into a streamed response, whose body is made after the request's teardown.

    Wrap the result in Flask's `stream_with_context`.
    """
    who = place.get()
    if who is None:
        raise NoTenant("a stream needs somebody to be served")
    return _streamed(who, chunks)


def _streamed(who: Place, chunks: Iterable[T]) -> Iterator[T]:
    with serving(who):
        yield from chunks

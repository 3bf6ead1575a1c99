"""A transaction with isolation and without: the same engine, with and without the pin."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import cycle
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine, delete, event, insert, select
from sqlalchemy.orm import Session

from silah.cases.models import Case
from silah.desk.queue import shown
from tenants import database
from tenants.context import Tenant, serving
from tenants.database import make_engine
from tenants.isolation import Pooler
from tenants.versions import Holiday

from .stage import Site, Stage
from .table import Row, ms
from .timing import in_turn

READ = select(Case.reference, Case.state, Case.title_ar, Case.received_at)


def measure(stage: Stage) -> Iterator[Row]:
    """Whole transactions: reading one row by its key, reading a page of the queue, writing one row."""
    site, rounds = stage.site("few", stage.size.few), stage.size.transactions
    tenant = site.tenants[0]
    with_pin, without = make_engine(site.settings), unpinned(site, tenant)
    acts = (
        ("Reading one row", 1.05, reading(site), rounds),
        ("Reading a page of the queue", 1.05, reading_page, max(rounds // 5, 2)),
        ("Writing one row", None, writing(), rounds),
    )
    with site.app.app_context(), serving(tenant):
        for name, aim, act, turns in acts:
            times = in_turn({"isolated": partial(act, with_pin), "bare": partial(act, without)}, turns)
            beside = f"{ms(times['bare'])} on the same engine without the pin"
            ratio = times["isolated"] / times["bare"]
            yield Row(f"{name}, a transaction with isolation", ms(times["isolated"]), beside, ratio, aim)
    forget(with_pin, tenant)
    with_pin.dispose()
    without.dispose()
    yield from resetting(stage.site("some", 2), rounds)


def resetting(site: Site, rounds: int) -> Iterator[Row]:
    """What it costs to reset a connection that serves another association, and behind a pooler in every transaction."""
    one, other_one = site.tenants[:2]
    turns = {name: cycle((other_one, one)) for name in ("turns", "unreset")}
    poolers: dict[str, Pooler] = {"one": "none", "turns": "none", "unreset": "resetting"}
    poolers |= {"pooled": "transaction", "trusting": "resetting"}
    settings = {name: site.settings.model_copy(update={"pooler": pooler}) for name, pooler in poolers.items()}
    engines = {name: make_engine(found) for name, found in settings.items()}

    def read(name: str) -> None:
        with serving(next(turns[name]) if name in turns else one):
            look(engines[name])

    with site.app.app_context():
        times = in_turn({name: partial(read, name) for name in engines}, rounds)
    for engine in engines.values():
        engine.dispose()
    for name, which, beside, words in (
        ("the association another each time, with its reset", "turns", "one", "always the same"),
        ("the association another each time, with its reset", "turns", "unreset", "likewise, without the reset"),
        ("behind a transaction pooler, reset each time", "pooled", "trusting", "where the pooler resets"),
    ):
        ratio = times[which] / times[beside]
        yield Row(f"Reading one row, {name}", ms(times[which]), f"{ms(times[beside])} {words}", ratio, 1.02)


def look(engine: Engine) -> None:
    """Read one row in a transaction of its own."""
    with engine.begin() as conn:
        conn.execute(select(Holiday.date).limit(1)).first()


def forget(engine: Engine, tenant: Tenant) -> None:
    """Take out the days that were written: what is measured next is copied from this association, calendar and all."""
    with serving(tenant), engine.begin() as conn:
        conn.execute(delete(Holiday).where(Holiday.date >= _day(0)))


def unpinned(site: Site, tenant: Tenant) -> Engine:
    """The same engine without the pin, whose connections serve one association for good."""
    with patch.object(database, "pin", lambda engine, **options: None):
        engine = make_engine(site.settings)

    @event.listens_for(engine, "connect")
    def settle(connection: Any, record: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f'SET search_path TO "{tenant.role}"; SET ROLE "{tenant.role}"')
        connection.commit()

    return engine


def reading(site: Site) -> Callable[[Engine], None]:
    """One row by its primary key."""
    assert site.example is not None
    one = READ.where(Case.id == site.example.case_id)

    def read(engine: Engine) -> None:
        with engine.begin() as conn:
            conn.execute(one).one()

    return read


def reading_page(engine: Engine) -> None:
    """25 cases with what the queue shows of them, through the ORM."""
    newest = select(Case).options(*shown()).order_by(Case.received_at.desc(), Case.id).limit(25)
    with Session(engine) as session:
        session.scalars(newest).all()


def writing() -> Callable[[Engine], None]:
    """One row more, each time for another day."""
    day = iter(range(1_000_000))

    def write(engine: Engine) -> None:
        values = {"date": _day(next(day)), "name_ar": "يوم", "name_en": "a day"}
        with engine.begin() as conn:
            conn.execute(insert(Holiday).values(kind="own", estimated=False, working=True, **values))

    return write


def _day(number: int) -> date:
    return date.fromordinal(date(3000, 1, 1).toordinal() + number)

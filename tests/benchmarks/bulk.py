"""Many cases in one association: its own rows multiplied by the server, each with all that hangs on it."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Table,
    Text,
    Uuid,
    case,
    cast,
    column,
    func,
    insert,
    literal,
    select,
    true,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import BYTEA, TSVECTOR

from silah.beneficiaries.models import Beneficiary
from silah.cases.models import Case, Referral
from silah.cases.states import State
from silah.intake.models import Draft
from silah.surveys.models import SurveyInvitation
from tenants.database import Base, db

STEP = 5_000
LEFT_OUT = {Draft.__tablename__, SurveyInvitation.__tablename__}  # secrets and links are one of a kind
OPEN_OF_FIVE = 3


def multiply(count: int, kind: str | None = None) -> None:
    """Bring the association being served to this many cases, over three years; two of five are closed.

    So many stay open that each view of the queue fills a page in the smaller association, too. With a kind, only its
    cases are multiplied, and counted.
    """
    cases = Base.metadata.tables[Case.__tablename__]
    which = cases.c.kind == kind if kind else true()
    standing = db.session.scalar(select(func.count()).select_from(cases).where(which)) or 0
    for first in range(standing, count, STEP):
        _multiply(cases, first, min(first + STEP, count) - 1, standing, which)
        db.session.commit()


def _multiply(cases: Table, first: int, last: int, standing: int, which: ColumnElement[bool]) -> None:
    number = column("nth")
    numbers = select(func.generate_series(first, last).label("nth")).subquery()
    told = (
        select(cases, (func.row_number().over(order_by=cases.c.id) - 1).label("place"))
        .where(~cases.c.reference.like("R-1300-%"), which)
        .subquery()
    )
    made = numbers.join(told, told.c.place == number % standing)
    people = Base.metadata.tables[Beneficiary.__tablename__]
    _insert(people, _person(people, number), made.join(people, people.c.id == told.c.beneficiary_id), people)
    _insert(cases, _case(told, number), made, told)
    for table in Base.metadata.sorted_tables:
        if "case_id" in table.c and table.name not in LEFT_OUT:
            own = {"case_id": _id("case", number), "id": func.gen_random_uuid()}
            own["message_id"] = cast(func.gen_random_uuid(), Text)
            if table.name == Referral.__tablename__:  # none stays open on a case that is closed
                own["ended_at"] = _when(_closed(number), table.c.asked_at, table.c.ended_at)
            _insert(table, own, made.join(table, table.c.case_id == told.c.id), table)


def _insert(table: Table, own: dict[str, Any], rows: Any, source: Any) -> None:
    names = [one.name for one in table.columns if one.computed is None]
    values = [own.get(name, source.c[name]).label(name) for name in names]
    db.session.execute(insert(table).from_select(names, select(*values).select_from(rows)))


def _case(told: Any, number: ColumnElement[int]) -> dict[str, Any]:
    closed = _closed(number)
    days = _when(closed, number % 1000, number % 40)
    received = told.c.received_at - func.make_interval(0, 0, 0, days)
    return {
        "id": _id("case", number),
        "reference": literal("R-1300-") + func.lpad(_text(number), 6, "0"),
        "state": _when(closed, literal(State.CLOSED.value), told.c.state),
        "beneficiary_id": _when(told.c.beneficiary_id.is_(None), None, _id("person", number)),
        "applicant_id": _when(told.c.applicant_id.is_(None), None, _id("person", number)),
        "received_at": received,
        "closed_at": _when(closed, received + func.make_interval(0, 0, 0, 12), told.c.closed_at),
        "search": told.c.search.op("||")(_vector(number)),
        **{name: told.c[name] - days for name in ("earliest", "latest", "target")},
    }


def _closed(number: ColumnElement[int]) -> ColumnElement[bool]:
    return number % 5 >= OPEN_OF_FIVE


def _person(people: Table, number: ColumnElement[int]) -> dict[str, Any]:
    return {
        "id": _id("person", number),
        "name": people.c.name + literal(" ") + _text(number),
        "national_id_hash": _digest("national", number),
        "mobile_hash": _digest("mobile", number),
        "name_folded": people.c.name_folded + literal("واحد") + _text(number % 977),
        "search": people.c.search.op("||")(_vector(number)),
    }


def _id(kind: str, number: ColumnElement[int]) -> Any:
    return cast(func.md5(literal(kind) + _text(number)), Uuid)


def _vector(number: ColumnElement[int]) -> Any:
    return type_coerce(func.to_tsvector("simple", literal("واحد") + _text(number % 977)), TSVECTOR)


def _digest(kind: str, number: ColumnElement[int]) -> Any:
    return func.sha256(cast(literal(kind) + _text(number), BYTEA))


def _text(number: ColumnElement[int]) -> Any:
    return cast(number, Text)


def _when(condition: Any, then: Any, otherwise: Any) -> Any:
    return case((condition, then), else_=otherwise)

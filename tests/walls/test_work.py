"""Owed work, jobs, caches and limits: each belongs to one association."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import ProgrammingError

from silah import clock, jobs
from silah.cases.models import Case, TimelineEntry
from silah.jobs import handlers, runner
from silah.shell import appearance
from silah.shell.models import AssociationSetting
from tenants import resolution
from tenants.context import PLATFORM, Place, Tenant, serving
from tenants.database import db
from tenants.registry import DueWork
from tests.walls.conftest import Town


@pytest.fixture
def owed(app: Flask, a: Town) -> str:
    """Something that A owes: a message that there is not."""
    key = str(uuid4())
    with app.app_context(), serving(a.tenant):
        jobs.owe("message", key, clock.now())
        db.session.commit()
    return key


class TestOwedWork:
    def test_cannot_be_seen_by_another(self, app: Flask, a: Town, b: Town, owed: str) -> None:
        with app.app_context():
            with serving(b.tenant):
                assert db.session.scalar(select(func.count()).where(DueWork.tenant == a.tenant.role)) == 0
                assert set(db.session.scalars(select(DueWork.tenant))) == {b.tenant.role}
            with serving(a.tenant):
                assert db.session.scalar(select(DueWork.key).where(DueWork.key == owed)) == owed

    def test_cannot_be_settled_by_another(self, app: Flask, a: Town, b: Town, owed: str) -> None:
        with app.app_context():
            with serving(b.tenant):
                jobs.settle("message", owed)
                done = update(DueWork).where(DueWork.key == owed).values(done_at=clock.now())
                assert db.session.execute(done).rowcount == 0  # type: ignore[attr-defined]
                db.session.commit()
            with serving(a.tenant):
                assert db.session.scalar(select(DueWork.done_at).where(DueWork.key == owed)) is None

    def test_cannot_be_owed_in_anothers_name(self, app: Flask, a: Town, b: Town) -> None:
        row = insert(DueWork).values(tenant=a.tenant.role, kind="message", key="x", due_at=clock.now(), payload={})
        with app.app_context(), serving(b.tenant), pytest.raises(ProgrammingError, match="row-level security"):
            db.session.execute(row)

    def test_cannot_be_handed_to_another(self, app: Flask, a: Town, b: Town) -> None:
        given = update(DueWork).values(tenant=a.tenant.role)
        with app.app_context(), serving(b.tenant), pytest.raises(ProgrammingError, match="row-level security"):
            db.session.execute(given)

    def test_is_never_removed_by_an_association(self, app: Flask, b: Town) -> None:
        with app.app_context(), serving(b.tenant), pytest.raises(ProgrammingError, match="permission denied"):
            db.session.execute(text("DELETE FROM shared.due_work"))


class TestAJob:
    @pytest.mark.parametrize("kind", ["case.overdue", "case.target", "draft.expire", "message"])
    def test_of_one_given_to_another_touches_neither(
        self, app: Flask, a: Town, b: Town, kind: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        handlers.load()
        assert kind in handlers.kinds()
        case = str(a.ids(Case)[0])
        before = counted(app, a)
        with app.app_context():
            assert runner.work(b.tenant.role, kind, case) is False  # B owes no such thing
            with serving(b.tenant):
                jobs.owe(kind, case, clock.now(), {"case": case})
                db.session.commit()
            runner.work(b.tenant.role, kind, case)
            with serving(b.tenant):
                jobs.settle(kind, case)
                db.session.commit()
        assert counted(app, a) == before

    def test_of_no_association_is_left_alone(self, app: Flask) -> None:
        with app.app_context():
            assert runner.work("t_" + "0" * 32, "message", "x") is False


def named(place: Place) -> UUID | None:
    """The id of an association; its key may have been wrapped anew since it was made."""
    return place.id if isinstance(place, Tenant) else None


class TestWhatIsRemembered:
    def test_a_host_is_remembered_with_its_own_association(self, app: Flask, a: Town, b: Town) -> None:
        with app.app_context():
            for _ in range(2):
                assert [named(resolution.resolve(town.host)) for town in (a, b)] == [a.tenant.id, b.tenant.id]

    def test_a_look_is_remembered_for_its_own_association(self, app: Flask, a: Town, b: Town) -> None:
        with app.app_context():
            for town, accent in ((a, "#112233"), (b, "#445566")):
                with serving(town.tenant):
                    setting = db.session.get(AssociationSetting, 1)
                    assert setting is not None
                    setting.accent = accent
                    db.session.commit()
            for _ in range(2):
                for town, accent in ((a, "#112233"), (b, "#445566")):
                    with serving(town.tenant):
                        assert appearance.current().accent == accent
            with serving(PLATFORM):
                assert appearance.current() == appearance.PLATFORM_LOOK
        assert a.visitor().get("/theme.css").data != b.visitor().get("/theme.css").data

    def test_guesses_are_counted_for_each_association_apart(self, a: Town, b: Town) -> None:
        def guess(town: Town) -> int:
            sent = {"reference": "R-1448-000001", "code": "AAAA-AAAA-AAAA"}
            status: int = (
                town.visitor().post("/follow", data=sent, environ_overrides={"REMOTE_ADDR": "192.0.2.77"}).status_code
            )
            return status

        assert [guess(a) for _ in range(12)].count(429) == 2
        assert guess(b) == 422


def counted(app: Flask, town: Town) -> Any:
    """How much there is of what a job could have written."""
    with app.app_context(), serving(town.tenant):
        counts = [db.session.scalar(select(func.count()).select_from(model)) for model in (TimelineEntry, Case)]
        return counts, db.session.scalar(select(func.sum(Case.version)))

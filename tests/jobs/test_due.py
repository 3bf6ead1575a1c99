"""Owing, settling, and effects that wait for the commit; without a worker."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from redis import Redis
from sqlalchemy.exc import ProgrammingError

from silah import clock as time
from silah.config import Settings
from silah.jobs import after_commit, handlers, owe, settle
from silah.jobs.runner import work
from silah.jobs.scheduled_jobs import delay
from silah.jobs.sweeper import sweep
from silah.jobs.transport import queue
from tenants import provisioning
from tenants.context import PLATFORM, Tenant, serving
from tenants.database import db
from tenants.registry import Association
from tests.jobs.conftest import row_of

NOON = datetime(2026, 12, 10, 9, 0, tzinfo=UTC)

done: list[str] = []


@handlers.handles("test.here")
def here(key: str, payload: dict[str, Any]) -> None:
    done.append(key)
    if payload.get("fail"):
        raise ValueError("no")
    if payload.get("again"):
        owe("test.here", key, time.now() + timedelta(days=1))


def broken() -> None:
    raise OSError("out of order")


class TestOwing:
    def test_it_stands_only_once_its_cause_is_committed(self, in_tenant: Tenant) -> None:
        owe("test.here", "uncommitted", time.now())
        db.session.rollback()
        assert work(in_tenant.role, "test.here", "uncommitted") is False

    def test_owing_the_same_again_moves_it_and_makes_it_owed_once_more(self, in_tenant: Tenant) -> None:
        for at in (NOON, NOON + timedelta(days=3)):
            owe("test.here", "moved", at)
            settle("test.here", "moved")
        owe("test.here", "moved", NOON)
        db.session.commit()
        assert (row_of("moved").due_at, row_of("moved").done_at) == (NOON, None)

    def test_one_association_cannot_owe_for_another(self, in_tenant: Tenant) -> None:
        from tenants.registry import DueWork

        db.session.add(DueWork(tenant="t_" + "0" * 32, kind="test.here", key="foreign", due_at=NOON))
        with pytest.raises(ProgrammingError, match="row-level security"):
            db.session.commit()
        db.session.rollback()


class TestWork:
    def test_it_is_done_once(self, in_tenant: Tenant, redis: Redis) -> None:
        owe("test.here", "once", time.now())
        db.session.commit()
        assert [work(in_tenant.role, "test.here", "once") for _ in range(2)] == [True, False]
        assert done.count("once") == 1

    def test_it_is_not_done_before_its_time(self, in_tenant: Tenant) -> None:
        owe("test.here", "early", time.now() + timedelta(hours=1))
        db.session.commit()
        assert work(in_tenant.role, "test.here", "early") is False

    def test_work_that_owes_itself_anew_stays_owed(self, in_tenant: Tenant, redis: Redis) -> None:
        owe("test.here", "daily", time.now(), {"again": True})
        db.session.commit()
        assert work(in_tenant.role, "test.here", "daily")
        assert row_of("daily").done_at is None

    def test_a_failure_undoes_the_work_and_waits_longer_each_time(
        self, in_tenant: Tenant, redis: Redis, clock: Callable[[datetime], None]
    ) -> None:
        clock(NOON)
        owe("test.here", "failing", NOON, {"fail": True, "again": True})
        db.session.commit()
        waits = []
        for _ in range(3):
            clock(row_of("failing").due_at)
            work(in_tenant.role, "test.here", "failing")
            waits.append(row_of("failing").due_at - time.now())
        assert waits == [timedelta(seconds=5), timedelta(seconds=10), timedelta(seconds=20)]
        assert delay(50) == timedelta(hours=1)

    def test_what_no_release_can_do_waits_for_one_that_can(self, in_tenant: Tenant, redis: Redis) -> None:
        owe("test.unheard-of", "future", time.now())
        db.session.commit()
        assert work(in_tenant.role, "test.unheard-of", "future") is False
        assert row_of("future").last_error == "UnknownWork: test.unheard-of"


class TestSweep:
    def test_it_hands_over_what_is_due_once(self, in_tenant: Tenant, settings: Settings, redis: Redis) -> None:
        sweep(settings, redis)
        owe("test.here", "swept", time.now())
        owe("test.here", "not-yet", time.now() + timedelta(hours=1))
        db.session.commit()
        assert [sweep(settings, redis) for _ in range(2)] == [1, 0]
        assert queue(settings, redis).jobs[-1].args == [in_tenant.role, "test.here", "swept"]

    def test_what_was_handed_over_long_ago_is_handed_again(
        self, in_tenant: Tenant, settings: Settings, redis: Redis, clock: Callable[[datetime], None]
    ) -> None:
        owe("test.here", "stuck", time.now())
        db.session.commit()
        sweep(settings, redis)
        redis.delete(f"rq:queue:{settings.installation}")
        clock(time.now() + timedelta(minutes=5))
        assert sweep(settings, redis) >= 1

    def test_what_somebody_waits_for_overtakes_the_rest(
        self, in_tenant: Tenant, settings: Settings, redis: Redis
    ) -> None:
        sweep(settings, redis)
        owe("test.here", "can-wait", time.now() - timedelta(minutes=1))
        owe("test.here.awaited", "awaited", time.now())
        db.session.commit()
        sweep(settings, redis)
        keys = [job.args[2] for job in queue(settings, redis).jobs]
        assert keys.index("awaited") < keys.index("can-wait")

    def test_a_suspended_association_waits(self, app: Any, settings: Settings, redis: Redis) -> None:
        with app.app_context():
            tenant = provisioning.create("waiting", blueprint="madinah-centers", name_ar="جمعية", name_en="A")
            with serving(tenant):
                owe("test.here", "asleep", time.now())
                db.session.commit()
            with serving(PLATFORM):
                db.session.get_one(Association, tenant.id).state = "suspended"
                db.session.commit()
            sweep(settings, redis)
            assert "asleep" not in [job.args[2] for job in queue(settings, redis).jobs]

    def test_another_installation_on_the_same_redis_sees_nothing(self, settings: Settings, redis: Redis) -> None:
        other = settings.model_copy(update={"database_url": settings.database_url + "&application_name=other"})
        assert queue(other, redis).name != queue(settings, redis).name


class TestAfterCommit:
    def test_an_effect_waits_for_the_commit(self, in_tenant: Tenant) -> None:
        seen: list[str] = []
        after_commit(lambda: seen.append("told"))
        assert seen == []
        db.session.commit()
        assert seen == ["told"]
        db.session.commit()
        assert seen == ["told"]

    def test_a_rollback_forgets_it(self, in_tenant: Tenant) -> None:
        seen: list[str] = []
        after_commit(lambda: seen.append("told"))
        db.session.rollback()
        db.session.commit()
        assert seen == []

    def test_a_savepoint_takes_its_own_effects_with_it(self, in_tenant: Tenant) -> None:
        seen: list[str] = []
        after_commit(lambda: seen.append("outer"))
        inner = db.session.begin_nested()
        after_commit(lambda: seen.append("inner"))
        inner.rollback()
        with db.session.begin_nested():
            after_commit(lambda: seen.append("kept"))
        assert seen == []
        db.session.commit()
        assert seen == ["outer", "kept"]

    def test_a_failing_effect_stops_no_other(self, in_tenant: Tenant) -> None:
        seen: list[str] = []
        after_commit(broken)
        after_commit(lambda: seen.append("told"))
        db.session.commit()
        assert seen == ["told"]

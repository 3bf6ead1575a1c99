"""Objects, sessions, streams and connections stay with the association they began with."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import stream_with_context
from sqlalchemy import Engine, text

from tenants import provisioning
from tenants.context import PLATFORM, current_tenant, place, serving, streamed
from tenants.database import db
from tenants.errors import NoTenant, WrongTenant
from tenants.versions import Holiday
from tests.tenants.conftest import DAY, PID, Pair, run, small_app, whose


class TestObjectsAndSessions:
    def test_a_lazy_load_under_another_association_is_an_error(self, pair: Pair) -> None:
        with serving(pair.red):
            red = db.session.get_one(Holiday, DAY)
            db.session.expire(red)
            with serving(pair.blue), pytest.raises(WrongTenant):
                _ = red.name_en

    def test_also_once_its_transaction_has_ended(self, pair: Pair) -> None:
        with serving(pair.red):
            red = db.session.get_one(Holiday, DAY)
            db.session.commit()
            with serving(pair.blue), pytest.raises(WrongTenant):
                _ = red.name_en

    def test_a_session_carried_across_is_an_error(self, pair: Pair) -> None:
        with serving(pair.red):
            session = db.session()
        with serving(pair.blue), pytest.raises(WrongTenant):
            session.execute(text("SELECT 1"))

    def test_a_connection_carried_across_is_an_error(self, pair: Pair) -> None:
        with db.engine.connect() as conn:
            with serving(pair.red):
                conn.execute(text("SELECT 1"))
            with serving(pair.blue), pytest.raises(WrongTenant):
                conn.execute(text("SELECT 1"))

    @pytest.mark.parametrize("way", ["add", "merge", "delete"])
    def test_an_object_given_to_another_associations_session(self, pair: Pair, way: str) -> None:
        with serving(pair.red):
            red = db.session.get_one(Holiday, DAY)
        with serving(pair.blue), pytest.raises(WrongTenant):
            getattr(db.session, way)(red)

    def test_within_its_own_association_a_detached_object_may_come_back(self, pair: Pair) -> None:
        with serving(pair.red):
            red = db.session.get_one(Holiday, DAY)
        with serving(pair.red):
            db.session.add(red)
            assert red.name_en == "red"

    def test_serving_whom_one_serves_keeps_the_session(self, pair: Pair) -> None:
        with serving(pair.red):
            red = db.session.get_one(Holiday, DAY)
            with serving(pair.red):
                assert db.session.get_one(Holiday, DAY) is red
            assert red in db.session

    def test_a_platform_look_up_nested_in_an_association_has_a_session_of_its_own(
        self, settings: Any, made_pair: Pair
    ) -> None:
        app = small_app(settings, pool_size=2)
        with app.app_context(), serving(made_pair.red):
            whose_user = run("SELECT current_user").scalar_one()
            with serving(PLATFORM):
                assert run("SELECT slug FROM shared.association WHERE id = :id", id=made_pair.red.id).scalar_one()
            assert run("SELECT current_user").scalar_one() == whose_user == made_pair.red.role
            db.session.remove()
            db.engine.dispose()


class TestStreams:
    def test_a_streamed_response_is_made_for_whom_the_view_served(self, settings: Any, made_pair: Pair) -> None:
        app = small_app(settings)

        @app.get("/<who>")
        def stream(who: str) -> Any:
            def chunks() -> Iterator[str]:
                for _ in range(3):
                    yield current_tenant().role + run("SELECT current_user").scalar_one() + "\n"

            with serving(getattr(made_pair, who)):
                return app.response_class(stream_with_context(streamed(chunks())))

        for _ in range(2):
            for name, tenant in (("red", made_pair.red), ("blue", made_pair.blue)):
                answer = app.test_client().get(f"/{name}")
                assert answer.text == (tenant.role + tenant.role + "\n") * 3
                assert place.get() is None
        with app.app_context():
            assert db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
            db.engine.dispose()

    def test_a_stream_that_is_broken_off_gives_its_connection_back(self, settings: Any, made_pair: Pair) -> None:
        app = small_app(settings)

        @app.get("/")
        def stream() -> Any:
            def chunks() -> Iterator[str]:
                while True:
                    yield run("SELECT current_user").scalar_one()

            with serving(made_pair.red):
                return app.response_class(stream_with_context(streamed(chunks())))

        answer = app.test_client().get("/", buffered=False)
        assert next(iter(answer.response)) == made_pair.red.role.encode()
        answer.close()
        assert place.get() is None
        with app.app_context():
            assert db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
            db.engine.dispose()

    def test_a_stream_for_nobody_is_an_error(self) -> None:
        with pytest.raises(NoTenant):
            streamed([])


class TestRetirement:
    def test_a_connection_is_replaced_after_a_number_of_associations(self, settings: Any, make: Any) -> None:
        app = small_app(settings.model_copy(update={"retire_after": 3}))
        tenants = [make() for _ in range(3)]

        def pid(tenant: Any) -> int:
            with serving(tenant):
                return int(db.session.execute(PID).scalar_one())

        with app.app_context():
            first = pid(tenants[0])
            assert [pid(tenants[0]) for _ in range(5)] == [first] * 5, "the same association again is nothing new"
            assert pid(tenants[1]) == first
            assert pid(tenants[2]) == first, "it serves the third to the end"
            assert pid(tenants[0]) != first
            db.engine.dispose()


class TestRoleModeNone:
    def test_only_the_path_isolates(self, settings: Any, superuser: Engine) -> None:
        app = small_app(settings.model_copy(update={"role_mode": "none"}))
        names = {"blueprint": "madinah-centers", "name_ar": "بلا دور", "name_en": "Without a role"}
        with app.app_context():
            one, two = (provisioning.create(f"none-{which}", **names) for which in ("one", "two"))
            with serving(one):
                db.session.add(Holiday(date=DAY, name_ar="", name_en="one"))
                db.session.commit()
                assert run("SELECT current_user").scalar_one() == "silah_app"
            with serving(two):
                assert run("SELECT count(*) FROM holiday").scalar_one() == 0
            with serving(two):
                db.session.add(Holiday(date=DAY, name_ar="", name_en="two"))
                db.session.flush()
                assert whose() == "two"
            db.engine.dispose()
        with superuser.connect() as conn:
            assert conn.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :r"), {"r": one.role}).scalar() is None

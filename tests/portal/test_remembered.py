"""Public pages drawn once for many visitors: never for the wrong one, and never older than a change made here."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from silah import clock
from silah.organisation.models import BranchOffice
from silah.portal import page_cache
from tenants.context import Tenant
from tenants.database import db

PAGES = ("/", "/policy", "/policy/versions")


@pytest.fixture
def other(make_association: Callable[..., Tenant]) -> Tenant:
    return make_association(name_ar="جمعية أخرى", blueprint="hayat-arar")


class TestRemembered:
    @pytest.mark.parametrize("path", PAGES)
    def test_a_second_visitor_costs_the_database_nothing(
        self, association: Tenant, client: Any, queries: Any, path: str
    ) -> None:
        first = client(association).get(path).text
        with queries() as sent:
            again = client(association).get(path)
        assert again.text == first
        assert sent == []

    def test_each_association_has_its_own(self, association: Tenant, other: Tenant, client: Any) -> None:
        pages = [client(tenant).get("/").text for tenant in (association, other, association)]
        assert pages[0] == pages[2] != pages[1]
        assert other.name_ar in pages[1]

    def test_each_language_has_its_own_and_is_still_kept_in_the_cookie(self, association: Tenant, client: Any) -> None:
        client(association).get("/")
        reader = client(association)
        assert '<html lang="en"' in reader.get("/?lang=en").text
        assert '<html lang="en"' in reader.get("/").text
        assert '<html lang="ar"' in client(association).get("/").text

    def test_a_change_made_here_shows_at_once(self, association: Tenant, client: Any, serve: Any) -> None:
        client(association).get("/")
        with serve(association):
            db.session.add(BranchOffice(name_ar="فرع الاختبار", name_en="Test"))
            db.session.commit()
        assert "فرع الاختبار" in client(association).get("/").text

    def test_one_made_elsewhere_shows_within_seconds(
        self, association: Tenant, client: Any, serve: Any, age_caches: Any
    ) -> None:
        with serve(association):
            db.session.add(BranchOffice(name_ar="فرع الشمال", name_en="North"))
            db.session.commit()
        client(association).get("/")
        with serve(association):
            # Past the session's events, as another process would do it.
            db.session.execute(update(BranchOffice.__table__).values(name_ar="فرع الجنوب"))  # type: ignore[arg-type]
            db.session.commit()
        assert "فرع الشمال" in client(association).get("/").text
        age_caches(page_cache.SECONDS + 1)
        assert "فرع الجنوب" in client(association).get("/").text

    def test_another_day_is_another_page(
        self, association: Tenant, client: Any, clock: Callable[[datetime], None], queries: Any
    ) -> None:
        client(association).get("/")
        clock(_tomorrow())
        with queries() as sent:
            client(association).get("/")
        assert sent != []

    def test_somebody_who_has_signed_in_gets_a_page_of_their_own(
        self, association: Tenant, client: Any, signed_in: Any, queries: Any
    ) -> None:
        client(association).get("/")
        browser = signed_in(association, "administrator")
        with queries() as sent:
            browser.get("/")
        assert sent != []

    def test_what_is_to_be_said_once_is_said_to_one(self, association: Tenant, client: Any) -> None:
        client(association).get("/")
        reader = client(association)
        with reader.session_transaction(base_url=reader.base_url) as session:
            session["_flashes"] = [("good", "رسالة لقارئ واحد")]
        assert "رسالة لقارئ واحد" in reader.get("/").text
        assert "رسالة لقارئ واحد" not in reader.get("/").text
        assert "رسالة لقارئ واحد" not in client(association).get("/").text

    def test_made_up_queries_are_not_kept(self, association: Tenant, client: Any) -> None:
        before = len(page_cache._kept)
        for number in range(3):
            client(association).get(f"/policy?made={number}")
        assert len(page_cache._kept) == before


def _tomorrow() -> datetime:
    return clock.now() + timedelta(days=1)

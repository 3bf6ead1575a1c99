"""From host to association: subdomain, own domain, platform, nobody."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, text

from tenants import cache_ages, registering, resolution
from tenants.context import PLATFORM, serving
from tenants.database import db
from tenants.errors import HostTaken, UnknownHost, UnknownTenant


@pytest.fixture(autouse=True)
def inside(small: Flask) -> Iterator[None]:
    with small.app_context():
        resolution.forget()
        yield


class TestResolve:
    def test_the_base_domain_is_the_platform(self) -> None:
        assert resolution.resolve("silah.test") is PLATFORM

    @pytest.mark.parametrize("form", ["{}.silah.test", "{}.silah.test:8000", "{}.SILAH.test", "{}.silah.test."])
    def test_a_subdomain_is_its_association(self, make: Any, form: str) -> None:
        tenant = make()
        assert resolution.resolve(form.format(tenant.slug)) == tenant

    @pytest.mark.parametrize(
        "host",
        ["", "nobody.silah.test", "127.0.0.1", "[::1]:80", "a.b.silah.test", "xsilah.test", "silah.test.evil", "%00"],
    )
    def test_any_other_host_is_unknown(self, host: str) -> None:
        with pytest.raises(UnknownHost):
            resolution.resolve(host)

    def test_a_subdomain_of_a_subdomain_is_nobodys(self, make: Any) -> None:
        with pytest.raises(UnknownHost):
            resolution.resolve(f"x.{make().slug}.silah.test")

    def test_the_error_names_nothing(self) -> None:
        with pytest.raises(UnknownHost) as error:
            resolution.resolve("secret.silah.test")
        assert "secret" not in str(error.value)

    def test_one_that_is_still_being_made_is_unknown(self, make: Any, superuser: Engine) -> None:
        tenant = make()
        with superuser.connect() as conn:
            conn.execute(text("UPDATE shared.association SET state = 'making' WHERE id = :id"), {"id": tenant.id})
        with pytest.raises(UnknownHost):
            resolution.resolve(f"{tenant.slug}.silah.test")

    def test_the_answer_is_kept_for_a_while(self, make: Any, superuser: Engine, monkeypatch: Any) -> None:
        tenant = make()
        host = f"{tenant.slug}.silah.test"
        resolution.resolve(host)
        with superuser.connect() as conn:
            conn.execute(text("UPDATE shared.association SET name_en = 'New' WHERE id = :id"), {"id": tenant.id})
        assert resolution.resolve(host).name_en != "New"  # type: ignore[union-attr]
        later = cache_ages.cache_clock() + resolution.TTL + 1
        monkeypatch.setattr(cache_ages, "cache_clock", lambda: later)
        assert resolution.resolve(host).name_en == "New"  # type: ignore[union-attr]

    def test_made_up_hosts_do_not_fill_the_memory(self, monkeypatch: Any) -> None:
        monkeypatch.setattr(resolution, "MOST", 5)
        for n in range(20):
            with pytest.raises(UnknownHost):
                resolution.resolve(f"made-up-{n}.silah.test")
        assert len(resolution._known().answers) == 5


class TestSuspension:
    def test_a_suspended_association_is_found_as_suspended(self, make: Any) -> None:
        tenant = make()
        with serving(PLATFORM):
            assert registering.suspend(tenant.slug).state == "suspended"
            db.session.commit()
        assert resolution.resolve(f"{tenant.slug}.silah.test").state == "suspended"  # type: ignore[union-attr]
        with serving(PLATFORM):
            assert registering.resume(tenant.slug).state == "active"
            db.session.commit()
        assert resolution.resolve(f"{tenant.slug}.silah.test").state == "active"  # type: ignore[union-attr]

    def test_an_unknown_slug_is_an_error(self) -> None:
        with serving(PLATFORM), pytest.raises(UnknownTenant):
            registering.suspend("nobody")


class TestOwnDomain:
    def test_an_association_answers_at_a_domain_of_its_own(self, make: Any) -> None:
        tenant = make()
        with serving(PLATFORM):
            registering.answer_at(tenant.slug, "جمعية.example")
            db.session.commit()
        in_a_request = "xn--" + "جمعية".encode("punycode").decode() + ".example"
        assert resolution.resolve(in_a_request) == tenant

    def test_a_domain_belongs_to_one(self, make: Any) -> None:
        one, two = make(), make()
        with serving(PLATFORM):
            registering.answer_at(one.slug, "own.example")
            with pytest.raises(HostTaken):
                registering.answer_at(two.slug, "own.example")
            db.session.rollback()

    @pytest.mark.parametrize("host", ["silah.test", "x.silah.test", "has space.example", "a..b", "", "own.example:80"])
    def test_the_platforms_own_and_nonsense_are_refused(self, make: Any, host: str) -> None:
        with serving(PLATFORM), pytest.raises(HostTaken):
            registering.answer_at(make().slug, host)

"""Making associations: whole or not at all, one to a slug, opaque names, resumable."""

import secrets
import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, text

from tenants import keys, provisioning, rendering
from tenants.context import PLATFORM, Tenant, serving
from tenants.database import Base, db
from tenants.errors import BadName, BadSlug, CannotUnwrap, SlugTaken
from tenants.slugs import skeleton

Make = Callable[..., Tenant]


def fresh() -> str:
    return f"p{secrets.token_hex(6)}"


class TestMaking:
    def test_it_is_in_the_registry_under_an_opaque_name(self, make: Make) -> None:
        slug = fresh()
        tenant = make(slug)
        assert tenant.slug == slug
        assert tenant.role == f"t_{tenant.id.hex}"
        assert slug not in tenant.role

    def test_it_has_every_table_and_stands_at_the_head(self, make: Make, superuser: Engine) -> None:
        tenant = make()
        with superuser.connect() as conn:
            found = conn.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = :s"), {"s": tenant.role})
            assert {row[0] for row in found} == set(Base.metadata.tables) | {"alembic_version"}
            head = conn.execute(
                text("SELECT revision FROM shared.tenant_migration WHERE role = :role"), {"role": tenant.role}
            ).scalar_one()
        assert head == rendering.head("tenant")

    def test_its_role_owns_nothing_and_cannot_sign_in(self, make: Make, superuser: Engine) -> None:
        tenant = make()
        with superuser.connect() as conn:
            role = conn.execute(
                text("SELECT rolcanlogin, rolsuper, rolcreaterole, oid FROM pg_roles WHERE rolname = :r"),
                {"r": tenant.role},
            ).one()
            owned = conn.execute(
                text("SELECT count(*) FROM pg_class WHERE relowner = :oid"), {"oid": role.oid}
            ).scalar_one()
        assert (role.rolcanlogin, role.rolsuper, role.rolcreaterole, owned) == (False, False, False, 0)

    def test_names_may_be_any_unicode(self, make: Make) -> None:
        names = {"name_ar": "جمعيّة «البِرّ» ١٤٤٨ ʼ\u200f 🌴", "name_en": "O’Brien \"'; DROP SCHEMA shared; -- %s"}
        tenant = make(**names)
        assert (tenant.name_ar, tenant.name_en) == (names["name_ar"], names["name_en"])

    @pytest.mark.parametrize("name", ["", "  ", "a\x00b", "a\nb", "\ud800"])
    def test_names_of_nothing_or_of_control_characters_are_refused(self, make: Make, name: str) -> None:
        with pytest.raises(BadName):
            make(name_ar=name)

    def test_its_key_opens_under_the_master_key_for_it_alone(self, make: Make, settings: Any) -> None:
        one, two = make(), make()
        assert len(keys.unwrap(one.wrapped_key, settings.master_key_bytes, one.id)) == 32
        for wrapped, master, who in (
            (one.wrapped_key, settings.master_key_bytes, two.id),
            (one.wrapped_key, b"\0" * 32, one.id),
            (b"", settings.master_key_bytes, one.id),
        ):
            with pytest.raises(CannotUnwrap):
                keys.unwrap(wrapped, master, who)


class TestSlugs:
    @pytest.mark.parametrize("slug", ["albir", "al-bir-madinah", "a1b2", "jeddah2030"])
    def test_good_ones(self, make: Make, slug: str) -> None:
        assert make(slug).slug == slug

    @pytest.mark.parametrize(
        "slug",
        [
            *(
                "ab",
                "a" * 41,
                "-albir",
                "albir-",
                "al--bir",
                "xn--mgb",
                "1albir",
                "Albir",
                "al bir",
                "al.bir",
                "al_bir",
            ),
            *("www", "admin", "adm-in", "c0nsole", "\u0430lbir", "جمعية", "albir\n", "al\x00bir", "albir'; --"),
        ],
    )
    def test_bad_ones(self, make: Make, slug: str) -> None:
        with pytest.raises(BadSlug):
            make(slug)

    def test_a_slug_is_given_once(self, make: Make) -> None:
        slug = fresh()
        make(slug)
        with pytest.raises(SlugTaken):
            make(slug)

    @pytest.mark.parametrize(("one", "other"), [("khor-zad", "kh0rzad"), ("modern-aid", "modem-aid"), ("all5", "al1s")])
    def test_slugs_that_look_the_same_are_one(self, make: Make, one: str, other: str) -> None:
        assert skeleton(one) == skeleton(other)
        make(one)
        with pytest.raises(SlugTaken):
            make(other)

    def test_two_creations_at_once_give_one_association_and_one_clear_error(
        self, make: Make, superuser: Engine
    ) -> None:
        slug, results = fresh(), []
        barrier = threading.Barrier(4)

        def create() -> None:
            barrier.wait()
            try:
                results.append(make(slug))
            except SlugTaken as error:
                results.append(error)

        threads = [threading.Thread(target=create) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(type(result).__name__ for result in results) == ["SlugTaken"] * 3 + ["Tenant"]
        with superuser.connect() as conn:
            count = text("SELECT count(*) FROM shared.association WHERE slug = :slug")
            assert conn.execute(count, {"slug": slug}).scalar_one() == 1


class TestBreakingOff:
    NAMES = {"blueprint": "madinah-centers", "name_ar": "جمعية", "name_en": "Association"}  # noqa: RUF012

    def test_a_creation_that_breaks_off_is_resumed_under_the_same_slug(self, small: Flask, superuser: Engine) -> None:
        slug = fresh()
        with small.app_context():
            with pytest.raises(RuntimeError), provisioning.creating(slug, **self.NAMES) as first:
                raise RuntimeError("the power went")
            with provisioning.creating(slug, **self.NAMES) as second:
                assert second == first
            with superuser.connect() as conn:
                asked = text("SELECT state FROM shared.association WHERE slug = :slug")
                assert conn.execute(asked, {"slug": slug}).scalar_one() == "active"
            with pytest.raises(SlugTaken):
                provisioning.create(slug, **self.NAMES)

    def test_while_it_is_being_filled_nobody_else_resumes_it(self, small: Flask) -> None:
        slug = fresh()
        making = provisioning.creating(slug, **self.NAMES)
        with small.app_context(), making, pytest.raises(SlugTaken, match="just now"):
            provisioning.create(slug, **self.NAMES)

    def test_a_failure_in_the_tables_leaves_nothing_behind(
        self, small: Flask, superuser: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        slug, whole = fresh(), rendering.rendered()
        monkeypatch.setattr(rendering, "rendered", lambda: whole + "SELECT 1/0;")
        with small.app_context(), pytest.raises(Exception, match="division by zero"):
            provisioning.create(slug, **self.NAMES)
        with superuser.connect() as conn:
            left = text("""SELECT (SELECT count(*) FROM shared.association WHERE slug = :slug)
                + (SELECT count(*) FROM pg_roles r WHERE rolname LIKE 't\\_%'
                   AND NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = rolname))""")
            assert conn.execute(left, {"slug": slug}).scalar_one() == 0


class TestDueWork:
    def test_an_association_sees_and_writes_its_own_rows_only(self, small: Flask, make: Make) -> None:
        one, two = make(), make()
        insert = text("INSERT INTO shared.due_work (tenant, kind, key, due_at) VALUES (:t, 'x', 'k', now())")
        with small.app_context():
            for tenant in (one, two):
                with serving(tenant):
                    db.session.execute(insert, {"t": tenant.role})
                    db.session.commit()
                    assert db.session.execute(text("SELECT tenant FROM shared.due_work")).scalars().all() == [
                        tenant.role
                    ]
            with serving(one), pytest.raises(Exception, match="row-level security"):
                db.session.execute(insert, {"t": two.role})
            with serving(one):
                touched = db.session.execute(text("UPDATE shared.due_work SET attempts = 9"))
                assert touched.rowcount == 1
            with serving(PLATFORM):
                seen = db.session.execute(text("SELECT tenant FROM shared.due_work WHERE kind = 'x'")).scalars()
                assert {one.role, two.role} <= set(seen)

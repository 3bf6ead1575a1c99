"""The console: whose it is, what it lists, and what it stops and starts."""

import pytest

from silah.console import associations
from silah.staff import service, session_validity
from tenants.registry import TenantMigration


class TestWhoseItIs:
    def test_nobodys_without_signing_in(self, client):
        assert client().get("/console/associations").location == "/sign-in?next=/console/associations"

    def test_not_a_member_of_an_associations(self, client, signed_in, association):
        assert signed_in(association, "administrator").get("/console/associations").status_code == 404

    def test_no_longer_that_of_a_suspended_operator(self, app, client, operator):
        assert operator.get("/console/associations").status_code == 200
        with operator.session_transaction(base_url=operator.base_url) as session:
            account = session["_user_id"].split(".")[0]
        with app.app_context():
            service.suspend(associations.UUID(account))
        assert operator.get("/console/associations").status_code == 302

    def test_no_longer_that_of_one_who_is_no_operator_any_more(self, operator, serve):
        from silah.staff.models import Account
        from tenants.database import db

        with operator.session_transaction(base_url=operator.base_url) as session:
            account = session["_user_id"].split(".")[0]
        with serve():
            db.session.get(Account, associations.UUID(account)).is_operator = False
            db.session.commit()
        session_validity.forget()
        assert operator.get("/console/associations").status_code == 302


class TestTheList:
    @pytest.fixture
    def three(self, make_association):
        return [
            make_association(slug=f"zz-list-{letter}", name_ar=f"جمعية {letter} الخيرية", name_en=f"Charity {letter}")
            for letter in "abc"
        ]

    @pytest.fixture(autouse=True)
    def _made(self, request, serve):
        """The three are made once for all tests of this class."""
        from tenants import registering
        from tenants.errors import UnknownTenant

        with serve():
            try:
                registering.get("zz-list-c")
            except UnknownTenant:
                request.getfixturevalue("three")

    def test_finds_by_name_in_either_language_by_address_and_by_own_domain(self, operator, serve):
        from tenants import registering
        from tenants.database import db

        with serve():
            if not registering.hosts(registering.get("zz-list-b")):
                registering.answer_at("zz-list-b", "bbb.example.sa")
                db.session.commit()
        for words, expected in {
            "charity zz-list": "abc",
            "الخيرية zz b": "b",
            "zz-list-c": "c",
            "bbb.example": "b",
            "100%": "",
            "zz_list": "",
        }.items():
            text = operator.get("/console/associations", query_string={"q": words}).text
            assert [letter for letter in "abc" if f">zz-list-{letter}<" in text] == list(expected), words

    def test_turns_pages_both_ways(self, operator, monkeypatch, serve):
        monkeypatch.setattr(associations, "PAGE", 1)
        with serve():
            seen, after = [], "zz-list-"
            while after:
                page = associations.page(search="zz-list", after=after)
                seen += [line.association.slug for line in page.lines]
                after = page.after
            assert seen == ["zz-list-a", "zz-list-b", "zz-list-c"]
            back = associations.page(search="zz-list", before="zz-list-c")
            assert ([line.association.slug for line in back.lines], back.before) == (["zz-list-b"], "zz-list-b")
            first = associations.page(search="zz-list", before="zz-list-b")
            assert ([line.association.slug for line in first.lines], first.before) == (["zz-list-a"], None)

    def test_says_which_await_a_migration(self, operator, serve, cluster):
        from sqlalchemy import create_engine, update

        from tenants import registering

        with serve():
            role = registering.get("zz-list-a").role
        engine = create_engine(cluster.owner_url)
        with engine.begin() as conn:
            late = update(TenantMigration).where(TenantMigration.role == role)
            before = conn.execute(late.values(revision="before").returning(TenantMigration.revision)).scalar()
        assert before == "before"
        try:
            assert "tag warn" in operator.get("/console/associations?q=zz-list-a").text
            assert "tag warn" not in operator.get("/console/associations?q=zz-list-b").text
        finally:
            from tenants import rendering

            with engine.begin() as conn:
                conn.execute(late.values(revision=rendering.head("tenant")))
            engine.dispose()

    def test_costs_the_same_however_many_there_are(self, operator, queries):
        operator.get("/console/associations")
        with queries() as one:
            operator.get("/console/associations?q=zz-list-a")
        with queries() as all_:
            operator.get("/console/associations")
        assert len(one) == len(all_) <= 4


class TestOneAssociation:
    def test_is_shown_with_where_it_answers(self, operator, association):
        page = operator.get(f"/console/associations/{association.id}").text
        assert f"http://{association.slug}.silah.test" in page
        assert association.role in page

    def test_that_does_not_exist_is_not_there(self, operator):
        for path in ("", "/making"):
            unknown = f"/console/associations/00000000-0000-4000-8000-000000000000{path}"
            assert operator.get(unknown).status_code == 404

    def test_is_suspended_and_resumed(self, operator, client, association, signed_in):
        at_work = signed_in(association, "administrator")
        assert operator.post(f"/console/associations/{association.id}/suspend").status_code == 302
        for browser in (client(association), at_work):  # a page about it, whoever asks
            answer = browser.get("/sign-in")
            assert answer.status_code == 503
        operator.post(f"/console/associations/{association.id}/resume")
        assert at_work.get("/desk/associations").status_code == 200

    def test_is_not_stopped_by_a_link(self, operator, association):
        assert operator.get(f"/console/associations/{association.id}/suspend").status_code == 405


class TestTheFirstPage:
    def test_says_what_this_is_and_names_no_association(self, client, association):
        answer = client().get("/")
        assert answer.status_code == 200
        assert association.slug not in answer.text
        assert association.name_ar not in answer.text

    def test_asks_the_database_nothing(self, client, queries):
        browser = client()
        browser.get("/")
        with queries() as sent:
            browser.get("/?lang=en")
        assert sent == []

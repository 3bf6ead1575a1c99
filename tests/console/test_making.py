"""Making an association from the console: asked for by the web server, done by who holds the owner's login."""

import secrets

import pytest
from sqlalchemy import func, select

from silah.console import making
from silah.onboarding import jobs as onboarding
from silah.onboarding import setup
from silah.organisation.models import Membership
from tenants import registering
from tenants.database import db
from tenants.errors import NotPrepared
from tenants.registry import Association


@pytest.fixture
def form():
    return {
        "name_ar": "جمعية الغد",
        "name_en": "Al-Ghad",
        "slug": f"ghad-{secrets.token_hex(4)}",
        "blueprint": "tamkeen-qassim",
        "locale": "ar",
        "admin_name": "سعاد",
        "admin_email": f"suad-{secrets.token_hex(4)}@silah.test",
    }


def ask(operator, form):
    answer = operator.post("/console/associations/new", data=form)
    assert answer.status_code == 302, answer.text
    return answer.location


class TestMaking:
    def test_is_waited_for_and_then_shown(self, operator, client, form, make_what_is_owed, serve):
        progress = ask(operator, form | {"slug": form["slug"].upper()})
        waiting = operator.get(progress)
        assert 'http-equiv="refresh"' in waiting.text
        assert make_what_is_owed() == 1
        shown = operator.get(progress)
        assert shown.location == progress.removesuffix("/making")
        assert form["slug"] in operator.get(shown.location).text
        with serve():
            tenant = registering.get(form["slug"]).tenant()
        assert progress == f"/console/associations/{tenant.id}/making"
        with serve(tenant):
            assert db.session.scalars(select(Membership.email)).all() == [form["admin_email"]]
        assert client(tenant).get("/sign-in").status_code == 200

    def test_done_twice_makes_one(self, app, operator, form, make_what_is_owed, serve):
        ask(operator, form)
        make_what_is_owed()
        with serve():
            made = registering.get(form["slug"])
            onboarding.make(made.id, form)
            assert db.session.scalar(select(func.count()).where(Association.slug == form["slug"])) == 1

    def test_a_worker_that_dies_in_the_middle_is_followed_by_one_that_finishes(
        self, app, operator, form, make_what_is_owed, monkeypatch, client
    ):
        progress = ask(operator, form)

        def killed(*_, **__):
            raise KeyboardInterrupt

        monkeypatch.setattr(setup, "enrol", killed)
        with pytest.raises(KeyboardInterrupt):
            make_what_is_owed()
        monkeypatch.undo()
        assert "refresh" in operator.get(progress).text
        assert make_what_is_owed() == 1
        assert operator.get(progress).status_code == 302

    def test_without_the_owners_login_it_says_how_to_do_it(self, operator, form, make_what_is_owed, monkeypatch):
        progress = ask(operator, form)

        def unprepared(*_, **__):
            raise NotPrepared("SILAH_OWNER_URL is not set")

        monkeypatch.setattr(setup, "create", unprepared)
        assert make_what_is_owed() == 0
        page = operator.get(progress).text
        assert f"silah tenants create {form['slug']} --blueprint tamkeen-qassim" in page

    def test_a_slug_taken_in_the_meantime_is_told_and_not_tried_for_ever(self, operator, form, make_what_is_owed):
        first, second = ask(operator, form), ask(operator, form)
        assert make_what_is_owed() == 2
        answers = {operator.get(path).status_code for path in (first, second)}
        assert answers == {302, 200}
        assert make_what_is_owed() == 0

    @pytest.mark.parametrize(
        "wrong",
        [
            {"slug": "ab"},
            {"slug": "admin"},
            {"slug": "a--b"},
            {"slug": "جمعية"},
            {"blueprint": "no-such"},
            {"name_ar": " "},
            {"admin_email": "no address"},
        ],
    )
    def test_what_cannot_be_is_refused_on_the_page(self, operator, form, wrong):
        answer = operator.post("/console/associations/new", data=form | wrong)
        assert answer.status_code == 422
        assert "error-summary" in answer.text

    def test_an_address_that_looks_like_another_is_refused(self, operator, make_association, form):
        make_association(slug="modernity")
        answer = operator.post("/console/associations/new", data=form | {"slug": "modemity"})
        assert answer.status_code == 422


def test_what_the_operator_waits_for_passes_by_what_associations_owe(
    app, settings, serve, operator, form, association, make_what_is_owed
):
    from silah import clock as time
    from silah.jobs import owe, sweeper, transport

    with app.app_context():
        waiting = transport.connect(settings)
        line = transport.queue(settings, waiting)
        while sweeper.sweep(settings, waiting):  # what other tests left owed goes first, out of the way
            line.empty()
        with serve(association):
            for number in range(5):
                owe("nothing.of.note", str(number), time.now())
            db.session.commit()
        sweeper.sweep(settings, waiting)
        id = ask(operator, form).split("/")[3]
        sweeper.sweep(settings, waiting)
        order = [job.args[1:] for job in line.jobs]
        assert order.index([making.KIND, id]) < order.index(["nothing.of.note", "0"])
        line.empty()
    make_what_is_owed()


def test_two_workers_at_once_make_one_and_refuse_nothing(app, operator, form, make_what_is_owed, monkeypatch):
    progress, within = ask(operator, form), []
    real = setup.furnish

    def slow(*arguments, **more):
        if not within:
            within.append(True)
            assert make_what_is_owed() == 0  # the second worker, while the first is in the middle
        real(*arguments, **more)

    monkeypatch.setattr(setup, "furnish", slow)
    assert make_what_is_owed() == 1
    assert operator.get(progress).status_code == 302

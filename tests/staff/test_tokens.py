"""Single-use secrets: used once, in time, at the place they are for."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from silah import clock as time
from silah.staff import service, tokens
from silah.staff.errors import LinkExpired
from silah.staff.models import Token
from tenants.database import db


@pytest.fixture
def person(app, staff, association):
    email, _ = staff(association, "volunteer")
    with app.app_context():
        return service.find(email)


@pytest.fixture
def secret(app, person, association):
    with app.app_context():
        return tokens.mint("reset", person.id, association.id)


class TestASecret:
    def test_is_good_once(self, app, person, secret, association):
        with app.app_context():
            assert tokens.peek(secret, "reset", association.id) == person.id
            assert tokens.spend(secret, "reset", association.id) == person.id
            with pytest.raises(LinkExpired):
                tokens.spend(secret, "reset", association.id)
            with pytest.raises(LinkExpired):
                tokens.peek(secret, "reset", association.id)

    def test_is_good_at_its_own_place_only(self, app, secret, association, make_association):
        with app.app_context():
            for place in (make_association().id, uuid4(), None):
                with pytest.raises(LinkExpired):
                    tokens.spend(secret, "reset", place)
            assert tokens.peek(secret, "reset", association.id)

    def test_is_good_for_its_own_purpose_only(self, app, secret, association):
        with app.app_context(), pytest.raises(LinkExpired):
            tokens.spend(secret, "switch", association.id)

    @pytest.mark.parametrize(("purpose", "seconds"), [("invite", 604_800), ("reset", 3600), ("switch", 120)])
    def test_is_good_until_its_time_is_over(self, app, person, association, clock, purpose, seconds):
        clock(start := time.now())
        with app.app_context():
            secret = tokens.mint(purpose, person.id, association.id)
            clock(start + timedelta(seconds=seconds - 1))
            assert tokens.peek(secret, purpose, association.id)
            clock(start + timedelta(seconds=seconds))
            with pytest.raises(LinkExpired):
                tokens.spend(secret, purpose, association.id)

    def test_a_fresh_one_ends_the_one_before(self, app, person, secret, association):
        with app.app_context():
            fresh = tokens.mint("reset", person.id, association.id)
            with pytest.raises(LinkExpired):
                tokens.spend(secret, "reset", association.id)
            assert tokens.spend(fresh, "reset", association.id)

    def test_is_not_kept_itself(self, secret, serve):
        with serve():
            kept = db.session.scalars(select(Token.digest)).all()
        assert secret.encode() not in kept
        assert all(len(digest) == 32 for digest in kept)

    def test_of_two_at_once_one_gets_it(self, app, secret, association):
        won, lost = [], []

        def attempt():
            with app.app_context():
                try:
                    won.append(tokens.spend(secret, "reset", association.id))
                except LinkExpired as error:
                    lost.append(error)

        threads = [threading.Thread(target=attempt) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (len(won), len(lost)) == (1, 5)

    @pytest.mark.parametrize("nonsense", ["", "x", "é" * 50, "'; drop table shared.token; --"])
    def test_nonsense_is_an_expired_link(self, app, association, nonsense):
        with app.app_context(), pytest.raises(LinkExpired):
            tokens.spend(nonsense, "reset", association.id)

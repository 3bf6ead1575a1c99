"""Rounds given to a delegate, and what their phone brings."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from silah.organisation.models import Membership
from silah.surveys import field_work
from silah.surveys.models import SurveyResponse
from tenants.database import db
from tests.surveys.conftest import opened

WHOLE = {"happy": "1", "recommend": "١٠", "office": "north", "got": ["north", "west"], "times": "٣", "why": "تأخر"}


@pytest.fixture
def given(seat, serve, home):
    """Opens a round and gives it to the delegate; gives its id."""

    def give(anonymous=False, **more):
        seat("delegate")
        with serve(home):
            found = opened(anonymous=anonymous, **more)
            field_work.assign(found, [delegate()])
            db.session.commit()
            return found.id

    return give


def delegate():
    newest = select(Membership.id).where(Membership.roles.any(key="delegate")).order_by(Membership.created_at.desc())
    return db.session.scalars(newest).first()


def bring(browser, id_, client_id=None, **more):
    sent = WHOLE | {"id": str(client_id or uuid4())} | more
    return browser.post(f"/desk/field/{id_}/answers.json", data=sent)


def kept(serve, home, id_):
    with serve(home):
        return db.session.scalars(select(SurveyResponse).where(SurveyResponse.round_id == id_)).all()

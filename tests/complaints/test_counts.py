"""Lists of complaints, inquiries and answers ask the database as often however long they are."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from silah import clock
from silah.cases.workflow import perform
from silah.complaints import inquiries, liaison_areas, public_answers, receiving
from silah.complaints.receiving import Told
from silah.organisation.models import Membership
from tenants.database import db

from .conftest import PERSON, Office
from .test_inquiries import TEXTS

BODY = "follow_up_committee"
LISTS = [
    ("senior_management", "/desk/complaints"),
    ("senior_management", "/desk/inquiries"),
    ("senior_management", "/desk/cases?kind=complaint&view=all"),
    ("liaison_officer", "/desk/cases?kind=inquiry"),
    ("liaison_officer", "/desk/answers"),
    ("administrator", "/admin/liaison"),
    (f"{BODY}_chair", "/desk/actions"),
    (f"{BODY}_chair", "/desk/figures.csv?span=year"),
    (None, "/answers"),
    (None, "/answers?q=hijri"),
]


@pytest.fixture(scope="module")
def home(make_association):
    return make_association(blueprint="samtah-cooperative")


@pytest.fixture(scope="module")
def browsers():
    return {}


@pytest.fixture
def reader(home, client, signed_in, browsers):
    def of(role):
        if role not in browsers:
            browsers[role] = signed_in(home, role) if role else client(home)
        return browsers[role]

    return of


@pytest.fixture
def filled(serve, home, reader):
    """More of everything that is listed."""
    for role in {role for role, _path in LISTS}:
        reader(role)

    def fill(count):
        with serve(home):
            office = Office(home)
            chair = office.member(f"{BODY}_chair")
            owner = db.session.scalars(select(Membership).where(Membership.name == f"منسوب {BODY}_chair")).one()
            admin, officer = office.member("administrator"), office.person("liaison_officer")
            for _ in range(count):
                one = receiving.submit(Told(about="branch", text="x", person=PERSON), channel="website").case
                perform(one, "classify", chair, {"topic": "access", "severity": "high"})
                due = clock.today() + timedelta(days=1)
                perform(one, "set_action", chair, {"what": "تدريب", "owner": UUID(str(owner.id)), "due_on": due})
                area = liaison_areas.save(
                    None, by=admin, kind="field", name_ar="س", name_en="x", officer=officer.id, stand_in=None
                )
                inquiries.ask("inquiry", "متى؟", PERSON, area=area.id, channel="website")
                public_answers.publish(by=admin, texts=TEXTS)
            db.session.commit()

    return fill


@pytest.mark.parametrize(("role", "path"), LISTS)
def test_a_list_costs_the_same_however_long_it_is(reader, filled, queries, role, path):
    browser, counts = reader(role), []
    for more in (1, 5):
        filled(more)
        browser.get(path)
        with queries() as sent:
            assert browser.get(path).status_code == 200
        counts.append(len(sent))
    assert counts[0] == counts[1] < 25

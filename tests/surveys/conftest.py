"""An association with cases that were served, and rounds of questionnaires asked of the people in them."""

import re
from datetime import timedelta

import pytest

from silah import clock
from silah.demo import data
from silah.demo.playing import Staff, play
from silah.demo.stories import MONTH
from silah.onboarding import setup
from silah.surveys import anonymous_sealing, invitations, questionnaires, responses, rounds
from silah.surveys.audience import Audience
from silah.surveys.definition import Definition, Option, Question, Section, When
from tenants import versions
from tenants.context import serving
from tenants.database import db
from tenants.texts import Text


def text(words):
    return Text(ar=f"{words} بالعربية", en=words)


def question(key, kind="rating", **more):
    return Question(key=key, kind=kind, text=text(key), **more)


OPTIONS = tuple(Option(key=key, label=text(key)) for key in ("north", "south", "west"))
EVERY_KIND = Definition(
    title=text("Everything"),
    thanks=text("Thanks"),
    sections=(
        Section(
            key="s1",
            title=text("First"),
            questions=(
                question("happy", required=True, look="faces", measures="csat"),
                question("recommend", "scale", measures="nps"),
                question("office", "one", options=OPTIONS, required=True),
                question("got", "many", options=OPTIONS),
            ),
        ),
        Section(
            key="s2",
            title=text("Second"),
            questions=(
                question("why", "long", when=When(question="happy", any_of=("1", "2"))),
                question("lines", "matrix", rows=OPTIONS),
                question("order", "ranking", options=OPTIONS),
                question("times", "number", least=0, most=100),
                question("day", "date"),
                question("name", "short"),
                question("note", "statement"),
            ),
        ),
    ),
)


@pytest.fixture(scope="module")
def home(make_association, app):
    """An association in which some people were served: a month of the demo's requests is too long for each test."""
    tenant = make_association(blueprint="hayat-arar")
    with app.app_context():
        for role in ("relations_officer", "liaison_officer", "research_committee_chair", "management"):
            setup.enrol(tenant, f"{role}@{tenant.slug}.example", f"منسوب {role}", [role], password="a long password")
        with serving(tenant):
            staff = Staff(data.at_work())
            served = [one for one in MONTH if one.ending in ("closed", "replied", "refused", "delivered")]
            for number, story in enumerate(served[:8]):
                play(story, number, staff, versions.in_force(clock.today()).policy)
            db.session.commit()
    return tenant


@pytest.fixture
def boss(seat):
    """The browser of somebody who reads all results."""
    return seat("management")


@pytest.fixture
def at_home(serve, home):
    with serve(home):
        yield home
        db.session.rollback()


def begun(definition=EVERY_KIND):
    """A questionnaire that asks this."""
    made = questionnaires.begin()
    questionnaires.keep(made, definition)
    db.session.flush()
    return made


def planned(definition=EVERY_KIND, **more):
    today = clock.today()
    settled = {"rule": Audience(who="comers"), "anonymous": True, "opens_on": today, "closes_on": today + timedelta(9)}
    return rounds.make(begun(definition), **settled | more)


def opened(definition=EVERY_KIND, **more):
    made = planned(definition, **more)
    rounds.open_now(made)
    return made


def take(found, answers, invitation=None, way="open"):
    responses.submit(responses.Asked(found, invitation), answers, way)


def answers_in(row):
    """What stands in a response, sealed whole or not."""
    return anonymous_sealing.read(row.answers, row.texts)


def served(**more):
    """A rule that means everybody who was ever served."""
    return Audience(who="served", **more)


def invited(found):
    while invitations.invite_next_part(found):
        pass
    return found


def hidden(page):
    """The fields that a page carries along."""
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))

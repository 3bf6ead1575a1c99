"""The demo's month: requests in every state, by the services that the pages call, in each association."""

from collections import Counter

import pytest
from sqlalchemy import select

from silah.cases import clocks, timeline
from silah.cases.models import Case
from silah.cases.states import State
from silah.demo import data, people
from silah.onboarding import setup
from tenants import blueprints
from tenants.database import db


@pytest.mark.parametrize("name", blueprints.names())
def test_a_month_of_requests_reaches_every_state_that_the_policy_has(app, make_association, serve, name):
    plan = blueprints.load(name)
    tenant = make_association(name)
    with app.app_context():
        for role in plan.roles:
            if role.key != setup.ADMINISTRATOR:
                setup.enrol(tenant, people.address(role.key, tenant.slug), "موظف", [role.key], password="a long pass")
        data.seed([tenant], lambda *told: None)
    with serve(tenant):
        cases = db.session.scalars(select(Case)).all()
        requests = [case for case in cases if case.kind == "request"]
        states = Counter(case.state for case in requests)
        never = set()
        if not plan.policy.has_registration:
            never.add(State.REGISTERED)
        if not plan.policy.has_delivery:
            never.add(State.DELIVERED)
        if not plan.policy.studied_by_committee:
            never.add(State.RECOMMENDED)
        if not plan.policy.takes_incomplete:
            never.add(State.RECEIVED)
        assert set(State) - set(states) <= never
        assert any(clocks.is_overdue(case) for case in requests) is (plan.policy.reply_period.bound == "ceiling")
        kinds = {"request", "complaint", "inquiry", "suggestion", "support", "dispute"}
        assert {case.kind for case in cases} == kinds | ({"compensation"} if plan.policy.compensation else set())
        assert any(clocks.is_overdue(case) for case in cases if case.kind == "complaint")
        assert all(timeline.verify(case) == [] for case in cases)

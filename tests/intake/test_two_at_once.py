"""Two people acting on one request at once: one acts, the other is told what changed."""

import threading

from sqlalchemy import select

from silah import clock
from silah.cases import timeline
from silah.cases.errors import ChangedMeanwhile, NotLegal
from silah.cases.models import Case
from silah.cases.party_models import CaseParty
from silah.cases.workflow import perform
from silah.intake import submitting
from silah.intake.errors import AlreadySent
from silah.intake.models import Decision, Draft
from tenants.context import serving
from tenants.database import db


def at_once(app, tenant, work, count=2):
    """Do the work in threads that all have read before any of them writes; give what became of each."""
    ready, ends = threading.Barrier(count), []

    def one(number):
        with app.app_context(), serving(tenant), clock.at(start):
            try:
                work(number, ready)
                db.session.commit()
                ends.append("done")
            except (ChangedMeanwhile, NotLegal, AlreadySent) as error:
                db.session.rollback()
                ends.append(error)

    start = clock.now()
    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


class TestTwoAtOnce:
    def test_one_decides_and_the_other_is_told(self, app, madinah):
        case = madinah.under_study()
        perform(case, "recommend", madinah.member("research_committee_member"), {"outcome": "accepted", "reasons": "س"})
        chair, case_id = madinah.member("research_committee_chair"), case.id
        db.session.commit()

        def decide(number, ready):
            mine = db.session.get_one(Case, case_id)
            ready.wait()
            outcome, reasons = (("accepted", "س"), ("rejected", "الدخل فوق الحد"))[number]  # either may come first
            perform(mine, "decide", chair, {"outcome": outcome, "reasons": reasons})

        ends = at_once(app, madinah.tenant, decide)
        refused = next(end for end in ends if end != "done")
        assert ends.count("done") == 1
        assert isinstance(refused, ChangedMeanwhile)
        assert [line.verb for line in refused.entries] == ["decided"]
        db.session.rollback()
        assert len(db.session.scalars(select(Decision).where(Decision.case_id == case_id)).all()) == 1
        assert timeline.verify(db.session.get_one(Case, case_id, populate_existing=True)) == []

    def test_two_clicks_send_one_request(self, app, madinah):
        draft_id = madinah.draft().id
        db.session.commit()

        def send(number, ready):
            mine = db.session.get_one(Draft, draft_id)
            ready.wait()
            submitting.submit(mine, channel="website")

        ends = at_once(app, madinah.tenant, send)
        assert ends.count("done") == 1
        assert any(isinstance(end, AlreadySent) for end in ends)

    def test_one_new_person_in_two_requests_has_one_file(self, app, madinah):
        ids = [madinah.draft(number=7_000_001).id for _ in range(2)]
        db.session.commit()

        def send(number, ready):
            mine = db.session.get_one(Draft, ids[number])
            ready.wait()
            submitting.submit(mine, channel="website")

        assert at_once(app, madinah.tenant, send) == ["done", "done"]
        rows = select(CaseParty.candidate_id).join(Draft, Draft.case_id == CaseParty.case_id).where(Draft.id.in_(ids))
        assert len(set(db.session.scalars(rows))) == 1

"""The pages of disputes and claims, over real clients: the desk's, the administrators', and the beneficiary's."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from sqlalchemy import select

from silah.cases import receipts
from silah.cases.models import Case, OneTimeCode
from silah.cases.states import State
from silah.documents import service as documents
from silah.documents.models import StoredFile
from silah.notifications.models import OutboxMessage
from silah.settlements import accepting, offers, rules, starting
from silah.settlements.kind import COMPENSATION, DISPUTE
from silah.settlements.models import Negotiation, SettlementOffer, Undertaking
from silah.settlements.starting import Told
from tenants.database import db
from tests.complaints.conftest import PERSON
from tests.complaints.test_desk import done

from .conftest import LIMITS, PDF, House

TYPED = {key: value for key, value in PERSON.items() if value} | {"branch": ""}
CHAIR, HEAD = "follow_up_committee_chair", "secretary_general"
OFFER = {"terms": "سلة بديلة وزيارة اعتذار", "amount": "١٢٠٠٫٥٠", "expires_on": "2099-01-01"}


@pytest.fixture(scope="module")
def home(make_association, serve_once):
    tenant = make_association(blueprint="samtah-cooperative")
    with serve_once(tenant):
        rules.save(rules.Rules(limits=LIMITS))
        db.session.commit()
    return tenant


@pytest.fixture(scope="module")
def serve_once(app):
    from contextlib import contextmanager

    from tenants.context import serving

    @contextmanager
    def serve(tenant):
        with app.app_context(), serving(tenant):
            yield

    return serve


@pytest.fixture(scope="module")
def browsers():
    return {}


@pytest.fixture
def seats(home, signed_in, browsers):
    def at(role):
        if role not in browsers:
            browsers[role] = signed_in(home, role)
        return browsers[role]

    return at


@pytest.fixture
def begun(serve, home):
    """A dispute, or a claim, of somebody with an e-mail: its id and receipt code."""

    def make(kind=DISPUTE, judged=False):
        with serve(home):
            made = starting.receive(kind, Told("تلفت السلة", person=PERSON), by=None, channel="website")
            if judged:
                House(home).judged(made.case)
            db.session.commit()
            return made.case.id, made.case.reference, made.receipt_code

    return make


def soon():
    from silah import clock

    return (clock.today().replace(day=1)).replace(year=clock.today().year + 1).isoformat()


def offer(**changes):
    from datetime import timedelta

    from silah import clock

    return {**OFFER, "expires_on": (clock.today() + timedelta(days=9)).isoformat(), **changes}


def following(browser, reference, code):
    answer = browser.post("/follow", data={"reference": reference, "code": code})
    assert answer.status_code == 302, answer.text
    return answer.location


def sent_code(serve, home, case_id):
    """The one-time code that was sent last."""
    with serve(home):
        rows = select(OutboxMessage).where(OutboxMessage.case_id == case_id, OutboxMessage.template == "code")
        body = db.session.scalars(rows.order_by(OutboxMessage.created_at.desc())).first().body
        return re.search(r"\b(\d{6})\b", body)[1]


class TestADispute:
    def test_is_settled_from_both_sides_pages(self, seats, serve, home, client, begun):
        case_id, reference, code = begun()
        chair, head = seats(CHAIR), seats(HEAD)
        assert (
            done(chair, case_id, "offer", **offer(what_1="زيارة", side_1="association", due_1=soon())).status_code
            == 302
        )
        visitor = client(home)
        page = following(visitor, reference, code)
        shown = visitor.get(page).text
        assert "سلة بديلة" in shown
        assert "1,200.50" in shown
        assert visitor.post(f"{page}/offer/accept").location.endswith("/offer/code")
        once = sent_code(serve, home, case_id)
        assert visitor.post(f"{page}/offer/code", data={"receipt": "AAAA-BBBB-CCCC", "code": once}).status_code == 422
        assert visitor.post(f"{page}/offer/code", data={"receipt": code, "code": "000000"}).status_code == 422
        assert visitor.post(f"{page}/offer/code", data={"receipt": code, "code": once}).status_code == 302
        refused = done(chair, case_id, "accept") if "moves/accept" in chair.get(f"/desk/cases/{case_id}").text else None
        assert refused is None
        assert done(head, case_id, "accept").status_code == 302
        with serve(home):
            assert db.session.get(Case, case_id).state is State.REPLIED
            found = db.session.scalars(select(SettlementOffer).where(SettlementOffer.case_id == case_id)).one()
            assert (found.state, found.amount) == ("agreed", Decimal("1200.50"))
            promise = db.session.scalars(select(Undertaking.id).where(Undertaking.case_id == case_id)).one()
            paper = db.session.scalars(select(StoredFile).where(StoredFile.name == f"{reference}-agreement.pdf")).one()
            assert documents.open(paper).startswith(b"%PDF")
            paper_id = paper.id
        assert visitor.get(f"/documents/{paper_id}").status_code == 200
        assert client(home).get(f"/documents/{paper_id}").status_code == 404
        for where in ("/desk/promises", f"/desk/promises/{promise}", f"/desk/cases/{case_id}"):
            assert "زيارة" in chair.get(where).text
        assert chair.post(f"/desk/promises/{promise}", data={"remark": "تمت"}).status_code == 422
        proof = {"remark": "تمت", "proof": (io.BytesIO(PDF), "proof.pdf")}
        assert chair.post(f"/desk/promises/{promise}", data=proof).status_code == 302
        assert done(chair, case_id, "close").status_code == 302
        assert "زيارة" in visitor.get(page).text

    def test_is_countered_and_refused_from_the_tracking_page(self, seats, serve, home, client, begun):
        case_id, reference, code = begun()
        chair, visitor = seats(CHAIR), client(home)
        page = following(visitor, reference, code)
        assert visitor.get(f"{page}/offer").status_code == 200
        assert visitor.post(f"{page}/offer", data=offer(amount="12.345")).status_code == 422
        kept = visitor.post(f"{page}/offer", data=offer(terms="شرط كُتب", expires_on=""))
        assert kept.status_code == 422
        assert "شرط كُتب" in kept.text
        assert visitor.post(f"{page}/offer", data=offer()).status_code == 302
        assert visitor.post(f"{page}/offer", data=offer()).status_code == 302
        with serve(home):
            rows = select(SettlementOffer.number).where(SettlementOffer.case_id == case_id)
            assert db.session.scalars(rows).all() == [1]
        assert done(chair, case_id, "offer", **offer(amount="900")).status_code == 302
        assert visitor.post(f"{page}/offer/refuse", data={"reason": "أقل مما يكفي"}).status_code == 302
        assert "أقل مما يكفي" in chair.get(f"/desk/cases/{case_id}").text

    @pytest.mark.parametrize("what", ["superseded", "expired"])
    def test_a_code_for_one_offer_accepts_no_other(self, seats, serve, home, client, begun, what):
        case_id, reference, code = begun()
        visitor = client(home)
        page = following(visitor, reference, code)
        done(seats(CHAIR), case_id, "offer", **offer())
        visitor.post(f"{page}/offer/accept")
        once = sent_code(serve, home, case_id)
        with serve(home):
            found = db.session.scalars(select(SettlementOffer).where(SettlementOffer.case_id == case_id)).one()
            if what == "superseded":
                found.state = "superseded"
                db.session.flush()
                case = db.session.get(Case, case_id)
                house = House(home)
                case.state = State.UNDER_STUDY
                offers.make(case, house.draft("5000.00"), by=house.manager)
            else:
                found.expires_on = found.made_at.date().replace(year=2020)
            db.session.commit()
        visitor.post(f"{page}/offer/code", data={"receipt": code, "code": once})
        with serve(home):
            rows = select(SettlementOffer.beneficiary_at).where(SettlementOffer.case_id == case_id)
            assert set(db.session.scalars(rows)) == {None}

    def test_accepted_twice_at_once_is_agreed_once(self, app, serve, home, seats, begun):
        case_id, reference, _code = begun()
        done(seats(CHAIR), case_id, "offer", **offer())
        with serve(home):
            found = db.session.scalars(select(SettlementOffer).where(SettlementOffer.case_id == case_id)).one()
            offer_id, head = found.id, House(home).head
            db.session.commit()

        def beneficiary():
            with serve(home):
                offers.accept(db.session.get(Case, case_id), offer_id)
                db.session.commit()

        def association():
            with serve(home):
                offers.approve(db.session.get(Case, case_id), offer_id, by=head)
                db.session.commit()

        def tried(act):
            for _ in range(5):
                try:
                    return act()
                except Exception as error:  # the loser of the race is told, and tries again
                    last = error
            raise last

        with ThreadPoolExecutor(4) as pool:
            results = [pool.submit(tried, act) for act in (beneficiary, association, beneficiary)]
        assert not [one.exception() for one in results if one.exception() and "Gone" not in repr(one.exception())]
        with serve(home):
            found = db.session.get(SettlementOffer, offer_id)
            assert (found.state, db.session.get(Case, case_id).state) == ("agreed", State.REPLIED)
            papers = select(StoredFile.id).where(StoredFile.name == f"{reference}-agreement.pdf")
            assert len(db.session.scalars(papers).all()) == 1

    def test_is_begun_from_an_answered_complaint_with_the_same_code(self, serve, home, client):
        with serve(home):
            house = House(home)
            made = house.complain()
            parent, code = made.case, made.receipt_code
            from silah.complaints import handling

            handling.classify(parent, by=house.chair, topic="delay", severity="low")
            handling.find(parent, by=house.chair, finding="partly", findings="x", answer="y")
            reference, parent_id = parent.reference, parent.id
            db.session.commit()
        visitor = client(home)
        page = following(visitor, reference, code)
        assert visitor.get(f"{page}/dispute").status_code == 404
        with serve(home):
            from silah.complaints import handling

            handling.answer(db.session.get(Case, parent_id), by=House(home).chair)
            db.session.commit()
        assert f"{page}/dispute" in visitor.get(page).text
        assert visitor.post(f"{page}/dispute", data={"text": ""}).status_code == 422
        answer = visitor.post(f"{page}/dispute", data={"text": "لم يُعوَّض الضرر"})
        assert answer.status_code == 302
        assert visitor.get(answer.location).status_code == 200
        with serve(home):
            born = db.session.get(Case, parent_id).born[0].reference
        assert following(client(home), born, code)

    def test_is_opened_by_staff_from_a_case(self, seats, serve, home):
        with serve(home):
            house = House(home)
            case_id = house.answered(house.chair).id
            db.session.commit()
        assert done(seats(CHAIR), case_id, "open_dispute", text="خلاف").status_code == 302
        assert re.search(r"D-\d{4}-\d{6}", seats(CHAIR).get(f"/desk/cases/{case_id}").text)

    @pytest.mark.parametrize("role", ["human_resources", "delegate", "relations_officer"])
    def test_is_no_page_for_others(self, seats, begun, role):
        case_id, _reference, _code = begun()
        browser = seats(role)
        assert browser.get(f"/desk/cases/{case_id}").status_code in (403, 404)
        assert browser.get("/desk/promises").status_code == 403


class TestAClaim:
    def test_is_sent_from_the_portal_and_refused_an_offer_until_its_grounds_are_there(self, seats, serve, home, client):
        visitor = client(home)
        assert visitor.get("/compensation/new?lang=en").status_code == 200
        assert visitor.post("/compensation/new", data={"text": "", **TYPED}).status_code == 422
        answer = visitor.post("/compensation/new", data={"text": "تلف المكيف", "claimed": "٣٠٠٠", **TYPED})
        assert answer.status_code == 302, answer.text
        assert re.search(r"H-\d{4}-\d{6}", visitor.get(answer.location).text)
        with serve(home):
            rows = select(Negotiation).join(Case).where(Case.kind == COMPENSATION).order_by(Case.received_at.desc())
            made = db.session.scalars(rows).first()
            case_id = made.case_id
            assert made.claimed == Decimal("3000.00")
        head = seats(HEAD)
        refused = done(head, case_id, "offer", **offer(amount="2500"))
        assert refused.status_code == 409
        assert "ثبوت خطأ الجمعية" in refused.text
        assert "حكم قضائي" in refused.text
        ground = {"ground": "judgment", "issued_by": "المحكمة", "number": "12", "dated": "2026-01-05"}
        assert done(head, case_id, "ground", **ground).status_code == 422
        paper = {"file": (io.BytesIO(PDF), "j.pdf")}
        assert done(head, case_id, "ground", **ground, **paper).status_code == 302
        assert done(head, case_id, "offer", **offer(amount="2500")).status_code == 302
        assert done(seats("management"), case_id, "accept").status_code == 302
        tracking = f"/follow/{case_id}"
        assert "2,500" in visitor.get(tracking).text
        with serve(home):
            code = receipts.new_code()
            db.session.get(Case, case_id).receipt_digest = receipts.digest(code)
            db.session.commit()
        visitor.post(f"{tracking}/offer/accept")
        once = sent_code(serve, home, case_id)
        assert visitor.post(f"{tracking}/offer/code", data={"receipt": code, "code": once}).status_code == 302
        paid = {"on": "2026-01-05", "amount": "2499.99", "proof": (io.BytesIO(PDF), "p.pdf")}
        assert done(head, case_id, "pay", **paid).status_code == 422
        with serve(home):
            day = db.session.get(Case, case_id).received_at.date().isoformat()
        paid |= {"amount": "2500.00", "proof": (io.BytesIO(PDF), "p.pdf"), "on": day}
        assert done(head, case_id, "pay", **paid).status_code == 302
        assert done(head, case_id, "close").status_code == 302
        assert "closing" in visitor.get(tracking).text

    def test_is_not_offered_where_the_policy_has_none(self, association, client, signed_in):
        assert client(association).get("/compensation/new").status_code == 404
        officer = signed_in(association, "relations_officer")
        assert officer.get("/desk/record/compensation").status_code == 404
        assert "/desk/record/compensation" not in officer.get("/desk/").text
        assert "/compensation/new" not in client(association).get("/").text
        assert officer.get("/desk/record/dispute").status_code == 200

    @pytest.mark.parametrize("path", ["dispute", "compensation"])
    def test_is_recorded_at_the_desk(self, seats, path):
        officer = seats("relations_officer")
        sent = {"channel": "phone", "text": "جاء يشكو", **TYPED}
        answer = officer.post(f"/desk/record/{path}", data=sent)
        assert answer.status_code == 200, answer.text
        assert re.search(r"[DH]-\d{4}-\d{6}", answer.text)


class TestAdministration:
    def test_limits_and_grounds_are_kept_and_checked(self, seats, serve, home):
        admin = seats("administrator")
        page = admin.get("/admin/settlements").text
        assert 'name="limit-secretary_general"' in page
        sent = {"dispute_within": "20", "claim_within": "25", "offer_days": "10", "by_beneficiary": "y", "whose": "own"}
        limits = {"limit-management": "٢٥٠٠", "limit-secretary_general": "50000.00"}
        assert admin.post("/admin/settlements", data=sent | limits).status_code == 422
        assert admin.post("/admin/settlements", data=sent | {"limit-management": "كثير"}).status_code == 422
        both = {"way_1": ["fault", "acknowledgement"], "way_2": ["final_ruling"]}
        assert admin.post("/admin/settlements", data=sent | limits | both).status_code == 302
        with serve(home):
            found = rules.rules()
            assert found.limits == {"management": Decimal("2500.00"), "secretary_general": Decimal("50000.00")}
            assert found.enough == (("fault", "acknowledgement"), ("final_ruling",))
            rules.save(rules.Rules(limits=LIMITS))
            db.session.commit()
        assert seats(CHAIR).get("/admin/settlements").status_code == 403

    def test_the_queue_can_be_narrowed_to_a_kind(self, seats, begun):
        _case, reference, _code = begun()
        chair = seats(CHAIR)
        assert reference in chair.get("/desk/cases?kind=dispute&sort=-received").text
        assert reference not in chair.get("/desk/cases?kind=complaint&sort=-received").text
        assert 'value="dispute"' in chair.get("/desk/cases").text


def test_a_one_time_code_names_its_offer(serve, home, begun):
    case_id, _reference, _code = begun()
    with serve(home):
        case = db.session.get(Case, case_id)
        house = House(home)
        made = offers.make(case, house.draft(), by=house.chair)
        assert accepting.purpose(made) == "offer:1"
        assert db.session.scalars(select(OneTimeCode).where(OneTimeCode.case_id == case_id)).all() == []
        db.session.rollback()

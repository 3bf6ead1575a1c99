"""The pages of disputes, over real clients: the desk's and the beneficiary's."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from sqlalchemy import select

from silah.cases.models import Case, OneTimeCode
from silah.cases.states import State
from silah.cases.workflow import perform
from silah.documents import service as documents
from silah.documents.models import StoredFile
from silah.settlements import offers
from silah.settlements.models import SettlementOffer, Undertaking
from tenants.database import db
from tests.complaints.test_desk import done
from tests.walls.test_uploads import MARK, exif

from .conftest import CHAIR, HEAD, PDF, House, following, offer, sent_code, soon


class TestADispute:
    def test_is_settled_from_both_sides_pages(self, seat, serve, home, client, begun):
        case_id, reference, code = begun()
        chair, head = seat(CHAIR), seat(HEAD)
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

    def test_has_its_promise_proven_by_the_beneficiary(self, seat, serve, home, client, begun):
        case_id, reference, code = begun()
        chair, visitor = seat(CHAIR), client(home)
        promise = offer(amount="", what_1="إعادة الجهاز", side_1="beneficiary", due_1=soon())
        assert done(chair, case_id, "offer", **promise).status_code == 302
        page = following(visitor, reference, code)
        visitor.post(f"{page}/offer/accept")
        visitor.post(f"{page}/offer/code", data={"receipt": code, "code": sent_code(serve, home, case_id)})
        assert done(seat(HEAD), case_id, "accept").status_code == 302
        address = re.search(rf"{page}/promises/[0-9a-f-]+", visitor.get(page).text)[0]
        assert "إعادة الجهاز" in visitor.get(address).text
        assert client(home).get(address).status_code == 404
        refused = visitor.post(address, data={"remark": "أعدته اليوم"})
        assert refused.status_code == 422
        assert "أعدته اليوم" in refused.text
        photo = {"remark": "أعدته اليوم", "proof": (io.BytesIO(exif()), "Sara's phone.jpg")}
        assert visitor.post(address, data=photo).status_code == 302
        assert visitor.get(address).status_code == 302
        desk = f"/desk/promises/{address.rsplit('/', 1)[1]}"
        shown = chair.get(desk).text
        assert "أعدته اليوم" in shown
        file = re.search(r"/documents/[0-9a-f-]+", shown)[0]
        assert MARK not in chair.get(file).data
        assert visitor.get(file).status_code == 200
        assert chair.post(f"{desk}/back", data={"reason": ""}).status_code == 422
        assert chair.post(f"{desk}/back", data={"reason": "الصورة مظلمة"}).status_code == 302
        late = chair.post(f"{desk}/back", data={"reason": "الصورة مظلمة"})
        assert late.status_code == 409
        assert re.search(r"<textarea readonly[^>]*>\s*الصورة مظلمة</textarea>", late.text), "what was typed is not lost"
        photo = {"remark": "أعدته أمس", "proof": (io.BytesIO(exif()), "again.jpg")}
        assert visitor.post(address, data=photo).status_code == 302
        assert chair.post(desk, data={"remark": "استلمناه"}).status_code == 302
        assert done(chair, case_id, "close").status_code == 302
        assert address not in visitor.get(page).text
        assert visitor.get(address).status_code == 302
        assert "لم يعد هذا الالتزام" in visitor.get(page).text

    def test_is_countered_and_refused_from_the_tracking_page(self, seat, serve, home, client, begun):
        case_id, reference, code = begun()
        chair, visitor = seat(CHAIR), client(home)
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
        long = visitor.post(f"{page}/offer/refuse", data={"reason": "لا " * 5000})
        assert (long.status_code, "لا لا لا" in long.text) == (422, True)
        assert visitor.post(f"{page}/offer/refuse", data={"reason": "أقل مما يكفي"}).status_code == 302
        assert "أقل مما يكفي" in chair.get(f"/desk/cases/{case_id}").text

    @pytest.mark.parametrize("what", ["superseded", "expired"])
    def test_a_code_for_one_offer_accepts_no_other(self, seat, serve, home, client, begun, what):
        case_id, reference, code = begun()
        visitor = client(home)
        page = following(visitor, reference, code)
        done(seat(CHAIR), case_id, "offer", **offer())
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
                perform(case, "offer", house.manager, {"draft": house.draft("5000.00")})
            else:
                found.expires_on = found.made_at.date().replace(year=2020)
            db.session.commit()
        visitor.post(f"{page}/offer/code", data={"receipt": code, "code": once})
        with serve(home):
            rows = select(SettlementOffer.beneficiary_at).where(SettlementOffer.case_id == case_id)
            assert set(db.session.scalars(rows)) == {None}

    def test_accepted_twice_at_once_is_agreed_once(self, app, serve, home, seat, begun):
        case_id, reference, _code = begun()
        done(seat(CHAIR), case_id, "offer", **offer())
        with serve(home):
            found = db.session.scalars(select(SettlementOffer).where(SettlementOffer.case_id == case_id)).one()
            offer_id, head = found.id, House(home).head
            db.session.commit()

        def beneficiary():
            with serve(home):
                perform(db.session.get(Case, case_id), "accept_offer", None, {"offer_id": offer_id})
                db.session.commit()

        def association():
            with serve(home):
                perform(db.session.get(Case, case_id), "accept", head, {"offer_id": offer_id})
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

            perform(parent, "classify", house.chair, {"topic": "delay", "severity": "low"})
            perform(parent, "find", house.chair, {"finding": "partly", "findings": "x", "answer": "y"})
            reference, parent_id = parent.reference, parent.id
            db.session.commit()
        visitor = client(home)
        page = following(visitor, reference, code)
        assert visitor.get(f"{page}/dispute").status_code == 404
        with serve(home):
            perform(db.session.get(Case, parent_id), "answer", House(home).chair)
            db.session.commit()
        assert f"{page}/dispute" in visitor.get(page).text
        assert visitor.post(f"{page}/dispute", data={"text": ""}).status_code == 422
        answer = visitor.post(f"{page}/dispute", data={"text": "لم يُعوَّض الضرر"})
        assert answer.status_code == 302
        assert visitor.get(answer.location).status_code == 200
        with serve(home):
            born = db.session.get(Case, parent_id).born[0].reference
        assert following(client(home), born, code)

    def test_is_opened_by_staff_from_a_case(self, seat, serve, home):
        with serve(home):
            house = House(home)
            case_id = house.answered(house.chair).id
            db.session.commit()
        assert done(seat(CHAIR), case_id, "open_dispute", text="خلاف").status_code == 302
        assert re.search(r"D-\d{4}-\d{6}", seat(CHAIR).get(f"/desk/cases/{case_id}").text)

    @pytest.mark.parametrize("role", ["human_resources", "delegate", "relations_officer"])
    def test_is_no_page_for_others(self, seat, begun, role):
        case_id, _reference, _code = begun()
        browser = seat(role)
        assert browser.get(f"/desk/cases/{case_id}").status_code in (403, 404)
        assert browser.get("/desk/promises").status_code == 403


def test_a_one_time_code_names_its_offer(serve, home, begun):
    case_id, _reference, _code = begun()
    with serve(home):
        case = db.session.get(Case, case_id)
        house = House(home)
        made = perform(case, "offer", house.chair, {"draft": house.draft()})
        assert offers.code_purpose(made) == "offer:1"
        assert db.session.scalars(select(OneTimeCode).where(OneTimeCode.case_id == case_id)).all() == []
        db.session.rollback()

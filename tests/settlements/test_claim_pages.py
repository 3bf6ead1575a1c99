"""The pages of claims and of the administrators, over real clients."""

import io
import re
from decimal import Decimal

import pytest
from sqlalchemy import select

from silah import clock
from silah.cases import receipts
from silah.cases.models import Case
from silah.committees import agenda, meetings, scheduling
from silah.committees import seats as seating
from silah.organisation.models import Membership, Role
from silah.settlements import rules
from silah.settlements.models import COMPENSATION, Negotiation
from tenants.database import db
from tests.complaints.test_desk import done

from .conftest import BODY, CHAIR, HEAD, LIMITS, PDF, TYPED, House, offer, sent_code


class TestAClaim:
    def test_is_sent_from_the_portal_and_refused_an_offer_until_its_grounds_are_there(self, seat, serve, home, client):
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
        head = seat(HEAD)
        refused = done(head, case_id, "offer", **offer(amount="2500"))
        assert refused.status_code == 409
        assert "ثبوت خطأ الجمعية" in refused.text
        assert "حكم قضائي" in refused.text
        ground = {"ground": "judgment", "issued_by": "المحكمة", "number": "12", "dated": "2026-01-05"}
        assert done(head, case_id, "ground", **ground).status_code == 422
        paper = {"file": (io.BytesIO(PDF), "j.pdf")}
        assert done(head, case_id, "ground", **ground, **paper).status_code == 302
        assert done(head, case_id, "offer", **offer(amount="2500")).status_code == 302
        assert done(seat("management"), case_id, "accept").status_code == 302
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
            day = clock.day_of(db.session.get(Case, case_id).received_at).isoformat()
        paid |= {"amount": "2500.00", "proof": (io.BytesIO(PDF), "p.pdf"), "on": day}
        assert done(head, case_id, "pay", **paid).status_code == 302
        assert done(head, case_id, "close").status_code == 302
        assert "closing" in visitor.get(tracking).text

    def test_stands_in_the_committee_room_with_the_harm_as_stated(self, seat, serve, home, begun):
        case_id, _reference, _code = begun(COMPENSATION)
        clerk, chair = seat(f"{BODY}_secretary"), seat(f"{BODY}_chair")
        said = {"harm": "تلف المكيف", "size": "ألفان", "causes": "خطأ في التوصيل"}
        assert done(chair, case_id, "harm", **said | {"causes": ""}).status_code == 422
        assert done(chair, case_id, "harm", **said).status_code == 302
        with serve(home):
            house = House(home)
            for position in ("chair", "secretary"):
                role = Role.key == f"{BODY}_{position}"
                person = db.session.scalars(select(Membership).where(Membership.roles.any(role))).first()
                votes = position == "chair"
                seating.name(BODY, person, position=position, votes=votes, since=clock.today(), until=None)
            made = scheduling.call(BODY, by=house.member(person), called_for=clock.now(), location="القاعة")
            agenda.add(made, [case_id], by=house.member(person), seen=made.version)
            address = f"/desk/committees/{BODY}/meetings/{made.id}"
            item = meetings.items(made)[0].id
            db.session.commit()
        for language, words in (("ar", "الضرر كما ورد"), ("en", "The harm as it is stated")):
            assert clerk.get(f"{address}?lang={language}").status_code == 200
            page = clerk.get(f"{address}/items/{item}?lang={language}")
            assert page.status_code == 200
            assert words in page.text
            assert "خطأ في التوصيل" in page.text

    def test_is_not_offered_where_the_policy_has_none(self, association, client, signed_in):
        assert client(association).get("/compensation/new").status_code == 404
        officer = signed_in(association, "relations_officer")
        assert officer.get("/desk/record/compensation").status_code == 404
        assert "/desk/record/compensation" not in officer.get("/desk/").text
        assert "/compensation/new" not in client(association).get("/").text
        assert officer.get("/desk/record/dispute").status_code == 200

    @pytest.mark.parametrize("path", ["dispute", "compensation"])
    def test_is_recorded_at_the_desk(self, seat, path):
        officer = seat("relations_officer")
        sent = {"channel": "phone", "text": "جاء يشكو", "identity": "none", "identity_paper": "", **TYPED}
        answer = officer.post(f"/desk/record/{path}", data=sent, follow_redirects=True)
        assert answer.status_code == 200, answer.text
        assert re.search(r"[DH]-\d{4}-\d{6,8}\b", answer.text)


class TestAdministration:
    def test_limits_and_grounds_are_kept_and_checked(self, seat, serve, home):
        admin = seat("administrator")
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
            rules.save(rules.SettlementRules(limits=LIMITS))
            db.session.commit()
        assert seat(CHAIR).get("/admin/settlements").status_code == 403

    def test_the_queue_can_be_narrowed_to_a_kind(self, seat, begun):
        _case, reference, _code = begun()
        chair = seat(CHAIR)
        assert reference in chair.get("/desk/cases?kind=dispute&sort=-received").text
        assert reference not in chair.get("/desk/cases?kind=complaint&sort=-received").text
        assert 'value="dispute"' in chair.get("/desk/cases").text

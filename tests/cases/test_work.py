"""Referrals, messages, assignment, and which cases a member sees."""

from datetime import date

import pytest
from flask_babel import force_locale
from sqlalchemy import select

from silah.cases import assignment, messages, referrals, visibility
from silah.cases.errors import NotAReferee, ReferralEnded
from silah.cases.models import Case, CaseMessage
from silah.cases.states import State
from silah.desk import action_choices
from silah.errors import Conflict, Forbidden, Invalid, NotFound
from silah.notifications.models import OutboxMessage
from silah.organisation.models import BranchOffice, Membership
from tenants import blueprints, checks
from tenants.clauses import printed
from tenants.database import db
from tenants.periods import Span
from tenants.policy import Policy
from tenants.policy_rules import ReferralMatter, ReferUnclear
from tenants.texts import Text


def told(case: Case) -> list[tuple[str, str]]:
    rows = select(OutboxMessage).where(OutboxMessage.case_id == case.id)
    return [(one.template, one.address) for one in db.session.scalars(rows)]


def with_matters(policy: Policy) -> Policy:
    """The policy, with stand-ins and a matter that management answers within two working days."""
    matter = ReferralMatter(
        about=Text(ar="الصرف", en="Payments"),
        to="management",
        stand_ins=("senior_management",),
        answer_within=Span(amount=2, unit="working_days"),
    )
    steps = [
        step.model_copy(update={"stand_ins": ("liaison_officer",), "matters": (matter,)})
        if isinstance(step, ReferUnclear)
        else step
        for step in policy.steps
    ]
    return policy.model_copy(update={"steps": tuple(steps)})


class TestWhoAnswersWhat:
    def test_the_step_its_stand_ins_and_then_the_matters(self):
        policy = with_matters(blueprints.load("hayat-arar").policy)
        named = [(one.role, one.stands_for, one.about and one.about.en) for one in referrals.answerers(policy)]
        assert named == [
            ("social_research_officer", None, None),
            ("liaison_officer", "social_research_officer", None),
            ("management", None, "Payments"),
            ("senior_management", "management", "Payments"),
        ]

    def test_each_matter_has_its_own_time(self, here, new_case, new_member):
        case = new_case()
        version = case.policy_version
        version.document = with_matters(version.policy).document()
        db.session.flush()
        case = db.session.get_one(Case, case.id, populate_existing=True)
        made = [
            referrals.refer(case, by=new_member("relations_officer"), to_role=role, question="متى؟")
            for role in ("management", "social_research_officer")
        ]
        assert [one.due_on for one in made] == [date(2026, 9, 9), None]
        db.session.rollback()

    def test_nothing_of_it_is_printed_and_the_checker_asks_for_holders(self):
        before = blueprints.load("hayat-arar").policy
        policy = with_matters(before)
        assert printed(policy) == printed(before)
        held = {"social_research_officer"}
        places = [one.where for one in checks.check(policy, held) if one.code == "nobody_holds"]
        assert any("matters" in where for where in places)

    def test_the_page_says_so_in_both_languages(self, app):
        one = referrals.answerers(with_matters(blueprints.load("hayat-arar").policy))[-1]
        names = {"management": "Management", "senior_management": "Senior management"}
        with app.test_request_context("/?lang=en"), force_locale("en"):
            assert (
                action_choices.answerer(one, names, set(names))
                == "Senior management, stands in for Management – Payments"
            )
            assert action_choices.answerer(one, names, ()).startswith(
                "Senior management (nobody holds it now), stands in for"
            )

    def test_roles_that_nobody_active_holds_are_told_apart(self, here, new_member):
        away = new_member("management")
        assert "management" in action_choices.held_roles()
        for one in db.session.scalars(select(Membership).where(Membership.roles.any(key="management"))):
            one.state = "suspended"
        db.session.flush()
        assert away.role_keys.isdisjoint(action_choices.held_roles())
        db.session.rollback()


class TestReferrals:
    @pytest.mark.parametrize(
        ("blueprint", "role"),
        [
            ("madinah-centers", "social_research_officer"),
            ("hayat-arar", "social_research_officer"),
            ("nobough-talents", "social_research_officer"),
            ("tamkeen-qassim", "management"),
            ("samtah-cooperative", "liaison_officer"),
        ],
    )
    def test_go_to_the_role_that_the_policy_names(self, blueprint, role):
        assert role in referrals.roles(blueprints.load(blueprint).policy)

    def test_go_nowhere_else(self, here, new_case, new_member):
        with pytest.raises(NotAReferee):
            referrals.refer(
                new_case(), by=new_member("relations_officer"), to_role="human_resources", question="لماذا؟"
            )

    def test_are_asked_and_answered_and_both_sides_told(self, here, new_case, new_member):
        case = new_case()
        asker, student = new_member("relations_officer"), new_member("social_research_officer")
        referral = referrals.refer(case, by=asker, to_role="social_research_officer", question="هل يستحق؟")
        assert referrals.open_on(case) == [referral]
        assert ("referred", db.session.get_one(Membership, student.id).email) in told(case)
        referrals.answer(referral, by=student, text="نعم")
        assert (referral.ending, referral.answer) == ("answered", "نعم")
        assert referrals.open_on(case) == []
        assert ("referral_answered", db.session.get_one(Membership, asker.id).email) in told(case)

    def test_end_once(self, here, new_case, new_member):
        case, student = new_case(), new_member("social_research_officer")
        referral = referrals.refer(
            case, by=new_member("relations_officer"), to_role="social_research_officer", question="هل يستحق؟"
        )
        referrals.give_back(referral, by=student, reason="ليس من اختصاصي")
        with pytest.raises(ReferralEnded):
            referrals.answer(referral, by=student, text="نعم")

    def test_are_answered_by_those_who_were_asked(self, here, new_case, new_member):
        referral = referrals.refer(
            new_case(), by=new_member("relations_officer"), to_role="social_research_officer", question="هل يستحق؟"
        )
        with pytest.raises(Forbidden):
            referrals.answer(referral, by=new_member("management"), text="نعم")

    def test_open_the_case_to_the_one_who_is_asked(self, at, new_case, new_member):
        with at("samtah-cooperative"):
            offices = db.session.scalars(select(BranchOffice)).all()
            liaison = new_member("liaison_officer", branch_id=offices[0].id)
            case = new_case(branch_id=None)
            case.branch_id = (
                db.session.scalars(select(BranchOffice.id).where(BranchOffice.id != offices[0].id)).first() or _office()
            )
            db.session.flush()
            with pytest.raises(NotFound):
                visibility.get(case.id, liaison)
            referrals.refer(case, by=new_member("relations_officer"), to_role="liaison_officer", question="متى؟")
            assert visibility.get(case.id, liaison) is case


def _office() -> object:
    office = BranchOffice(name_ar="فرع", name_en="Branch")
    db.session.add(office)
    db.session.flush()
    return office.id


class TestMessages:
    def test_go_to_the_applicant_and_are_sealed(self, here, new_case, new_member):
        case = new_case()
        message = messages.write(case, by=new_member("relations_officer"), body="  نحتاج إلى رقمك  ")
        assert message.body == "نحتاج إلى رقمك"
        assert ("message", "noura@example.com") in told(case)
        kept = db.session.execute(select(CaseMessage.__table__.c.id)).all()
        assert kept

    def test_of_the_applicant_reach_the_holder(self, here, new_case, new_member):
        case, officer = new_case(), new_member("relations_officer")
        assignment.assign(case, by=officer, to=db.session.get_one(Membership, officer.id))
        messages.receive(case, "متى يصلني الرد؟")
        assert ("applicant_answered", db.session.get_one(Membership, officer.id).email) in told(case)

    def test_that_are_empty_are_refused(self, here, new_case):
        with pytest.raises(Invalid):
            messages.receive(new_case(), "   ")

    def test_notes_stay_among_staff(self, here, new_case, new_member):
        case = new_case()
        messages.note(case, by=new_member("relations_officer"), body="سري")
        assert [one.direction for one in messages.list_messages(case, for_applicant=False)] == ["note"]
        assert messages.list_messages(case, for_applicant=True) == []

    def test_are_marked_when_the_other_side_has_opened_them(self, here, new_case, new_member):
        case = new_case()
        message = messages.write(case, by=new_member("relations_officer"), body="أهلًا")
        messages.mark_seen(case, by_applicant=True)
        db.session.refresh(message)
        assert message.seen_at is not None


class TestAssignment:
    def test_anybody_may_take_what_nobody_holds(self, here, new_case, new_member):
        case, student = new_case(), new_member("social_research_officer")
        assignment.assign(case, by=student, to=db.session.get_one(Membership, student.id))
        assert case.holder_id == student.id
        assert not [one for one in told(case) if one[0] == "assigned"]

    def test_giving_takes_the_permission_and_tells(self, here, new_case, new_member):
        case, student, officer = new_case(), new_member("social_research_officer"), new_member("relations_officer")
        to = db.session.get_one(Membership, student.id)
        with pytest.raises(Forbidden):
            assignment.assign(case, by=student, to=db.session.get_one(Membership, officer.id))
        assignment.assign(case, by=officer, to=to)
        assert ("assigned", to.email) in told(case)

    def test_an_ended_case_is_not_assigned(self, here, new_case, new_member):
        case, officer = new_case(), new_member("relations_officer")
        case.state = State.CLOSED
        with pytest.raises(Conflict):
            assignment.assign(case, by=officer, to=db.session.get_one(Membership, officer.id))


class TestVisibility:
    def test_is_of_ones_branch_ones_own_or_all(self, here, new_case, new_member):
        offices = [_office(), _office()]
        mine, theirs = new_case(branch_id=offices[0]), new_case(branch_id=offices[1])
        volunteer = new_member("volunteer", branch_id=offices[0])
        assert visibility.get(mine.id, volunteer) is mine
        with pytest.raises(NotFound):
            visibility.get(theirs.id, volunteer)
        theirs.taken_in_by = volunteer.id
        db.session.flush()
        assert visibility.get(theirs.id, volunteer) is theirs
        assert visibility.get(theirs.id, new_member("relations_officer")) is theirs

    def test_without_the_permission_there_is_nothing(self, here, new_case, new_member):
        with pytest.raises(NotFound):
            visibility.get(new_case().id, new_member("human_resources"))

"""The five blueprints' rules: dealing, reply, complaints, satisfaction, responsibilities, document control."""

from datetime import date

import pytest

from silah.organisation.bodies import sits_on
from silah.web.access import Permission
from tenants.blueprints import NAMES, load, names

MADINAH, TAMKEEN, HAYAT, SAMTAH, NOBOUGH = NAMES
WITH_COMMITTEE = (MADINAH, HAYAT, NOBOUGH)
FOUR = (MADINAH, TAMKEEN, HAYAT, NOBOUGH)


def policy(name):
    return load(name).policy


class TestDealing:
    @pytest.mark.parametrize("name", FOUR)
    def test_reception_is_courteous_unhurried_and_answers_everything(self, name):
        reception = policy(name).step("reception")
        assert (reception.courtesy, reception.enough_time, reception.answers_all) == (True, True, True)
        assert not reception.hospitality

    def test_samtah_receives_with_hospitality_and_accurate_answers(self):
        reception = policy(SAMTAH).step("reception")
        assert (reception.hospitality, reception.accurate_answers) == (True, True)
        assert not reception.enough_time

    @pytest.mark.parametrize(
        ("name", "check"),
        [
            (MADINAH, "validity"),
            (TAMKEEN, "certainty"),
            (HAYAT, "validity"),
            (SAMTAH, "completeness"),
            (NOBOUGH, "validity"),
        ],
    )
    def test_data_are_matched_at_submission(self, name, check):
        assert policy(name).step("match_data").check == check

    def test_only_samtah_receives_nothing_incomplete(self):
        assert [policy(name).takes_incomplete for name in FOUR] == [True] * 4
        intake = policy(SAMTAH).intake
        assert intake.incomplete == "not_received"
        assert (intake.criteria_handed_over, intake.complete_before_leaving) == (True, True)
        assert policy(SAMTAH).has("receive_complete")

    @pytest.mark.parametrize(
        ("name", "signer"),
        [
            (MADINAH, "applicant"),
            (TAMKEEN, None),
            (HAYAT, "applicant"),
            (SAMTAH, "beneficiary"),
            (NOBOUGH, "applicant"),
        ],
    )
    def test_who_attests(self, name, signer):
        assert policy(name).attestation == signer
        assert policy(name).has("attest") is bool(signer)
        if signer:
            assert policy(name).step("attest").directly_responsible

    @pytest.mark.parametrize(
        ("name", "role"), [*((name, "social_research_officer") for name in WITH_COMMITTEE), (TAMKEEN, "management")]
    )
    def test_who_is_asked_when_the_procedure_is_unclear(self, name, role):
        assert policy(name).clarification_role == role

    def test_samtah_refers_nobody_and_informs_through_liaison_officers(self):
        assert policy(SAMTAH).clarification_role is None
        assert policy(SAMTAH).informing.liaison_by == ("category", "field")

    @pytest.mark.parametrize(
        ("name", "body"),
        [
            *((name, "research_committee") for name in WITH_COMMITTEE),
            (TAMKEEN, "management"),
            (SAMTAH, "competent_committee"),
        ],
    )
    def test_who_studies(self, name, body):
        assert policy(name).studied_by == body
        assert policy(name).studied_by_committee is (body != "management")
        deciders = {role.key for role in load(name).roles if Permission.DECIDE_REQUESTS in role.permissions}
        assert deciders
        assert all(sits_on(role, body) for role in deciders)

    @pytest.mark.parametrize(
        ("name", "outcome"),
        [
            *((name, "accept_or_reject") for name in WITH_COMMITTEE),
            (TAMKEEN, "reply"),
            (SAMTAH, "news_by_agreed_means"),
        ],
    )
    def test_how_the_outcome_is_worded(self, name, outcome):
        assert policy(name).outcome == outcome

    @pytest.mark.parametrize(
        ("name", "registers", "delivers"),
        [
            (MADINAH, True, True),
            (TAMKEEN, False, True),
            (HAYAT, True, True),
            (SAMTAH, False, False),
            (NOBOUGH, True, True),
        ],
    )
    def test_what_follows_the_reply(self, name, registers, delivers):
        assert (policy(name).has_registration, policy(name).has_delivery) == (registers, delivers)


class TestReplyPeriod:
    @pytest.mark.parametrize(("name", "weeks"), [(MADINAH, 2), (TAMKEEN, 1), (HAYAT, 2), (NOBOUGH, 2)])
    def test_four_are_floors_in_weeks_that_do_not_say_their_start(self, name, weeks):
        period = policy(name).reply_period
        assert (period.bound, period.amount, period.unit) == ("floor", weeks, "weeks")
        assert period.starts is None
        assert period.target is None

    def test_samtahs_is_a_ceiling_of_15_working_days_from_completeness(self):
        period = policy(SAMTAH).reply_period
        assert (period.bound, period.amount, period.unit, period.starts) == (
            *("ceiling", 15, "working_days"),
            "complete",
        )

    @pytest.mark.parametrize("name", NAMES)
    def test_the_weekend_is_friday_and_saturday(self, name):
        assert policy(name).calendar.weekend == ("friday", "saturday")


class TestComplaintsAndCompensation:
    @pytest.mark.parametrize("name", FOUR)
    def test_four_speak_of_disputes_only_and_of_no_compensation(self, name):
        complaints = policy(name).complaints
        assert complaints.disputes_as_principle
        assert not complaints.named
        assert policy(name).compensation is None

    def test_samtahs_complaints(self):
        complaints = policy(SAMTAH).complaints
        assert complaints.named
        assert complaints.channels == ("website", "fax")
        assert complaints.body == "follow_up_committee"
        assert (complaints.quickly, complaints.technical_support, complaints.amicable_settlement) == (True,) * 3

    def test_samtahs_evidence(self):
        compensation = policy(SAMTAH).compensation
        evidence = {one.key: one for one in compensation.evidence}
        assert list(evidence) == ["fault", "acknowledgement", "judgment", "final_ruling"]
        assert set(evidence["acknowledgement"].requires) == {
            *("minutes", "date", "members_approval", "harm", "size", "causes"),
        }
        assert compensation.body == "investigation_committee"

    def test_negotiation_is_a_route_and_no_evidence(self):
        compensation = policy(SAMTAH).compensation
        assert compensation.negotiation
        assert "negotiation" not in {one.key for one in compensation.evidence}

    def test_fault_and_acknowledgement_together_or_one_ruling_are_enough(self):
        compensation = policy(SAMTAH).compensation
        assert compensation.proven_by({"fault", "acknowledgement"})
        assert compensation.proven_by({"judgment"})
        assert compensation.proven_by({"final_ruling", "fault"})
        assert not compensation.proven_by({"fault"})
        assert not compensation.proven_by(set())


class TestRelationshipAndSatisfaction:
    def test_only_samtah_has_relationship_privacy_and_informing(self):
        assert all(policy(name).relationship is None and policy(name).informing is None for name in FOUR)
        assert set(policy(SAMTAH).relationship.duties) == {
            *("intellectual_property", "confidentiality", "dues_on_time", "code_of_ethics"),
        }
        informing = policy(SAMTAH).informing
        assert (informing.enquiry_channels, informing.updates_published) == (True, True)

    def test_measuring_is_an_objective_of_four(self):
        assert [policy(name).satisfaction.core_objective for name in FOUR] == [True] * 4
        assert not policy(SAMTAH).satisfaction.core_objective

    @pytest.mark.parametrize("name", [TAMKEEN, HAYAT, NOBOUGH])
    def test_rating_is_a_right_for_correction_and_quality_a_culture(self, name):
        satisfaction = policy(name).satisfaction
        assert (satisfaction.rating_is_a_right, satisfaction.for_correction_not_punishment) == (True, True)
        assert satisfaction.quality_culture == ("internal", "external")

    def test_madinah_does_not_call_rating_a_right(self):
        assert not policy(MADINAH).satisfaction.rating_is_a_right

    def test_samtahs_instruments(self):
        instruments = {one.kind: one for one in policy(SAMTAH).satisfaction.instruments}
        assert list(instruments) == [
            *("questionnaire", "field_survey", "supervisory_visits", "interviews", "link_follow_up"),
            "liaison_oversight",
        ]
        assert instruments["questionnaire"].cadence == "periodic"
        assert instruments["supervisory_visits"].covers == ("offices",)
        followed = instruments["link_follow_up"]
        assert (followed.cadence, followed.by) == ("continuous", "senior_management")
        assert followed.covers == ("complaints", "inquiries")
        assert instruments["liaison_oversight"].by == "senior_management"


class TestResponsibilitiesAndReview:
    def test_only_samtahs_staff_sign(self):
        assert [policy(name).needs_signature for name in names()] == [False, False, False, True, False]
        duties = policy(SAMTAH).responsibilities
        assert (duties.read_work_regulations, duties.hr_spreads_awareness, duties.hr_gives_copies) == (True,) * 3

    def test_four_are_reviewed_continuously_and_samtahs_rights_are_renewed(self):
        assert all(policy(name).review.continuous and policy(name).review.circulated_after for name in FOUR)
        assert policy(SAMTAH).review.rights_renewed


class TestDocumentControl:
    def test_madinah(self):
        control = policy(MADINAH).control
        assert (control.version, control.issued_printed) == ("01", "2021")
        assert (control.amendment, control.amended_printed, control.amended) == ("", "0000/00/00", None)
        acts = {sign_off.act: (sign_off.on, sign_off.role.en) for sign_off in control.sign_offs}
        assert acts == {
            "prepared": (date(2021, 11, 18), "Quality specialist"),
            "reviewed": (date(2021, 11, 18), "Quality specialist"),
            "approved": (date(2021, 11, 21), "Secretary-general"),
        }
        assert control.board.on is None
        assert control.board.printed
        assert control.board.printed_hijri

    def test_tamkeen_has_a_copyright_year_only(self):
        control = policy(TAMKEEN).control
        assert (control.copyright_year, control.version, control.board, control.sign_offs) == ("2022", "", None, ())

    def test_hayats_board_date_is_blank_and_its_letterhead_has_three_places(self):
        board = policy(HAYAT).control.board
        assert board.on is None
        assert board.printed
        assert board.printed_hijri
        assert policy(HAYAT).identity.letterhead == ("number", "date", "attachments")

    def test_samtahs_letterhead_shows_a_licence_number(self):
        identity = policy(SAMTAH).identity
        assert identity.letterhead == ("number", "date")
        assert identity.licence_shown

    def test_noboughs_board_session_and_blank_ratification(self):
        control = policy(NOBOUGH).control
        assert (control.board.number, control.board.on) == ("6", date(2024, 3, 11))
        assert control.ratification.marks == ("signature", "date", "seal")
        assert control.ratification.on is None

    @pytest.mark.parametrize(
        ("name", "lettering"),
        [
            (MADINAH, "none"),
            (TAMKEEN, "numbered"),
            (HAYAT, "numbered"),
            (SAMTAH, "arabic_letters"),
            (NOBOUGH, "none"),
        ],
    )
    def test_lettering(self, name, lettering):
        assert policy(name).lettering == lettering

    def test_samtahs_letters_are_kept_as_printed(self):
        letters = [section.letter for section in policy(SAMTAH).sections if section.letter]
        assert letters == ["أ", "ب", "ب", "ت", "ث", "ج", "ح", "د", "ذ"]

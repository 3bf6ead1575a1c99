"""The five blueprints: each fact that distinguishes the five policies, one by one."""

import re
from datetime import date

import pytest

from silah.access import Permission
from silah.intake.bodies import sits_on
from silah.intake.definition import Definition
from tenants.blueprints import NAMES, UnknownBlueprint, load, names
from tenants.clauses import printed, texts_of

MADINAH, TAMKEEN, HAYAT, SAMTAH, NOBOUGH = NAMES
WITH_COMMITTEE = (MADINAH, HAYAT, NOBOUGH)
FOUR = (MADINAH, TAMKEEN, HAYAT, NOBOUGH)


def policy(name):
    return load(name).policy


def listed(name):
    return [channel.key for channel in policy(name).listed_channels]


def tools(name):
    return [tool.key for tool in policy(name).tools]


class TestEntityAndTitle:
    def test_only_samtah_is_a_cooperative(self):
        assert {name: policy(name).entity for name in names()} == {
            **dict.fromkeys(FOUR, "association"),
            SAMTAH: "cooperative",
        }

    def test_madinah_regulates_the_relation_between_beneficiaries(self):
        assert policy(MADINAH).audience.relation == "between"
        assert "بين المستفيدين" in policy(MADINAH).title.ar
        assert {policy(name).audience.relation for name in (*FOUR[1:], SAMTAH)} == {"with"}

    def test_samtahs_title_names_members_and_its_body_beneficiaries(self):
        audience = policy(SAMTAH).audience
        assert audience.members_and_services
        assert audience.in_title.en == "General Assembly members"
        assert audience.many.en == "beneficiaries"
        assert "تقديم الخدمات" in policy(SAMTAH).title.ar
        assert not any(policy(name).audience.members_and_services for name in FOUR)


class TestPreambleAndScope:
    @pytest.mark.parametrize("name", FOUR)
    def test_laws_and_contracts_are_the_source_and_settle_disputes(self, name):
        preamble = policy(name).preamble
        assert preamble.parties == ("beneficiaries", "donors", "volunteers", "others")
        assert preamble.sources == ("laws", "contracts")
        assert preamble.settles_disputes
        assert not preamble.rights_renewed

    def test_samtah_has_agreements_and_contracts_and_renews_rights(self):
        preamble = policy(SAMTAH).preamble
        assert preamble.sources == ("agreements", "contracts")
        assert (preamble.rights_renewed, preamble.shortfalls_remedied) == (True, True)

    def test_only_samtah_has_a_scope_and_it_exempts_those_with_their_own_policy(self):
        assert [policy(name).scope for name in FOUR] == [None] * 4
        scope = policy(SAMTAH).scope
        assert set(scope.binds) == {"staff", "contracted"}
        assert scope.exempt_with_own_policy


class TestObjectives:
    @pytest.mark.parametrize(
        ("name", "detailed", "means"), [(MADINAH, 5, 0), (TAMKEEN, 6, 5), (HAYAT, 6, 4), (NOBOUGH, 6, 5)]
    )
    def test_as_many_as_the_source_has(self, name, detailed, means):
        objectives = policy(name).objectives
        assert objectives.general
        assert len(objectives.detailed) == detailed
        assert sum(len(objective.items) for objective in objectives.detailed) == means
        if means:
            assert len(objectives.detailed[5].items) == means

    def test_samtah_has_none(self):
        assert policy(SAMTAH).objectives is None


class TestChannels:
    def test_madinah_lists_none_and_speaks_of_several(self):
        assert policy(MADINAH).several_channels
        assert listed(MADINAH) == []

    def test_tamkeen(self):
        assert listed(TAMKEEN) == ["interview", "phone", "social_media", "letters", "volunteer_service", "website"]

    def test_hayat(self):
        assert listed(HAYAT) == [
            *("interview", "phone", "social_media", "letters", "assistance_service", "volunteer_service"),
            *("website", "delegates"),
        ]
        assert policy(HAYAT).channel("delegates").name.en == "The association's delegates"

    def test_samtah_has_fax_and_e_mail_and_no_social_media(self):
        assert listed(SAMTAH) == [
            *("interview", "letters", "phone", "fax", "website", "email", "volunteer_service"),
        ]
        assert policy(SAMTAH).channel("letters").name.en == "Correspondence"

    def test_nobough_has_an_app_and_delegates_of_branch_offices(self):
        assert listed(NOBOUGH) == [*listed(HAYAT)[:-1], "app", "delegates"]
        assert policy(NOBOUGH).channel("delegates").name.en == "Delegates of branch offices"

    @pytest.mark.parametrize("name", NAMES)
    def test_a_case_can_arrive_and_a_reply_go_out(self, name):
        assert policy(name).inbound_channels
        assert {channel.sends for channel in policy(name).outbound_channels} >= {"email", "sms"}

    @pytest.mark.parametrize("name", NAMES)
    def test_every_channel_has_an_owner_among_the_roles(self, name):
        roles = {role.key for role in load(name).roles}
        assert {channel.owner for channel in policy(name).channels} <= roles


class TestTools:
    def test_madinah_names_none(self):
        assert tools(MADINAH) == []

    def test_tamkeen(self):
        assert tools(TAMKEEN) == ["bylaws", "social_research_guide"]

    @pytest.mark.parametrize("name", [HAYAT, NOBOUGH])
    def test_hayat_and_nobough_add_a_guide_and_a_form(self, name):
        assert tools(name) == [*tools(TAMKEEN), "support_policy_guide", "support_request_form"]

    def test_samtah(self):
        assert [(tool.key, tool.kind) for tool in policy(SAMTAH).tools] == [
            ("bylaws", "bylaw"),
            ("partners_policy", "policy"),
            ("volunteering_policy", "policy"),
            ("aid_disbursement_policy", "policy"),
            ("service_request_form", "form"),
        ]


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


class TestTexts:
    @pytest.mark.parametrize("name", NAMES)
    def test_every_text_is_there_in_both_languages(self, name):
        half = [path for path, text in texts_of(policy(name)) if len(text.missing) == 1]
        assert half == []
        assert all(section.items for section in printed(policy(name)))

    @pytest.mark.parametrize("name", NAMES)
    def test_no_telephone_account_or_licence_is_anybodys(self, name):
        blueprint = load(name)
        assert blueprint.policy.identity.licence_number == blueprint.policy.identity.letterhead_number == ""
        kept = blueprint.model_dump_json()
        assert not re.search(r"SA\d{22}|05\d{8}", kept)
        assert all(address.endswith(".example") for address in re.findall(r"[\w.]+@[\w.-]+", kept))


class TestTheRestOfABlueprint:
    def test_an_unknown_name_is_told_with_those_there_are(self):
        with pytest.raises(UnknownBlueprint, match="madinah-centers, tamkeen-qassim"):
            load("nowhere")

    @pytest.mark.parametrize("name", NAMES)
    def test_roles_are_made_of_permissions_there_are(self, name):
        for role in load(name).roles:
            assert {Permission(value) for value in role.permissions}
            assert not role.name.missing
            assert len(set(role.permissions)) == len(role.permissions)

    @pytest.mark.parametrize("name", NAMES)
    def test_every_duty_of_a_case_has_somebody(self, name):
        granted = {permission for role in load(name).roles for permission in role.permissions}
        assert granted == {str(permission) for permission in Permission}

    @pytest.mark.parametrize("name", NAMES)
    def test_one_to_three_branch_offices(self, name):
        assert 1 <= len(load(name).branches) <= 3

    @pytest.mark.parametrize("name", NAMES)
    def test_three_or_four_forms_that_intake_can_read(self, name):
        types = load(name).request_types
        assert 3 <= len(types) <= 4
        for one in types:
            form = Definition.read(one["definition"])
            assert form.criteria
            assert form.steps
            assert not [path for path, text in texts_of(form) if len(text.missing) == 1]

    @pytest.mark.parametrize("name", NAMES)
    def test_forms_do_not_ask_again_who_the_applicant_is(self, name):
        for one in load(name).request_types:
            keys = {field.key for field in Definition.read(one["definition"]).fields}
            assert not keys & {"name", "national_id", "mobile", "email", "channel"}

    def test_another_association_can_start_from_it_under_its_own_name(self):
        policy = load(MADINAH).policy_for("جمعية البر", "Al-Bir")
        assert policy.identity.name.ar == "جمعية البر"
        assert load(MADINAH).policy.identity.name.ar != "جمعية البر"

"""The five blueprints: who the associations are, whom and how they reach, and what else they start with."""

import re

import pytest

from silah.intake.definition import Definition
from silah.web.access import Permission
from tenants.blueprints import NAMES, UnknownBlueprint, load, names
from tenants.clauses import printed, texts_of

MADINAH, TAMKEEN, HAYAT, SAMTAH, NOBOUGH = NAMES
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

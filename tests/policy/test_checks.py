"""The policy checker: each thing it finds, where, and how grave."""

from datetime import date

import pytest

from tenants.blueprints import load, names
from tenants.check_words import WORDS
from tenants.checks import approvable, check
from tenants.periods import Span
from tenants.policy import Policy

MADINAH = load("madinah-centers").policy
SAMTAH = load("samtah-cooperative").policy


def changed(policy: Policy, **changes: object) -> Policy:
    """The policy with some parts of its document replaced."""
    return Policy.read({**policy.document(), **changes})


def codes(policy: Policy, **given: object) -> set[str]:
    return {finding.code for finding in check(policy, **given)}


def found(policy: Policy, code: str, **given: object):
    (finding,) = [finding for finding in check(policy, **given) if finding.code == code]
    return finding


class TestReplyPeriod:
    def test_a_floor_without_a_target_is_a_warning(self):
        finding = found(MADINAH, "floor_without_target")
        assert (finding.severity, finding.where) == ("warning", ("reply_period", "target"))

    def test_a_floor_with_a_target_is_not(self):
        target = Span(amount=20, unit="working_days")
        period = MADINAH.reply_period.model_copy(update={"target": target})
        assert "floor_without_target" not in codes(MADINAH.model_copy(update={"reply_period": period}))

    def test_a_ceiling_needs_none(self):
        assert "floor_without_target" not in codes(SAMTAH)

    def test_a_start_that_the_policy_does_not_say_is_noted(self):
        assert found(MADINAH, "start_not_said_received").severity == "note"
        assert not {code for code in codes(SAMTAH) if code.startswith("start_not_said")}


class TestDocumentControl:
    def test_zeros_for_a_date(self):
        finding = found(MADINAH, "zero_date")
        assert finding.where == ("control", "amended_printed")
        assert "0000/00/00" in finding.text.ar

    def test_a_blank_board_date(self):
        assert found(MADINAH, "board_date_blank").severity == "warning"
        control = MADINAH.control
        board = control.board.model_copy(update={"on": date(2024, 1, 1)})
        dated = control.model_copy(update={"board": board, "amended_printed": "2024/01/01"})
        assert not codes(MADINAH.model_copy(update={"control": dated})) & {"board_date_blank", "zero_date"}

    def test_a_ratification_that_has_not_happened(self):
        assert "not_ratified" in codes(load("nobough-talents").policy)


class TestLetters:
    def test_a_repeated_letter_is_found_where_it_is_repeated(self):
        finding = found(SAMTAH, "letter_repeated")
        assert finding.where == ("sections", 4, "letter")
        assert "ب" in finding.text.en

    def test_a_skipped_letter_is_noted(self):
        assert "خ" in found(SAMTAH, "letter_skipped").text.ar


class TestHolders:
    def test_a_referral_to_a_role_that_nobody_holds_is_an_error(self):
        held = {"relations_officer", "research_committee_chair"}
        names = {role.key: role.name for role in load("madinah-centers").roles}
        finding = found(MADINAH, "nobody_holds", held=held, names=names)
        assert finding.where == ("steps", 2, "to")
        assert "Social-research officer" in finding.text.en
        assert "مسؤول البحث الاجتماعي" in finding.text.ar

    def test_a_committees_chair_holds_its_body(self):
        held = {"relations_officer", "social_research_officer", "research_committee_chair"}
        assert "nobody_holds" not in codes(MADINAH, held=held)

    def test_all_of_a_blueprints_roles_held_leave_no_error(self):
        for name in names():
            blueprint = load(name)
            findings = check(blueprint.policy, {role.key for role in blueprint.roles})
            assert approvable(findings), [finding for finding in findings if finding.severity == "error"]

    def test_without_knowing_the_holders_nothing_is_said_of_them(self):
        assert not codes(MADINAH) & {"nobody_holds", "owner_vacant"}

    def test_an_owner_whom_nobody_is_is_told_once(self):
        assert found(MADINAH, "owner_vacant", held={"administrator"}).where == ("channels", 0, "owner")


class TestChannels:
    def test_a_channel_without_an_owner(self):
        channels = MADINAH.document()["channels"]
        channels[1]["owner"] = None
        finding = found(changed(MADINAH, channels=channels), "channel_without_owner")
        assert finding.where == ("channels", 1, "owner")
        assert "Telephone" in finding.text.en

    def test_a_retired_channel_needs_no_owner(self):
        channels = MADINAH.document()["channels"]
        channels[1].update(owner=None, retired=True)
        assert "channel_without_owner" not in codes(changed(MADINAH, channels=channels))

    def test_a_policy_by_which_nothing_can_go_out_cannot_be_approved(self):
        policy = changed(MADINAH, channels=[])
        assert {"no_outbound_channel", "no_inbound_channel"} <= codes(policy)
        assert not approvable(check(policy))

    def test_a_complaints_channel_that_is_retired(self):
        channels = SAMTAH.document()["channels"]
        channels[3]["retired"] = True
        assert found(changed(SAMTAH, channels=channels), "unknown_channel").where == ("complaints", "channels", 1)


class TestCommittees:
    def test_a_committee_without_quorum(self):
        assert "no_quorum" in codes(MADINAH)

    def test_a_quorum_needs_its_number_unless_it_is_all(self):
        committees = MADINAH.document()["committees"]
        committees[0]["quorum"], committees[1]["quorum"] = "all", "share"
        policy = changed(MADINAH, committees=committees)
        assert "no_quorum" not in codes(policy)
        assert found(policy, "quorum_without_number").where == ("committees", 1, "quorum_value")

    def test_a_committee_that_studies_and_is_not_defined(self):
        assert "unknown_committee" in codes(changed(MADINAH, committees=[]))

    def test_a_policy_by_which_nobody_studies(self):
        steps = [step for step in MADINAH.document()["steps"] if step["kind"] != "study"]
        assert "nobody_studies" in codes(changed(MADINAH, steps=steps))


class TestTextsAndContradictions:
    def test_a_text_missing_in_one_language(self):
        title = {"ar": MADINAH.title.ar, "en": ""}
        finding = found(changed(MADINAH, title=title), "no_en")
        assert finding.where == ("title",)

    def test_a_title_missing_in_both_is_an_error(self):
        assert found(changed(MADINAH, title={}), "no_text").severity == "error"

    def test_a_setting_that_a_clause_contradicts(self):
        steps = MADINAH.document()["steps"]
        steps[4]["by"] = "management"
        finding = found(changed(MADINAH, steps=steps), "clause_contradicts")
        assert (finding.severity, finding.where) == ("error", ("steps", 4, "text"))
        assert "research committee" in finding.text.en
        assert "الإدارة" in finding.text.ar

    def test_a_floor_turned_into_a_ceiling_under_the_same_words(self):
        period = {**MADINAH.document()["reply_period"], "bound": "ceiling"}
        policy = changed(MADINAH, reply_period=period)
        assert {"clause_contradicts", "bound_wording"} <= codes(policy)

    def test_words_of_the_other_bound_are_noticed_though_they_declare_nothing(self):
        steps = SAMTAH.document()["steps"]
        steps[5].update(says={}, text={"ar": "مدة لا تقل عن أسبوع", "en": "in not less than one week"})
        assert found(changed(SAMTAH, steps=steps), "bound_wording").where == ("steps", 5, "text")

    @pytest.mark.parametrize("name", names())
    def test_no_blueprint_contradicts_itself(self, name):
        assert not codes(load(name).policy) & {"clause_contradicts", "bound_wording", "no_ar", "no_en", "no_text"}


class TestFindings:
    def test_errors_come_first(self):
        policy = changed(MADINAH, channels=[], title={})
        severities = [finding.severity for finding in check(policy, {"administrator"})]
        assert severities == sorted(severities, key=("error", "warning", "note").index)

    def test_every_finding_is_worded_in_both_languages(self):
        assert all(arabic and english for _, arabic, english in WORDS.values())

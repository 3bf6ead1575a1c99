"""The pure rules: conditions, completeness, moves, and what is typed."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silah.cases.errors import NotLegal
from silah.cases.states import ENDED, State
from silah.errors import Forbidden, Invalid
from silah.intake.completeness import missing
from silah.intake.conditions import pruned, shown_documents, shown_fields
from silah.intake.definition import PROOF, Definition
from silah.intake.guards import Facts
from silah.intake.workflow import MAIN, WORKFLOW
from silah.web.access import Member, Permission
from tenants import blueprints

DAY = date(2026, 9, 7)
SOMEBODY = {"national_id": "1000000008", "beneficiary_national_id": "1000000016"}


def field(key: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "kind": "text", "label": {"ar": key, "en": key}, **more}


def form(*fields: dict[str, Any], documents: tuple[dict[str, Any], ...] = ()) -> Definition:
    step = {"key": "step", "title": {"en": "Step"}, "fields": list(fields)}
    return Definition.read({"title": {"en": "Form"}, "steps": [step], "documents": list(documents)})


XY = [{"value": value, "label": {"en": value}} for value in "xy"]
CHAIN = form(
    field("first", kind="yes_no"),
    field("second", kind="choice", choices=XY, shown_when={"field": "first", "is": True}),
    field("third", shown_when={"field": "second", "in": ["x"]}),
    documents=(
        {"key": "paper", "label": {"en": "Paper"}, "dated": True},
        {"key": "extra", "label": {"en": "Extra"}, "shown_when": {"field": "second", "is": "y"}},
        {"key": "photo", "label": {"en": "Photo"}, "required": False},
    ),
)  # fmt: skip
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "first": st.one_of(st.booleans(), st.none()),
        "second": st.sampled_from(["x", "y", None]),
        "third": st.sampled_from(["words", "", None]),
        "stranger": st.just("?"),
    },
)


class TestDefinition:
    def test_every_blueprints_forms_can_be_read_and_kept(self):
        for name in blueprints.names():
            for kind in blueprints.load(name).request_types:
                definition = Definition.read(kind["definition"])
                assert Definition.read(definition.document()) == definition
                assert list(definition.fields)

    def test_a_condition_hangs_on_a_field_that_comes_before(self):
        with pytest.raises(Invalid):
            form(field("one", shown_when={"field": "two", "is": "x"}), field("two"))

    def test_keys_are_used_once(self):
        with pytest.raises(Invalid):
            form(field("one"), documents=({"key": "one", "label": {"en": "One"}},))

    def test_a_file_field_becomes_a_document_of_its_step(self):
        definition = form(field("name"), field("deed", kind="file", required=False))
        assert [one.key for one in definition.fields] == ["name"]
        deed = definition.required_of("deed")
        assert deed is not None
        assert (deed.required, deed.step) == (False, "step")

    def test_errors_name_the_place(self):
        with pytest.raises(Invalid) as found:
            Definition.read({"title": {"en": "F"}, "steps": [{"key": "s", "title": {}, "fields": [{"key": "A!"}]}]})
        assert "steps.0.fields.0.key" in found.value.fields


class TestConditions:
    @given(ANSWERS)
    def test_what_hangs_on_a_hidden_field_is_hidden_and_not_kept(self, answers):
        shown = {one.key for one in shown_fields(CHAIN, answers)}
        assert ("second" in shown) == (answers.get("first") is True)
        assert ("third" in shown) == ("second" in shown and answers.get("second") == "x")
        assert set(pruned(CHAIN, answers)) <= shown

    @given(ANSWERS)
    def test_pruning_twice_changes_nothing_more(self, answers):
        once = pruned(CHAIN, answers)
        assert pruned(CHAIN, once) == once

    def test_a_guardian_shows_proof_besides(self):
        assert PROOF not in {one.key for one in shown_documents(CHAIN, {}, "self")}
        assert PROOF in {one.key for one in shown_documents(CHAIN, {}, "guardian")}


FILES = st.dictionaries(
    st.sampled_from(["paper", "extra", "photo", PROOF]),
    st.fixed_dictionaries({"valid_until": st.none() | st.integers(-3, 3).map(lambda n: str(DAY + timedelta(n)))}),
)


class TestCompleteness:
    @given(ANSWERS, FILES, st.sampled_from(["self", "guardian", "agent"]))
    def test_lacks_only_what_is_shown_and_names_each_once(self, answers, files, relation):
        lacking = missing(CHAIN, {"person": {**SOMEBODY, "relation": relation}, "fields": answers}, files, DAY)
        shown = {one.key for one in shown_fields(CHAIN, answers)} | {
            one.key for one in shown_documents(CHAIN, answers, relation)
        }
        keys = [one.key for one in lacking]
        assert set(keys) <= shown
        assert len(keys) == len(set(keys))

    @given(ANSWERS, FILES)
    def test_giving_what_is_lacking_completes_it(self, answers, files):
        given_now, papers = dict(answers), dict(files)
        for _ in range(6):
            for one in missing(CHAIN, {"person": SOMEBODY, "fields": given_now}, papers, DAY):
                if one.kind == "document":
                    papers[one.key] = {"valid_until": str(DAY)}
                else:
                    given_now[one.key] = {"first": False, "second": "x"}.get(one.key, "words")
        assert missing(CHAIN, {"person": SOMEBODY, "fields": given_now}, papers, DAY) == []

    def test_says_who_is_not_identified(self):
        def keys(**person: str) -> list[str]:
            lacking = missing(CHAIN, {"person": person, "fields": {"first": False}}, {}, DAY)
            return [one.key for one in lacking if one.kind == "field"]

        assert keys(name="نورة") == ["applicant_national_id"]
        assert keys(relation="guardian", national_id="1000000008") == ["beneficiary_national_id"]

    def test_a_document_counts_if_it_was_valid_on_the_day_it_came(self):
        def why(until: str | None, **more: str) -> list[str]:
            files = {"paper": {"valid_until": until, **more}}
            return [one.why for one in missing(CHAIN, {"person": SOMEBODY, "fields": {"first": False}}, files, DAY)]

        assert why(str(DAY)) == []
        assert why("2026-09-06") == ["expired"]
        assert why("2026-09-06", on="2026-09-01") == []
        assert why(None) == ["undated"]

    def test_an_optional_document_that_came_expired_is_pointed_out(self):
        files = {"paper": {"valid_until": "2030-01-01"}, "photo": {"valid_until": "2020-01-01"}}
        lacking = missing(CHAIN, {"person": SOMEBODY, "fields": {"first": False}}, files, DAY)
        assert [(one.key, one.why) for one in lacking] == [("photo", "expired")]


POLICIES = [blueprints.load(name).policy for name in blueprints.names()]
FACTS = st.builds(
    Facts,
    state=st.sampled_from(list(State)),
    policy=st.sampled_from(POLICIES),
    accepted=st.sampled_from([True, False, None]),
    attested=st.booleans(),
)


def anybody(*roles: str) -> Member:
    from uuid import uuid4

    return Member(uuid4(), uuid4(), "All", permissions=frozenset(Permission), role_keys=frozenset(roles))


ALL = anybody("management", "research_committee_chair", "competent_committee_chair", "social_research_officer")


WAY = replace(WORKFLOW, transitions=MAIN)
"""The way of a request alone, for which facts are enough."""


class TestMoves:
    @given(FACTS)
    def test_what_is_offered_is_legal_and_what_is_not_is_refused_with_a_message(self, facts):
        offered = {move.key for move in WAY.list_possible(facts, ALL)}
        for move in MAIN:
            if move.key in offered:
                assert WAY.check(move.key, facts, ALL) is move
            else:
                with pytest.raises(NotLegal) as refused:
                    WAY.check(move.key, facts, ALL)
                assert str(refused.value)

    @given(FACTS)
    def test_nobody_without_permission_makes_a_move(self, facts):
        stranger = Member(ALL.id, ALL.account_id, "None")
        assert not list(WAY.list_possible(facts, stranger))
        with pytest.raises(Forbidden):
            WAY.check("close", facts, stranger)

    @given(FACTS)
    def test_every_state_leads_somewhere_so_that_no_case_is_stuck(self, facts):
        accepted = facts.accepted if facts.accepted is not None else False
        able = Facts(facts.state, facts.policy, accepted, attested=True)
        beyond_policy = (facts.state is State.REGISTERED and not facts.policy.has_registration) or (
            facts.state is State.RECOMMENDED and not facts.policy.studied_by_committee
        )
        assert beyond_policy or {move.key for move in WAY.list_possible(able, ALL)} - {"withdraw"}

    @given(FACTS)
    def test_an_ended_case_is_only_reopened(self, facts):
        if facts.state in ENDED:
            assert {move.key for move in WAY.list_possible(facts, ALL)} == {"reopen"}

    @pytest.mark.parametrize("policy", POLICIES, ids=blueprints.names())
    def test_each_body_decides_its_own(self, policy):
        facts = Facts(State.RECOMMENDED if policy.studied_by_committee else State.UNDER_STUDY, policy)
        body = policy.studied_by
        mine = anybody(body if body == "management" else f"{body}_chair")
        other = anybody("research_committee_chair" if body != "research_committee" else "management")
        assert WAY.check("decide", facts, mine)
        with pytest.raises(Forbidden):
            WAY.check("decide", facts, other)

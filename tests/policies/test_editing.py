"""Every section of the policy is edited through its page."""

from collections.abc import Iterator
from typing import Any

import pytest

from silah.policies import sections
from silah.policies.field_schema import STEPS, Shape, fields_of, of_policy
from silah.policies.form_nodes import describe_effect
from silah.policies.sections import SECTIONS
from tenants import blueprints
from tenants.database import db
from tests.cases.conftest import bare_case

MARKS_OF_PAPER = ("SignOff", "BoardSession", "Ratification")
"""Acts of approval: what their fields are is all that they do."""


class TestEverySection:
    @pytest.mark.parametrize("blueprint", blueprints.NAMES)
    def test_a_page_saved_as_it_stands_changes_nothing(self, chancery: Any, blueprint: str) -> None:
        place = chancery(blueprint)
        draft = place.draft()
        before = place.policy(draft)
        for section in SECTIONS:
            address = f"/admin/policy/{draft}/{section.key}"
            place.save(address, place.form(address))
            assert place.policy(draft) == before, section.key

    def test_together_they_hold_the_whole_policy(self, chancery: Any) -> None:
        from tenants.policy import Policy

        assert {name for section in SECTIONS for name in section.fields} >= set(Policy.model_fields)
        assert sections.anchor({}, ("control", "board", "on")) == ("control", "control.board.on")

    def test_each_is_drawn_in_both_languages_within_few_queries(self, chancery: Any, queries: Any) -> None:
        place = chancery("samtah-cooperative")
        draft = place.draft()
        for section in SECTIONS:
            for language in ("ar", "en"):
                with queries() as sent:
                    page = place.desk().get(f"/admin/policy/{draft}/{section.key}?lang={language}")
                assert page.status_code == 200
                assert len(sent) <= 25, section.key


def settings_of(shape: Shape) -> Iterator[Shape]:
    """Every field that a shape holds, however deep."""
    models = STEPS.values() if shape.steps else [shape.model] if shape.model and shape.name != "items" else []
    for model in models:
        for inner in fields_of(model).values():
            yield inner
            yield from settings_of(inner)


def test_every_setting_says_what_it_does() -> None:
    named = [of_policy(name) for section in SECTIONS for name in section.fields]
    every = {(one.owner, one.name, one.kind) for top in named for one in (top, *settings_of(top))}
    steps = {step.__name__ for step in STEPS.values()}
    silent = {
        f"{owner}.{name}"
        for owner, name, kind in every
        if kind not in ("key", "part") and owner not in MARKS_OF_PAPER
        if describe_effect(owner, name).missing and not (owner in steps and describe_effect("_Step", name))
    }
    assert len(every) > 120
    assert silent == set()


def test_the_limits_of_complaints_and_referrals_are_reckoned_as_an_example(chancery: Any) -> None:
    place = chancery("madinah-centers")
    draft = place.draft()
    for section, part in (("complaints", "complaints"), ("referral", "refer_unclear")):
        address = f"/admin/policy/{draft}/{section}"
        page = place.desk().get(f"{address}?lang=en").text
        assert "is to be answered by" not in page
        span = f"{part}.answer_within"
        sent = place.form(address) | {span: ["1"], f"{span}.amount": ["3"], f"{span}.unit": ["working_days"]}
        page = place.desk().post(f"{address}?lang=en", data={**sent, "deed": "preview"}).text
        assert "is to be answered by Thursday 10 September 2026" in page


class TestDeeds:
    def test_lists_grow_shrink_and_move_without_script(self, chancery: Any) -> None:
        place = chancery("tamkeen-qassim")
        draft = place.draft()
        address = f"/admin/policy/{draft}/tools"
        sent = place.press(address, place.form(address), "add:tools")
        new = max(int(name.split(".")[1]) for name in sent if name.startswith("tools."))
        sent |= {f"tools.{new}.name.ar": ["دليل الشراكات"], f"tools.{new}.name.en": ["Guide to partners"]}
        sent[f"tools.{new}.kind"] = ["guide"]
        sent = place.press(address, sent, f"up:tools.{new}")
        assert sent[f"tools.{new - 1}.name.en"] == ["Guide to partners"]
        place.save(address, sent)
        assert [tool.key for tool in place.policy(draft).tools][new - 1] == "guide_to_partners"
        place.save(address, place.press(address, place.form(address), "remove:tools.0"))
        assert len(place.policy(draft).tools) == new

    def test_a_part_that_the_policy_has_not_is_added_and_dropped(self, chancery: Any) -> None:
        place = chancery("madinah-centers")
        draft = place.draft()
        address = f"/admin/policy/{draft}/scope"
        assert place.policy(draft).scope is None
        sent = place.press(address, place.form(address), "add:scope")
        sent["scope.exempt_with_own_policy"] = ["y"]
        place.save(address, sent)
        assert place.policy(draft).scope.exempt_with_own_policy
        place.save(address, place.press(address, place.form(address), "drop:scope"))
        assert place.policy(draft).scope is None

    def test_a_dealing_step_is_edited_where_it_belongs_and_keeps_its_place(self, chancery: Any) -> None:
        place = chancery("madinah-centers")
        draft = place.draft()
        kinds = [step.kind for step in place.policy(draft).steps]
        address = f"/admin/policy/{draft}/study"
        sent = place.form(address)
        sent["study.by"] = ["management"]
        place.save(address, sent)
        assert place.policy(draft).studied_by == "management"
        assert [step.kind for step in place.policy(draft).steps] == kinds
        address = f"/admin/policy/{draft}/attestation"
        place.save(address, place.press(address, place.form(address), "drop:attest"))
        assert place.policy(draft).attestation is None

    def test_a_wording_is_brought_to_the_setting_that_it_contradicts(self, chancery: Any) -> None:
        place = chancery("madinah-centers")
        draft = place.draft()
        address = f"/admin/policy/{draft}/attestation"
        sent = place.form(address)
        sent["attest.signer"] = ["beneficiary"]
        place.save(address, sent)
        with place.serve():
            from silah.policies import service

            assert "clause_contradicts" in {one.code for one in service.findings(service.get(draft))}
        sent = place.form(address)
        sent["attest.says|attestation"] = ["+"]
        place.save(address, sent)
        assert place.policy(draft).step("attest").says == {"attestation": "beneficiary"}

    def test_an_administrator_says_whether_complete_includes_the_signature(self, chancery: Any) -> None:
        place = chancery("madinah-centers")
        draft = place.draft()
        address = f"/admin/policy/{draft}/attestation"
        assert "Complete only once signed" in place.desk().get(f"{address}?lang=en").text
        assert not place.policy(draft).signature_completes
        for typed, included in ((["y"], True), ([], False)):
            place.save(address, place.form(address) | {"attest.completes": typed})
            assert place.policy(draft).signature_completes is included


class TestErrors:
    def test_stand_at_their_field_and_nothing_typed_is_lost(self, chancery: Any) -> None:
        place = chancery("madinah-centers")
        draft = place.draft()
        address = f"/admin/policy/{draft}/reply-period"
        sent = place.form(address)
        sent["reply_period.amount"] = ["كثير"]
        sent["reply.text.ar"] = ["نص لم يُحفظ"]
        page = place.save(address, sent, 422).text
        assert 'id="reply_period.amount-error"' in page
        assert 'href="#reply_period.amount"' in page
        assert "نص لم يُحفظ" in page

    def test_arabic_digits_are_numbers(self, chancery: Any) -> None:
        place = chancery("madinah-centers")
        draft = place.draft()
        address = f"/admin/policy/{draft}/reply-period"
        sent = place.form(address)
        sent["reply_period.amount"] = ["١٥"]
        place.save(address, sent)
        assert place.policy(draft).reply_period.amount == 15

    def test_two_who_edit_one_section_do_not_overwrite_each_other(self, chancery: Any) -> None:
        place = chancery("madinah-centers")
        draft = place.draft()
        address = f"/admin/policy/{draft}/identity"
        first, second = place.form(address), place.form(address)
        first["title.en"], second["title.en"] = ["First"], ["Second"]
        place.save(address, first)
        assert "Second" in place.save(address, second, 409).text
        assert place.policy(draft).title.en == "First"

    def test_what_the_policy_has_no_place_for_is_not_read(self, chancery: Any) -> None:
        place = chancery("madinah-centers")
        draft = place.draft()
        address = f"/admin/policy/{draft}/preamble"
        before = place.policy(draft)
        place.save(address, place.form(address) | {"preamble.evil": ["x"], "control.version": ["9"], "title.ar": ["x"]})
        assert place.policy(draft) == before

    @pytest.mark.parametrize(
        "deed", ["up:tools.999", "add:../x", "remove:tools.x", "add=evil:steps", "drop:tools", "x"]
    )
    def test_a_strange_button_does_no_harm(self, chancery: Any, deed: str) -> None:
        place = chancery("tamkeen-qassim")
        draft = place.draft()
        address = f"/admin/policy/{draft}/tools"
        place.desk().post(address, data={**place.form(address), "deed": deed})
        assert place.desk().get(address).status_code == 200


class TestChannels:
    def test_one_in_use_is_retired_and_not_removed(self, chancery: Any) -> None:
        place = chancery("hayat-arar")
        draft = place.draft()
        came, answered = (place.policy(draft).channels[index].key for index in (1, 2))
        with place.serve():
            bare_case(channel=came, reply_channel=answered)
            db.session.commit()
        address = f"/admin/policy/{draft}/channels"
        sent = place.form(address)
        for index in (3, 2, 1):
            sent = place.press(address, sent, f"remove:channels.{index}")
        place.save(address, sent)
        policy = place.policy(draft)
        assert [policy.channel(key).retired for key in (came, answered)] == [True, True]
        assert len(policy.channels) == len(place.policy(place.in_force()).channels) - 1, "the third is in no case"

    def test_a_new_kind_of_channel_is_made(self, chancery: Any) -> None:
        place = chancery("hayat-arar")
        draft = place.draft()
        address = f"/admin/policy/{draft}/channels"
        sent = place.press(address, place.form(address), "add:channels")
        at = f"channels.{len(place.policy(draft).channels)}"
        sent |= {f"{at}.name.ar": ["كشك"], f"{at}.name.en": ["Kiosk"], f"{at}.kind+": ["kiosk"]}
        place.save(address, sent)
        assert place.policy(draft).channel("kiosk").kind == "kiosk"


class TestDrafts:
    def test_start_with_the_next_amendment_and_blank_dates(self, chancery: Any) -> None:
        place = chancery("madinah-centers")
        control = place.policy(place.draft()).control
        assert (control.amendment, control.amended_printed) == ("1", "")
        assert [one.on for one in control.sign_offs] == [None, None, None]

    def test_change_nothing_for_anybody_until_in_force(self, chancery: Any, client: Any) -> None:
        place = chancery("madinah-centers")
        draft = place.draft()
        address = f"/admin/policy/{draft}/identity"
        sent = place.form(address)
        sent["title.ar"] = ["عنوان المسودة"]
        place.save(address, sent)
        assert "عنوان المسودة" not in client(place.tenant).get("/policy").text
        assert "عنوان المسودة" in place.desk().get(f"/admin/policy/{draft}/preview").text

    def test_are_thrown_away(self, chancery: Any) -> None:
        place = chancery("madinah-centers")
        draft = place.draft()
        assert place.desk().post(f"/admin/policy/{draft}/discard").status_code == 302
        assert place.desk().get(f"/admin/policy/{draft}").status_code == 404

    def test_a_version_in_force_is_never_edited(self, chancery: Any) -> None:
        place = chancery("madinah-centers")
        assert place.desk().get(f"/admin/policy/{place.in_force()}/tools").status_code == 409

    def test_are_for_those_who_edit_policies(self, chancery: Any) -> None:
        place = chancery("madinah-centers")
        draft = place.draft()
        officer = place.desk("relations_officer")
        assert officer.get("/admin/policy").status_code == 403
        assert officer.get(f"/admin/policy/{draft}/tools").status_code == 403
        assert officer.post("/admin/policy/drafts").status_code == 403

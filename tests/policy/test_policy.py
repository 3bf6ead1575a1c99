"""The typed policy: what it gives the application, and how it refuses a wrong document."""

from copy import deepcopy

import pytest

from tenants.blueprints import load, names
from tenants.clauses import next_letter, printed, skipped_letters
from tenants.policy import Policy, PolicyError
from tenants.texts import Text

MADINAH = load("madinah-centers").policy
TAMKEEN = load("tamkeen-qassim").policy
SAMTAH = load("samtah-cooperative").policy


def wrong(**changes: object) -> list[dict[str, object]]:
    """What is said of the plainest policy with these parts replaced."""
    document = {**MADINAH.document(), **changes}
    with pytest.raises(PolicyError) as caught:
        Policy.read(document)
    return caught.value.wrong


class TestReading:
    @pytest.mark.parametrize("name", names())
    def test_a_policy_survives_being_kept(self, name):
        policy = load(name).policy
        assert Policy.read(policy.document()) == policy

    def test_it_cannot_be_changed_in_place(self):
        with pytest.raises(ValueError, match="frozen"):
            MADINAH.outcome = "reply"

    def test_a_missing_field_is_named_in_both_languages(self):
        document = MADINAH.document()
        del document["title"]
        with pytest.raises(PolicyError) as caught:
            Policy.read(document)
        (one,) = caught.value.wrong
        assert one == {"loc": ("title",), "ar": "عنوان السياسة: هذا الحقل مطلوب", "en": "Title is required"}

    def test_a_wrong_bound_names_its_place_and_the_choices(self):
        period = {**MADINAH.document()["reply_period"], "bound": "sometimes"}
        (one,) = wrong(reply_period=period)
        assert one["loc"] == ("reply_period", "bound")
        assert one["en"] == "Reply period › Bound is not one of: 'floor', 'ceiling'"
        assert one["ar"].startswith("مدة الرد › نوع الحد")

    def test_a_position_is_counted_from_one(self):
        channels = deepcopy(MADINAH.document()["channels"])
        channels[2]["key"] = "Not A Key"
        (one,) = wrong(channels=channels)
        assert one["loc"] == ("channels", 2, "key")
        assert one["en"].startswith("Channels › 3 › Key starts with a small Latin letter")

    def test_a_setting_that_does_not_exist_is_an_error(self):
        (one,) = wrong(colour="green")
        assert one["en"] == "colour is not a known setting"

    def test_an_unknown_step_is_an_error(self):
        (one,) = wrong(steps=[{"kind": "dance", "text": {}}])
        assert one["loc"] == ("steps", 0)
        assert "ar" in one
        assert one["en"] == "Dealing steps › 1 is not a known kind of step"

    def test_two_channels_of_one_key_are_refused_in_both_languages(self):
        channels = MADINAH.document()["channels"]
        (one,) = wrong(channels=[*channels, channels[0]])
        assert "repeated key in Channels: interview" in one["en"]
        assert "مفتاح مكرر" in one["ar"]

    def test_every_error_is_reported_at_once(self):
        assert len(wrong(title={"ar": 1}, outcome="maybe", entity="club")) == 3

    @pytest.mark.parametrize("amount", [0, -1, 1001])
    def test_a_period_of_no_or_endless_length_is_refused(self, amount):
        period = {**MADINAH.document()["reply_period"], "amount": amount}
        (one,) = wrong(reply_period=period)
        assert one["loc"] == ("reply_period", "amount")

    def test_a_weekend_leaves_a_working_day(self):
        week = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        (one,) = wrong(calendar={"weekend": week})
        assert one["loc"] == ("calendar", "weekend")


class TestWhatTheApplicationAsks:
    def test_steps_are_asked_by_kind(self):
        assert MADINAH.has("attest")
        assert not TAMKEEN.has("attest")
        assert TAMKEEN.step("study").by == "management"

    def test_a_retired_channel_is_offered_no_more_and_still_found(self):
        channels = [channel.model_copy(update={"retired": channel.key == "phone"}) for channel in TAMKEEN.channels]
        policy = TAMKEEN.model_copy(update={"channels": tuple(channels)})
        for offered in (policy.inbound_channels, policy.outbound_channels, policy.listed_channels):
            assert "phone" not in [channel.key for channel in offered]
        assert policy.channel("phone").retired

    def test_only_e_mail_and_text_messages_leave_by_themselves(self):
        sends = {channel.key: channel.sends for channel in SAMTAH.channels}
        assert (sends.pop("email"), sends.pop("sms")) == ("email", "sms")
        assert set(sends.values()) == {None}

    def test_a_request_is_called_what_the_association_calls_it(self):
        assert TAMKEEN.request_noun == Text(ar="طلب دعم", en="support request")
        aid = TAMKEEN.model_copy(update={"request_word": "aid"})
        assert aid.request_noun.ar == "طلب مساعدة"

    def test_a_text_falls_back_to_the_other_language(self):
        assert Text(ar="نعم").for_locale("en") == "نعم"
        assert Text(ar="نعم", en="Yes").for_locale("en_GB") == "Yes"
        assert Text(en="Yes").missing == ("ar",)


class TestPrinting:
    def test_sections_draw_their_points_from_the_settings(self):
        points = {section.key: section.items for section in printed(TAMKEEN)}
        assert [point.text.en for point in points["channels"]][:2] == ["Interview", "Telephone"]
        assert len(points["channels"]) == 6
        assert len(points["detailed_objectives"]) == 6
        assert len(points["dealing"]) == len(TAMKEEN.steps)

    def test_no_section_is_printed_empty(self):
        for name in names():
            for section in printed(load(name).policy):
                assert section.items, (name, section.key)

    def test_a_section_added_at_the_end_takes_the_next_letter(self):
        assert next_letter(SAMTAH) == "ر"
        assert next_letter(MADINAH) is None

    def test_skipped_letters_are_known(self):
        assert skipped_letters(SAMTAH) == ("خ",)
        assert skipped_letters(MADINAH) == ()

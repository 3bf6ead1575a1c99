"""Free text as it is shown, and small numbers as they are left out: what holds of every text and every table."""

import re
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from silah.surveys import counting, results, text_answers
from tests.surveys.conftest import question

STAFF = text_answers.names(
    ["نورة بنت عبدالله القحطاني", "علي العنزي", "Khalid Al-Harbi", "عبد الرحمن العتيبي", "مي السبيعي"]
)


class TestFreeText:
    @pytest.mark.parametrize(
        ("written", "left"),
        [
            ("شكرًا لنورة على تعاونها", "شكرًا ••• على تعاونها"),
            ("الموظفة نورة القحطاني لم ترد", "الموظفة ••• لم ترد"),
            ("قابلت نُورَة والقحطانيّ", "قابلت •••"),
            ("اتصلوا على 0551234567", "اتصلوا على •••"),
            ("رقمي ٠٥٥ ١٢٣ ٤٥٦٧ وهويتي ۱۰۲۳۴۵۶۷۸۹", "رقمي ••• وهويتي •••"),
            ("+966 55-123-4567 please", "••• please"),
            ("Khalid was rude, and AL-HARBI too", "••• was rude, and AL-••• too"),
            ("راسلوني someone@mail.example أو @abuali55", "راسلوني ••• أو •••"),
            ("انتظرت 20 يومًا", "انتظرت 20 يومًا"),
            ("الرحمن الرحيم", "••• الرحيم"),
            ("بارك الله فيكم على حسن الاستقبال", "بارك الله فيكم على حسن الاستقبال"),
            ("شكرًا للأستاذ علي", "شكرًا للأستاذ •••"),
            ("اعترضت على الرد وعلى الموعد", "اعترضت على الرد وعلى الموعد"),
            ("سلّمتها للقحطاني وللعنزي فالقحطانيين", "سلّمتها •••"),
            ("الموظفة القحطانية، وقحطاني آخر", "الموظفة •••، ••• آخر"),
            ("فلنورة وكنورة ويا نورة يانورة", "••• ويا •••"),
            ("نـــورة ونــ\u064fــورة ن\u200cورة نو\u200bرة ن\u2060ورة \u202eنورة", "•••"),
            ("ﻧﻮﺭﺓ وﻋﻠﻲ", "•••"),
            ("ن و ر ة لم ترد، ولا ن.و.ـر.ة", "••• لم ترد، ولا •••"),
            ("عبدالرحمن وعبد الرحمن وعبدُ الرحمٰن", "•••"),
            ("مي لم ترد ولمي الشكر، وفمي مفتوح", "••• لم ترد ••• الشكر، وفمي مفتوح"),
            ("٠ـ٥ـ٥ـ١ـ٢ـ٣ـ٤ـ٥ـ٦ـ٧", "•••"),
            ("055،123_45*67 و ０５５１２３ و 0⃣5️⃣5️⃣1️⃣", "••• و ••• و •••"),
            ("صفر خمسة خمسة واحد اثنين ثلاثة", "•••"),
            ("oh five five one two, please", "•••, please"),
            ("راجعتهم ثلاث مرات وانتظرت أربعة أيام", "راجعتهم ثلاث مرات وانتظرت أربعة أيام"),
            ("رقمي ٠٥٥\u200f١٢٣\u200f٤٥٦٧", "رقمي •••"),
        ],
    )
    def test_is_shown_without_names_and_numbers(self, written, left):
        assert text_answers.masked(written, STAFF) == left

    @given(st.text())
    def test_holds_no_run_of_digits_whatever_was_written(self, written):
        assert not re.search(r"\d{3}", text_answers.masked(written, STAFF))


class TestSmallNumbers:
    PARTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12), min_size=1)

    @settings(max_examples=200)
    @given(PARTS, st.integers(0, 12), st.integers(5, 9))
    def test_are_not_what_is_left_when_shown_numbers_are_taken_from_another(self, parts, without, fewest):
        """Whatever parts are shown, what is left of the total is nobody, or enough people, of two parts at least."""
        options = {"*": {"": sum(parts.values()) + without, **parts}}
        options["5"] = dict(options["*"])
        found = results.parts(options, ("1", "2", "3", "4", "5"), question("q"), fewest)
        shown = {part.segment: part.n for part in found if part.n is not None}
        assert all(n >= fewest for n in shown.values())
        left = options["*"][""] - sum(shown.values())
        assert left == 0 or left >= fewest or not shown
        hidden = [n for n in (*(n for key, n in parts.items() if key not in shown), without) if n]
        assert len(hidden) != 1 or not shown or hidden[0] >= fewest

    @given(PARTS)
    def test_rank_nobody_by_name(self, parts):
        options = {"*": {"": sum(parts.values()), **parts}, "5": {"": sum(parts.values()), **parts}}
        found = results.parts(options, ("1", "2", "3", "4", "5"), question("q"), 5)
        held = [part.segment for part in found if part.n is None]
        assert held == sorted(held)
        assert all(part.mean is None and part.score is None for part in found if part.n is None)
        assert found == sorted(found, key=lambda part: part.n is None), "those left out stand behind all others"

    @given(st.lists(st.tuples(st.sampled_from("ab"), st.booleans()), max_size=60), st.integers(5, 9), st.data())
    def test_of_any_two_moments_differ_by_nobody_or_enough(self, people, fewest, data):
        """Question by question, since not everybody answers each."""
        released, counts, states = {}, {}, []
        for question_, counted in people:
            cells = counts.setdefault(question_, {}).setdefault("*", {"": 0, "part": 0})
            cells[""] += 1
            cells["part"] += 1
            if counted:
                released = counting.advance_released(released, counts, fewest)
                states.append({key: one["*"][""] for key, one in released["shown"].items()})
                assert all(set(one["*"]) == {""} for one in released["shown"].values()), "no parts"
        states.append({key: one["*"][""] for key, one in counts.items()})
        for before, after in combinations(states, 2):
            for key, n in before.items():
                assert after[key] == n or after[key] - n >= fewest

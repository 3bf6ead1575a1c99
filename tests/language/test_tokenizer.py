"""The tokenizer: every word of a kept name finds it, and so does every way in which people write it."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from silah.language.tokenizer import list_alternatives, list_tokens, make_name_key, matches

VARIED = [
    ("عبدالله", "عبد الله"),
    ("عبد الرحمن بن علي", "عبدالرحمن بن علي"),
    ("عبدالعزيز", "عبد العزيز"),
    ("عبد رب النبي", "عبدربالنبي"),
    ("عبدرب النبي", "عبد ربالنبي"),
    ("عبدلله", "عبدالله"),
    ("نورالدين", "نور الدين"),
    ("سيف الإسلام", "سيفالاسلام"),
    ("بهاء الدين", "بهاءالدين"),
    ("كمال الدين", "كمالالدين"),
    ("أبوبكر", "أبو بكر"),
    ("أبو بكر", "أبا بكر"),
    ("ابا الخيل", "أباالخيل"),
    ("أمة الله", "امه الله"),
    ("أمة الله", "أمةالله"),
    ("ذو الفقار", "ذوالفقار"),
    ("محمد الزهراني", "محمد زهراني"),
    ("عبدالرحمن", "عبد رحمن"),
    ("آل سعود", "السعود"),
    ("آل سعود", "سعود"),
    ("محمد بن سالم", "محمد ابن سالم"),
    ("محمد بن سالم", "محمد سالم"),
    ("ابن باز", "بنباز"),
    ("أحمد", "احمد"),
    ("إبراهيم", "ابراهيم"),
    ("مؤمن", "مومن"),
    ("رؤوف", "رءوف"),
    ("رؤوف", "رئوف"),
    ("مسؤول", "مسئول"),
    ("عائشة", "عايشة"),
    ("شيماء", "شيما"),
    ("فاطمة", "فاطمه"),
    ("مصطفى", "مصطفي"),
    ("مُحَمَّدٌ", "محمد"),
    ("عبـــدالله", "عبدالله"),
    ("محمد گل", "محمد گل"),
    ("علی رضا", "علي رضا"),
    ("O'Neil", "ONeil"),
    ("O\u2019Neil", "O'Neil"),
    ("Al-Harbi", "Al Harbi"),
    ("Al-Harbi", "AlHarbi"),
    ("a/b", "a b"),
    ("José", "JOSE"),
    ("Łukasz Øster", "Lukasz Oster"),
    ("李 小明", "李小明"),
]
KEPT = [
    "O'Neil",
    "a/b",
    "راشد (أبو علي)",
    "राम कुमार श्रीवास्तव",
    "মোহাম্মদ রহিম",
    "አበበ ቢቂላ",
    "முத்துக்குமார்",
    "สมชาย ใจดี",
    "李小明",
    "김 철수",
    "Smith & Sons",
    "***",
    "\\ ' : | ! & ( )",
    "ﷺ",
    "علي_2",
    "१२३",
]


class TestAName:
    @pytest.mark.parametrize(("one", "other"), VARIED)
    def test_is_found_in_either_of_two_ways_whichever_is_kept(self, one: str, other: str) -> None:
        assert matches(one, other), (list_alternatives(one), list_tokens(other, joined=True))
        assert matches(other, one), (list_alternatives(other), list_tokens(one, joined=True))

    @pytest.mark.parametrize("name", KEPT)
    def test_is_found_as_it_is_kept_and_by_each_of_its_words(self, name: str) -> None:
        assert all(matches(one, name) for one in (name, *name.split()))

    @given(st.text(min_size=1, max_size=40), st.data())
    def test_of_any_signs_is_found_by_its_words_and_their_beginnings(self, name: str, data: st.DataObject) -> None:
        assume(list_alternatives(name))
        assert matches(name, name)
        word = data.draw(st.sampled_from(name.split() or [name]))
        assert matches(word, name) or not list_alternatives(word)

    @given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآؤئءةى ", min_size=1, max_size=30), st.data())
    def test_is_found_by_the_beginning_of_a_word(self, name: str, data: st.DataObject) -> None:
        assume(name.split())
        word = data.draw(st.sampled_from(name.split()))
        assert matches(word[: data.draw(st.integers(1, len(word)))], name)

    @given(st.lists(st.text(alphabet="ابتثجحخدرزسشصطعغفقكلمنهوي", min_size=2, max_size=8), min_size=2, max_size=4))
    def test_is_found_joined_or_apart_with_the_article_or_without(self, words: list[str]) -> None:
        assert matches("".join(words[:2]), " ".join(words))
        assert matches(" ".join(words), " ".join(["".join(words[:2]), *words[2:]]))
        assert matches(" ".join(words), " ".join(f"ال{word}" for word in words))

    @pytest.mark.parametrize(
        ("sought", "kept"),
        [("سالم", "سليم"), ("راهيم", "إبراهيم"), ("राम", "रमा"), ("محمد علي", "محمد سعد"), ("कि", "का"), ("明", "李")],
    )
    def test_is_not_found_by_another(self, sought: str, kept: str) -> None:
        assert not matches(sought, kept)

    @pytest.mark.parametrize(("name", "part"), [("李小明", "小明"), ("김철수", "철수"), ("สมชายใจดี", "ใจดี")])
    def test_of_a_script_without_spaces_is_found_by_its_parts(self, name: str, part: str) -> None:
        assert matches(part, name)


class TestComparing:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("عبدالله بن علي الزهراني", "عبد الله علي زهراني"),
            ("أبوبكر محمد", "أبو بكر محمد"),
            ("امة الله سعد", "أمةالله سعد"),
            ("نور الدين", "نورالدين"),
            ("شيماء", "شيما"),
            ("Noura Al-Harbi", "noura al harbi"),
        ],
    )
    def test_two_ways_of_writing_are_one_name(self, one: str, other: str) -> None:
        assert make_name_key(one) == make_name_key(other)

    def test_different_names_stay_different(self) -> None:
        names = ("سالم", "سليم", "سلام", "أسلم", "राम", "रमा", "রহিম", "李小明", "李小")
        assert len({make_name_key(name) for name in names}) == len(names)

    @given(st.text())
    def test_the_form_of_unicode_does_not_matter(self, text: str) -> None:
        assert make_name_key(unicodedata.normalize("NFD", text)) == make_name_key(unicodedata.normalize("NFC", text))

    @given(st.text())
    def test_a_token_is_never_empty(self, text: str) -> None:
        assert all(list_tokens(text, joined=True))
        assert all(token for group in list_alternatives(text) for token in group)

"""Whatever accent an association picks, text on it and in it can be read."""

import re
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from silah.shell import theme
from silah.shell.static_files import FOLDER
from silah.shell.theme import AA, DARK, LIGHT, contrast, legible, palette, parse, stylesheet, written

colours = st.tuples(*[st.integers(0, 255)] * 3)
TONES = ("neutral", "info", "good", "warn", "bad")


def tokens() -> tuple[dict[str, str], dict[str, str]]:
    light, dark = (FOLDER / "css" / "10-tokens.css").read_text("utf-8").split("@media")
    named = re.compile(r"--([\w-]+): (#[0-9a-f]{6})")
    return dict(named.findall(light)), dict(named.findall(dark))


class TestAccent:
    @given(colours)
    @example((255, 255, 0))
    @example((255, 255, 255))
    @example((0, 0, 0))
    @example((128, 128, 128))
    def test_text_in_it_and_on_it_passes_aa_on_every_ground(self, accent: theme.Colour) -> None:
        for grounds, share in ((LIGHT, theme.SOFT_IN_LIGHT), (DARK, theme.SOFT_IN_DARK)):
            made = palette(written(accent), grounds, share)
            for ground in (*grounds, made["accent-soft"], made["on-accent"]):
                assert contrast(parse(made["accent"]), parse(ground)) >= AA

    @given(colours)
    def test_a_tone_that_reads_already_is_kept(self, accent: theme.Colour) -> None:
        once = legible(accent, [parse("#ffffff")])
        assert legible(once, [parse("#ffffff")]) == once

    @pytest.mark.parametrize("wrong", ["red", "#fff", "#12345g", "#0b6157;}", ""])
    def test_what_is_no_colour_never_reaches_the_stylesheet(self, wrong: str) -> None:
        with pytest.raises(ValueError, match="hexadecimal"):
            stylesheet(wrong)

    def test_contrast_is_that_of_wcag(self) -> None:
        assert round(contrast((0, 0, 0), (255, 255, 255)), 2) == 21
        assert round(contrast(parse("#767676"), parse("#ffffff")), 2) == 4.54


class TestTokens:
    def test_the_grounds_are_those_the_accent_is_shifted_against(self) -> None:
        for named, grounds in zip(tokens(), (LIGHT, DARK), strict=True):
            assert (named["surface"], named["paper"], named["sunk"]) == grounds

    def test_ink_and_tones_pass_aa(self) -> None:
        for named in tokens():
            for ink, ground in product(("ink", "ink-soft"), ("surface", "paper", "sunk")):
                assert contrast(parse(named[ink]), parse(named[ground])) >= AA, (ink, ground)
            for tone in TONES:
                for ink, ground in ((tone, f"{tone}-ground"), (tone, "surface"), ("ink", f"{tone}-ground")):
                    assert contrast(parse(named[ink]), parse(named[ground])) >= AA, (ink, ground)

    def test_the_frame_of_an_input_stands_out(self) -> None:
        for named in tokens():
            assert contrast(parse(named["line-strong"]), parse(named["surface"])) >= 3

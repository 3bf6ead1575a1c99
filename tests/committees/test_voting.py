"""What votes decide: the majority of those present, the chair on a tie, and nothing where nobody prevails."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silah.committees.voting import ABSTAIN, AGAINST, CHOICES, FOR, RECUSED, count

votes = st.dictionaries(st.integers(0, 12), st.sampled_from(CHOICES), max_size=11)
chairs = st.none() | st.integers(0, 12)
SWAPPED = {FOR: AGAINST, AGAINST: FOR}
OPPOSITE = {"carried": "fallen", "fallen": "carried", None: None}


def tally(for_: int, against: int, abstain: int = 0, recused: int = 0) -> dict[int, str]:
    """Votes of members 0, 1, 2 …, in this order."""
    return dict(enumerate([FOR] * for_ + [AGAINST] * against + [ABSTAIN] * abstain + [RECUSED] * recused))


class TestCount:
    @pytest.mark.parametrize(
        ("cast", "fate", "why"),
        [
            (tally(3, 2), "carried", ""),
            (tally(1, 2), "fallen", ""),
            (tally(2, 1, abstain=1), None, "no_majority"),
            (tally(3, 1, abstain=1), "carried", ""),
            (tally(1, 0, recused=4), "carried", ""),
            (tally(0, 0, abstain=3), None, "nobody_votes"),
            (tally(0, 0, recused=3), None, "nobody_votes"),
            ({}, None, "nobody_votes"),
        ],
    )
    def test_the_majority_of_those_present_decides(self, cast, fate, why):
        result = count(cast, chair=None, chair_casts=True)
        assert (result.fate, result.why) == (fate, why)

    @pytest.mark.parametrize(
        ("chair", "casts", "fate"),
        [(0, True, "carried"), (3, True, "fallen"), (0, False, None), (None, True, None), (9, True, None)],
    )
    def test_on_a_tie_the_chairs_side_prevails_where_the_policy_says_so(self, chair, casts, fate):
        result = count(tally(2, 2), chair=chair, chair_casts=casts)
        assert (result.fate, result.by_chair) == (fate, fate is not None)

    @pytest.mark.parametrize(("choice", "why"), [(ABSTAIN, "no_majority"), (RECUSED, "tie")])
    def test_a_chair_who_abstains_or_is_recused_breaks_no_tie(self, choice, why):
        result = count({**tally(1, 1), 7: choice}, chair=7, chair_casts=True)
        assert (result.fate, result.why) == (None, why)

    def test_the_chair_makes_no_majority_of_those_present_where_some_abstain(self):
        result = count({0: FOR, 1: FOR, 2: AGAINST, 3: AGAINST, 4: ABSTAIN, 5: ABSTAIN}, chair=0, chair_casts=True)
        assert (result.fate, result.why) == (None, "no_majority")

    @given(votes, chairs, st.booleans())
    def test_both_sides_are_alike(self, cast, chair, casts):
        other = {one: SWAPPED.get(vote, vote) for one, vote in cast.items()}
        mine, theirs = (count(some, chair=chair, chair_casts=casts) for some in (cast, other))
        assert theirs.fate == OPPOSITE[mine.fate]
        assert theirs.why == mine.why

    @given(votes, chairs, st.booleans())
    def test_there_is_an_outcome_or_a_reason_why_not(self, cast, chair, casts):
        result = count(cast, chair=chair, chair_casts=casts)
        assert (result.fate is None) is bool(result.why)
        assert result.in_favour + result.against + result.abstaining + result.recused == len(cast)

    @given(votes, chairs, st.booleans())
    def test_nothing_is_accepted_against_more_votes(self, cast, chair, casts):
        result = count(cast, chair=chair, chair_casts=casts)
        if result.fate == "carried":
            assert result.in_favour >= result.against
            assert result.in_favour > result.against or result.by_chair

    @given(votes, chairs, st.booleans(), st.integers(20, 30))
    def test_the_recused_change_nothing(self, cast, chair, casts, stranger):
        with_one_more = count({**cast, stranger: RECUSED}, chair=chair, chair_casts=casts)
        assert with_one_more.fate == count(cast, chair=chair, chair_casts=casts).fate

    @given(votes, chairs, st.booleans())
    def test_a_vote_won_over_never_harms(self, cast, chair, casts):
        if count(cast, chair=chair, chair_casts=casts).fate == "carried":
            for one, vote in cast.items():
                if vote == AGAINST:
                    assert count({**cast, one: FOR}, chair=chair, chair_casts=casts).fate == "carried"

    @given(votes, st.integers(0, 12))
    def test_the_chair_matters_only_on_a_tie(self, cast, chair):
        alone, casting = (count(cast, chair=chair, chair_casts=casts) for casts in (False, True))
        if alone.why != "tie":
            assert alone == casting

"""Whom the room suggests to step aside: by names, folded; a hint and no more."""

import pytest

from silah.cases.conflicts_of_interest import likeness, suggested


@pytest.mark.parametrize(
    ("member", "person", "found"),
    [
        ("نورة بنت سعد الحربي", "نوره سعد الحربى", "same"),
        ("أحمد الحربي", "نورة بنت سعد الحَرْبي", "family"),
        ("أحمد حربي", "نورة الحربي", "family"),
        ("Ahmad Al Harbi", "noura al harbi", "family"),
        ("أحمد العتيبي", "نورة الحربي", None),
        ("الحربي", "نورة الحربي", None),
        ("", "نورة الحربي", None),
        ("أحمد", "", None),
    ],
)
def test_names_are_alike_as_people_write_them(member: str, person: str, found: str | None) -> None:
    assert likeness(member, person) == found
    assert likeness(person, member) == found


def test_the_strongest_likeness_counts() -> None:
    assert suggested("سعد الحربي", ["نورة الحربي", "سعد الحربي", "علي"]) == "same"
    assert suggested("سعد الحربي", ["علي القحطاني", "نورة الحربي"]) == "family"
    assert suggested("سعد الحربي", []) is None

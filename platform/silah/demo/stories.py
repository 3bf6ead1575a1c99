"""The month's requests of each association: when each came, by what channel, and how far it got."""

from dataclasses import dataclass
from typing import Literal

Ending = Literal[
    "received",
    "incomplete",
    "complete",
    "referred",
    "under_study",
    "recommended",
    "decided",
    "replied",
    "registered",
    "delivered",
    "closed",
    "refused",
    "withdrawn",
    "reopened",
]


@dataclass(frozen=True)
class Story:
    """One request: received ``age`` days ago, of the type at ``kind`` (counted round), by ``channel``."""

    age: int
    kind: int
    ending: Ending
    channel: str = "website"
    reply: str = "email"
    relation: str = "self"
    written: bool = False
    """Whether the applicant and the association wrote to each other."""


MONTH = (
    Story(33, 0, "closed", written=True),
    Story(32, 1, "under_study", channel="interview", reply="phone"),
    Story(31, 2, "closed", channel="phone", reply="sms"),
    Story(29, 0, "refused"),
    Story(28, 1, "delivered", written=True),
    Story(26, 2, "registered"),
    Story(25, 0, "closed", relation="guardian"),
    Story(24, 1, "replied", reply="sms"),
    Story(22, 2, "reopened"),
    Story(20, 0, "decided"),
    Story(18, 1, "withdrawn"),
    Story(16, 2, "recommended", channel="interview"),
    Story(13, 0, "decided", written=True),
    Story(11, 1, "recommended"),
    Story(9, 2, "under_study", relation="agent"),
    Story(8, 0, "under_study", channel="phone", reply="sms"),
    Story(6, 1, "incomplete", written=True),
    Story(5, 2, "referred"),
    Story(4, 0, "complete"),
    Story(3, 1, "incomplete"),
    Story(2, 2, "received"),
    Story(1, 0, "received"),
    Story(0, 1, "received"),
)

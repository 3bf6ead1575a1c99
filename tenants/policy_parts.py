"""The parts of a policy that describe the association: whom it serves, by what channels, with what tools."""

import re
from datetime import date
from typing import Annotated, Literal, get_args
from urllib.parse import quote

from pydantic import BeforeValidator, Field, StringConstraints, field_validator

from tenants.phone_numbers import dial_link
from tenants.policy_errors import Contradiction
from tenants.texts import Part, Text

MAP = "https://www.google.com/maps/search/?api=1&query="
"""Where an address is looked for on a map."""

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
"""A short name by which other settings point at a part; never shown."""

Fact = str | int | bool | None
"""What a clause says a setting is; compared with the setting by the policy checker."""


def _read_day(given: object) -> object:
    """Return a day of this age; raises ValueError for other texts, which pydantic would take for instants and years."""
    if isinstance(given, str) and not re.fullmatch(r"(19|20|21)\d\d-\d\d-\d\d", given):
        raise Contradiction(*NO_DAY)
    return given


NO_DAY = (
    "اكتب التاريخ يومًا ثم شهرًا ثم سنة، هجريًا أو ميلاديًا، مثل 1/9/1447 أو 18/2/2026",
    "must be a date as day/month/year, Hijri or Gregorian, such as 1/9/1447 or 18/2/2026",
)
Day = Annotated[date, BeforeValidator(_read_day)]


class Clause(Part):
    """One printed point of the policy, in our own words, with its sub-points.

    ``says`` names the settings that the wording fixes ("reply_period.bound": "floor"), so that the checker
    can tell when wording and setting part ways.
    """

    text: Text
    says: dict[str, Fact] = Field(default_factory=dict)
    items: tuple["Clause", ...] = ()


Drawn = Literal["preamble", "scope", "general_objective", "detailed_objectives", "channels", "tools", "steps"]


class Section(Part):
    """A heading of the printed policy. Its points are its own items, or are drawn from the setting named.

    ``letter`` is kept as the source prints it, slips included.
    """

    key: Key
    letter: str | None = None
    heading: Text
    draws: Drawn | None = None
    items: tuple[Clause, ...] = ()


class Identity(Part):
    """What heads the paper. Numbers are the association's own settings and blank in a blueprint."""

    name: Text
    brand: Text = Text()
    logo: str | None = None
    licence_number: str = ""
    licence_shown: bool = False
    letterhead: tuple[Literal["number", "date", "attachments"], ...] = ()
    letterhead_number: str = ""


class Audience(Part):
    """Whom the policy speaks of: in its title, and in its body, where the two may differ."""

    in_title: Text
    one: Text
    many: Text
    relation: Literal["between", "with"] = "with"
    members_and_services: bool = Field(default=False, description="The title names members and service delivery.")


class Preamble(Part):
    """Who the parties are and what their rights come from."""

    parties: tuple[Literal["beneficiaries", "donors", "volunteers", "others"], ...] = ()
    sources: tuple[Literal["laws", "contracts", "agreements"], ...] = ()
    settles_disputes: bool = False
    rights_renewed: bool = False
    shortfalls_remedied: bool = False
    items: tuple[Clause, ...] = ()


class Scope(Part):
    """Who the policy binds, and who is exempt. ``None`` on the policy where it has no such clause."""

    binds: tuple[Literal["staff", "contracted", "volunteers"], ...] = ("staff",)
    exempt_with_own_policy: bool = False
    items: tuple[Clause, ...] = ()


class Objectives(Part):
    """The general objective and the detailed ones; an objective's means are its sub-points."""

    general: Text
    detailed: tuple[Clause, ...] = ()


class Channel(Part):
    """A way in which a case arrives or a reply goes out.

    ``kind`` is one of the known kinds or a new one of the association's. ``listed`` is false for a channel
    that the platform works with and the policy's own list does not name. One in use is retired, not removed.
    """

    key: Key
    kind: Key
    name: Text
    address: str = ""
    hours: Text = Text()
    owner: Key | None = None
    inbound: bool = True
    outbound: bool = False
    public: bool = True
    listed: bool = True
    retired: bool = False

    @property
    def sends(self) -> Literal["email", "sms"] | None:
        """By what a message on this channel leaves the platform by itself; None where a person carries it."""
        if self.kind in ("email", "sms"):
            return "email" if self.kind == "email" else "sms"
        return None

    @property
    def link(self) -> str:
        """An address that a device can act on: a call, a mail, a page, a map; empty where there is none."""
        address = self.address.strip()
        if not address:
            return ""
        if self.kind == "email":
            return f"mailto:{address}"
        if self.kind in ("phone", "sms", "whatsapp", "fax"):
            return dial_link(address)
        if address.startswith(("https://", "http://")):
            return address
        return MAP + quote(address) if self.kind in ("interview", "visit", "letter", "letters") else ""


class Tool(Part):
    """A guide, form, by-law or policy that staff work with."""

    key: Key
    kind: Literal["guide", "form", "bylaw", "policy"]
    name: Text
    public: bool = False


class Committee(Part):
    """A body that studies, follows up or investigates; its quorum and voting rule are configuration."""

    key: Key
    name: Text
    quorum: Literal["all", "number", "share"] | None = None
    quorum_value: float | None = Field(default=None, gt=0, description="Members, or a share of them up to 1.")
    chair_casts: bool = True
    proxies: bool = False


Act = Literal["prepared", "reviewed", "approved", "board", "ratified"]
"""The acts by which a document comes to be approved, in their order."""


class SignOff(Part):
    """One act in the chain of approval: a role and a date; names and signatures come with the act itself."""

    act: Literal["prepared", "reviewed", "approved"]
    role: Text
    on: Day | None = None
    printed: str = ""


class BoardSession(Part):
    """The board's adoption, as printed: a blank date keeps its blanks."""

    number: str = ""
    on: Day | None = None
    printed: str = ""
    printed_hijri: str = ""


class Ratification(Part):
    """Who ratifies the board's decision, and which of the marks the paper leaves room for."""

    by: Text
    marks: tuple[Literal["signature", "date", "seal"], ...] = ("signature", "date", "seal")
    on: Day | None = None
    printed: str = ""
    printed_hijri: str = ""


class DocumentControl(Part):
    """Numbers and dates of the document, as dates where known and always as printed."""

    version: str = ""
    issued: Day | None = None
    issued_printed: str = ""
    amendment: str = ""
    amended: Day | None = None
    amended_printed: str = ""
    copyright_year: str = ""
    sign_offs: tuple[SignOff, ...] = ()
    board: BoardSession | None = None
    ratification: Ratification | None = None
    chain: tuple[Act, ...] = ("approved",)
    approver_differs: bool = Field(default=True, description="Nobody approves what they prepared.")

    @field_validator("chain")
    @classmethod
    def _in_order(cls, chain: tuple[Act, ...]) -> tuple[Act, ...]:
        return tuple(sorted(chain, key=get_args(Act).index))

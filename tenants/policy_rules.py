"""The parts of a policy that say what happens to a case and what is promised: steps, complaints, rating."""

from typing import Annotated, Literal

from pydantic import Field

from tenants.periods import Span
from tenants.policy_parts import Clause, Fact, Key
from tenants.texts import Part, Text

Signer = Literal["applicant", "beneficiary"]
StudyBody = Literal["research_committee", "management", "competent_committee"]


class _Step(Part):
    text: Text
    says: dict[str, Fact] = Field(default_factory=dict)

    @property
    def clause(self) -> Clause:
        """The step as a printed point."""
        return Clause(text=self.text, says=self.says)


class Reception(_Step):
    """How a visitor is received: shown to the officer as a short guide."""

    kind: Literal["reception"] = "reception"
    courtesy: bool = True
    enough_time: bool = False
    answers_all: bool = False
    accurate_answers: bool = False
    hospitality: bool = False


class ReceiveComplete(_Step):
    """A request is taken only whole, with the criteria handed over."""

    kind: Literal["receive_complete"] = "receive_complete"


class MatchData(_Step):
    """Data are matched with their documents at submission."""

    kind: Literal["match_data"] = "match_data"
    check: Literal["validity", "certainty", "completeness"] = "validity"


class ReferralMatter(Part):
    """A matter that another role answers, with its stand-ins and time limit; internal, never printed."""

    about: Text
    to: Key
    stand_ins: tuple[Key, ...] = ()
    answer_within: Span | None = None


class ReferUnclear(_Step):
    """Where the procedure is unclear to the beneficiary, the officer refers them to this role.

    ``matters`` are what other roles answer.
    """

    kind: Literal["refer_unclear"] = "refer_unclear"
    to: Key
    stand_ins: tuple[Key, ...] = ()
    answer_within: Span | None = None
    matters: tuple[ReferralMatter, ...] = ()


class Attest(_Step):
    """The data are attested by signature, and the signer is directly responsible for them."""

    kind: Literal["attest"] = "attest"
    signer: Signer
    directly_responsible: bool = True
    completes: bool = False


class Study(_Step):
    """Who studies the request and decides."""

    kind: Literal["study"] = "study"
    by: StudyBody


class Reply(_Step):
    """The reply, within the policy's reply period."""

    kind: Literal["reply"] = "reply"


class CompleteRegistration(_Step):
    """Registration is completed once requests are complete."""

    kind: Literal["complete_registration"] = "complete_registration"


class Deliver(_Step):
    """The service is delivered."""

    kind: Literal["deliver"] = "deliver"


Step = Annotated[
    Reception | ReceiveComplete | MatchData | ReferUnclear | Attest | Study | Reply | CompleteRegistration | Deliver,
    Field(discriminator="kind"),
]


class Intake(Part):
    """What becomes of an incomplete request, and what is handed to the applicant beforehand."""

    incomplete: Literal["taken_with_items_owed", "not_received"] = "taken_with_items_owed"
    criteria_handed_over: bool = False
    complete_before_leaving: bool = False


class Calendar(Part):
    """The weekend belongs to the policy; holidays are dated data beside it."""

    weekend: tuple[Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"], ...] = Field(
        default=("friday", "saturday"), max_length=6
    )
    holidays: Literal["saudi", "none"] = "saudi"


class Complaints(Part):
    """How complaints and disputes are handled; ``named`` is false where it speaks of disputes only."""

    named: bool = False
    disputes_as_principle: bool = False
    channels: tuple[Key, ...] = ()
    body: Key | None = None
    quickly: bool = False
    answer_within: Span | None = Field(default=None, description="Internal; never printed as policy.")
    technical_support: bool = False
    amicable_settlement: bool = False


class Evidence(Part):
    """One ground on which a harmed beneficiary may be compensated."""

    key: Key
    name: Text
    requires: tuple[Literal["minutes", "date", "members_approval", "harm", "size", "causes"], ...] = ()


class Compensation(Part):
    """Grounds, and which of them are enough together; negotiation is the route to an amount, not evidence."""

    body: Key
    evidence: tuple[Evidence, ...]
    enough: tuple[tuple[Key, ...], ...] = Field(min_length=1)
    negotiation: bool = True

    def proven_by(self, shown: frozenset[str] | set[str]) -> bool:
        """True where what has been shown contains one sufficient combination."""
        return any(set(together) <= shown for together in self.enough)


class Relationship(Part):
    """What keeps the relation with beneficiaries: rights and privacy."""

    duties: tuple[Literal["intellectual_property", "confidentiality", "dues_on_time", "code_of_ethics"], ...] = ()


class Informing(Part):
    """How beneficiaries are kept informed."""

    liaison_by: tuple[Literal["category", "field"], ...] = ()
    enquiry_channels: bool = False
    updates_published: bool = False


class Instrument(Part):
    """One way of measuring satisfaction."""

    key: Key
    kind: Literal[
        "questionnaire",
        "field_survey",
        "supervisory_visits",
        "interviews",
        "link_follow_up",
        "liaison_oversight",
    ]
    cadence: Literal["periodic", "continuous"] | None = None
    by: Key | None = None
    covers: tuple[Literal["complaints", "inquiries", "offices", "liaison_officers"], ...] = ()


class Satisfaction(Part):
    """Whether satisfaction is measured, by what instruments, and what rating is for."""

    core_objective: bool = False
    rating_is_a_right: bool = False
    for_correction_not_punishment: bool = False
    quality_culture: tuple[Literal["internal", "external"], ...] = ()
    instruments: tuple[Instrument, ...] = ()


class Responsibilities(Part):
    """How staff take the policy up: sent to all, or read and signed by each."""

    taken_up_by: Literal["circulation", "signature"] = "circulation"
    read_work_regulations: bool = False
    hr_spreads_awareness: bool = False
    hr_gives_copies: bool = False


class PolicyReview(Part):
    """How the policy itself is kept fresh; ``every_months`` is the association's own reminder."""

    continuous: bool = True
    circulated_after: bool = True
    rights_renewed: bool = False
    every_months: int | None = Field(default=None, ge=1, le=120)

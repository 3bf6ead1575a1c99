"""The policy of an association as one typed document: it drives the printed text, the forms and the clocks.

Read one with ``Policy.read``; a wrong document raises ``PolicyError``, which names each field in both
languages.
"""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, ValidationError, model_validator

from tenants.periods import ReplyPeriod
from tenants.policy_errors import Contradiction, PolicyError
from tenants.policy_labels import label
from tenants.policy_parts import (
    Audience,
    Channel,
    Committee,
    DocumentControl,
    Identity,
    Objectives,
    Preamble,
    Scope,
    Section,
    Tool,
)
from tenants.policy_rules import (
    Attest,
    Calendar,
    Compensation,
    Complaints,
    Informing,
    Intake,
    PolicyReview,
    ReferUnclear,
    Relationship,
    Responsibilities,
    Satisfaction,
    Signer,
    Step,
    Study,
    StudyBody,
)
from tenants.texts import Part, Text

__all__ = ["REQUEST_WORDS", "Policy", "PolicyError", "Text"]

REQUEST_WORDS: dict[str, Text] = {
    "service": Text(ar="طلب خدمة", en="service request"),
    "support": Text(ar="طلب دعم", en="support request"),
    "aid": Text(ar="طلب مساعدة", en="aid request"),
}


class Policy(Part):
    """How an association regulates its relation with those it serves.

    ``reply_period.target`` and ``complaints.answer_within`` are internal and never printed. Parts that a
    policy does not have are None or empty; nothing is assumed in their place.
    """

    title: Text
    entity: Literal["association", "cooperative"]
    identity: Identity
    audience: Audience
    preamble: Preamble
    scope: Scope | None = None
    objectives: Objectives | None = None
    several_channels: bool = Field(default=False, description="Speaks of several channels without listing them.")
    channels: tuple[Channel, ...] = ()
    tools: tuple[Tool, ...] = ()
    steps: tuple[Step, ...]
    intake: Intake = Intake()
    outcome: Literal["accept_or_reject", "reply", "news_by_agreed_means"]
    reply_period: ReplyPeriod
    calendar: Calendar = Calendar()
    committees: tuple[Committee, ...] = ()
    complaints: Complaints = Complaints()
    compensation: Compensation | None = None
    relationship: Relationship | None = None
    informing: Informing | None = None
    satisfaction: Satisfaction = Satisfaction()
    responsibilities: Responsibilities = Responsibilities()
    control: DocumentControl = DocumentControl()
    review: PolicyReview = PolicyReview()
    lettering: Literal["none", "numbered", "arabic_letters"] = "none"
    sections: tuple[Section, ...] = ()
    request_word: Literal["service", "support", "aid"] = "service"

    @model_validator(mode="after")
    def _keys_are_unique(self) -> "Policy":
        for field in ("channels", "tools", "committees", "sections"):
            keys = [part.key for part in getattr(self, field)]
            if twice := {key for key in keys if keys.count(key) > 1}:
                raise Contradiction(
                    f"مفتاح مكرر في {label([field]).ar}: {', '.join(sorted(twice))}",
                    f"has a repeated key in {label([field]).en}: {', '.join(sorted(twice))}",
                )
        return self

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> "Policy":
        """The policy in this document; raises PolicyError naming each wrong field in both languages."""
        try:
            return cls.model_validate(document)
        except ValidationError as error:
            raise PolicyError.of(error) from None

    def document(self) -> dict[str, Any]:
        """The policy as JSON types, for keeping; ``read`` gives the same policy back."""
        return self.model_dump(mode="json")

    def step(self, kind: str) -> Step | None:
        """The first dealing step of this kind, if the policy has one."""
        return next((step for step in self.steps if step.kind == kind), None)

    def has(self, kind: str) -> bool:
        """True where the policy's dealing steps contain one of this kind."""
        return self.step(kind) is not None

    @property
    def studied_by(self) -> StudyBody | None:
        """Who studies and decides: a committee, or management."""
        return next((step.by for step in self.steps if isinstance(step, Study)), None)

    @property
    def studied_by_committee(self) -> bool:
        """True where a committee, not management, decides."""
        return self.studied_by not in (None, "management")

    @property
    def attestation(self) -> Signer | None:
        """Who signs that the data are true; None where the policy has no such step."""
        return next((step.signer for step in self.steps if isinstance(step, Attest)), None)

    @property
    def signature_completes(self) -> bool:
        """True where a request is complete only once its data are signed, so that a period from completeness waits."""
        return any(isinstance(step, Attest) and step.completes for step in self.steps)

    @property
    def clarification_role(self) -> str | None:
        """The role to which a beneficiary is referred when the procedure is unclear."""
        return next((step.to for step in self.steps if isinstance(step, ReferUnclear)), None)

    @property
    def has_registration(self) -> bool:
        """True where registration is completed after acceptance."""
        return self.has("complete_registration")

    @property
    def has_delivery(self) -> bool:
        """True where delivering the service is a step."""
        return self.has("deliver")

    @property
    def takes_incomplete(self) -> bool:
        """True where a request is taken in with items owed."""
        return self.intake.incomplete == "taken_with_items_owed"

    @property
    def listed_channels(self) -> tuple[Channel, ...]:
        """The channels that the policy's own list names and that are not retired."""
        return tuple(channel for channel in self.channels if channel.listed and not channel.retired)

    @property
    def inbound_channels(self) -> tuple[Channel, ...]:
        """The channels by which a case may arrive."""
        return tuple(channel for channel in self.channels if channel.inbound and not channel.retired)

    @property
    def outbound_channels(self) -> tuple[Channel, ...]:
        """The channels by which a reply may go out: what an applicant can agree to."""
        return tuple(channel for channel in self.channels if channel.outbound and not channel.retired)

    @property
    def public_channels(self) -> tuple[Channel, ...]:
        """The channels that the public is shown."""
        return tuple(channel for channel in self.channels if channel.public and not channel.retired)

    def channel(self, key: str) -> Channel | None:
        """The channel of this key, retired ones too: old cases name them."""
        return next((channel for channel in self.channels if channel.key == key), None)

    def committee(self, key: str) -> Committee | None:
        """The committee of this key."""
        return next((committee for committee in self.committees if committee.key == key), None)

    @property
    def request_noun(self) -> Text:
        """What the association calls a request: of service, of support or of aid."""
        return REQUEST_WORDS[self.request_word]

    @property
    def needs_signature(self) -> bool:
        """True where staff read and sign; false where the policy is circulated."""
        return self.responsibilities.taken_up_by == "signature"

"""What may stand against a change of the policy."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from silah.errors import Conflict, Forbidden, Invalid, NotFound


class NotADraft(Conflict):
    """An approved version is never changed."""

    message = _l("This version is approved and is not changed any more. Start a draft from it.")


class ChangedByAnother(Conflict):
    """Two people edited one section at once."""

    message = _l(
        "Somebody changed this section while you were writing. What you typed is below; compare, then save again."
    )


class DecidedMeanwhile(Conflict):
    """What the blueprint offers, or the draft that it is laid beside, changed since the page was shown."""

    message = _l(
        "Somebody decided about the blueprint, or changed the draft, while you were reading. What you chose is below; "
        "look again, then record it."
    )


class NotOffered(NotFound):
    """The blueprint offers no such change."""


class DoesNotFit(Conflict):
    """What was taken makes no policy together with the rest; ``wrong`` says why, place by place."""

    message = _l("What you took does not go together with the rest of the policy. The reasons are below.")

    def __init__(self, wrong: Sequence[Mapping[str, Any]]) -> None:
        super().__init__()
        self.wrong = wrong


class WrongPolicy(Invalid):
    """What was typed is no policy; ``fields`` holds the errors by field."""

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        super().__init__(fields)


class NotByOneself(Forbidden):
    """The chain asks for another person."""

    message = _l("Nobody approves what they prepared. Another person has to do this.")


class ErrorsStand(Conflict):
    """The checker found errors."""

    message = _l("The policy check finds errors. They are mended before the policy is approved.")


class ReasonsMissing(Invalid):
    """Each warning asks for a reason."""

    message = _l("Write a reason for each warning.")


class NotYet(Conflict):
    """The act is not the next one, or its day is not one that it can have."""

    message = _l("This is not what the version waits for.")
    future = _l("This day has not come yet.")
    past = _l("This day has passed. Choose today or a later day.")

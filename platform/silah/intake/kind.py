"""Service requests as a kind of case: answered within the policy's reply period."""

from flask_babel import lazy_gettext as _l

from silah.cases import kinds
from silah.cases.models import Case

KIND = "request"


def _next_steps(case: Case) -> list[str]:
    from silah.intake import attestations, promises

    return promises.next_steps(case, attestation_owed=attestations.is_owed(case))


REQUEST = kinds.register(
    kinds.Kind(
        key=KIND,
        letter="R",
        name=_l("Service request"),
        period=lambda case: case.policy_version.policy.reply_period,
        face="silah.desk.request_face:FACE",
        next_steps=_next_steps,
        agenda="silah.committees.requests:SUBJECT",
    )
)

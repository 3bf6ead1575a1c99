"""Service requests as a kind of case: answered within the policy's reply period."""

from flask_babel import lazy_gettext as _l

from silah.cases import kinds

KIND = "request"

REQUEST = kinds.register(
    kinds.Kind(
        key=KIND,
        letter="R",
        name=_l("Service request"),
        period=lambda case: case.policy_version.policy.reply_period,
        face="silah.desk.request_face:FACE",
    )
)

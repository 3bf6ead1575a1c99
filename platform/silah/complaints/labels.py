"""What complaints are about, how they are classified, and what can be found: the keys that are kept, in words."""

from typing import Any

from flask_babel import lazy_gettext as _l

ABOUT: dict[str, Any] = {
    "service": _l("A service"),
    "decision": _l("A decision on a request"),
    "person": _l("How somebody treated me"),
    "branch": _l("A branch office"),
    "data": _l("My data and privacy"),
    "other": _l("Something else"),
}
TOPICS: dict[str, Any] = {
    "delay": _l("Delay"),
    "quality": _l("Quality of the service"),
    "conduct": _l("Conduct of staff"),
    "decision": _l("A decision and its reasons"),
    "information": _l("Wrong or missing information"),
    "privacy": _l("Privacy and data"),
    "access": _l("Access to the place or the channels"),
    "fairness": _l("Fairness between beneficiaries"),
    "other": _l("Something else"),
}
SEVERITIES: dict[str, Any] = {"low": _l("Low"), "medium": _l("Medium"), "high": _l("High")}
SEVERITY_TONES = {"low": "neutral", "medium": "warn", "high": "bad"}
FINDINGS: dict[str, Any] = {
    "upheld": _l("The complaint is justified"),
    "partly": _l("The complaint is justified in part"),
    "not_upheld": _l("The complaint is not justified"),
}
EFFECTS = {"upheld": "good", "partly": "warn", "not_upheld": "neutral"}
LONGEST = 5000

"""The association's own chain of approval: which act is next, who may do it, and what it leaves on the document."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from silah import clock, jobs
from silah.documents.models import StoredFile
from silah.errors import Conflict, Forbidden, Invalid
from silah.language.localization import hijri, number
from silah.policies import in_force_effects, notifications, reviews, service
from silah.policies.errors import ErrorsStand, NotByOneself, NotYet, ReasonsMissing
from silah.policies.models import PolicyAct
from silah.web.access import Member, Permission
from tenants import versions
from tenants.checks import Finding
from tenants.policy import Policy
from tenants.policy_parts import BoardSession
from tenants.versions import PolicyVersion

ORDER = ("prepared", "reviewed", "approved", "board", "ratified")
APPROVING = frozenset({"approved", "board", "ratified"})
MAY: dict[str, tuple[Permission, ...]] = {
    "prepared": (Permission.EDIT_POLICY,),
    "reviewed": (Permission.EDIT_POLICY, Permission.APPROVE_POLICY),
    "approved": (Permission.APPROVE_POLICY,),
    "board": (Permission.APPROVE_POLICY,),
    "ratified": (Permission.APPROVE_POLICY,),
}
MENDED_BY = {"board_date_blank": "board", "board_session_missing": "board", "not_ratified": "ratified"}
"""Findings that an act of the chain itself will mend."""

IN_FORCE = "policy.in_force"


@dataclass(frozen=True)
class Deed:
    """What somebody enters with an act: its day, how dates are printed, and the marks that go with it."""

    on: date
    printed: str = ""
    printed_hijri: str = ""
    number: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)
    signature: StoredFile | None = None
    seal: StoredFile | None = None

    @property
    def as_printed(self) -> tuple[str, str]:
        """The day as the document prints it, Gregorian and Hijri."""
        return self.printed or printed_gregorian(self.on), self.printed_hijri or printed_hijri(self.on)


def chain(policy: Policy) -> tuple[str, ...]:
    """The acts that a version goes through, in order; approval alone where the policy names none."""
    return tuple(act for act in ORDER if act in policy.control.chain) or ("approved",)


def standing(version: PolicyVersion) -> dict[str, PolicyAct]:
    """The acts that hold for the text as it is; one on a text that changed since holds no longer."""
    mark = service.digest(version.document)
    return {act.act: act for act in service.acts(version) if act.act in ORDER and act.digest == mark}


def next_act(version: PolicyVersion) -> str | None:
    """The act that the chain waits for; None once the version is approved."""
    if version.state != "draft":
        return None
    done = standing(version)
    return next((act for act in chain(version.policy) if act not in done), None)


def warnings(version: PolicyVersion, act: str) -> list[Finding]:
    """The warnings that this act asks a reason for: at the first approving act, all that no later act mends."""
    acts = chain(version.policy)
    if act != next((one for one in acts if one in APPROVING), acts[-1]):
        return []
    found = [one for one in service.findings(version) if one.severity == "warning"]
    return [one for one in found if MENDED_BY.get(one.code) not in acts]


def refusal(version: PolicyVersion, act: str, by: Member) -> Conflict | Forbidden | None:
    """Why this member cannot do the act on this version as it stands; None where they can."""
    if act != next_act(version):
        return NotYet()
    if not by.may(*MAY[act]):
        return Forbidden()
    if version.policy.control.approver_differs and act in APPROVING and by.id in _preparers(version):
        return NotByOneself()
    if any(one.severity == "error" for one in service.findings(version)):
        return ErrorsStand()
    return None


def perform(version: PolicyVersion, act: str, deed: Deed, *, by: Member) -> PolicyAct:
    """Do the next act of the chain; the last one approves the version.

    Raises NotYet, Forbidden, NotByOneself, ErrorsStand, or ReasonsMissing.
    """
    if refused := refusal(version, act, by):
        raise refused
    if deed.on > clock.today():
        raise Invalid({"on": NotYet.future})
    asked = {mark(one): one for one in warnings(version, act)}
    if missing := [key for key in asked if not deed.reasons.get(key, "").strip()]:
        raise ReasonsMissing({f"reason-{key}": ReasonsMissing.message for key in missing})
    service.keep(version, _filled(version.policy, act, deed))
    _dated(version, act, deed.on)
    made = service.record(version, act, by=by, data=_data(act, deed, asked))
    if next_act(version) is None:
        version.approve(deed.on)
    return made


def mark(finding: Finding) -> str:
    """A finding's name on a page: its code and place."""
    return ".".join((finding.code, *(str(part) for part in finding.where)))


def set_in_force(version: PolicyVersion, on: date, *, by: Member) -> None:
    """Have an approved version come into force from this day: at once for today, else by due work at its midnight."""
    if version.state != "approved":
        raise NotYet
    if on < clock.today():
        raise Invalid({"on": NotYet.past})
    version.in_force_from = on
    service.record(version, "scheduled", by=by, data={"on": on.isoformat()})
    if on == clock.today():
        jobs.settle(IN_FORCE, str(version.id))
        bring(version, by=by)
    else:
        midnight = datetime.combine(on, time(0), clock.RIYADH)
        jobs.owe(IN_FORCE, str(version.id), midnight, {"on": on.isoformat()})


def bring(version: PolicyVersion, *, by: Member | None = None) -> None:
    """Bring an approved version into force today; open cases stay under theirs, and the record says how many."""
    counted = {str(key): count for key, count in service.open_cases().items()}
    versions.bring_into_force(version, clock.today())
    service.record(version, "in_force", by=by, data={"open": counted})
    reviews.plan(version)
    in_force_effects.run_effects(version, by)
    stay = number(sum(count for key, count in counted.items() if key != str(version.id)))
    notifications.keepers("policy_in_force", version, lambda: {"version": service.named(version), "open": stay})


def printed_gregorian(day: date) -> str:
    """A day as the document prints it: 2026/09/07."""
    return day.strftime("%Y/%m/%d")


def printed_hijri(day: date) -> str:
    """A day as the document prints it in the Umm al-Qura calendar; blank outside its tables."""
    try:
        return "{:04d}/{:02d}/{:02d}".format(*hijri(day))
    except OverflowError:
        return ""


def _filled(policy: Policy, act: str, deed: Deed) -> Policy:
    """The policy with the act's marks in its control block."""
    control, (printed, day) = policy.control, deed.as_printed
    signed = [one.model_copy(update={"on": deed.on, "printed": printed}) if one.act == act else one
              for one in control.sign_offs]  # fmt: skip
    change: dict[str, Any] = {"sign_offs": tuple(signed)}
    if act == "board":
        change["board"] = BoardSession(number=deed.number, on=deed.on, printed=printed, printed_hijri=day)
    if act == "ratified" and control.ratification:
        change["ratification"] = control.ratification.model_copy(
            update={"on": deed.on, "printed": printed, "printed_hijri": day}
        )
    if act == chain(policy)[-1] and control.amendment:
        change |= {"amended": deed.on, "amended_printed": printed_gregorian(deed.on)}
    return policy.model_copy(update={"control": control.model_copy(update=change)})


def _dated(version: PolicyVersion, act: str, on: date) -> None:
    if act in ("prepared", "reviewed", "approved"):
        setattr(version, f"{act}_on", on)


def _data(act: str, deed: Deed, asked: Mapping[str, Finding]) -> dict[str, Any]:
    gregorian, hijri_day = deed.as_printed
    return {
        "on": deed.on.isoformat(),
        "printed": gregorian,
        "printed_hijri": hijri_day if act in ("board", "ratified") else "",
        "number": deed.number,
        "signature": str(deed.signature.id) if deed.signature else None,
        "seal": str(deed.seal.id) if deed.seal else None,
        "reasons": [
            {"ar": one.text.ar, "en": one.text.en, "reason": deed.reasons[key].strip()} for key, one in asked.items()
        ],
    }


def _preparers(version: PolicyVersion) -> set[UUID]:
    """Who wrote or prepared the version."""
    acts = service.acts(version)
    return {act.by_id for act in acts if act.by_id and act.act in ("started", "edited", "prepared", "took")}

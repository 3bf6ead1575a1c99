"""The grounds of a claim: what the policy takes as evidence, what was shown of it, and what still lacks.

Negotiation is the route to an amount and no evidence. A ground that the policy has minutes for is shown by the
committee's own meeting (``harm_acknowledgement``); the others are added to the claim with their papers.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from silah import clock
from silah.cases import creation, references, visibility
from silah.cases.models import Case
from silah.cases.transitions import Change
from silah.complaints.models import Complaint
from silah.documents.models import StoredFile
from silah.errors import Invalid, NotFound
from silah.forms.texts import clean
from silah.language.bilingual import join_words, quote
from silah.language.localization import locale
from silah.settlements import harm_acknowledgement
from silah.settlements.errors import GroundsMissing
from silah.settlements.models import Negotiation, negotiation_of
from silah.settlements.rules import rules
from silah.web.access import Member
from tenants.database import db
from tenants.policy import Policy
from tenants.policy_rules import Compensation, Evidence
from tenants.texts import Text

FAULT = "fault"
"""Shown by a complaint that was found justified, or by a paper; every other ground by a dated and numbered paper."""
JUSTIFIED = ("upheld", "partly")


@dataclass(frozen=True)
class Shown:
    """One ground as it was shown; days and ids are kept as text."""

    words: str
    issued_by: str = ""
    number: str = ""
    dated: str = ""
    complaint: str = ""
    file_id: str = ""
    added_on: str = ""

    @property
    def day(self) -> date | None:
        """The day on which the ruling was given."""
        return date.fromisoformat(self.dated) if self.dated else None


@dataclass(frozen=True)
class Ground:
    """One ground of the policy on a claim: what it is, whether it is shown, what lacks, and what was shown."""

    key: str
    label: Text
    reason: str
    by_minutes: bool
    shown: Shown | None = None

    @property
    def there(self) -> bool:
        """Whether nothing lacks of it."""
        return not self.reason


def compensation(case: Case) -> Compensation:
    """What the case's policy says of compensation; raises NotFound where it says nothing."""
    found = case.policy_version.policy.compensation
    if found is None:
        raise NotFound
    return found


def enough(policy: Policy) -> tuple[tuple[str, ...], ...]:
    """Which grounds are enough together: the association's choice, as far as the policy knows them, else the policy."""
    if policy.compensation is None:
        return ()
    known = {one.key for one in policy.compensation.evidence}
    chosen = tuple(together for together in rules().enough if together and known.issuperset(together))
    return chosen or policy.compensation.enough


def by_minutes(evidence: Evidence) -> bool:
    """Whether a ground is shown by the minutes of the committee."""
    return "minutes" in evidence.requires


def of(case: Case) -> list[Ground]:
    """Every ground that the policy knows, in its order, with what lacks of it."""
    made, added = negotiation_of(case), shown(negotiation_of(case))
    found = []
    for one in compensation(case).evidence:
        minutes = by_minutes(one)
        reason = harm_acknowledgement.lacks(made, one) if minutes else _lacks(added.get(one.key))
        found.append(Ground(one.key, one.name, reason, minutes, added.get(one.key)))
    return found


def proven(case: Case, found: list[Ground] | None = None) -> bool:
    """Whether one combination that is enough is complete."""
    there = {one.key for one in found or of(case) if one.there}
    return any(there.issuperset(together) for together in enough(case.policy_version.policy))


def need(case: Case) -> None:
    """Raise ``GroundsMissing`` with all that lacks, unless an offer may be made."""
    found = of(case)
    if not proven(case, found):
        wanted = {key for together in enough(case.policy_version.policy) for key in together}
        raise GroundsMissing([one for one in found if not one.there and one.key in wanted])


def shown(made: Negotiation) -> dict[str, Shown]:
    """What was added to the claim, by ground."""
    return {key: Shown(**one) for key, one in json.loads(made.grounds).items()}


def add(
    change: Change,
    ground: str,
    words: str = "",
    issued_by: str = "",
    number: str = "",
    dated: date | None = None,
    complaint: str = "",
    file: StoredFile | None = None,
) -> None:
    """Add the evidence of one ground, or put other evidence in its place."""
    case, by, key = change.case, change.member, ground
    evidence = next((one for one in compensation(case).evidence if one.key == key and not by_minutes(one)), None)
    if evidence is None:
        raise Invalid({"ground": _("Choose one of the answers.")})
    wrong = _wrong(key, words, issued_by, number, dated, complaint, file)
    justified = _justified(case, complaint, by) if complaint and key == FAULT and not wrong else None
    if complaint and key == FAULT and not wrong and justified is None:
        wrong["complaint"] = _("This is no complaint of the same person that was found justified.")
    if wrong:
        raise Invalid(wrong)
    made = negotiation_of(case)
    one = Shown(
        words=clean(words),
        issued_by=clean(issued_by),
        number=clean(number),
        dated=dated.isoformat() if dated else "",
        complaint=justified or "",
        file_id=str(file.id) if file else "",
        added_on=clock.today().isoformat(),
    )
    made.grounds = json.dumps({**json.loads(made.grounds), key: asdict(one)}, ensure_ascii=False)
    if file is not None:
        creation.attach(case, [file], "evidence", by, for_applicant=False)
    change.data = {"ground": key}


def file_of(one: Shown) -> UUID | None:
    """The file of a ground."""
    return UUID(one.file_id) if one.file_id else None


def _lacks(one: Shown | None) -> str:
    return "" if one is not None else str(_("no evidence of it was added"))


def _wrong(
    key: str, words: str, issued_by: str, number: str, dated: date | None, complaint: str, file: StoredFile | None
) -> dict[str, Any]:
    wrong: dict[str, Any] = {}
    if key == FAULT:
        if not clean(words):
            wrong["words"] = _("Write how the fault was established.")
        if not clean(complaint) and file is None:
            wrong["file"] = _("Name the complaint that was found justified, or choose the paper that shows it.")
        return wrong
    if not clean(issued_by):
        wrong["issued_by"] = _("Write which court or authority issued it.")
    if not clean(number):
        wrong["number"] = _("Write its number.")
    if dated is None:
        wrong["dated"] = _("Choose its day.")
    elif dated > clock.today():
        wrong["dated"] = _("This day has not come yet.")
    if file is None:
        wrong["file"] = _("Choose the paper itself.")
    return wrong


def _justified(case: Case, typed: str, by: Member) -> str | None:
    """The reference of a complaint of the same person that was found justified and that this member sees."""
    reference = references.read(typed)
    rows = (
        select(Case)
        .join(Complaint, Complaint.case_id == Case.id)
        .where(Case.reference == reference, Complaint.finding.in_(JUSTIFIED), visibility.visible(by))
    )
    found = db.session.scalars(rows).one_or_none() if reference else None
    if found is None:
        return None
    proved = case.applicant_id is not None and found.applicant_id == case.applicant_id
    return found.reference if proved or found.id == case.born_of_id else None


def describe_enough(case: Case) -> str:
    """Which grounds are enough together, in one sentence."""
    names = {one.key: one.name.for_locale(locale()) for one in compensation(case).evidence}
    quoted = {key: quote(name) for key, name in names.items()}
    together = str(_("together with"))
    ways = [f" {together} ".join(quoted[key] for key in one) for one in enough(case.policy_version.policy)]
    return str(_("Enough is: %(ways)s.", ways=join_words(ways, style="or")))

"""Versions of the policy: starting a draft, changing a section of it, and what stands where."""

import hashlib
import json
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import String, cast, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import joinedload

from silah import clock
from silah.cases.models import Case, CaseBar
from silah.cases.states import ENDED, State
from silah.errors import Conflict, NotFound
from silah.language.localization import locale
from silah.organisation.models import Membership, MembershipRole, Role
from silah.policies import sections
from silah.policies.errors import ChangedByAnother, NotADraft, WrongPolicy
from silah.policies.models import PolicyAct
from silah.policies.sections import Document, Section
from silah.web.access import Member
from tenants.checks import Finding, check
from tenants.database import db
from tenants.policy import Policy, PolicyError
from tenants.texts import Text
from tenants.versions import PolicyVersion

BLANK_DATE, BLANK_HIJRI = "..../..../....", "..../..../...."


def get(version_id: UUID) -> PolicyVersion:
    """The version of this id; raises NotFound."""
    found = db.session.get(PolicyVersion, version_id)
    if found is None:
        raise NotFound
    return found


def draft(version_id: UUID, *, lock: bool = False) -> PolicyVersion:
    """The draft of this id; raises NotADraft once it is approved."""
    found = db.session.get(PolicyVersion, version_id, with_for_update=True if lock else None)
    if found is None:
        raise NotFound
    if found.state != "draft":
        raise NotADraft
    return found


def listing() -> list[PolicyVersion]:
    """Every version, the newest first."""
    rows = select(PolicyVersion).order_by(PolicyVersion.created_at.desc(), PolicyVersion.id)
    return list(db.session.scalars(rows))


def open_cases(reader: Member | None = None) -> dict[UUID, int]:
    """How many open cases are handled under each version; the states that are open are named, so an index answers.

    For a reader those are left out that are about them: a number must not tell of a complaint either.
    """
    is_open = Case.state.in_([state for state in State if state not in ENDED])
    rows = select(Case.policy_version_id, func.count()).where(is_open).group_by(Case.policy_version_id)
    counted = {row[0]: row[1] for row in db.session.execute(rows)}
    if reader is not None:
        barred = rows.join(CaseBar, CaseBar.case_id == Case.id).where(CaseBar.member_id == reader.id)
        for version_id, count in db.session.execute(barred):
            counted[version_id] -= count
    return counted


def start(source: PolicyVersion, *, by: Member) -> PolicyVersion:
    """A draft that begins as this version stands, with the next amendment's number and blank dates of approval."""
    document = json.loads(json.dumps(source.document))
    control = document["control"]
    control["version"] = control["version"] or source.number
    control["amendment"] = _next(source.amendment)
    control |= {"amended": None, "amended_printed": ""}
    control["sign_offs"] = [{**one, "on": None, "printed": ""} for one in control["sign_offs"]]
    if control["board"]:
        control["board"] = {"number": "", "on": None, "printed": BLANK_DATE, "printed_hijri": BLANK_HIJRI}
    if control["ratification"]:
        control["ratification"] |= {"on": None, "printed": "", "printed_hijri": ""}
    version = PolicyVersion.of(Policy.read(document), at=clock.now(), blueprint=source.blueprint)
    version.approved_on = version.prepared_on = version.reviewed_on = None
    db.session.add(version)
    db.session.flush()
    record(version, "started", by=by, data={"from": str(source.id)})
    return version


def change(version: PolicyVersion, section: Section, typed: Document, *, seen: str, by: Member) -> bool:
    """Put what was typed into the draft; False where it changes nothing.

    Raises WrongPolicy with the errors by field, and ChangedByAnother where somebody changed the section since it was
    shown.
    """
    if seen != seen_of(section, version.document):
        raise ChangedByAnother
    document = sections.put(section, version.document, typed)
    policy = read(section, document)
    fresh = policy.document()
    if fresh == version.document:
        return False
    keep(version, policy)
    record(version, "edited", by=by, data={"section": section.key})
    return True


def keep(version: PolicyVersion, policy: Policy) -> None:
    """Write a policy into a version; numbers and printed dates follow its control block."""
    version.document = policy.document()
    version.number, version.amendment = policy.control.version or version.number, policy.control.amendment
    db.session.flush()


def read(section: Section, document: Document) -> Policy:
    """The policy of this document; raises WrongPolicy with each error at its field of the section's page."""
    try:
        return Policy.read(document)
    except PolicyError as error:
        fields: dict[str, list[str]] = {}
        for wrong in error.wrong:
            place = sections.typed_place(section, document, wrong["loc"])
            fields.setdefault(place, []).append(Text(ar=wrong["ar"], en=wrong["en"]).for_locale(locale()))
        raise WrongPolicy(fields) from None


def seen_of(section: Section, document: Document) -> str:
    """A short mark of what a section holds, by which a page knows that somebody changed it meanwhile."""
    return hashed(sections.shown(section, document))


def digest(document: Mapping[str, Any]) -> str:
    """A mark of the text that acts of approval cover: all but the block that these acts fill in."""
    control = {
        name: value
        for name, value in document["control"].items()
        if name not in ("sign_offs", "board", "ratification", "amended", "amended_printed")
    }
    return hashed({**document, "control": control})


def record(
    version: PolicyVersion, act: str, *, by: Member | None, data: Document | None = None, note: str | None = None
) -> PolicyAct:
    """Note what was done about a version, and on which text."""
    made = PolicyAct(
        version_id=version.id,
        act=act,
        by_id=by.id if by else None,
        digest=digest(version.document),
        data=data or {},
        note=note,
    )
    db.session.add(made)
    db.session.flush()
    return made


def acts(version: PolicyVersion) -> list[PolicyAct]:
    """What was done about a version, oldest first."""
    rows = select(PolicyAct).options(joinedload(PolicyAct.by)).where(PolicyAct.version_id == version.id)
    return list(db.session.scalars(rows.order_by(PolicyAct.at, PolicyAct.id)))


def roles() -> dict[str, Text]:
    """The association's roles by key, in their order."""
    rows = db.session.execute(select(Role.key, Role.name_ar, Role.name_en).order_by(Role.position, Role.key))
    return {key: Text(ar=arabic, en=english) for key, arabic, english in rows}


def held_roles() -> set[str]:
    """The keys of roles that somebody at work here holds."""
    rows = (
        select(Role.key)
        .join(MembershipRole, MembershipRole.role_id == Role.id)
        .join(Membership, Membership.id == MembershipRole.membership_id)
        .where(Membership.state != "suspended")
    )
    return set(db.session.scalars(rows.distinct()))


def findings(version: PolicyVersion) -> tuple[Finding, ...]:
    """What the policy checker finds in a version, with who holds which role today."""
    return check(version.policy, held_roles(), roles())


def channels_in_use(keys: Collection[str]) -> set[str]:
    """Which of these channels some case came by or is answered by: they are retired, not removed."""
    if not keys:
        return set()
    key = func.unnest(cast(list(keys), ARRAY(String))).column_valued("key")
    # The least from the key on is always looked up; whether one exists may be asked by reading every case.
    least = (select(func.min(one)).where(one >= key).scalar_subquery() for one in (Case.channel, Case.reply_channel))
    return set(db.session.scalars(select(key).where(or_(*(one == key for one in least)))))


def named(version: PolicyVersion) -> str:
    """A version in words: version 01, amendment 2."""
    if version.amendment:
        return str(_("Version %(number)s, amendment %(amendment)s", number=version.number, amendment=version.amendment))
    return str(_("Version %(number)s", number=version.number))


def must(condition: bool) -> None:
    """Raise Conflict unless the condition holds."""
    if not condition:
        raise Conflict


def _next(amendment: str) -> str:
    return str(int(amendment) + 1).zfill(len(amendment)) if amendment.isdecimal() else "1"


def hashed(value: Any) -> str:
    """A short mark of plain data."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]

"""The committees that the association's policy names, and what the policy configures for each."""

from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from silah import clock
from silah.committees import quorum
from silah.errors import NotFound
from silah.language.localization import locale, number
from tenants import versions
from tenants.database import db
from tenants.policy_parts import Committee
from tenants.versions import PolicyVersion


@dataclass(frozen=True)
class Body:
    """A committee as the policy in force configures it; ``studies`` where it decides on requests."""

    rule: Committee
    studies: bool

    @property
    def key(self) -> str:
        """The short name by which settings and addresses point at it."""
        return self.rule.key

    @property
    def name(self) -> str:
        """Its name in the language of the page."""
        return self.rule.name.for_locale(locale())


def listed() -> list[Body]:
    """The committees of the policy in force."""
    policy = versions.in_force(clock.today()).policy
    return [Body(rule, policy.studied_by == rule.key) for rule in policy.committees]


def get_body(key: str) -> Body:
    """A committee of the policy in force, or of an earlier version under which cases may still be open."""
    found = next((body for body in listed() if body.key == key), None)
    return found or _earlier(key)


def _earlier(key: str) -> Body:
    known = select(PolicyVersion).where(PolicyVersion.state.in_(("in_force", "superseded")))
    for version in db.session.scalars(known.order_by(PolicyVersion.created_at.desc())):
        rule = version.policy.committee(key)
        if rule is not None:
            return Body(rule, version.policy.studied_by == key)
    raise NotFound


def version_ids(key: str) -> list[UUID]:
    """The versions of the policy under which this committee studies requests."""
    known = select(PolicyVersion).where(PolicyVersion.state.in_(("in_force", "superseded")))
    return [one.id for one in db.session.scalars(known) if one.policy.studied_by == key]


def quorum_words(rule: Committee, members: int) -> str:
    """How many must attend, in words."""
    needed = quorum.needed(rule, members)
    count = ngettext(
        "%(count)s voting member must attend",
        "%(count)s voting members must attend",
        needed,
        count=number(needed),
    )
    if rule.quorum == "number":
        return str(count)
    if rule.quorum == "share":
        part = number(round((rule.quorum_value or 1) * 100, 1))
        return str(_("At least %(part)s%% of the voting members: %(count)s", part=part, count=count))
    if rule.quorum == "all":
        return str(_("All voting members must attend"))
    return str(_("The policy sets no quorum, so all voting members must attend"))


def voting_words(rule: Committee) -> str:
    """How it is decided, in words."""
    words = [_("A majority of those present decides.")]
    words.append(
        _("When the votes are equal, the side of the chair prevails.")
        if rule.chair_casts
        else _("When the votes are equal, nothing is decided.")
    )
    words.append(
        _("A member may be represented by another who is present.")
        if rule.proxies
        else _("Nobody votes for an absent member.")
    )
    words.append(_("Who steps aside from a case counts for it neither among the members nor among those attending."))
    return " ".join(words)

"""How each association of the demo is divided, and who there has read and signed what binds them."""

from datetime import timedelta

from sqlalchemy import select

from silah import clock
from silah.access import Member
from silah.acknowledgements import notices, service
from silah.acknowledgements.models import AwarenessActivity, Campaign
from silah.staff import departments
from silah.staff.models import Membership
from tenants import versions
from tenants.database import db

UNREAD = "delegate"
"""Whose holders have read nothing yet, so that there is somebody to remind."""

DEPARTMENTS = (
    ("علاقات المستفيدين", "Beneficiary relations", {"relations_officer", "social_research_officer", "delegate"}),
    ("الموارد البشرية", "Human resources", {"human_resources", "administrator"}),
    ("الإدارة العليا", "Senior management", {"management", "secretary_general", "chief_executive"}),
)


def divide() -> None:
    """Make the departments, unless there are some, and put everybody where their role works."""
    if departments.listing():
        return
    staff = db.session.scalars(select(Membership).where(Membership.state == "active")).all()
    for one in staff:
        if {role.key for role in one.roles} == {"volunteer"}:
            one.engagement = "volunteers"
    for name_ar, name_en, roles in DEPARTMENTS:
        members = [one.id for one in staff if roles & {role.key for role in one.roles}]
        departments.create({"name_ar": name_ar, "name_en": name_en}, members)


def acknowledge() -> None:
    """Have nearly everybody read the policy in force, or sign it where it asks for that."""
    version = versions.in_force(clock.today())
    campaign = db.session.scalar(select(Campaign).where(Campaign.policy_version_id == version.id))
    if campaign is None:
        mode = version.policy.responsibilities.taken_up_by
        campaign = service.circulate(version, mode, tell=False)
    for one in db.session.scalars(select(Membership).where(Membership.state == "active")).all():
        if UNREAD not in {role.key for role in one.roles}:
            read(campaign, Member(one.id, one.account_id, one.name))
    day, title = clock.today() - timedelta(days=9), "لقاء تعريفي بميثاق أخلاقيات المهنة والسلوك"
    db.session.add(AwarenessActivity(held_on=day, title=title, attended=14))
    notices.issue(
        "ساعات الاستقبال في الإجازة",
        "Reception hours during the holiday",
        "يستقبل مقر الجمعية المراجعين في أيام الإجازة من العاشرة صباحًا إلى الواحدة ظهرًا.",
        "During the holiday the association's office receives visitors from ten in the morning to one.",
    )


def read(campaign: Campaign, member: Member) -> None:
    """One member does what the campaign asks, unless they are not asked or have done it."""
    did = service.opened(campaign, member)
    if did is not None and did.signed_at is None and campaign.mode == "signature":
        service.sign(campaign, member, method="typed", name=member.name)

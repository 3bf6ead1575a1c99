"""How each association of the demo is divided, and who there has read and signed what binds them."""

from datetime import timedelta

from sqlalchemy import select

from silah import clock
from silah.acknowledgements import notices, service
from silah.acknowledgements.models import AwarenessActivity, Campaign
from silah.library import service as library
from silah.organisation import departments
from silah.organisation.models import Membership
from silah.web.access import Member
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


GUIDES = {
    "form": (
        "املأ بيانات مقدم الطلب كما في هويته.\nاكتب الحاجة في سطرين أو ثلاثة.\n"
        "أرفق ما تطلبه الشروط، ووقّع في آخر النموذج.",
        "Fill in the applicant's data as on the identity card.\nWrite the need in two or three lines.\n"
        "Attach what the conditions ask for, and sign at the end of the form.",
    ),
    "guide": (
        "اقرأ الطلب ومرفقاته قبل الاتصال بمقدمه.\nاسأل عن السكن والدخل وعدد أفراد الأسرة.\n"
        "دوّن ما تبيّن لك في يومه، وفرّق بين ما رأيته وما قيل لك.",
        "Read the request and its papers before you call.\nAsk about housing, income and the size of the household.\n"
        "Write down what you found on the same day, and keep what you saw apart from what you were told.",
    ),
}


def fill_library(by: Member) -> None:
    """The first form and the first guide have a version, which nearly nobody has read; the others wait for theirs."""
    for kind, (text_ar, text_en) in GUIDES.items():
        one = next((shelf for shelf in library.shelves() if shelf.tool.kind == kind), None)
        if one is not None and one.version is None:
            made = library.publish(one.tool, by=by, note="", text_ar=text_ar, text_en=text_en)
            library.read(made, by=by)
            one.tool.public = kind == "form"

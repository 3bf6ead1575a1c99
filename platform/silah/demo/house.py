"""How each association of the demo is divided: its departments, and who works in which."""

from sqlalchemy import select

from silah.staff import departments
from silah.staff.models import Membership
from tenants.database import db

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
    for name_ar, name_en, roles in DEPARTMENTS:
        members = [one.id for one in staff if roles & {role.key for role in one.roles}]
        departments.create({"name_ar": name_ar, "name_en": name_en}, members)

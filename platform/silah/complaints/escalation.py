"""A late complaint climbs step by step to senior management; the steps and their days are the association's own."""

from collections.abc import Sequence

from silah.cases.models import Case
from silah.complaints import bodies
from silah.complaints.models import complaint_of
from silah.complaints.rules import rules
from silah.organisation import holders
from silah.organisation.models import Membership
from silah.web.access import Permission


def steps(case: Case) -> Sequence[int]:
    """After how many days each further step is told that the complaint is late."""
    return rules().escalate_after


def told(case: Case, step: int) -> list[Membership]:
    """Who is told at a step: the body's chair and those who assign, then who oversees complaints, then above them."""
    complaint = complaint_of(case)
    complaint.level = max(complaint.level, step)
    chairs = [one for one in bodies.handlers(case, complaint.body) if _leads(one)]
    overseers = holders.holders_of(Permission.OVERSEE_COMPLAINTS)
    ladder = [chairs or overseers, overseers, [*overseers, *bodies.seated(rules().above_management)]]
    return list({one.id: one for one in ladder[min(step, len(ladder)) - 1]}.values())


def _leads(member: Membership) -> bool:
    permissions = {permission for role in member.roles for permission in role.permissions}
    return Permission.ASSIGN_CASES.value in permissions

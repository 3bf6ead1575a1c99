"""A confidential complaint that nobody at work can open: whoever sits on its body by now becomes a reader of it.

So one about management does not lie closed because there was no nominee of the board, or because theirs has left.
"""

from uuid import UUID

from silah import clock, jobs
from silah.cases import confidentiality, notifications, timeline
from silah.cases.anonymity import veiled
from silah.cases.models import Case
from silah.cases.states import ENDED
from silah.complaints import bodies
from silah.complaints.models import complaint_of
from tenants.database import db

KIND = "complaint.unread"


def watch(case: Case) -> None:
    """Owe a look each morning until the complaint has ended."""
    jobs.owe(KIND, str(case.id), clock.morning_after(clock.today()))


def look(case_id: UUID) -> None:
    """Name the body's members as readers where no reader is at work any more."""
    case = db.session.get(Case, case_id)
    if case is None or not case.confidential or case.state in ENDED:
        return
    if not any(one.state == "active" for one in confidentiality.readers(case)):
        _open(case)
    watch(case)


def _open(case: Case) -> None:
    with veiled(case):
        timeline.hold(case)
        fresh = bodies.handlers(case, complaint_of(case).body)
        confidentiality.name_readers(case, fresh, None)
        for one in fresh:
            timeline.record(case, "reader_named", note=one.name, private=True)
        notifications.members("complaint_came", fresh, case)

"""A visit that was made to each association's first office, with what it found, and one that is to come."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from silah import clock
from silah.demo.playing import Diary, Staff
from silah.organisation.models import BranchOffice
from silah.visits import checklists, recording, service
from silah.visits.recording import Mark
from silah.web.access import Member, Permission
from tenants.database import db

AGO, AHEAD = 18, 9
MARKS = {"courtesy": 5, "time": 4, "accuracy": 4, "in_place": 3, "policy_shown": 2, "registered": 5, "access": 3}
REMARK = "نسخة قديمة من السياسة معروضة عند المدخل."
FOUND = (
    ("strength", "استقبال لائق، ولم ينتظر مراجع أكثر من عشر دقائق أثناء الزيارة."),
    ("weakness", "النسخة المعروضة من السياسة ليست النسخة السارية."),
)


def visit(staff: Staff, keeper: Member) -> None:
    """Plan both, make the first, and ask that what it found is put right."""
    by, listed = staff.with_(Permission.RUN_SURVEYS), checklists.add_ready(by=keeper)
    office = db.session.scalars(select(BranchOffice.id).order_by(BranchOffice.position, BranchOffice.name_ar)).first()
    given: dict[str, Any] = {"by": by, "branch": office, "checklist": listed.id, "visitor": by.id}
    diary = Diary(AGO, 1)
    with diary.later(0):
        made = service.plan(**given, on=clock.today())
        marks = {key: Mark(mark, REMARK if mark == min(MARKS.values()) else "") for key, mark in MARKS.items()}
        recording.record(made, by=by, marks=marks, remarks="")
        for grade, what in FOUND:
            recording.find(made, by=by, grade=grade, what=what)
        recording.held(made, by=by)
    with diary.later():
        due = diary.end.date() + timedelta(days=6)
        recording.ask_correction(made, by=by, what="عرض النسخة السارية من السياسة", owner=staff.officer.id, due_on=due)
    service.plan(**given, on=clock.today() + timedelta(days=AHEAD), follows=made.id)

"""Work in the field of each association of the demo: a round that delegates take along, and interviews."""

from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from silah import clock
from silah.cases.models import Case
from silah.demo.playing import Staff
from silah.interviews import service as interviews
from silah.interviews.service import Consent
from silah.surveys import aggregates, field_work, questionnaires, rounds
from silah.surveys.audience import Audience
from silah.surveys.bank import QUESTIONS
from silah.surveys.definition import Definition, Section
from silah.surveys.models import Questionnaire
from tenants.database import db
from tenants.texts import Text

SINCE, STANDS = 5, 16
CARRIERS = ("delegate", "volunteer", "relations_officer")
BROUGHT = ((5, 4), (4, 5), (3, 5), (2, 4), (5, 5), (4, 3), (4, 4))
"""How satisfied each person was, and how easy it was for them, of those whom the delegates met."""
BETTER = ("زيارة القرى البعيدة كل شهر.", "إعلان مواعيد التوزيع قبل أسبوع.")
NOTES = {
    "satisfied": "راضية إجمالًا، وترى أن التعامل تحسّن هذا العام.",
    "easy": "احتاجت إلى من يرفع لها المستندات من الجوال.",
    "better": "تقترح أن يزور مندوب كبار السن في بيوتهم بدل حضورهم.",
}
SUMMARY = "التعامل جيد، والعقبة رفع المستندات لكبار السن؛ زيارة مندوب تكفيهم ذلك."
FIELD = Definition(
    title=Text(ar="مسح ميداني: كيف تصلكم خدماتنا؟", en="Field survey: how do our services reach you?"),
    intro=Text(
        ar="أسئلة قصيرة لا تأخذ أكثر من ثلاث دقائق.", en="A few short questions that take no more than three minutes."
    ),
    thanks=Text(ar="شكرًا لوقتكم.", en="Thank you for your time."),
    sections=(
        Section(key="s1", questions=tuple(QUESTIONS[key] for key in ("satisfied", "easy", "way"))),
        Section(key="s2", questions=tuple(QUESTIONS[key] for key in ("recommend", "better"))),
    ),
)


def go(staff: Staff) -> None:
    """Send the delegates out with a round, bring some answers back, and hold an interview."""
    source = questionnaires.begin()
    questionnaires.keep(source, FIELD)
    by, today = staff.officer, clock.today()
    with clock.at(rounds.instant(today - timedelta(days=SINCE))):
        found = rounds.make(
            source,
            rule=Audience(who="comers"),
            anonymous=True,
            opens_on=today - timedelta(days=SINCE),
            closes_on=today + timedelta(days=STANDS),
            by=by,
        )
        rounds.open_now(found)
        field_work.assign(found, [staff.members[key].id for key in CARRIERS if key in staff.members])
        for number, (satisfied, easy) in enumerate(BROUGHT):
            given = {"satisfied": str(satisfied), "easy": str(easy), "recommend": str(satisfied * 2)}
            if number < len(BETTER):
                given["better"] = BETTER[number]
            field_work.take(found, uuid4(), MultiDict(given), by=by)
    aggregates.count(found)
    _interview(staff, source)


def _interview(staff: Staff, source: Questionnaire) -> None:
    """One that is over, with somebody whose request was served, one that has only begun, and one refused."""
    by, now = staff.officer, clock.now()
    case = db.session.scalars(
        select(Case).where(Case.kind == "request", Case.state == "closed").order_by(Case.reference).limit(1)
    ).first()
    for (ago, then), whom in zip(pairwise((12, 3, 0)), (case, None), strict=True):
        made = interviews.begin(
            by=by, source=source, consent=Consent("spoken", now - timedelta(days=ago, hours=1)), case=whom
        )
        if then:
            interviews.write(made, by=by, notes=NOTES, summary=SUMMARY)
            interviews.finish(made, by=by)
    interviews.refused(by=by)

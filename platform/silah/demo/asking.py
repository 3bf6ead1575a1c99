"""Rounds of each association of the demo: two that are closed and have results, and one that is being answered."""

from datetime import timedelta
from itertools import count

from sqlalchemy import select

from silah import clock
from silah.surveys import aggregates, invitations, questionnaires, responses, rounds
from silah.surveys.answers import read
from silah.surveys.audience import Audience
from silah.surveys.models import Questionnaire, SurveyInvitation, SurveyRound
from silah.web.access import Member
from tenants.database import db

OPENED, EARLIER, STOOD = 34, 96, 14
"""How many days ago the closed rounds were opened, and how many they stood open."""

LATELY = 4
HAPPY = "5445343525445324554351455434"
HAPPY_EARLIER = "435324424533424142534"
"""How satisfied each of those who answered was; the others of a person's ratings stand near it."""

BETTER = (
    "أشكركم على حسن الاستقبال، وأتمنى تقليل الأوراق المطلوبة.",
    "المواعيد دقيقة والموظفون متعاونون.",
    "أقترح إرسال رسالة عند كل خطوة حتى نطمئن.",
    "لو يُفتح المكتب في المساء يومًا في الأسبوع لكان أيسر على العاملين.",
    "الخدمة ممتازة وتعاملكم راقٍ، بارك الله فيكم.",
    "الموقع سهل لكن رفع المستندات من الجوال بطيء.",
    "وضحوا شروط الدعم قبل تقديم الطلب.",
    "كل الشكر للأستاذة {officer}، رقمي 0551234567 لمن أراد التأكد.",
)
WHY = (
    "انتظرت طويلًا ولم يرد أحد على اتصالي.",
    "طُلبت مني الأوراق نفسها مرتين.",
    "تغيّر موعد التسليم ولم أُبلَّغ إلا في يومه.",
)


def ask(by: Member) -> None:
    """Make the three ready questionnaires, one round that is closed and one that is open, and have them answered."""
    made = {ready: questionnaires.begin(ready) for ready in ("after_service", "yearly", "internal")}
    source = made["after_service"]
    _asked_before(by, source, EARLIER, HAPPY_EARLIER, ("الجولة الأولى", "first round"))
    _asked_before(by, source, OPENED, HAPPY, ("الجولة الثانية", "second round"))
    _ask_now(by, source)


def _asked_before(by: Member, source: Questionnaire, ago: int, happiness: str, called: tuple[str, str]) -> None:
    """A round that is over, whose answers came without an invitation."""
    first = clock.today() - timedelta(days=ago)
    with clock.at(rounds.instant(first)):
        done = rounds.make(
            source,
            rule=Audience(who="comers", kiosk=True),
            anonymous=True,
            opens_on=first,
            closes_on=first + timedelta(days=STOOD),
            title_ar=f"رأي المستفيدين في الخدمة: {called[0]}",
            title_en=f"Beneficiaries' view of the service: {called[1]}",
            by=by,
        )
        rounds.open_now(done)
        for number, happy in zip(count(), happiness, strict=False):
            answer(done, number, happy, by.name.split()[0])
    with clock.at(rounds.instant(done.closes_on + timedelta(days=1))):
        rounds.close(done)


def _ask_now(by: Member, source: Questionnaire) -> None:
    """The round that stands open: whoever was served is invited, a few have answered, told apart by channel."""
    today = clock.today()
    with clock.at(rounds.instant(today - timedelta(days=LATELY))):
        current = rounds.make(
            source,
            rule=Audience(who="served", since=today - timedelta(days=90)),
            anonymous=False,
            split="channel",
            opens_on=today - timedelta(days=LATELY),
            closes_on=today + timedelta(days=17),
            title_ar="بعد الخدمة: هذا الشهر",
            title_en="After the service: this month",
            by=by,
        )
        rounds.open_now(current)
        while invitations.invite_next_part(current):
            pass
        asked = (SurveyInvitation.round_id == current.id, SurveyInvitation.told_on.is_not(None))
        for number, one in enumerate(db.session.scalars(select(SurveyInvitation).where(*asked)).all()):
            if number % 3:
                answer(current, number + 5, HAPPY[number % len(HAPPY)], by.name.split()[0], one)
    aggregates.count(current)


def answer(
    found: SurveyRound, number: int, happy: str, officer: str, invitation: SurveyInvitation | None = None
) -> None:
    """One person's answers, as a form would give them."""
    near = [str(min(5, max(1, int(happy) + shift))) for shift in (0, 1, -1, 0, 1)]
    keys = ("courtesy", "enough_time", "accurate", "in_place", "easy")
    given = {"satisfied": happy} | {key: near[(n + number) % 5] for n, key in enumerate(keys)}
    if number % 3 == 0:
        given["better"] = BETTER[number // 3 % len(BETTER)].format(officer=officer)
    if happy in "12":
        given["why"] = WHY[number % len(WHY)]
    answers, _wrong = read(found.asks, given)
    responses.submit(responses.Asked(found, invitation), answers, "personal" if invitation else "kiosk")

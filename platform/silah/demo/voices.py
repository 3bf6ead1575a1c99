"""The month's complaints, inquiries and suggestions of each association, told through the services that pages call."""

from dataclasses import dataclass
from typing import Literal

from silah import clock
from silah.cases.workflow import perform
from silah.complaints import inquiries, public_answers, receiving
from silah.complaints.models import LiaisonArea, complaint_of
from silah.complaints.receiving import Told
from silah.demo import sample_texts
from silah.demo.playing import Diary, Staff
from silah.organisation.bodies import sits_on
from silah.organisation.models import Membership
from silah.web.access import Member, Permission
from tenants import versions
from tenants.database import db

Ending = Literal["received", "classified", "asked", "found", "answered", "satisfied"]


@dataclass(frozen=True)
class Voice:
    """One complaint: received ``age`` days ago, about what, and how far it got."""

    age: int
    about: str
    topic: str
    text: str
    ending: Ending
    severity: str = "medium"
    channel: str = "website"
    name: str = ""
    anonymous: bool = False


COMPLAINTS = (
    Voice(31, "service", "delay", "تأخر تسليم المساعدة أسبوعين عن الموعد الذي أُبلغت به، ولم يتصل بي أحد.", "satisfied"),
    Voice(27, "branch", "access", "مدخل الفرع لا يناسب الكراسي المتحركة، ولم أجد من يساعدني على الدخول.", "answered"),
    Voice(24, "service", "delay", "مضى شهر على قبول طلبي ولم أتسلم شيئًا إلى الآن.", "classified", "high"),
    Voice(17, "data", "privacy", "اتصل بي شخص لا أعرفه وذكر تفاصيل وردت في طلبي.", "found", "high"),
    Voice(
        9, "person", "conduct", "لم يُصغِ إليّ موظف الاستقبال وأنهى المكالمة قبل أن أكمل.", "asked", name="موظف الاستقبال"
    ),
    Voice(4, "decision", "decision", "رُفض طلبي ولم أفهم السبب المكتوب في خطاب الرد.", "received", channel="phone"),
    Voice(2, "other", "fairness", "أرى أن توزيع الدعم في الحي لا يراعي الأشد حاجة.", "received", anonymous=True),
)

ASKED = (
    (26, "inquiry", "متى تُعلن نتائج الطلبات بعد الدراسة؟", "تصل النتيجة بالوسيلة التي اخترتها عند التقديم."),
    (15, "support", "لا يفتح رابط المتابعة في جوالي.", "جدّدنا الرابط، ويمكنك فتحه من الرسالة الأخيرة."),
    (11, "suggestion", "أقترح فتح الاستقبال مساءً يومين في الأسبوع للموظفات.", ""),
    (3, "inquiry", "هل أستطيع تقديم طلب لوالدتي وهي خارج المدينة؟", ""),
)  # fmt: skip
PUBLIC = {
    "question_ar": "متى تُعلن نتيجة طلبي؟",
    "question_en": "When do I hear the outcome of my request?",
    "answer_ar": "تصل النتيجة بالوسيلة التي اخترتها عند التقديم، وتظهر في صفحة المتابعة متى صدر الرد.",
    "answer_en": "The outcome comes by the means you chose, and stands on the tracking page once the reply is out.",
}
ANSWER = "نشكرك على ملاحظتك. راجعنا ما ذكرت، واتخذنا ما يلزم لئلا يتكرر، ونعتذر عما لقيته."


def speak(staff: Staff) -> None:
    """Play them all, after the liaison officers were named."""
    liaison = staff.members["liaison_officer"]
    area = LiaisonArea(name_ar="الطلبات والمساعدات", name_en="Requests and aid", officer_id=liaison.id)
    db.session.add(area)
    db.session.flush()
    db.session.refresh(area)
    for number, voice in enumerate(COMPLAINTS):
        complain(voice, number, staff)
    for number, (age, kind, text, answer) in enumerate(ASKED):
        with Diary(age, number).later(0):
            case = inquiries.ask(kind, text, person(number + 11), area=area.id, channel=known("website")).case
        if answer:
            with Diary(age - 2, number).later(0):
                perform(case, "answer", liaison, {"text": answer})
    public_answers.publish(by=staff.with_(Permission.PUBLISH_ANSWERS), texts=PUBLIC, area=area.id)


def complain(voice: Voice, number: int, staff: Staff) -> None:
    """One complaint, as far as its story goes."""
    diary = Diary(voice.age, number)
    told = Told(
        about=voice.about,
        text=voice.text,
        name=voice.name,
        anonymous=voice.anonymous,
        person={} if voice.anonymous else person(number),
    )
    with diary.later(0):
        case = receiving.submit(told, channel=known(voice.channel)).case
    if voice.ending == "received":
        return
    by = handler(staff, complaint_of(case).body)
    with diary.later(2):
        perform(case, "classify", by, {"topic": voice.topic, "severity": voice.severity})
    if voice.ending == "asked":
        with diary.later():
            perform(case, "ask", by, {"question": "متى كانت المكالمة، وهل تذكر اسم من أجابك؟"})
    if voice.ending in ("found", "answered", "satisfied"):
        with diary.later(3):
            perform(case, "find", by, {"finding": "upheld", "findings": "تحققت اللجنة مما ورد وثبت.", "answer": ANSWER})
    if voice.ending in ("answered", "satisfied"):
        with diary.later():
            perform(case, "answer", by)
            owner = db.session.get_one(Membership, staff.officer.id)
            until = diary.day + (diary.end.date() - diary.day) * 2
            perform(case, "set_action", by, {"what": "مراجعة جدول التسليم أسبوعيًا", "owner": owner.id, "due_on": until})
    if voice.ending == "satisfied":
        with diary.later():
            perform(case, "rate", None, {"satisfied": True})


def handler(staff: Staff, body: str) -> Member:
    """Who sits on the body that handles a complaint, its chair before others."""
    seated = [one for one in staff.members.values() if any(sits_on(role, body) for role in one.role_keys)]
    return max(seated, key=lambda one: any(role.endswith("_chair") for role in one.role_keys))


def known(channel: str) -> str:
    """The channel, where the policy of today has it, else one that it has."""
    policy = versions.in_force(clock.today()).policy
    wanted = policy.channel(channel)
    return channel if wanted and wanted.inbound and not wanted.retired else policy.inbound_channels[0].key


def person(number: int) -> dict[str, str]:
    """Somebody who speaks up."""
    name = sample_texts.APPLICANTS[number % len(sample_texts.APPLICANTS)]
    return {
        "relation": "self",
        "name": name,
        "national_id": sample_texts.national_id(number),
        "mobile": f"+96655001{number:04d}",
        "email": f"voice{number}@mail.example",
        "reply_channel": reply(),
        "locale": "ar",
    }


def reply() -> str:
    """By what means the answer comes: e-mail where the policy has it."""
    outbound = versions.in_force(clock.today()).policy.outbound_channels
    return next((one.key for one in outbound if one.sends == "email"), outbound[0].key)

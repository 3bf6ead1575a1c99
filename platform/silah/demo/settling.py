"""The month's disputes and claims of each association, told through the services that pages call."""

from datetime import date, timedelta
from decimal import Decimal

from silah import clock
from silah.cases.models import Case
from silah.cases.workflow import perform
from silah.demo.answering import specimen
from silah.demo.playing import Diary, Staff
from silah.demo.voices import handler, known, person
from silah.documents import service as documents
from silah.documents.models import StoredFile
from silah.settlements import (
    claims,
    rules,
    undertakings,
)
from silah.settlements.claims import Told
from silah.settlements.models import COMPENSATION, DISPUTE, negotiation_of
from silah.settlements.offers import Draft, Promise
from silah.web.access import Member, Permission
from tenants import versions

LIMITS = {
    "management": Decimal(5000),
    "senior_management": Decimal(20000),
    "secretary_general": Decimal(50000),
}


def settle(staff: Staff) -> None:
    """A dispute in negotiation, one settled with promises; where the policy has compensation, two claims."""
    rules.save(rules.SettlementRules(limits=LIMITS))
    _negotiating(staff)
    _settled(staff)
    if versions.in_force(clock.today()).policy.compensation is not None:
        _lacking(staff)
        _paid(staff)


def _begun(kind: str, told: str, number: int, claimed: Decimal | None = None) -> Case:
    words = Told(told, claimed=claimed, person=person(number))
    return claims.receive(kind, words, by=None, channel=known("website")).case


def _negotiating(staff: Staff) -> None:
    diary = Diary(9, 3)
    with diary.later(0):
        case = _begun(DISPUTE, "سُلّمت لي سلة ناقصة مرتين، ولم أُعوَّض عن المرة الأولى.", 3)
    by = handler(staff, negotiation_of(case).body)
    with diary.later(2):
        perform(case, "offer", by, {"draft": Draft("سلة كاملة بديلة عن الناقصة.", None, _in(20))})
    with diary.later():
        terms = "سلة كاملة بديلة، ومبلغ عن أجرة النقل في المرتين."
        perform(case, "counter_offer", None, {"draft": Draft(terms, Decimal("150.00"), _in(20))})


def _settled(staff: Staff) -> None:
    diary = Diary(22, 5)
    with diary.later(0):
        case = _begun(DISPUTE, "تأخر ترميم المنزل شهرين عن الموعد المتفق عليه، وتلف بعض الأثاث.", 5)
    by, binder = handler(staff, negotiation_of(case).body), _binders(staff)[-1]
    with diary.later(2):
        promises = (
            Promise("association", "إصلاح الأثاث التالف على نفقة الجمعية", _in(12)),
            Promise("association", "إنهاء الترميم وتسليم المفتاح", _in(25)),
            Promise("beneficiary", "إخلاء الغرفتين قبل بدء العمل", _in(8)),
        )
        terms = "تُنهي الجمعية الترميم وتُصلح ما تلف، وتدفع بدل إيجار عن شهر التأخر."
        offer = perform(case, "offer", by, {"draft": Draft(terms, Decimal("1800.00"), _in(15), promises)})
    with diary.later():
        perform(case, "accept_offer", None, {"offer_id": offer.id})
    with diary.later():
        perform(case, "accept", binder, {"offer_id": offer.id})
    with diary.later(2):
        done = next(one for one in offer.undertakings if one.side == "beneficiary")
        undertakings.keep(done, by=by, remark="أُخليت الغرفتان وتسلمهما المقاول.", proof=_paper("محضر إخلاء"))


def _lacking(staff: Staff) -> None:
    diary = Diary(12, 7)
    with diary.later(0):
        case = _begun(COMPENSATION, "تلف جهاز التكييف عند تركيبه من فريق الجمعية.", 7, Decimal("2400.00"))
    with diary.later(2):
        perform(
            case,
            "harm",
            handler(staff, negotiation_of(case).body),
            {
                "harm": "تلف ضاغط جهاز التكييف.",
                "size": "قُدّر الإصلاح بألفي ريال وفق عرض سعر من الوكيل.",
                "causes": "خطأ في توصيل التيار عند التركيب.",
            },
        )


def _paid(staff: Staff) -> None:
    diary = Diary(28, 9)
    with diary.later(0):
        case = _begun(COMPENSATION, "انكسر باب المنزل عند نقل الأثاث المتبرع به.", 9, Decimal("1500.00"))
    first, second = _binders(staff)[0], _binders(staff)[-1]
    with diary.later(2):
        perform(
            case,
            "ground",
            first,
            {
                "ground": "judgment",
                "issued_by": "المحكمة العامة",
                "number": "4471/ح",
                "dated": clock.today(),
                "file": _paper("حكم قضائي"),
            },
        )
    with diary.later():
        draft = Draft("تدفع الجمعية قيمة الباب وأجرة تركيبه.", Decimal("1350.75"), _in(10))
        offer = perform(case, "offer", first, {"draft": draft})
    with diary.later():
        perform(case, "accept_offer", None, {"offer_id": offer.id})
    with diary.later():
        perform(case, "accept", second, {"offer_id": offer.id})
    with diary.later(3):
        perform(case, "pay", first, {"amount": Decimal("1350.75"), "on": clock.today(), "proof": _paper("إشعار تحويل")})
    with diary.later():
        perform(case, "close", second)


def _binders(staff: Staff) -> list[Member]:
    """Who may bind the association, the lowest limit first."""
    may = [one for one in staff.members.values() if one.may(Permission.BIND_ASSOCIATION)]
    return sorted({one.id: one for one in may}.values(), key=lambda one: max(LIMITS.get(k, 0) for k in one.role_keys))


def _in(days: int) -> date:
    return clock.today() + timedelta(days=days)


def _paper(title: str) -> StoredFile:
    return documents.keep(specimen(title), f"{title}.pdf", purpose="settlement")

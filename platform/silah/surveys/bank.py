"""Ready questions, which measure what the policies promise, and three ready questionnaires made of them. Data."""

from silah.surveys.definition import Definition, Option, Question, Section, When
from tenants.texts import Text

T = Text


def _options(*pairs: tuple[str, str, str]) -> tuple[Option, ...]:
    return tuple(Option(key=key, label=T(ar=ar, en=en)) for key, ar, en in pairs)


def _rated(key: str, ar: str, en: str, measures: str = "", *, required: bool = True) -> Question:
    return Question.model_validate(
        {"key": key, "kind": "rating", "text": T(ar=ar, en=en), "measures": measures, "required": required}
    )


QUESTIONS: dict[str, Question] = {
    one.key: one
    for one in (
        _rated("courtesy", "كيف تقيّم لطف الموظف واحترامه عند استقبالك؟",
               "How do you rate the courtesy and respect of the officer who received you?"),
        _rated("enough_time", "كيف تقيّم الوقت الذي أُعطي لك لشرح حاجتك؟",
               "How do you rate the time that you were given to explain what you need?"),
        _rated("all_answered", "كيف تقيّم إجابتنا عن أسئلتك كلها؟",
               "How do you rate the way in which all your questions were answered?"),
        _rated("accurate", "كيف تقيّم دقة الإجابات والمعلومات التي حصلت عليها؟",
               "How do you rate the accuracy of the answers that you were given?"),
        _rated("in_place", "كيف تقيّم إنجاز خدمتك في مكانك دون تنقل بين المكاتب؟",
               "How do you rate being served where you were, without being sent from office to office?"),
        _rated("hospitality", "كيف تقيّم حسن الضيافة في المقر؟",
               "How do you rate the welcome and hospitality at the office?"),
        _rated("on_time", "كيف تقيّم التزامنا بموعد الرد الذي أُبلغت به؟",
               "How do you rate our keeping to the time that we named for the reply?"),
        _rated("privacy", "كيف تقيّم محافظتنا على سرية بياناتك ووثائقك؟",
               "How do you rate the care with which your data and documents are kept confidential?"),
        _rated("satisfied", "ما مدى رضاك عن {الخدمة}؟", "How satisfied are you with {service}?", "csat"),
        _rated("easy", "كم كان الحصول على {الخدمة} سهلًا؟", "How easy was it to get {service}?", "ces"),
        Question(key="recommend", kind="scale", required=True, measures="nps",
                 text=T(ar="ما احتمال أن تنصح قريبًا أو صديقًا بالتوجه إلى الجمعية؟",
                        en="How likely are you to recommend the association to a relative or friend?")),
        Question(key="way", kind="one", text=T(ar="كيف تواصلت مع الجمعية؟", en="How did you reach the association?"),
                 options=_options(("visit", "زيارة المقر", "I visited the office"), ("phone", "الهاتف", "By telephone"),
                                  ("website", "الموقع الإلكتروني", "On the website"),
                                  ("delegate", "مندوب أو متطوع", "Through a delegate or volunteer"))),
        Question(key="why", kind="long",
                 text=T(ar="ما الذي لم يكن كما ينبغي؟", en="What was not as it should be?"),
                 hint=T(ar="لا تكتب اسمك ولا أسماء أحد؛ غايتنا أن نصحح لا أن نعاقب.",
                        en="Write no names, yours or anybody's: we want to correct, not to punish.")),
        Question(key="better", kind="long", text=T(ar="ما الذي تقترح أن نحسنه؟", en="What should we do better?"),
                 hint=T(ar="لا تكتب اسمك ولا أسماء أحد.", en="Write no names, yours or anybody's.")),
        Question(key="wanted", kind="ranking",
                 text=T(ar="رتب ما يهمك أكثر في خدماتنا.", en="Put in order what matters most to you in our services."),
                 options=_options(("speed", "سرعة الإنجاز", "Speed"), ("clarity", "وضوح الشروط", "Clear conditions"),
                                  ("manner", "حسن التعامل", "Good manners"))),
        Question(key="served", kind="many",
                 text=T(ar="بماذا استفدت من الجمعية هذا العام؟",
                        en="What did you receive from the association this year?"),
                 options=_options(("support", "دعم مالي أو عيني", "Aid in money or kind"),
                                  ("course", "دورة أو تدريب", "A course or training"),
                                  ("advice", "استشارة أو توجيه", "Advice"), ("other", "غير ذلك", "Something else"))),
        Question(key="times", kind="number", least=0, most=365,
                 text=T(ar="كم مرة تواصلت مع الجمعية هذا العام؟",
                        en="How many times were you in touch with the association this year?")),
        Question(key="departments", kind="matrix",
                 text=T(ar="قيّم تعاون الإدارات معك.", en="Rate how the departments work with you."),
                 rows=_options(("hr", "الموارد البشرية", "Human resources"), ("finance", "الإدارة المالية", "Finance"),
                               ("technical", "الدعم التقني", "Technical support"))),
        _rated("tools", "كيف تقيّم توفر الأدلة والنماذج التي تحتاجها لخدمة المستفيدين؟",
               "How do you rate the guides and forms that you have to serve beneficiaries?"),
    )
}  # fmt: skip


def bank(*keys: str, **changes: dict[str, object]) -> tuple[Question, ...]:
    """Ready questions by their keys, some of them changed."""
    return tuple(QUESTIONS[key].model_copy(update=changes.get(key, {})) for key in keys)


THANKS = T(
    ar="شكرًا لك. رأيك أداة نصحح بها عملنا، لا وسيلة عقاب ولا تشهير.",
    en="Thank you. We use your rating to correct our work, not to punish or defame anybody.",
)
TIME_AT_WORK = T(
    ar="كيف تقيّم كفاية الوقت المتاح لك لكل مستفيد؟", en="How do you rate the time that you have for each beneficiary?"
)
UNHAPPY = When(question="satisfied", any_of=("1", "2"))

READY: dict[str, Definition] = {
    "after_service": Definition(
        title=T(ar="رأيك في الخدمة", en="Your view of the service"),
        intro=T(ar="أسئلة قصيرة عن {الخدمة}، تستغرق دقيقتين.", en="A few questions about {service}: two minutes."),
        thanks=THANKS,
        sections=(
            Section(key="how", title=T(ar="كيف خدمناك", en="How you were served"),
                    questions=bank("satisfied", "courtesy", "enough_time", "accurate", "in_place",
                                   satisfied={"look": "faces"})),
            Section(key="words", title=T(ar="بكلماتك", en="In your words"),
                    questions=bank("easy", "why", "better", why={"when": UNHAPPY})),
        ),
    ),
    "yearly": Definition(
        title=T(ar="استطلاع رضا المستفيدين السنوي", en="Yearly survey of beneficiaries"),
        intro=T(ar="نسألك عن عامك معنا. تستغرق الأسئلة خمس دقائق.", en="About your year with us: five minutes."),
        thanks=THANKS,
        sections=(
            Section(key="year", title=T(ar="عامك مع الجمعية", en="Your year with us"),
                    questions=bank("served", "times", "way")),
            Section(key="manner", title=T(ar="التعامل والخدمة", en="Manner and service"),
                    questions=bank("satisfied", "courtesy", "all_answered", "accurate", "on_time", "privacy")),
            Section(key="ahead", title=T(ar="ما بعد ذلك", en="Looking ahead"),
                    questions=bank("recommend", "wanted", "why", "better", why={"when": UNHAPPY})),
        ),
    ),
    "internal": Definition(
        title=T(ar="رضا المستفيدين الداخليين", en="Satisfaction of internal beneficiaries"),
        intro=T(ar="للعاملين في الجمعية: كيف تخدم الإدارات بعضها بعضًا.",
                en="For staff: how departments serve each other."),
        thanks=THANKS,
        readers="staff",
        sections=(
            Section(key="work", title=T(ar="العمل معًا", en="Working together"),
                    questions=bank("departments", "tools", "enough_time",
                                   enough_time={"text": TIME_AT_WORK})),
            Section(key="words", title=T(ar="بكلماتك", en="In your words"), questions=bank("recommend", "better")),
        ),
    ),
}  # fmt: skip

"""What each setting by which cases are handled does, in both languages; keys are ``Part.field``."""

WORK: dict[str, tuple[str, str]] = {
    "Policy.outcome": (
        "الخيارات أمام صاحب القرار، وما يقال لمقدم الطلب.",
        "The choices of whoever decides, and what the applicant is told.",
    ),
    "Policy.steps": ("تُطبع الخطوات بهذا الترتيب، وتسير المعاملة بها.", "Printed in this order; cases follow them."),
    "Policy.committees": ("أعضاؤها يُسمَّون في صفحة اللجان.", "Their members are named on the committees' pages."),
    "Policy.compensation": (
        "تظهر للجمهور صفحة المطالبة بالتعويض؛ وبدونها لا تظهر.",
        "The public finds the page for claims; without this part there is none.",
    ),
    "Intake.incomplete": (
        "إما أن يُستلم الطلب وتُطلب نواقصه، أو لا يُستلم حتى يكتمل فيُعطى صاحبه قائمة بما ينقصه.",
        "Either taken in and the missing items are asked for, or not received until whole: a list of what is "
        "missing is given instead.",
    ),
    "Intake.criteria_handed_over": (
        "تُعرض المعايير والشروط قبل بدء الطلب.",
        "Criteria and conditions are shown before the request begins.",
    ),
    "Intake.complete_before_leaving": (
        "يُذكَّر الموظف بأن يستوفي البيانات قبل مغادرة المراجع.",
        "The officer is reminded to have all data before the visitor leaves.",
    ),
    "Reception.courtesy": (
        "يظهر في دليل الاستقبال القصير للموظف.",
        "Part of the officer's short guide to reception.",
    ),
    "Reception.enough_time": (
        "يظهر في دليل الاستقبال القصير للموظف.",
        "Part of the officer's short guide to reception.",
    ),
    "Reception.answers_all": (
        "يظهر في دليل الاستقبال القصير للموظف.",
        "Part of the officer's short guide to reception.",
    ),
    "Reception.accurate_answers": (
        "يظهر في دليل الاستقبال القصير للموظف.",
        "Part of the officer's short guide to reception.",
    ),
    "Reception.hospitality": (
        "يظهر في دليل الاستقبال القصير للموظف.",
        "Part of the officer's short guide to reception.",
    ),
    "MatchData.check": (
        "يُذكَّر به الموظف عند تسجيل الطلب.",
        "The officer is reminded of it while recording a request.",
    ),
    "ReferUnclear.to": (
        "تُعرض هذه الجهة أولًا عند إحالة المعاملة بسؤال.",
        "This role is offered first where a case is referred with a question.",
    ),
    "ReferUnclear.stand_ins": ("من يجيب إن غاب صاحب الدور.", "Who answers where the role's holder is away."),
    "ReferUnclear.answer_within": (
        "المهلة التي يُجاب فيها عن الإحالة، وإذا مضت نُبّه المسؤول والسائل؛ داخلية لا تُطبع.",
        "By when a referral is to be answered; once it passes, who is to answer and who asked are told. Never printed.",
    ),
    "ReferUnclear.matters": (
        "تُعرض المسألة بجانب الدور عند الإحالة؛ داخلية لا تُطبع.",
        "The matter stands beside its role where a case is referred; internal, never printed.",
    ),
    "ReferUnclear.text": ("النص المطبوع لهذه الخطوة.", "The printed words of this step."),
    "ReferralMatter.stand_ins": ("من يجيب إن غاب صاحب الدور.", "Who answers where the role's holder is away."),
    "ReferralMatter.answer_within": (
        "المهلة التي يُجاب فيها عن هذه المسألة.",
        "By when a referral on this matter is to be answered.",
    ),
    "ReferralMatter.about": (
        "يظهر بجانب الدور لمن يحيل المعاملة.",
        "Shown beside the role to whoever refers a case.",
    ),
    "ReferralMatter.to": ("يُعرض هذا الدور عند الإحالة.", "This role is offered where a case is referred."),
    "Attest.signer": (
        "من يوقّع الإقرار قبل الدراسة: مقدم الطلب أو المستفيد نفسه.",
        "Who signs before the study: the applicant, or the beneficiary in person.",
    ),
    "Attest.directly_responsible": (
        "يضيف نص الإقرار أن الموقّع مسؤول مباشرة عن بياناته.",
        "The statement that is signed adds that the signer is directly responsible for the data.",
    ),
    "Attest.completes": (
        "لا يُعد الطلب مكتملًا قبل التوقيع، فتبدأ المدة المحسوبة من الاكتمال من يوم التوقيع إن كان آخر ما استُكمل.",
        "A request is complete only once it is signed: a period from completeness starts on the day of the signature "
        "where that came last.",
    ),
    "Attest.text": (
        "النص المطبوع لهذه الخطوة؛ ونص الإقرار نفسه يتبع ما يُختار أدناه.",
        "The printed words of this step; the statement itself follows what is chosen below.",
    ),
    "Study.by": (
        "تصل إليها الطلبات المكتملة وهي التي تقرر؛ ويُبلَّغ مقدم الطلب باسمها.",
        "Complete requests go to this body, which decides; the applicant is told its name.",
    ),
    "Study.text": ("النص المطبوع لهذه الخطوة.", "The printed words of this step."),
    "Committee.quorum": ("لا يُعتد باجتماع دون هذا النصاب.", "A meeting without it decides nothing."),
    "Committee.quorum_value": ("عدد الأعضاء، أو نسبة منهم (مثل 0.5).", "Members, or a share of them such as 0.5."),
    "Committee.chair_casts": ("صوت الرئيس يحسم عند التساوي.", "On a tie the chair's vote decides."),
    "Committee.proxies": ("يصوّت عضو عن عضو غائب.", "A member may vote for an absent one."),
    "Committee.name": (
        "كما يُبلَّغ مقدم الطلب وكما يُكتب في المحاضر.",
        "As the applicant is told, and as minutes call it.",
    ),
    "ReplyPeriod.bound": (
        "الحد الأدنى يمنع الرد قبل موعد ولا يتأخر عنه أحد؛ والحد الأقصى موعد أخير، بعده تُعد المعاملة متأخرة وتُصعَّد.",
        "A floor keeps replies back until a day, and nothing is ever overdue; a ceiling is a latest day, "
        "past which a case is overdue and escalates.",
    ),
    "ReplyPeriod.amount": ("يوم البداية لا يُحسب.", "The day on which it starts is day zero."),
    "ReplyPeriod.unit": (
        "أيام العمل وحدها تتخطى عطلة نهاية الأسبوع والإجازات.",
        "Only working days skip the weekend and holidays.",
    ),
    "ReplyPeriod.starts": (
        "ما تقوله السياسة؛ اتركه فارغًا إن سكتت عنه.",
        "What the policy says; leave it unset where it is silent.",
    ),
    "ReplyPeriod.chosen_start": (
        "يُعمل به حيث تسكت السياسة عن البداية.",
        "Used where the policy does not say from when.",
    ),
    "ReplyPeriod.target": (
        "هدف داخلي للموظفين لا يُطبع، يُنبَّه حامل المعاملة إذا مضى.",
        "An internal aim, never printed; the holder is told when it passes.",
    ),
    "Calendar.weekend": ("أيام لا تُعد أيام عمل.", "Days that are no working days."),
    "Calendar.holidays": (
        "تُضاف إليها الأيام التي تحررها الجمعية في صفحة التقويم.",
        "The days on the calendar's page come on top.",
    ),
    "Complaints.named": (
        "يُذكر في بيانات السياسة المنشورة؛ والشكاوى تُستلم في كل حال.",
        "Stated in the published data; complaints are taken in any case.",
    ),
    "Complaints.channels": ("القنوات التي تُقدَّم بها الشكوى.", "By what a complaint is made."),
    "Complaints.body": ("الجهة التي تعالج الشكاوى.", "Who handles complaints."),
    "Complaints.answer_within": (
        "مهلة الرد على الشكوى، وبعدها تُعد متأخرة وتُصعَّد؛ داخلية لا تُطبع. إن تُركت فمهلة صفحة الشكاوى.",
        "By when a complaint is answered; past it the complaint is overdue and escalates. Never printed. "
        "Where it is unset, the period on the complaints' page holds.",
    ),
    "Complaints.disputes_as_principle": (
        "تُعالج الخلافات بالتسوية الودية.",
        "Disputes are handled, by amicable settlement.",
    ),
    "Complaints.amicable_settlement": (
        "تُعالج الخلافات بالتسوية الودية: عرض ثم قبول أو رفض.",
        "Disputes are settled amicably: an offer, and its acceptance or refusal.",
    ),
    "Complaints.quickly": (
        "يُذكر في بيانات السياسة المنشورة؛ والمهلة نفسها تُكتب أدناه.",
        "Stated in the published data; the period itself is set below.",
    ),
    "Complaints.technical_support": (
        "يُذكر في بيانات السياسة المنشورة؛ وبلاغ العطل في قناة يُستلم في صفحة الاستفسار في كل حال.",
        "Stated in the published data; trouble with a channel can be reported on the page for questions in any case.",
    ),
    "Compensation.body": ("الجهة التي تثبت الضرر بمحضر.", "Who establishes harm, by minutes."),
    "Compensation.evidence": ("ما يمكن أن يثبت به الحق في التعويض.", "What can show that compensation is due."),
    "Compensation.enough": (
        "كل مجموعة تكفي وحدها، وما في المجموعة يلزم معًا.",
        "Each set is enough by itself; all of a set are needed together.",
    ),
    "Compensation.negotiation": ("طريق إلى تحديد المقدار، وليس بينة.", "A route to the amount, not evidence."),
    "Informing.liaison_by": (
        "إذا لم تسمِّ خطوات التعامل من يجيب أُحيلت المعاملات إلى ضابط الاتصال؛ وتُوزَّع المجالات في صفحة ضباط الاتصال.",
        "Where no dealing step names who answers, cases are referred to liaison officers; their fields are "
        "set on the liaison officers' page.",
    ),
    "Informing.enquiry_channels": (
        "يُذكر في بيانات السياسة المنشورة؛ والاستفسارات تُستلم في كل حال.",
        "Stated in the published data; inquiries are taken in any case.",
    ),
    "Informing.updates_published": (
        "يُذكر في بيانات السياسة المنشورة؛ والإعلانات تُكتب في صفحة الإعلانات.",
        "Stated in the published data; notices are written on the page for notices.",
    ),
    "Satisfaction.rating_is_a_right": (
        "يُذكر في بيانات السياسة المنشورة؛ وصفحة التقييم تقوله لكل من يقيّم في كل حال.",
        "Stated in the published data; the page for rating tells it to everybody who rates in any case.",
    ),
    "Satisfaction.for_correction_not_punishment": (
        "يُذكر في بيانات السياسة المنشورة؛ وصفحة التقييم تقوله لكل من يقيّم في كل حال.",
        "Stated in the published data; the page for rating tells it to everybody who rates in any case.",
    ),
    "Satisfaction.instruments": ("ما تُقاس به الرضا ودوريته.", "By what satisfaction is measured, and how often."),
    "Satisfaction.core_objective": ("يُذكر في بيانات السياسة المنشورة.", "Stated in the policy's published data."),
    "Satisfaction.quality_culture": ("يُذكر في بيانات السياسة المنشورة.", "Stated in the policy's published data."),
    "Reply.text": (
        "النص المطبوع لهذه الخطوة؛ والموعد نفسه من مدة الرد أعلاه.",
        "The printed words of this step; the day itself follows from the period above.",
    ),
    "_Step.text": ("النص المطبوع لهذه الخطوة.", "The printed words of this step."),
    "_Step.says": (
        "إعدادات يثبتها هذا النص؛ يكشف المدقق ما خالفها.",
        "Settings that this wording fixes; the checker tells where they part ways.",
    ),
    "Span.unit": (
        "أيام العمل وحدها تتخطى عطلة نهاية الأسبوع والإجازات.",
        "Only working days skip the weekend and holidays.",
    ),
    "Span.amount": ("يوم البداية لا يُحسب.", "The day on which it starts is day zero."),
    "Evidence.name": (
        "ما يُختار من البينات عند النظر في المطالبة.",
        "The ground as it is chosen when a claim is considered.",
    ),
    "Evidence.requires": (
        "لا تُقبل البينة حتى يستوفي المحضر هذه.",
        "The ground stands only once the minutes hold these.",
    ),
    "Instrument.kind": (
        "يُقارن برنامج قياس الرضا بين ما وُعد به هنا وما أُنجز.",
        "The programme of satisfaction shows what is promised here beside what was done.",
    ),
    "Instrument.cadence": (
        "الدوري يُطالَب به في كل فترة، والمستمر متاح دائمًا.",
        "What is periodic is missed where a period passes without it; what is continuous is always there.",
    ),
    "Instrument.by": ("الدور الذي يتابعه.", "The role that follows it."),
    "Instrument.covers": ("ما تشمله المتابعة.", "What the follow-up is about."),
}

"""What each setting does, in plain words: said beside it where it is edited. Keys are ``Part.field``."""

from tenants.texts import Text

_SAID: dict[str, tuple[str, str]] = {
    "Policy.title": ("عنوان صفحة السياسة ووثيقتها المطبوعة.", "Heads the public page and the printed document."),
    "Policy.entity": ("يُذكر في بيانات السياسة المنشورة.", "Stated in the published data of the policy."),
    "Policy.request_word": (
        "الاسم الذي يراه الجمهور للطلب في الصفحات والرسائل.",
        "What pages and letters call a request.",
    ),
    "Policy.several_channels": (
        "فعّله إن كانت السياسة تذكر «قنوات متعددة» دون أن تعددها.",
        "For a policy that speaks of several channels and lists none.",
    ),
    "Policy.outcome": (
        "الخيارات أمام صاحب القرار، وما يقال لمقدم الطلب.",
        "The choices of whoever decides, and what the applicant is told.",
    ),
    "Policy.lettering": ("كيف تُعلَّم عناوين البنود.", "How the headings of clauses are marked."),
    "Identity.name": ("اسم الجمعية كما تذكره السياسة.", "The association's name as the policy states it."),
    "Identity.letterhead": ("الخانات التي تُترك في رأس الوثيقة.", "The blanks that the letterhead leaves."),
    "Identity.licence_shown": ("يُطبع الرقم في رأس الوثيقة.", "The number is printed on the letterhead."),
    "Audience.in_title": ("من يذكرهم العنوان.", "Whom the title names."),
    "Audience.one": ("كيف تسمي السياسة من تخدمه، مفردًا.", "What the policy calls one of those it serves."),
    "Audience.relation": ("«بين» المستفيدين أو «مع» المستفيدين.", "“Between” beneficiaries, or “with” them."),
    "Preamble.sources": ("المرجع في معرفة الحقوق والواجبات.", "The reference for rights and duties."),
    "Preamble.items": ("فقرات التمهيد كما تُطبع.", "The points of the preamble as printed."),
    "Scope.binds": ("من يُطلب منهم الاطلاع على السياسة.", "Who is asked to take the policy up."),
    "Scope.exempt_with_own_policy": (
        "من صدرت له سياسة خاصة لا تُطلب منه هذه.",
        "Those with a policy of their own are not asked to take up this one.",
    ),
    "Objectives.general": ("يُطبع تحت عنوان الهدف العام.", "Printed under the general objective."),
    "Objectives.detailed": ("وسائل الهدف فقرات تحته.", "The means of an objective are points below it."),
    "Channel.kind": (
        "البريد والرسائل النصية يرسلهما النظام بنفسه، وغيرهما يحمله موظف.",
        "E-mail and text messages are sent by the platform; a person carries the others.",
    ),
    "Channel.address": ("يُعرض للجمهور رابطًا إن كان رقمًا أو بريدًا.", "Shown to the public, as a link where it can be."),
    "Channel.owner": ("الدور المسؤول عن متابعة ما يصل بها.", "The role that looks after what comes by it."),
    "Channel.inbound": (
        "يستطيع الموظف تسجيل معاملة وصلت بهذه القناة.",
        "Staff can record a case that arrived by this channel.",
    ),
    "Channel.outbound": (
        "يستطيع مقدم الطلب أن يختارها ليصله الرد.",
        "An applicant can choose it for the reply.",
    ),
    "Channel.public": ("تظهر في الصفحة الأولى للجمهور.", "It stands on the public's first page."),
    "Channel.listed": ("تُطبع في قائمة القنوات.", "It is printed in the list of channels."),
    "Channel.retired": (
        "لا تُعرض ولا يُسجَّل بها جديد، وتبقى مذكورة في معاملاتها السابقة.",
        "It is offered no more; cases that came by it keep it.",
    ),
    "Tool.public": ("يُتاح للجمهور الاطلاع عليها.", "The public may read it."),
    "Intake.incomplete": (
        "إما أن يُستلم الطلب وتُطلب نواقصه، أو لا يُستلم حتى يكتمل فيُعطى صاحبه قائمة بما ينقصه.",
        "Either taken in and the missing items are asked for, or not received until whole: a list of what is missing "
        "is given instead.",
    ),
    "Intake.criteria_handed_over": (
        "تُعرض المعايير والشروط قبل بدء الطلب.",
        "Criteria and conditions are shown before the request begins.",
    ),
    "Intake.complete_before_leaving": (
        "يُذكَّر الموظف بأن يستوفي البيانات قبل مغادرة المراجع.",
        "The officer is reminded to have all data before the visitor leaves.",
    ),
    "Policy.steps": ("تُطبع الخطوات بهذا الترتيب، وتسير المعاملة بها.", "Printed in this order; cases follow them."),
    "Reception.courtesy": ("يظهر في دليل الاستقبال القصير للموظف.", "Part of the officer's short guide to reception."),
    "MatchData.check": ("ما يتحقق منه الموظف عند التقديم.", "What the officer checks at submission."),
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
    "ReferralMatter.stand_ins": ("من يجيب إن غاب صاحب الدور.", "Who answers where the role's holder is away."),
    "ReferralMatter.answer_within": (
        "المهلة التي يُجاب فيها عن هذه المسألة.",
        "By when a referral on this matter is to be answered.",
    ),
    "Attest.signer": (
        "من يوقّع الإقرار قبل الدراسة: مقدم الطلب أو المستفيد نفسه.",
        "Who signs before the study: the applicant, or the beneficiary in person.",
    ),
    "Attest.directly_responsible": (
        "يقول نص الإقرار إن الموقّع مسؤول مباشرة عن بياناته.",
        "The statement says that the signer is directly responsible for the data.",
    ),
    "Study.by": (
        "تصل إليها الطلبات المكتملة وهي التي تقرر؛ ويُبلَّغ مقدم الطلب باسمها.",
        "Complete requests go to this body, which decides; the applicant is told its name.",
    ),
    "Policy.committees": ("أعضاؤها يُسمَّون في صفحة اللجان.", "Their members are named on the committees' pages."),
    "Committee.quorum": ("لا يُعتد باجتماع دون هذا النصاب.", "A meeting without it decides nothing."),
    "Committee.quorum_value": ("عدد الأعضاء، أو نسبة منهم (مثل 0.5).", "Members, or a share of them such as 0.5."),
    "Committee.chair_casts": ("صوت الرئيس يحسم عند التساوي.", "On a tie the chair's vote decides."),
    "Committee.proxies": ("يصوّت عضو عن عضو غائب.", "A member may vote for an absent one."),
    "ReplyPeriod.bound": (
        "الحد الأدنى يمنع الرد قبل موعد ولا يتأخر عنه أحد؛ والحد الأقصى موعد أخير، بعده تُعد المعاملة متأخرة وتُصعَّد.",
        "A floor keeps replies back until a day, and nothing is ever overdue; a ceiling is a latest day, past which a "
        "case is overdue and escalates.",
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
    "Complaints.named": ("فعّله إن ذكرت السياسة الشكاوى نصًا.", "For a policy that speaks of complaints by name."),
    "Complaints.channels": ("القنوات التي تُقدَّم بها الشكوى.", "By what a complaint is made."),
    "Complaints.body": ("الجهة التي تعالج الشكاوى.", "Who handles complaints."),
    "Complaints.answer_within": ("داخلية لا تُطبع.", "Internal, never printed."),
    "Compensation.body": ("الجهة التي تثبت الضرر بمحضر.", "Who establishes harm, by minutes."),
    "Compensation.evidence": ("ما يمكن أن يثبت به الحق في التعويض.", "What can show that compensation is due."),
    "Compensation.enough": (
        "كل مجموعة تكفي وحدها، وما في المجموعة يلزم معًا.",
        "Each set is enough by itself; all of a set are needed together.",
    ),
    "Compensation.negotiation": (
        "طريق إلى تحديد المقدار، وليس بينة.",
        "A route to the amount, not evidence.",
    ),
    "Informing.liaison_by": (
        "تُوجَّه الاستفسارات إلى ضابط الاتصال بحسب هذا.",
        "Inquiries go to liaison officers by this.",
    ),
    "Relationship.duties": ("تُذكر في صفحة السياسة وبياناتها.", "Stated with the policy and its data."),
    "Satisfaction.rating_is_a_right": (
        "يُدعى المستفيد إلى التقييم ويُقال له إنه حق له.",
        "Beneficiaries are invited to rate, and told that it is their right.",
    ),
    "Satisfaction.for_correction_not_punishment": (
        "يُذكر هذا الغرض مع كل دعوة للتقييم.",
        "The purpose is stated with each invitation to rate.",
    ),
    "Satisfaction.instruments": ("ما تُقاس به الرضا ودوريته.", "By what satisfaction is measured, and how often."),
    "Responsibilities.taken_up_by": (
        "التعميم يسجل وصولها إلى كل عامل؛ والتوقيع يطلب من كل عامل أن يقرأ ويوقّع.",
        "Circulation records receipt by all staff; signature asks each of them to read and sign.",
    ),
    "DocumentControl.version": ("يُطبع في ضبط الوثيقة.", "Printed in the control of the document."),
    "DocumentControl.amendment": ("يُطبع في ضبط الوثيقة.", "Printed in the control of the document."),
    "DocumentControl.chain": (
        "الإجراءات التي يمر بها كل إصدار قبل أن يُعتمد، بهذا الترتيب.",
        "The acts that each version goes through before it is approved, in this order.",
    ),
    "DocumentControl.approver_differs": (
        "لا يعتمد أحد ما أعدّه أو حرّره.",
        "Nobody approves what they prepared or edited.",
    ),
    "DocumentControl.sign_offs": (
        "الصفة كما تُطبع؛ ويُملأ التاريخ عند الإجراء.",
        "The capacity as printed; the date is filled in by the act.",
    ),
    "DocumentControl.board": (
        "يُملأ رقم الجلسة وتاريخها عند تسجيلها.",
        "Number and date are filled in when the session is recorded.",
    ),
    "PolicyReview.every_months": (
        "يُذكَّر المسؤولون قبل أن يحل موعد مراجعة السياسة.",
        "Those who keep the policy are reminded before its review falls due.",
    ),
    "Section.draws": (
        "تُطبع تحت العنوان فقرات هذا الإعداد بعد فقراته الخاصة.",
        "The points of that setting are printed under the heading, after its own.",
    ),
    "Section.letter": ("يُطبع كما هو قبل العنوان.", "Printed as it is before the heading."),
    "Clause.says": (
        "إعدادات يثبتها هذا النص؛ يكشف المدقق ما خالفها.",
        "Settings that this wording fixes; the checker tells where they part ways.",
    ),
}


def effect(owner: str, name: str) -> Text:
    """What this setting does; an empty text where its label says it all."""
    arabic, english = _SAID.get(f"{owner}.{name}", ("", ""))
    return Text(ar=arabic, en=english)

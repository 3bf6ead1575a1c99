"""What each setting of the document itself does, in both languages; keys are ``Part.field``."""

PAPER: dict[str, tuple[str, str]] = {
    "Policy.title": ("عنوان صفحة السياسة ووثيقتها المطبوعة.", "Heads the public page and the printed document."),
    "Policy.entity": ("يُذكر في بيانات السياسة المنشورة.", "Stated in the published data of the policy."),
    "Policy.request_word": (
        "ما تسمي به الصفحة الأولى للجمهور تقديمَ الطلب.",
        "What the public's first page calls sending a request.",
    ),
    "Policy.several_channels": (
        "فعّله إن كانت السياسة تذكر «قنوات متعددة» دون أن تعددها.",
        "For a policy that speaks of several channels and lists none.",
    ),
    "Policy.lettering": ("كيف تُعلَّم عناوين البنود.", "How the headings of clauses are marked."),
    "Policy.channels": (
        "منها ما تصل به المعاملات وما يخرج به الرد؛ وتُعرض للجمهور بهذا الترتيب.",
        "By these cases arrive and replies go out; the public sees them in this order.",
    ),
    "Policy.tools": (
        "لكل أداة مكان في المكتبة تُرفع فيه إصداراتها.",
        "Each has its place in the library, where its versions are uploaded.",
    ),
    "Policy.sections": ("عناوين الوثيقة بترتيبها.", "The headings of the document in their order."),
    "Identity.name": ("اسم الجمعية كما تذكره السياسة.", "The association's name as the policy states it."),
    "Identity.letterhead": (
        "خانات تُترك بيضاء في رأس وثيقة السياسة المطبوعة.",
        "Blanks that the letterhead of the printed policy leaves.",
    ),
    "Identity.licence_shown": (
        "يُطبع في رأس وثيقة السياسة رقم الترخيص المحفوظ في الإعدادات.",
        "The licence number kept under Settings stands on the letterhead of the printed policy.",
    ),
    "Identity.brand": (
        "الاسم المختصر كما تذكره السياسة؛ والاسم الظاهر في الصفحات من الإعدادات.",
        "The short name in the policy; the name on pages is the one under Settings.",
    ),
    "Identity.logo": (
        "اسم ملف الشعار في الأصل؛ والشعار الظاهر يُرفع في الإعدادات.",
        "The logo's file in the original; the logo that is shown is uploaded under Settings.",
    ),
    "Identity.licence_number": (
        "كما ورد في الأصل؛ والرقم المطبوع هو الذي في الإعدادات.",
        "As in the original; the number that is printed is the one under Settings.",
    ),
    "Identity.letterhead_number": (
        "كما ورد في الأصل؛ والرقم المطبوع هو الذي في الإعدادات.",
        "As in the original; the number that is printed is the one under Settings.",
    ),
    "Audience.in_title": ("من يذكرهم العنوان.", "Whom the title names."),
    "Audience.one": (
        "كيف تسمي السياسة من تخدمه، مفردًا؛ تُذكر في بياناتها المنشورة.",
        "What the policy calls one of those it serves; stated in its published data.",
    ),
    "Audience.relation": (
        "«بين» المستفيدين أو «مع» المستفيدين؛ تُذكر في بيانات السياسة المنشورة.",
        "“Between” beneficiaries, or “with” them; stated in the policy's published data.",
    ),
    "Audience.many": (
        "كيف تسمي السياسة من تخدمهم، جمعًا؛ تُذكر في بياناتها المنشورة.",
        "What the policy calls those it serves; stated in its published data.",
    ),
    "Audience.members_and_services": (
        "تسأل نماذج الطلب عن رقم العضوية.",
        "The forms of requests ask for the membership number.",
    ),
    "Preamble.sources": ("المرجع في معرفة الحقوق والواجبات.", "The reference for rights and duties."),
    "Preamble.items": ("فقرات التمهيد كما تُطبع.", "The points of the preamble as printed."),
    "Preamble.parties": (
        "تُذكر في بيانات السياسة المنشورة؛ وما يُطبع هو فقرات التمهيد أدناه.",
        "Stated in the published data; what is printed are the points below.",
    ),
    "Preamble.settles_disputes": ("يُذكر في بيانات السياسة المنشورة.", "Stated in the policy's published data."),
    "Preamble.rights_renewed": ("يُذكر في بيانات السياسة المنشورة.", "Stated in the policy's published data."),
    "Preamble.shortfalls_remedied": ("يُذكر في بيانات السياسة المنشورة.", "Stated in the policy's published data."),
    "Scope.binds": ("من يُطلب منهم الاطلاع على السياسة.", "Who is asked to take the policy up."),
    "Scope.exempt_with_own_policy": (
        "يُذكر في بيانات السياسة المنشورة؛ ومن له سياسة خاصة به يُعفى في صفحته ضمن «العاملون».",
        "Stated in the published data; who has a policy of their own is exempted on their page under Staff.",
    ),
    "Scope.items": ("فقرات النطاق كما تُطبع.", "The points of the scope as printed."),
    "Objectives.general": ("يُطبع تحت عنوان الهدف العام.", "Printed under the general objective."),
    "Objectives.detailed": ("وسائل الهدف فقرات تحته.", "The means of an objective are points below it."),
    "Channel.kind": (
        "البريد والرسائل النصية يرسلهما النظام بنفسه، وغيرهما يحمله موظف.",
        "E-mail and text messages are sent by the platform; a person carries the others.",
    ),
    "Channel.address": (
        "يُعرض للجمهور رابطًا إن كان رقمًا أو بريدًا.",
        "Shown to the public, as a link where it can be.",
    ),
    "Channel.owner": ("الدور المسؤول عن متابعة ما يصل بها.", "The role that looks after what comes by it."),
    "Channel.inbound": (
        "يستطيع الموظف تسجيل معاملة وصلت بهذه القناة.",
        "Staff can record a case that arrived by this channel.",
    ),
    "Channel.outbound": ("يستطيع مقدم الطلب أن يختارها ليصله الرد.", "An applicant can choose it for the reply."),
    "Channel.public": ("تظهر في الصفحة الأولى للجمهور.", "It stands on the public's first page."),
    "Channel.listed": ("تُطبع في قائمة القنوات.", "It is printed in the list of channels."),
    "Channel.retired": (
        "لا تُعرض ولا يُسجَّل بها جديد، وتبقى مذكورة في معاملاتها السابقة.",
        "It is offered no more; cases that came by it keep it.",
    ),
    "Channel.name": (
        "كما يُطبع ويُعرض، وكما يُذكر في المعاملات.",
        "As it is printed and shown, and as cases name it.",
    ),
    "Channel.hours": ("تُعرض للجمهور بجانب العنوان.", "Shown to the public beside the address."),
    "Tool.public": ("يُتاح للجمهور الاطلاع عليها.", "The public may read it."),
    "Tool.kind": (
        "النماذج تُعرض على الموظف في صفحة المعاملة؛ ويُغيَّر ذلك في المكتبة.",
        "What it is decides on which case pages it is offered at first; the library changes that.",
    ),
    "Tool.name": ("كما تُطبع وكما تُسمى في المكتبة.", "As it is printed, and called in the library."),
    "Relationship.duties": (
        "تُذكر في بيانات السياسة المنشورة؛ وما يقرؤه الجمهور هو البنود المطبوعة.",
        "Stated in the policy's published data; what the public reads are the printed clauses.",
    ),
    "Responsibilities.taken_up_by": (
        "التعميم يسجل وصولها إلى كل عامل؛ والتوقيع يطلب من كل عامل أن يقرأ ويوقّع.",
        "Circulation records receipt by all staff; signature asks each of them to read and sign.",
    ),
    "Responsibilities.read_work_regulations": (
        "يُذكر في بيانات السياسة المنشورة؛ ولوائح العمل تُعرض على العاملين في حملة من صفحة الاطلاع والتوقيع.",
        "Stated in the published data; the work regulations are put before the staff by a campaign on the "
        "page for reading and signing.",
    ),
    "Responsibilities.hr_spreads_awareness": (
        "يُذكر في بيانات السياسة المنشورة؛ وأنشطة التوعية تُسجَّل في صفحة الاطلاع والتوقيع.",
        "Stated in the published data; awareness activities are recorded on the page for reading and signing.",
    ),
    "Responsibilities.hr_gives_copies": (
        "يُذكر في بيانات السياسة المنشورة؛ وكل حملة ترسل نسخة إلى كل إدارة.",
        "Stated in the published data; each campaign sends every department a copy.",
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
    "DocumentControl.issued": (
        "يُحفظ تاريخًا للحساب؛ والمطبوع هو النص أدناه.",
        "Kept as a date; what is printed is the text below.",
    ),
    "DocumentControl.issued_printed": (
        "يُطبع كما كُتب، ولو كان ناقصًا.",
        "Printed as it is written, even where it is unfinished.",
    ),
    "DocumentControl.amended": (
        "يُحفظ تاريخًا للحساب؛ والمطبوع هو النص أدناه.",
        "Kept as a date; what is printed is the text below.",
    ),
    "DocumentControl.amended_printed": (
        "يُطبع كما كُتب، ولو كان ناقصًا.",
        "Printed as it is written, even where it is unfinished.",
    ),
    "DocumentControl.copyright_year": (
        "يُطبع في ضبط الوثيقة إن كُتب.",
        "Printed in the control of the document where it is given.",
    ),
    "DocumentControl.ratification": (
        "إذا كانت المصادقة في السلسلة صادق الرئيس بتوقيع وختم.",
        "Where the chain has it, the chair ratifies with signature and seal.",
    ),
    "PolicyReview.every_months": (
        "يُذكَّر المسؤولون قبل أن يحل موعد مراجعة السياسة.",
        "Those who keep the policy are reminded before its review falls due.",
    ),
    "PolicyReview.continuous": (
        "يُذكر في بيانات السياسة المنشورة؛ والتذكير يتبع عدد الأشهر.",
        "Stated in the published data; reminders follow from the number of months.",
    ),
    "PolicyReview.circulated_after": (
        "يُعمَّم كل إصدار جديد على العاملين.",
        "Each new version is circulated to the staff.",
    ),
    "PolicyReview.rights_renewed": ("يُذكر في بيانات السياسة المنشورة.", "Stated in the policy's published data."),
    "Section.draws": (
        "تُطبع تحت العنوان فقرات هذا الإعداد بعد فقراته الخاصة.",
        "The points of that setting are printed under the heading, after its own.",
    ),
    "Section.letter": ("يُطبع كما هو قبل العنوان.", "Printed as it is before the heading."),
    "Section.heading": ("يُطبع عنوانًا.", "Printed as a heading."),
    "Section.items": ("فقرات تُطبع تحت العنوان.", "Points printed under the heading."),
    "Clause.says": (
        "إعدادات يثبتها هذا النص؛ يكشف المدقق ما خالفها.",
        "Settings that this wording fixes; the checker tells where they part ways.",
    ),
    "Clause.text": ("يُطبع كما كُتب هنا.", "Printed as it is written here."),
    "Clause.items": ("تُطبع تحتها.", "Printed below it."),
    "Ratification.by": ("الصفة كما تُطبع.", "The capacity as printed."),
    "Ratification.marks": (
        "ما تترك له الوثيقة مكانًا قبل المصادقة.",
        "What the document leaves room for until it is ratified.",
    ),
}

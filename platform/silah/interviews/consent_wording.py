"""What a person is told before an interview, in both languages: it is kept with each interview as it was then."""

CONSENT_AR = (
    "نود أن نسألك عن خدمات الجمعية لنحسّنها. المشاركة باختيارك، ولا يتأثر ما تستحقه بقبولك أو رفضك. لك ألا تجيب عن أي "
    "سؤال، وأن توقف المقابلة متى شئت، وأن تطلب بعدها حذف ما دُوّن. نحفظ ملاحظاتنا مشفّرة، ولا يطّلع عليها إلا من يعمل على "
    "تحسين الخدمة، ولا يظهر اسمك في النتائج. فهل توافق؟"
)
CONSENT_EN = (
    "We would like to ask you about the association's services so that we can improve them. You are free to take part "
    "or not, and what you are due does not depend on it. You may leave any question unanswered, stop whenever you "
    "like, and ask afterwards that what was noted is erased. Our notes are kept encrypted and read only by those who "
    "work on improving the service; your name appears in no result. Do you agree?"
)

"""Reply periods and reckonings in words, Arabic and English, with Arabic's own plurals."""

from collections.abc import Sequence
from datetime import date

from tenants.spans import Day, ReplyPeriod, Span
from tenants.texts import Text, join_words

# One, two, three to ten, eleven and more: as they stand after a preposition or as an object.
_ARABIC = {
    "weeks": ("أسبوع واحد", "أسبوعين", "أسابيع", "أسبوعًا"),
    "days": ("يوم واحد", "يومين", "أيام", "يومًا"),
    "working_days": ("يوم عمل واحد", "يومي عمل", "أيام عمل", "يوم عمل"),
}
_ENGLISH = {"weeks": "week", "days": "day", "working_days": "working day"}
_FROM = {
    "received": Text(ar="من تاريخ استلام الطلب", en="from receipt of the request"),
    "complete": Text(ar="من تاريخ اكتمال الطلب", en="from completeness of the request"),
}
_SINCE = {
    "received": Text(ar="من تاريخ الاستلام", en="from receipt"),
    "complete": Text(ar="من تاريخ اكتمال الطلب", en="from completeness of the request"),
}
_PENDING = {
    "received": Text(
        ar="لم يُستلم الطلب بعد، وتُحسب المدة من تاريخ استلامه.",
        en="The request has not been received yet; the period is counted from its receipt.",
    ),
    "complete": Text(
        ar="لم يكتمل الطلب بعد، وتُحسب المدة من تاريخ اكتماله.",
        en="The request is not complete yet; the period is counted from its completeness.",
    ),
}
_STANDING = Text(
    ar="العدّ متوقف إلى أن يصل ما يُنتظر، ثم يُستأنف.",
    en="The count stands still until what is awaited arrives, and then goes on.",
)
_WHY = {
    "start": Text(ar="يوم البداية ولا يُحسب", en="start, day zero"),
    "day": Text(ar="يوم محسوب", en="day"),
    "working_day": Text(ar="يوم عمل محسوب", en="working day"),
    "weekend": Text(ar="عطلة نهاية الأسبوع", en="weekend"),
    "holiday": Text(ar="عطلة رسمية", en="holiday"),
    "pause": Text(ar="يوم انتظار لا يُحسب", en="waiting, not counted"),
}
_WEEKDAYS_AR = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
_MONTHS_AR = (
    "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو",
    "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
)  # fmt: skip


def span_words(span: Span) -> Text:
    """A length of time in words: two weeks, 15 working days."""
    number, unit = span.amount, _ENGLISH[span.unit]
    english = f"{number} {unit}" if number == 1 else f"{number} {unit}s"
    return Text(ar=_counted(number, _ARABIC[span.unit]), en=english)


def period_words(period: ReplyPeriod) -> Text:
    """The promise in words, and what it counts from where the policy says so: fit for printing."""
    span = span_words(period)
    limit = (
        Text(ar=f"مدة لا تقل عن {span.ar}", en=f"not less than {span.en}")
        if period.bound == "floor"
        else Text(ar=f"مدة لا تتجاوز {span.ar}", en=f"not more than {span.en}")
    )
    if period.starts is None:
        return limit
    start = _FROM[period.starts]
    return Text(ar=f"{limit.ar} {start.ar}", en=f"{limit.en} {start.en}")


def day_words(day: Day) -> Text:
    """Why one day counts or does not, with the holiday's name and whether its date is an estimate."""
    words = _WHY[day.why]
    if day.why != "holiday":
        return words
    guess = Text(ar=" (تقديري)", en=" (estimated)") if day.estimated else Text()
    return Text(ar=f"{words.ar}: {day.name.ar}{guess.ar}", en=f"{words.en}: {day.name.en}{guess.en}")


def date_words(day: date) -> Text:
    """A Gregorian date in words: Sunday 4 October 2026."""
    return Text(
        ar=f"{_WEEKDAYS_AR[day.weekday()]} {day.day} {_MONTHS_AR[day.month - 1]} {day.year}م",
        en=f"{day:%A} {day.day} {day:%B} {day.year}",
    )


def explain_days(
    period: ReplyPeriod, starts_on: date | None, end: date | None, days: Sequence[Day], estimated: bool
) -> Text:
    """Say in a few sentences how a period was counted from ``starts_on`` to ``end``, over these days."""
    if starts_on is None:
        return _PENDING[period.counts_from]
    if end is None:
        return _STANDING
    began, span, start = date_words(starts_on), span_words(period), _SINCE[period.counts_from]
    ended = date_words(end)
    if period.bound == "floor":
        result = Text(ar=f"أقرب موعد للرد {ended.ar}.", en=f"The earliest reply is {ended.en}.")
    else:
        result = Text(ar=f"آخر موعد للرد {ended.ar}.", en=f"The latest reply is {ended.en}.")
    parts = [
        Text(
            ar=f"تُحسب المدة ({span.ar}) {start.ar}، {began.ar}، ولا يُحسب ذلك اليوم.",
            en=f"{span.en[0].upper()}{span.en[1:]} {start.en}, {began.en}, which is day zero.",
        ),
        *_skipped(days),
        result,
    ]
    if estimated:
        parts.append(
            Text(
                ar="بعض أيام الإجازات تقديري بحسب رؤية الهلال، وقد يتغير الموعد.",
                en="Some holidays are estimates that follow the moon, so the date may move.",
            )
        )
    return Text(ar=" ".join(part.ar for part in parts), en=" ".join(part.en for part in parts))


def _skipped(days: Sequence[Day]) -> list[Text]:
    weekend = sum(day.why == "weekend" for day in days)
    holidays = [day for day in days if day.why == "holiday"]
    waiting = sum(day.why == "pause" for day in days)
    said = []
    if weekend:
        said.append(
            Text(
                ar=f"{_counted(weekend, _ARABIC['days'])} من عطلة نهاية الأسبوع",
                en=f"{weekend} weekend day{'s' if weekend > 1 else ''}",
            )
        )
    if holidays:
        names = {day.name.ar: day.name.en for day in holidays}
        number = len(holidays)
        said.append(
            Text(
                ar=f"{_counted(number, _ARABIC['days'])} من الإجازات الرسمية ({join_words(names, 'ar')})",
                en=f"{number} public holiday{'s' if number > 1 else ''} ({join_words(names.values(), 'en')})",
            )
        )
    if waiting:
        said.append(
            Text(
                ar=f"{_counted(waiting, _ARABIC['days'])} من الانتظار",
                en=f"{waiting} day{'s' if waiting > 1 else ''} of waiting",
            )
        )
    if not said:
        return []
    return [
        Text(
            ar=f"واستُثني من العد {join_words((text.ar for text in said), 'ar')}.",
            en=f"Not counted: {join_words((text.en for text in said), 'en')}.",
        )
    ]


def _counted(number: int, forms: tuple[str, str, str, str]) -> str:
    one, two, few, many = forms
    if number <= 2:
        return one if number == 1 else two
    tail = number % 100
    if tail in (0, 1, 2):
        return f"{number} {one.removesuffix(' واحد')}"
    return f"{number} {few if tail <= 10 else many}"

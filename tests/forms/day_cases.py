"""What people type for a date, and which day it is: one table for the server's reader and the offline one."""

from datetime import date

FEBRUARY_18 = "2026-02-18"
JUNE_5 = "2026-06-05"
NUMERIC: dict[str, str] = {
    # Gregorian, day first or year first
    "18/2/2026": FEBRUARY_18,
    "18/02/2026": FEBRUARY_18,
    "18-2-2026": FEBRUARY_18,
    "18.2.2026": FEBRUARY_18,
    "18 2 2026": FEBRUARY_18,
    "18 / 2 / 2026": FEBRUARY_18,
    "2026/2/18": FEBRUARY_18,
    "2026-02-18": FEBRUARY_18,
    "2026.02.18": FEBRUARY_18,
    "2026 02 18": FEBRUARY_18,
    " 2026-02-18 ": FEBRUARY_18,
    "18–2–2026": FEBRUARY_18,
    "18؍2؍2026": FEBRUARY_18,
    "١٨/٢/٢٠٢٦": FEBRUARY_18,
    "٢٠٢٦-٠٢-١٨": FEBRUARY_18,
    "۱۸/۲/۲۰۲۶": FEBRUARY_18,
    "१८/२/२०२६": FEBRUARY_18,
    "１８/２/２０２６": FEBRUARY_18,
    "18/2/2026م": FEBRUARY_18,
    "18/2/2026 م": FEBRUARY_18,
    "18/2/2026 ميلادي": FEBRUARY_18,
    "18/2/2026 G": FEBRUARY_18,
    "18/2/2026 AD": FEBRUARY_18,
    "18/2/2026 CE": FEBRUARY_18,
    "\u200f18/2/2026\u200f": FEBRUARY_18,
    "18\u200f/\u200f2\u200f/\u200f2026": FEBRUARY_18,
    # the day comes before the month
    "05/06/2026": JUNE_5,
    "5/6/2026": JUNE_5,
    "2026-06-05": JUNE_5,
    "29/2/2024": "2024-02-29",
    "1/1/1900": "1900-01-01",
    "31/12/2200": "2200-12-31",
    # Hijri, by the year
    "1/9/1447": FEBRUARY_18,
    "01/09/1447": FEBRUARY_18,
    "1-9-1447": FEBRUARY_18,
    "1447/9/1": FEBRUARY_18,
    "1447-09-01": FEBRUARY_18,
    "1447.9.1": FEBRUARY_18,
    "1/9/1447هـ": FEBRUARY_18,
    "1/9/1447 هـ": FEBRUARY_18,
    "1/9/1447 هـ.": FEBRUARY_18,
    "1/9/1447ه": FEBRUARY_18,
    "1/9/1447 هجري": FEBRUARY_18,
    "1/9/1447 H": FEBRUARY_18,
    "1/9/1447AH": FEBRUARY_18,
    "1/9/1447 A.H.": FEBRUARY_18,
    "١/٩/١٤٤٧هـ": FEBRUARY_18,
    "١٤٤٧/٩/١": FEBRUARY_18,
    "1/1/1343": "1924-08-01",
    "30/12/1500": "2077-11-16",
}
NAMED: dict[str, str] = {
    "18 فبراير 2026": FEBRUARY_18,
    "18 فبراير 2026م": FEBRUARY_18,
    "١٨ فبراير ٢٠٢٦م": FEBRUARY_18,
    "18 شباط 2026": FEBRUARY_18,
    "18 February 2026": FEBRUARY_18,
    "18 Feb 2026": FEBRUARY_18,
    "18-Feb-2026": FEBRUARY_18,
    "February 18, 2026": FEBRUARY_18,
    "18th of February 2026": FEBRUARY_18,
    "1 رمضان 1447": FEBRUARY_18,
    "1 رمضان 1447هـ": FEBRUARY_18,
    "١ من رمضان ١٤٤٧هـ": FEBRUARY_18,
    "1 Ramadan 1447 AH": FEBRUARY_18,
    "1 ربيع الأول 1447": "2025-08-24",
    "1 ربيع أول 1447": "2025-08-24",
    "1 جمادى الآخرة 1447هـ": "2025-11-22",
    "1 جماد ثاني 1447": "2025-11-22",
    "1 ذو القعدة 1447هـ": "2026-04-18",
    "1 ذي القعده 1447هـ": "2026-04-18",
}
NO_FORM = [
    *("", " ", "x", "غدا", "tomorrow", "7/9", "2026", "1447", "2026/2026/2026", "1/2/3/2026", "18/2-2026"),
    *("20260218", "18022026", "2026-02-18T00:00", "2026-W07", "1739836800", "18/ /2026", "18//2026", "هـ"),
]
SHORT_YEAR = ["18/2/26", "18-02-26", "1/9/47", "1/9/47هـ", "5/6/99", "26/2/18", "1/1/1"]
NO_DAY = [
    *("31/2/2026", "30/2/2024", "29/2/2026", "31/4/2026", "0/1/2026", "1/0/2026", "32/1/2026", "2026-13-01"),
    *("2/18/2026", "12/31/2026", "2026-31-12", "30/13/1447", "31/9/1447", "1447/9/31", "30/8/1447", "0/9/1447"),
]
NO_YEAR = ["1/1/0001", "1/1/0999", "1/1/1299", "1/1/1300", "29/12/1342", "1/1/1501", "1/1/1700", "31/12/1899"]
NO_YEAR += ["1/1/2201", "1/1/3000", "9999-12-31"]
OTHER_CALENDAR = ["1/9/1447م", "1/9/1447 AD", "18/2/2026هـ", "18/2/2026 AH", "2026-02-18هـ"]
REFUSED = [*NO_FORM, *SHORT_YEAR, *NO_DAY, *NO_YEAR, *OTHER_CALENDAR]

DAYS = {typed: date.fromisoformat(meant) for typed, meant in {**NUMERIC, **NAMED}.items()}

"""What an officer types into the search box, turned into a condition: a reference, a number of a person, or names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, or_, select

from silah import clock
from silah.beneficiaries.models import Beneficiary
from silah.cases import kinds
from silah.cases.models import Case
from silah.cases.party_models import CaseParty
from silah.cases.search import add_tails, is_tail
from silah.documents.sealing import fingerprint
from silah.language.localization import hijri_year
from silah.language.search_columns import match
from silah.language.text_cleaning import normalize_typed, remove_unkeepable
from silah.language.tokenizer import list_alternatives
from tenants.database import db
from tenants.phone_numbers import read_saudi_mobile

REFERENCE = re.compile(r"^(?:([A-Z])[-\s]?)?(?:(1[345]\d\d)[-\s])?0*(\d{1,9})$")


@dataclass(frozen=True)
class Sought:
    """A search as understood: references it may mean, a person's number as it is kept, and tokens for each word."""

    references: tuple[str, ...] = ()
    number: str = ""
    words: Sequence[Sequence[str]] = ()


def understand(text: str) -> Sought:
    """Read a search. A person's number is read as on intake, however it is written."""
    text = remove_unkeepable(text)
    plain = normalize_typed(text).upper()
    number = read_saudi_mobile(text) or read_identity_number(plain)
    return Sought(references(plain), number, () if number else list_alternatives(text))


def read_identity_number(plain: str) -> str:
    """Return the digits of what may be a national ID or another long number; empty for words and references."""
    digits = re.sub(r"\D", "", plain)
    return digits if len(digits) >= 9 and not re.search(r"[^\W\d_]", plain) else ""


def references(plain: str) -> tuple[str, ...]:
    """The full references that a short one may stand for: any kind, this Hijri year or the last."""
    found = REFERENCE.match(plain)
    if not found:
        return ()
    kind, year, running = found.groups()
    this = hijri_year(clock.today())
    letters = [known.letter for known in kinds.every().values()]
    years = (year,) if year else (str(this), str(this - 1))
    return tuple(f"{k}-{y}-{int(running):06d}" for k in ((kind,) if kind else letters) for y in years)


def matching(text: str) -> ColumnElement[bool]:
    """The condition on cases; a person's number costs two look-ups through its keyed hash."""
    sought = understand(text)
    ways: list[ColumnElement[bool]] = []
    if sought.references:
        ways.append(Case.reference.in_(sought.references))
    if sought.number:
        people, typed = people_with(sought.number), cases_with(sought.number)
        ways += [Case.beneficiary_id.in_(people), Case.applicant_id.in_(people)] if people else []
        ways += [Case.id.in_(typed)] if typed else []
    if sought.words and (not sought.references or is_tail(normalize_typed(text).strip())):
        ways.append(match(Case.search, add_tails(sought.words)))
    return or_(*ways) if ways else false()


def people(text: str) -> ColumnElement[bool]:
    """The condition on beneficiaries: by number or the last digits of one, membership number or beginnings of names."""
    sought = understand(text)
    if sought.number:
        return has_number(sought.number)
    member_number = Beneficiary.member_number == normalize_typed(text)
    if not sought.words:
        return member_number
    return or_(member_number, match(Beneficiary.search, add_tails(sought.words)))


def people_with(number: str) -> list[object]:
    """The ids of the people who have this national ID, iqama or mobile."""
    return list(db.session.scalars(select(Beneficiary.id).where(has_number(number)).limit(50)))


def cases_with(number: str) -> list[object]:
    """The ids of the cases on which this national ID, iqama or mobile was typed, whosever it may be."""
    same = or_(
        CaseParty.national_id_hash == fingerprint(number, "national_id"),
        CaseParty.mobile_hash == fingerprint(number, "mobile"),
    )
    return list(db.session.scalars(select(CaseParty.case_id).where(same).limit(200)))


def has_number(number: str) -> ColumnElement[bool]:
    """True for people whose national ID, iqama or mobile this is, as it is kept."""
    return or_(
        Beneficiary.national_id_hash == fingerprint(number, "national_id"),
        Beneficiary.mobile_hash == fingerprint(number, "mobile"),
    )

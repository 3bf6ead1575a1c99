"""The report for the board of a period, told once as sections of tables and texts, for paper and for spreadsheets."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import func, select

from silah import clock
from silah.documents import pdf, tables
from silah.documents.letterhead import letterhead
from silah.language.bilingual import localized
from silah.language.localization import date_g, dates, locale, number
from silah.organisation.models import BranchOffice
from silah.organisation.names import named
from silah.programme import board_rounds, evidence_parts, labels, promised_instruments, review_figures
from silah.programme.models import SaidAndDone, StandingReview
from silah.visits.models import Visit
from silah.web.access import Member
from tenants.database import db

Row = list[tables.Cell]


@dataclass(frozen=True)
class Part:
    """One section: a heading, a table with its heads, and paragraphs under it."""

    title: str
    heads: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


def sections(since: date, until: date, member: Member) -> list[Part]:
    """The whole report in the language of the moment, of what the member may see; empty sections are left out."""
    found = [
        _promised(since, until),
        *(Part(*board_rounds.told(one)) for one in db.session.scalars(evidence_parts.rounds(since, until))),
        _visits(since, until),
        _figures(_("Complaints, inquiries and suggestions"), review_figures.LINK, since, until, member),
        _figures(str(labels.INSTRUMENTS[review_figures.LIAISON]), review_figures.LIAISON, since, until, member),
        *_reviews(since, until),
        _said(since, until),
    ]
    return [one for one in found if one.rows or one.texts]


def paper(since: date, until: date, member: Member) -> bytes:
    """The report on letterhead."""
    data = {
        "title": _("Report on beneficiaries' satisfaction"),
        "facts": [(_("From"), dates(since)), (_("To"), dates(until)), (_("Made for"), _("The board of directors"))],
        "sections": [
            {
                "title": one.title,
                "heads": one.heads,
                "rows": [[_written(cell) for cell in row] for row in one.rows],
                "texts": one.texts,
            }
            for one in sections(since, until, member)
        ],
        "labels": {},
        "letterhead": letterhead(lines=[(_("Date"), dates(clock.today()))]),
    }
    return pdf.render("board", data, locale())


def workbook(since: date, until: date, member: Member) -> bytes:
    """The same as a workbook, a sheet for each section."""
    found = sections(since, until, member)
    return tables.book(((one.title, one.heads, _lines(one)) for one in found), rtl=locale() == "ar")


def _promised(since: date, until: date) -> Part:
    heads = [_("Instrument"), _("How often"), _("How many times"), _("Last"), _("State")]
    rows: list[Row] = []
    for one in promised_instruments.lines(since, until):
        done = _("Goes on all the time") if one.continuous and not one.count else _("Done")
        called = str(labels.INSTRUMENTS[one.instrument.kind]), str(labels.CADENCES[one.instrument.cadence])
        rows.append([*called, one.count, one.last, _("Not done") if one.is_missing else done])
    return Part(_("What the policy promises, and what was done"), heads, rows)


def _visits(since: date, until: date) -> Part:
    held = (Visit.state == "held") & Visit.held_on.between(since, until)
    told = db.session.execute(
        select(BranchOffice, func.count(Visit.id).label("visits"), func.round(func.avg(Visit.score), 1).label("mean"))
        .join(Visit, Visit.branch_id == BranchOffice.id)
        .where(held)
        .group_by(BranchOffice.id)
        .order_by(func.avg(Visit.score).desc())
    )
    rows: list[Row] = [[named(row[0]), row.visits, row.mean] for row in told]
    return Part(_("Supervisory visits"), [_("Office"), _("Visits"), _("Mean score of 100")], rows)


def _figures(title: str, instrument: str, since: date, until: date, member: Member) -> Part:
    """Figures of a standing review's kind; of staff it tells how many they hold and not who they are."""
    told = review_figures.of(instrument, since, until, member)
    if instrument == review_figures.LIAISON:
        told = [one | {"key": _officer(place, one["key"])} for place, one in enumerate(told, start=1)]
    heads = [_("What is counted"), *(str(label) for label in labels.COLUMNS.values())]
    of = StandingReview(instrument=instrument)
    rows: list[Row] = [
        [labels.line(of, one), *(labels.written(name, one[name]) for name in labels.COLUMNS)] for one in told
    ]
    return Part(title, heads, rows)


def _officer(place: int, name: str) -> str:
    """What a member of staff is called before the board: by nothing that names them."""
    return _("Officer %(number)s", number=number(place)) if name else ""


def _reviews(since: date, until: date) -> Iterator[Part]:
    for one in db.session.scalars(evidence_parts.reviews(since, until)):
        title = _(
            "Standing review of %(what)s, held on %(day)s",
            what=labels.INSTRUMENTS[one.instrument],
            day=date_g(one.held_on),
        )
        yield Part(title, texts=[part for part in (one.remarks, one.decisions) if part])


def _said(since: date, until: date) -> Part:
    rows = select(SaidAndDone).where(~SaidAndDone.withdrawn, SaidAndDone.published_on.between(since, until))
    found = db.session.scalars(rows.order_by(SaidAndDone.published_on))
    lines: list[Row] = [[localized(one, "said"), localized(one, "done")] for one in found]
    return Part(_("You said, we did"), [_("You said"), _("We did")], lines)


def _lines(part: Part) -> list[Row]:
    """What stands on a sheet: the table, and the texts under it."""
    texts: list[Row] = [[text] for text in part.texts]
    return part.rows + texts


def _written(cell: tables.Cell) -> str:
    if cell is None:
        return "—"
    if isinstance(cell, date):
        return date_g(cell)
    return cell if isinstance(cell, str) else number(cell)

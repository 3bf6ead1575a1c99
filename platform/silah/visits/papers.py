"""The report of a visit on letterhead: facts, score, each item's mark, findings and corrective actions."""

from flask_babel import gettext as _

from silah import clock
from silah.corrective import service as corrective
from silah.documents import pdf
from silah.documents.letterhead import letterhead
from silah.language.localization import dates, locale, number
from silah.organisation.names import named
from silah.visits import forms, recording
from silah.visits.checklists import format_score
from silah.visits.models import Visit


def report(visit: Visit) -> bytes:
    """The report in the reader's language; of a visit not yet held it is the checklist to print and fill in."""
    marks = recording.marks_of(visit)
    facts = [
        (_("Office"), named(visit.branch)),
        (_("Who makes the visit"), visit.visitor.name),
        (_("Day"), dates(visit.held_on or visit.planned_for)),
    ]
    if visit.score is not None:
        facts.append((_("Score"), _("%(score)s of 100", score=number(format_score(visit.score)))))
    data = {
        "title": _("Report of a supervisory visit") if visit.state == "held" else named(visit),
        "facts": facts,
        "items": [
            (
                number(place),
                forms.words(item),
                _mark(marks.get(item["key"])) if visit.state == "held" else "",
                marks[item["key"]].remark if item["key"] in marks else "",
            )
            for place, item in enumerate(visit.items, 1)
        ],
        "findings": [(str(forms.GRADES[one.grade]), one.what) for one in recording.findings_of(visit)],
        "actions": [(one.what, one.owner.name, dates(one.due_on)) for one in corrective.of(visit_id=visit.id)],
        "remarks": [part for part in visit.remarks.splitlines() if part.strip()],
        "labels": {
            "number": _("Serial no."),
            "item": _("Item"),
            "mark": _("Mark"),
            "remark": _("Remark"),
            "findings": _("What was found"),
            "actions": _("What is to be put right"),
            "what": _("What"),
            "who": _("Who does it"),
            "when": _("By when"),
            "remarks": _("Remarks on the whole visit"),
            "signature": _("Signature"),
        },
        "letterhead": letterhead(lines=[(_("Date"), dates(clock.today()))]),
    }
    return pdf.render("visit", data, locale())


def _mark(mark: object) -> str:
    given = getattr(mark, "mark", None)
    return str(forms.MARKS[str(given)]) if given else _("Does not apply")

"""What a case is searched by."""

from silah.cases.models import Case
from silah.i18n import fold


def folded(case: Case) -> str:
    """The reference, names and titles of a case, folded for search."""
    names = [one.name for one in (case.applicant, case.beneficiary) if one]
    return fold(" ".join(dict.fromkeys([case.reference, *names, case.title_ar, case.title_en])))

"""Every model of the platform, imported once, so that the metadata are whole."""

from sqlalchemy.orm import configure_mappers

from silah.acknowledgements import models as acknowledgements
from silah.beneficiaries import models as beneficiaries
from silah.calendars import models as calendars
from silah.cases import models as cases
from silah.cases import party_models as parties
from silah.committees import models as committees
from silah.complaints import models as complaints
from silah.corrective import models as corrective
from silah.documents import models as documents
from silah.figures import models as figures
from silah.intake import models as intake
from silah.interviews import models as interviews
from silah.library import models as library
from silah.notifications import models as notifications
from silah.organisation import models as staff
from silah.policies import models as policies
from silah.programme import models as programme
from silah.settlements import models as settlements
from silah.shell import models as shell
from silah.staff import models as accounts
from silah.submissions import models as web
from silah.surveys import models as surveys
from silah.visits import models as visits
from silah.web import models as guess_limits
from tenants import registry, versions

__all__ = [
    "accounts",
    "acknowledgements",
    "beneficiaries",
    "calendars",
    "cases",
    "committees",
    "complaints",
    "complete",
    "corrective",
    "documents",
    "figures",
    "guess_limits",
    "intake",
    "interviews",
    "library",
    "notifications",
    "parties",
    "policies",
    "programme",
    "registry",
    "settlements",
    "shell",
    "staff",
    "surveys",
    "versions",
    "visits",
    "web",
]


def complete() -> None:
    """Put the models in order before the first visitor comes; importing this module is what makes them whole."""
    configure_mappers()

"""The forms by which a dispute or a claim that came by another way than the portal is recorded."""

from functools import partial

from flask_babel import lazy_gettext as _l

from silah import clock
from silah.cases.person import PersonForm
from silah.cases.receipts import ReceivedCase
from silah.desk.action_forms import long_text
from silah.desk.recording_forms import CameForm
from silah.desk.recording_registry import RecordingPage
from silah.documents.models import StoredFile
from silah.documents.service import keep_all
from silah.settlements import claims
from silah.settlements.claims import Told
from silah.settlements.forms import amount
from silah.settlements.models import COMPENSATION, DISPUTE
from silah.web.access import Member
from tenants import versions


class DisputeForm(CameForm):
    """A dispute as it was told."""

    text = long_text(_l("What the dispute is about"), _l("Write what it is about."))
    wanted = long_text(_l("What the beneficiary wants"))


class ClaimForm(CameForm):
    """A claim as it was told."""

    text = long_text(_l("What happened, and what harm it did"), _l("Write what happened."))
    claimed = amount(_l("Amount claimed, in riyals"))


def is_offered(kind: str) -> bool:
    """Return whether the association takes such cases today."""
    return claims.offered(kind, versions.in_force(clock.today()).policy)


def receive_dispute(form: DisputeForm, person: PersonForm, by: Member) -> ReceivedCase:
    """Receive a dispute as it was recorded."""
    told, files = Told(form.text.data, form.wanted.data or "", person=person.answers()), _keep_files(form)
    return claims.receive(DISPUTE, told, files, by=by, **form.how_it_came)


def receive_claim(form: ClaimForm, person: PersonForm, by: Member) -> ReceivedCase:
    """Receive a claim as it was recorded."""
    told, files = Told(form.text.data, claimed=form.claimed.amount, person=person.answers()), _keep_files(form)
    return claims.receive(COMPENSATION, told, files, by=by, **form.how_it_came)


def _keep_files(form: CameForm) -> list[StoredFile]:
    return keep_all(form.files.data or (), purpose="complaint")


PAGES = (
    RecordingPage(
        key=DISPUTE,
        title=_l("Record a dispute"),
        permissions=claims.OPENERS,
        form=DisputeForm,
        receive=receive_dispute,
        is_offered=partial(is_offered, DISPUTE),
        beside=COMPENSATION,
    ),
    RecordingPage(
        key=COMPENSATION,
        title=_l("Record a claim for compensation"),
        permissions=claims.OPENERS,
        form=ClaimForm,
        receive=receive_claim,
        is_offered=partial(is_offered, COMPENSATION),
    ),
)

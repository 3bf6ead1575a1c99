"""Tables of cases for spreadsheets: few rows at once, many by a worker that tells how far it is."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import load_only

from silah import clock, jobs
from silah.cases import kinds
from silah.cases.models import Case
from silah.clock import RIYADH
from silah.documents import service as documents
from silah.documents import tables
from silah.errors import NotFound
from silah.figures import export_progress, presenters
from silah.figures.models import Export
from silah.figures.report_filter import Sight
from silah.language.bilingual import localized
from silah.language.localization import locale
from silah.organisation.models import Membership
from silah.staff.members import as_member
from silah.web.access import Member
from tenants.database import db

AT_ONCE = 1000
MAKE, FORGET = "figures.export.awaited", "figures.forget"
KEPT = timedelta(days=1)
TOLD_EVERY = 500


def ask(sight: Sight, form: str, by: Member) -> Export:
    """Owe a table; it is made for this member, of what they may see when it is made."""
    made = Export(
        member_id=by.id,
        form="xlsx" if form == "xlsx" else "csv",
        locale=locale(),
        sight=sight.query(),
        rows=count(sight, by),
        asked_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    jobs.owe(MAKE, str(made.id), clock.now())
    jobs.owe(FORGET, str(made.id), clock.now() + KEPT)
    return made


def count(sight: Sight, by: Member) -> int:
    """How many rows the table has."""
    return db.session.scalar(select(func.count()).select_from(Case).where(sight.condition(by))) or 0


def get(export_id: UUID, member: Member) -> Export:
    """The member's own export; raises NotFound for another's and for none alike."""
    found = db.session.get(Export, export_id)
    if found is None or found.member_id != member.id:
        raise NotFound
    return found


def make(export_id: UUID) -> None:
    """The owed part: write the table and keep it; done again it changes nothing."""
    found = db.session.get(Export, export_id, with_for_update=True)
    if found is None or found.file_id is not None:
        return
    member = as_member(db.session.get_one(Membership, found.member_id))
    with force_locale(found.locale):
        data = table(Sight.read(found.sight), found.form, member, told=str(found.id))
    name, media = f"cases.{found.form}", tables.XLSX if found.form == "xlsx" else tables.CSV
    found.file_id = documents.keep_made(data, name, purpose="export", media_type=media).id


def forget(export_id: UUID) -> None:
    """The owed end: the table and its file go."""
    found = db.session.get(Export, export_id)
    if found is None:
        return
    file_id = found.file_id
    db.session.delete(found)
    db.session.flush()
    if file_id is not None:
        documents.forget(documents.get(file_id))


def table(sight: Sight, form: str, member: Member, told: str | None = None) -> bytes:
    """The table in the language of the moment; it names no beneficiary."""
    if form == "xlsx":
        return tables.xlsx(_("Cases"), heads(), rows(sight, member, told), rtl=locale() == "ar")
    return tables.csv(heads(), rows(sight, member, told))


def heads() -> list[str]:
    """What each column is called."""
    return [
        _("Reference"), _("Kind"), _("What it is"), _("State"), _("Channel"), _("Branch office"), _("Received on"),
        _("Latest reply"), _("Replied on"), _("Days to the reply"), _("Closed on"), _("Holder"),
    ]  # fmt: skip


def rows(sight: Sight, member: Member, told: str | None = None) -> Iterator[list[tables.Cell]]:
    """Every case as a row, the oldest first, read in parts."""
    channels, branches = presenters.channel_names(), presenters.branch_names()
    people = {row.id: row.name for row in db.session.execute(select(Membership.id, Membership.name))}
    statement = select(Case).where(sight.condition(member)).order_by(Case.received_at, Case.id)
    shown = statement.options(load_only(*COLUMNS)).execution_options(yield_per=TOLD_EVERY)
    for number, case in enumerate(db.session.scalars(shown), start=1):
        if told and number % TOLD_EVERY == 0:
            export_progress.tell(told, number)
        yield _row(case, channels, branches, people)


COLUMNS = (
    Case.reference, Case.kind, Case.title_ar, Case.title_en, Case.state, Case.channel, Case.branch_id,
    Case.received_at, Case.latest, Case.replied_at, Case.closed_at, Case.holder_id,
)  # fmt: skip


def _row(case: Case, channels: Any, branches: Any, people: Any) -> list[tables.Cell]:
    kind, received = kinds.kind_of_case(case), _day(case.received_at)
    replied = _day(case.replied_at)
    return [
        case.reference,
        str(kind.name),
        localized(case, "title"),
        str(kind.state(case.state)),
        channels.get(case.channel, case.channel),
        branches.get(str(case.branch_id), ""),
        received,
        case.latest,
        replied,
        (replied - received).days if replied and received else None,
        _day(case.closed_at),
        people.get(case.holder_id, ""),
    ]


def _day(instant: Any) -> Any:
    return instant.astimezone(RIYADH).date() if instant else None

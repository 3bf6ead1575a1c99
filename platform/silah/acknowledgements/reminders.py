"""Telling the staff what they are to read or sign, giving departments their copies, and reminding within limits."""

from datetime import timedelta

from silah import clock
from silah.acknowledgements import coverage
from silah.acknowledgements.models import Campaign
from silah.acknowledgements.service import row_of
from silah.documents import service as documents
from silah.documents.addresses import association_address
from silah.documents.models import StoredFile
from silah.language.bilingual import localized
from silah.notifications.service import Recipient, send
from silah.organisation import departments
from silah.organisation.models import Membership
from silah.policies import papers
from tenants.context import current_tenant

MOST, PAUSE = 4, timedelta(days=3)
"""How often one member is reminded of one campaign at most, and how long they are left alone in between."""


def tell(campaign: Campaign) -> None:
    """The first letter to everybody who is asked, and a copy to each department."""
    if campaign.ended_at is not None:
        return
    for line in coverage.lines(campaign):
        if not line.done and not (line.did and line.did.told_at):
            _write(campaign, line.member)
            row_of(campaign, line.member.id).told_at = clock.now()
    give_copies(campaign)


def remind(campaign: Campaign) -> int:
    """A letter to each who still owes it and may be reminded again; says how many got one."""
    if campaign.ended_at is not None:
        return 0
    told = 0
    for line in coverage.lines(campaign):
        row = row_of(campaign, line.member.id) if not line.done else None
        if row is None or row.reminders >= MOST or (row.told_at and row.told_at > clock.now() - PAUSE):
            continue
        _write(campaign, line.member)
        row.told_at, row.reminders, told = clock.now(), row.reminders + 1, told + 1
    return told


def still_owed(campaign: Campaign) -> bool:
    """Whether somebody who may still be reminded owes it."""
    open_ = [line for line in coverage.lines(campaign) if not line.done]
    return campaign.ended_at is None and any(line.did is None or line.did.reminders < MOST for line in open_)


def give_copies(campaign: Campaign) -> None:
    """Send each department that has none a copy: to its address, else to each of its members."""
    lines = coverage.lines(campaign)
    for department in departments.choices():
        if str(department.id) in campaign.copies:
            continue
        here = [line.member for line in lines if line.member.department_id == department.id]
        to = [Recipient("email", department.email, department.name_ar)] if department.email else []
        to = to or [Recipient.of_member(member) for member in here]
        for one in to:
            _send("copy", campaign, one, current_tenant().locale, [paper(campaign)])
        if to:
            campaign.copies = {**campaign.copies, str(department.id): clock.now().isoformat()}


def paper(campaign: Campaign) -> StoredFile:
    """The document itself: the printed policy, or what was uploaded."""
    if campaign.file is not None:
        return campaign.file
    if campaign.version is None:
        raise LookupError("a campaign carries a version or a file")
    printed = papers.policy(campaign.version, current_tenant().locale)
    return documents.keep_made(printed, "policy.pdf", purpose="policy_copy")


def _write(campaign: Campaign, member: Membership) -> None:
    template = "to_sign" if campaign.mode == "signature" else "to_read"
    _send(template, campaign, Recipient.of_member(member), member.locale or current_tenant().locale, [])


def _send(template: str, campaign: Campaign, to: Recipient, locale: str, attached: list[StoredFile]) -> None:
    title = localized(campaign, "title", locale)
    link = association_address(f"/desk/acknowledgements/{campaign.id}")
    send(template, to, locale, {"title": title, "link": link}, attachments=attached)

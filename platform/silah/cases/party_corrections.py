"""Correcting what was typed of a person on a case: with a reason, on the timeline, and told where it was typed before.

The correction stays on the case: no file is written by it. Since codes and letters of the case go to the corrected
contact from then on, whoever could be reached before is told first, and codes on their way there open nothing.
"""

from base64 import b64encode
from collections.abc import Mapping

from silah.cases import beneficiary_links, one_time_codes
from silah.cases.models import Case
from silah.cases.party_models import CaseParty
from silah.cases.person import needed_for
from silah.cases.search import index_case
from silah.cases.transitions import Change
from silah.cases.workflow import perform
from silah.documents.sealing import seal
from silah.errors import Forbidden
from silah.notifications import service as notifications
from silah.notifications.service import SENDS, Means, Recipient
from silah.web.access import Member

CORRECTABLE = ("name", "mobile", "email")
MEANS: dict[str, Means] = {"mobile": "sms", "email": "email"}
TEMPLATE = "contact_corrected"


def correct_party(
    case: Case, party: CaseParty, changes: Mapping[str, str | None], *, by: Member, how: str, reason: str, seen: int
) -> tuple[str, ...]:
    """Correct a person's name and contacts on a case; return which of them changed.

    ``how`` says by what the officer knows it (``original`` or ``spoke``). The old values stay sealed on the timeline.
    Raises `Forbidden` for who may not say whose a case is, `ChangedMeanwhile`.
    """
    inputs = {"party": party, "changes": changes, "how": how, "reason": reason}
    changed: tuple[str, ...] = perform(case, "correct_party", by, inputs, version=seen or None)
    return changed


def change_party(
    change: Change, party: CaseParty, changes: Mapping[str, str | None], how: str, reason: str
) -> tuple[str, ...]:
    """Write what differs on a party, and have codes and letters go there from now on."""
    case = change.case
    if how not in beneficiary_links.PROVES:
        raise Forbidden
    was = {key: getattr(party, key) for key in CORRECTABLE if key in changes and changes[key] != getattr(party, key)}
    if not was:
        change.idle = True
        return ()
    _tell_earlier_contacts(case, party, was)
    for key in was:
        party.write(key, changes[key] or ("" if key == "name" else None))
    if party is case.applicant:
        _keep_reply_address(case, {key: changes[key] for key in was})
    one_time_codes.void_open_codes(case)
    index_case(case)
    change.data, change.note = {"side": party.side, "how": how, "fields": list(was), "was": _sealed(was)}, reason
    return tuple(was)


def _tell_earlier_contacts(case: Case, party: CaseParty, was: Mapping[str, str | None]) -> None:
    """Owe word of the correction to each contact that the case used before; it names nobody, since it may be wrong."""
    agreed = Recipient.of_case(case)
    earlier: set[tuple[Means, str]] = {(MEANS[key], value) for key, value in was.items() if key in MEANS and value}
    if party is case.applicant and agreed.means in SENDS and agreed.address:
        earlier.add((agreed.means, agreed.address))
    for means, address in sorted(earlier):
        notifications.send(TEMPLATE, Recipient(means, address), case.locale, {}, case=case)


def _keep_reply_address(case: Case, changes: Mapping[str, str | None]) -> None:
    """Let the reply go to the corrected contact, where it is the one by which it was agreed."""
    channel = case.policy_version.policy.channel(case.reply_channel)
    key = needed_for(channel) if channel is not None else None
    if key is not None and key in changes:
        case.reply_address = changes[key]


def _sealed(was: Mapping[str, str | None]) -> dict[str, str]:
    return {key: b64encode(seal(value, f"was_{key}")).decode() for key, value in was.items() if value}

"""The moves of a dispute or a claim as their pages do them; when each is legal stands in ``moves``."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l

from silah.cases.models import Case
from silah.desk import action_forms as forms
from silah.desk.case_action import Action, Build, Do, plain
from silah.errors import NotFound
from silah.settlements import (
    acknowledging,
    answering,
    desk_forms,
    external_outcomes,
    grounds,
    moves,
    offers,
    paying,
    previews,
    readers,
    standing,
)
from silah.web.access import Member, Permission


def _move(key: str, build: Build, do: Do, said: Any, lead: Any = "", kind: str = "primary") -> Action:
    """One move of the table, with its page."""

    def need(case: Case, member: Member) -> None:
        moves.need(key, case, member)

    shown, drafts = previews.BY_KEY.get(key), key in previews.DRAFTED
    return Action(
        key, build, do, said, lead, moves.BY_KEY[key].label, kind, need=need, preview=shown, drafts=drafts
    )  # fmt: skip


def _live(case: Case) -> UUID:
    """The offer that stands; raises NotFound where there is none."""
    found = standing.live(case)
    if found is None:
        raise NotFound
    return found.id


def _ground(case: Case, form: desk_forms.GroundForm, by: Member) -> None:
    grounds.add(
        case,
        form.ground.data,
        by=by,
        words=form.words.data or "",
        issued_by=form.issued_by.data or "",
        number=form.number.data or "",
        dated=form.dated.data,
        complaint=form.complaint.data or "",
        file=desk_forms.upload(form.file),
    )


def _pay(case: Case, form: desk_forms.PayForm, by: Member) -> None:
    proof = desk_forms.upload(form.proof)
    paying.pay(case, by=by, amount=form.amount.amount or Decimal(0), on=form.on.data, proof=proof)


ALL = (
    _move(
        "accept",
        plain(forms.MoveForm),
        lambda case, form, by: answering.approve(case, _live(case), by=by),
        _l("Accepted in the association's name."),
        _l("You bind the association. The agreement is made once both sides have accepted."),
    ),
    _move(
        "offer",
        desk_forms.offer_form,
        lambda case, form, by: offers.make(case, form.draft(), by=by),
        _l("The offer is made, and the beneficiary is told."),
        _l("It binds once the beneficiary and somebody who may bind the association have both accepted it."),
    ),
    _move(
        "refuse",
        plain(desk_forms.EndForm),
        lambda case, form, by: answering.refuse(case, _live(case), form.reason.data, by=by),
        _l("The offer is refused, and the beneficiary is told why."),
        _l("Another offer can be made afterwards, by either side."),
        kind="danger",
    ),
    _move(
        "harm",
        desk_forms.harm_form,
        lambda case, form, by: acknowledging.state_harm(
            case, by=by, harm=form.harm.data, size=form.size.data, causes=form.causes.data
        ),
        _l("The harm is stated. The claim waits for a meeting of the committee."),
        _l("The committee decides on it in a meeting, and it stands in the minutes that its members sign."),
    ),
    _move(
        "ground",
        desk_forms.ground_form,
        _ground,
        _l("The evidence is added."),
        _l("Evidence that stood for the same ground is replaced."),
    ),
    _move(
        "pay",
        desk_forms.pay_form,
        _pay,
        _l("The payment is recorded, and the beneficiary is told."),
        _l("Of exactly the amount that was agreed, with its proof."),
    ),
    _move(
        "refer_out",
        plain(desk_forms.OutForm),
        lambda case, form, by: external_outcomes.refer(
            case, by=by, to=form.to.data, number=form.number.data, on=form.on.data
        ),
        _l("Referred. Record the result once it is known."),
        _l("No settlement was reached, so a court or an authority decides. The beneficiary is told."),
    ),
    _move(
        "result",
        plain(desk_forms.ResultForm),
        lambda case, form, by: external_outcomes.result(case, by=by, words=form.words.data, on=form.on.data),
        _l("The result is recorded."),
    ),
    _move(
        "end",
        plain(desk_forms.EndForm),
        lambda case, form, by: external_outcomes.end(case, by=by, reason=form.reason.data),
        _l("It has ended, and the beneficiary is told why."),
        _l("No settlement was reached and nothing is referred, or the claim has no grounds."),
        kind="danger",
    ),
    _move(
        "close",
        plain(forms.MoveForm),
        lambda case, form, by: external_outcomes.close(case, by=by),
        _l("The case is closed."),
        _l("Everything that was agreed has been done."),
    ),
    _move(
        "reopen",
        plain(forms.ReasonForm),
        lambda case, form, by: external_outcomes.reopen(case, by=by, reason=form.reason.data),
        _l("The case is open again."),
        _l("Its period is counted anew from today."),
    ),
    _move(
        "withdraw",
        plain(forms.ReasonForm),
        lambda case, form, by: external_outcomes.withdraw(case, reason=form.reason.data, by=by),
        _l("Recorded as withdrawn."),
        _l("Only at the beneficiary's wish."),
        kind="danger",
    ),
)
NAME_READER = Action(
    "name_reader",
    desk_forms.reader_form,
    lambda case, form, by: readers.name(case, by=by, member=UUID(form.member.data)),
    _l("It is open to this member now."),
    _l("A confidential case is open to named people only. Each reading is on record."),
    _l("Open it to somebody else"),
    permission=Permission.ANSWER_COMPLAINTS,
    when=lambda case, member: case.confidential,
)

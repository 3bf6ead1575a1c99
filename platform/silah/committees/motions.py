"""Motions: what the members vote on, in words, with the outcome for which it stands and its reasons.

A motion is built from the recommendation, and whoever conducts the meeting may write it anew until somebody has voted
on it. Carried, its outcome is the committee's decision. Falling, it decides nothing but that it fell: the opposite
outcome takes a motion of its own, and the case waits until one is carried or it is postponed.
"""

import hashlib
import json
from collections.abc import Iterable

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import exists, select

from silah import clock
from silah.cases.chain import canonical
from silah.committees import agenda, meetings, subjects
from silah.committees.errors import NotPossible
from silah.committees.models import AgendaItem, MeetingVote, Motion
from silah.errors import Invalid
from silah.forms.texts import clean
from silah.intake.decision_reasons import are_alike
from silah.language.localization import locale
from silah.web.access import Member
from tenants.database import db

LANGUAGES = ("ar", "en")
OUTCOMES = ("accepted", "rejected")
STATE_WORDS = {
    "standing": _l("Put to the vote"),
    "carried": _l("The motion was carried"),
    "fallen": _l("The motion fell"),
    "withdrawn": _l("The motion was withdrawn before it was decided"),
}


def list_motions(item: AgendaItem) -> list[Motion]:
    """List every motion that was put on an item, in turn."""
    return list(db.session.scalars(select(Motion).where(Motion.item_id == item.id).order_by(Motion.number)))


def get_standing(item: AgendaItem) -> Motion | None:
    """Return the motion that stands, or the one built from the recommendation where none has been put yet.

    What is built so is no row until somebody votes on it.
    """
    put = list_motions(item)
    if not put:
        return _build(item)
    return next((one for one in put if one.state == "standing"), None)


def _build(item: AgendaItem) -> Motion | None:
    advised = subjects.of(item.case).propose(item.case)
    if advised is None or item.result is not None:
        return None
    words = usual_words(item, advised.outcome)
    return Motion(item_id=item.id, number=1, outcome=advised.outcome, words=words, reasons=clean(advised.reasons))


def usual_words(item: AgendaItem, outcome: str) -> str:
    """Return the usual sentence for an outcome in both languages, as JSON."""
    found = {}
    for language in LANGUAGES:
        with force_locale(language):
            found[language] = str(subjects.of(item.case).sentence(item.case, outcome))
    return canonical(found).decode()


def read_words(motion: Motion) -> str:
    """Return the sentence of a motion in the language of the moment."""
    return str(json.loads(motion.words)[locale()])


def digest_motion(motion: Motion | None) -> str:
    """Return what tells a motion from every other text, so that nobody votes on words that they did not read."""
    if motion is None:
        return ""
    parts = [str(motion.number), motion.outcome, motion.words, motion.reasons]
    return hashlib.sha256(canonical(parts)).hexdigest()[:24]


def is_voted_on(motion: Motion) -> bool:
    """Say whether somebody has voted on a motion."""
    cast = exists().where(MeetingVote.item_id == motion.item_id, MeetingVote.motion == motion.number)
    return bool(db.session.scalar(select(cast)))


def put_motion(
    item: AgendaItem, *, by: Member, outcome: str, reasons: str, words: str = "", seen: int, anew: bool = False
) -> Motion:
    """Write the motion on which the members will vote; ``words`` left empty are the usual sentence.

    With ``anew`` a motion that was voted on is withdrawn, and the vote begins anew on this one. Raises ``NotPossible``
    where somebody voted already and it was not asked for, ``Invalid`` for what is missing.
    """
    meetings.hold(item.meeting, by, seen)
    meetings.standing(item.meeting, "planned", "open")
    agenda.pending(item)
    put = list_motions(item)
    standing = next((one for one in put if one.state == "standing"), None)
    said = _check(item, standing or get_standing(item), outcome, words, reasons)
    if standing is not None and is_voted_on(standing):
        if not anew:
            raise NotPossible(_("Voting on this motion has begun. Put another motion, and vote again."))
        end_motion(standing, "withdrawn")
        standing = None
    if standing is None:
        standing = Motion(item_id=item.id, number=len(put) + 1)
    standing.outcome, standing.words, standing.reasons = outcome, said, clean(reasons)
    standing.written_by, standing.written_at = by.id, clock.now()
    db.session.add(standing)
    db.session.flush()
    return standing


def _check(item: AgendaItem, before: Motion | None, outcome: str, words: str, reasons: str) -> str:
    """Return the words as they are kept; raises ``Invalid`` naming the fields that are wrong."""
    wrong = {}
    if outcome not in OUTCOMES:
        raise Invalid({"outcome": _("Choose the outcome.")})
    advised = subjects.of(item.case).propose(item.case)
    if not clean(reasons):
        wrong["motion_reasons"] = _("Write the reasons.")
    elif advised and advised.outcome != outcome and are_alike(reasons, advised.reasons):
        wrong["motion_reasons"] = _("The outcome differs from what was recommended: write reasons of its own.")
    said = {language: clean(words) for language in LANGUAGES}
    usual = {one: json.loads(usual_words(item, one)) for one in OUTCOMES}
    if not clean(words) or any(clean(words) in of_outcome.values() for of_outcome in usual.values()):
        said = usual[outcome]
    elif before and before.outcome != outcome and clean(words) in json.loads(before.words).values():
        wrong["words"] = _("These words are of the other outcome. Write them anew, or leave the field empty.")
    if wrong:
        raise Invalid(wrong)
    return canonical(said).decode()


def open_vote(item: AgendaItem, shown: str | None) -> Motion:
    """Return the motion to vote on, kept from now on; raises ``NotPossible`` unless it is the one that was shown."""
    motion = get_standing(item)
    if motion is None:
        raise NotPossible(_("No motion is before the committee. Whoever conducts the meeting writes it first."))
    if shown is not None and shown != digest_motion(motion):
        raise NotPossible(_("The motion was changed meanwhile. Read it as it stands, then vote."))
    if not motion.reasons:
        raise NotPossible(_("The motion has no reasons yet. Whoever conducts the meeting writes them first."))
    db.session.add(motion)
    db.session.flush()
    return motion


def end_motion(motion: Motion, state: str, *, by_chair: bool = False) -> None:
    """Record what became of a motion."""
    motion.state, motion.by_chair, motion.ended_at = state, by_chair, clock.now()
    db.session.flush()


def withdraw_standing(items: Iterable[AgendaItem]) -> None:
    """End what still stands on these items without a decision."""
    for item in items:
        for one in list_motions(item):
            if one.state == "standing":
                end_motion(one, "withdrawn")

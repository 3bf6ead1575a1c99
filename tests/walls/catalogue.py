"""What the parts of an address may hold, so that every route of the app can be called; unknown parts are an error.

A converter of a route says nothing of what its id names, so the path before it does. Whoever adds a route under a path
that is here needs to do nothing; whoever opens another path adds it, or the tests of the walls fail and say so.
"""

import itertools
import re
from collections.abc import Iterator
from typing import Any

from flask import Flask
from werkzeug.routing import AnyConverter, Rule, UUIDConverter

from tenants.database import Base, Shared

NAMED = {
    "/admin/acknowledgements/<>": "Campaign",
    "/admin/branches/<>": "BranchOffice",
    "/admin/calendar/changes/<>": "CalendarChange",
    "/admin/committees/<>/seats/<>": "CommitteeSeat",
    "/admin/departments/<>": "Department",
    "/admin/liaison/<>": "LiaisonArea",
    "/admin/grants/<>": "PendingGrant",
    "/admin/library/<>": "LibraryTool",
    "/admin/notices/<>": "PublicNotice",
    "/admin/policy/<>": "PolicyVersion",
    "/admin/policy/<>/marks/<>": "StoredFile",
    "/admin/request-types/<>": "RequestType",
    "/admin/roles/<>": "Role",
    "/admin/staff/<>": "Membership",
    "/admin/surveys/<>": "Questionnaire",
    "/admin/visits/<>": "VisitChecklist",
    "/console/associations/<>": "Association",
    "/desk/acknowledgements/<>": "Campaign",
    "/desk/actions/<>": "CorrectiveAction",
    "/desk/answers/<>": "PublicAnswer",
    "/desk/beneficiaries/<>": "Beneficiary",
    "/desk/cases/<>": "Case",
    "/desk/cases/<>/referrals/<>": "Referral",
    "/desk/committees/<>/meetings/<>": "CommitteeMeeting",
    "/desk/committees/<>/meetings/<>/items/<>": "AgendaItem",
    "/desk/drafts/<>": "Draft",
    "/desk/field/<>": "SurveyRound",
    "/desk/figures/exports/<>": "Export",
    "/desk/interviews/<>": "Interview",
    "/desk/letters/<>": "OutboxMessage",
    "/desk/promises/<>": "Undertaking",
    "/desk/library/<>": "LibraryTool",
    "/desk/library/versions/<>": "ToolVersion",
    "/desk/record/<>": "RequestTypeRevision",
    "/desk/programme/evidence/<>": "EvidencePack",
    "/desk/programme/reviews/<>": "StandingReview",
    "/desk/programme/said/<>": "SaidAndDone",
    "/desk/visits/<>": "Visit",
    "/desk/visits/photos/<>": "StoredFile",
    "/desk/surveys/<>": "SurveyRound",
    "/desk/surveys/<>/files/<>": "StoredFile",
    "/desk/surveys/questionnaires/<>": "Questionnaire",
    "/documents/<>": "StoredFile",
    "/follow/<>": "Case",
    "/follow/<>/promises/<>": "Undertaking",
    "/library/<>": "LibraryTool",
    "/policy/versions/<>": "PolicyVersion",
    "/requests/new/<>": "Draft",
    "/switch/<>": "Association",
}
"""The model of what the id at the end of a path names."""

WORDS: dict[str, tuple[str, ...]] = {
    "/admin/calendar/<>": ("2026",),
    "/admin/calendar/holidays/<>": ("2026-09-23",),
    "/admin/committees/<>": ("research_committee",),
    "/desk/committees/<>": ("research_committee",),
    "/admin/messages/<>": ("received", "code"),
    "/admin/messages/<>/<>": ("ar", "en"),
    "/demo/mail/<>": ("nothing",),
    "/demo/mail/<>/<>": ("0",),
    "/desk/cases/<>/moves/<>": ("find_complete", "note", "assign", "decide", "close"),
    "/desk/cases/<>/identity/<>": ("applicant", "beneficiary"),
    "/desk/cases/<>/parties/<>": ("applicant", "beneficiary"),
    "/desk/record/<>": ("complaint", "inquiry", "dispute"),
    "/follow/<>/answers/<>": ("need", "household"),
    "/follow/<>/documents/<>": ("proof_of_authority", "national_id_copy"),
    "/desk/visits/<>/take-out/<>/<>": ("0",),
    "/invitation/<>": ("no-such-secret",),
    "/admin/policy/<>/<>": ("identity", "channels"),
    "/password/<>": ("no-such-secret",),
    "/pending-files/<>": ("abcdefghjkabcdefghjkab",),
    "/requests/new/<>/<>": ("who", "you", "contact", "review", "document-proof_of_authority"),
    "/requests/new/<>/files/<>": ("proof_of_authority",),
    "/requests/types/<>": ("in_kind_support", "social_support"),
    "/admin/surveys/<>/parts/<>": ("how", "courtesy"),
    "/admin/surveys/<>/questions/<>": ("courtesy",),
    "/admin/surveys/<>/sections/<>": ("how",),
    "/s/<>": ("abcdefghjk", "a" * 24),
    "/static/<>": ("silah.css",),
}
"""What other parts of an address may hold: enough to get past the router."""

COUNTED = {"/admin/calendar/<>", "/demo/mail/<>/<>"}
"""Where a number stands in an address: a year, and an attachment of the demo's mailbox, on no association's host."""


class Unknown(AssertionError):
    """A route has a part that this catalogue does not know."""


def models() -> dict[str, Any]:
    """The models that ids in addresses name, by their names, as far as there are any."""
    mappers = (*Base.registry.mappers, *Shared.registry.mappers)
    found = {mapper.class_.__name__: mapper.class_ for mapper in mappers}
    return {name: found[name] for name in NAMED.values() if name in found}


def shape(rule: Rule, upto: str) -> str:
    """The path of a rule up to and with one of its parts, each part written as <>."""
    path = rule.rule[: re.search(rf"<(?:[^<>]*:)?{upto}>", rule.rule).end()]  # type: ignore[union-attr]
    return re.sub(r"<[^<>]+>", "<>", path)


def ids(rule: Rule) -> dict[str, Any]:
    """The parts of a rule that are ids, with the model that each names; raises ``Unknown``."""
    found = {}
    for name in sorted(rule.arguments, key=lambda part: rule.rule.index(f"{part}>")):
        if isinstance(rule._converters[name], UUIDConverter):
            where = shape(rule, name)
            if where not in NAMED:
                raise Unknown(f"{rule.rule}: say in tests/walls/catalogue.py, NAMED, what the id in {where} names")
            found[name] = models()[NAMED[where]]
    return found


def words(rule: Rule) -> Iterator[dict[str, str]]:
    """Values for the parts of a rule that are no ids, in every combination; raises ``Unknown``."""
    options: dict[str, tuple[str, ...]] = {}
    for name in rule.arguments:
        converter = rule._converters[name]
        if isinstance(converter, UUIDConverter):
            continue
        if isinstance(converter, AnyConverter):
            options[name] = tuple(sorted(converter.items))
        elif (where := shape(rule, name)) in WORDS:
            options[name] = WORDS[where]
        else:
            raise Unknown(f"{rule.rule}: say in tests/walls/catalogue.py, WORDS, what may stand in {where}")
    for chosen in itertools.product(*options.values()):
        yield dict(zip(options, chosen, strict=True))


def calls(app: Flask, rule: Rule, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each method of a rule, with the address that these values make."""
    adapter = app.url_map.bind("walls.test")
    path = adapter.build(rule.endpoint, values, method=next(iter(rule.methods or ())))
    for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
        yield method, path


def rules(app: Flask) -> list[Rule]:
    """Every rule of the app whose parts are known, in the order of paths."""
    found = sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)
    return [rule for rule in found if not strange(rule)]


def unknown(app: Flask) -> list[str]:
    """What is to be added here, for each rule with a part that is not known."""
    return sorted({said for rule in app.url_map.iter_rules() if (said := strange(rule))})


def strange(rule: Rule) -> str:
    """Why a rule cannot be tried; empty if it can."""
    try:
        ids(rule)
        list(words(rule))
    except Unknown as error:
        return str(error)
    return ""

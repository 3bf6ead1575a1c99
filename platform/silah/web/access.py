"""Who may open what: a fixed list of permissions, and views that each say which one they need. Default deny.

A view is opened only by one of the decorators ``public``, ``signed_in``, ``requires`` and ``operator``; a view
without one is refused, and a guard test fails for it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal, TypeVar, overload
from uuid import UUID

from flask import current_app, request
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from silah.errors import Forbidden, NotFound, NotSignedIn
from tenants.context import Tenant, place

View = TypeVar("View", bound=Callable[..., Any])
Place = Literal["association", "platform", "any"]


class Permission(StrEnum):
    """What a role may be made of. The value is what is stored with the role."""

    SEE_CASES = "see_cases"
    SEE_ALL_CASES = "see_all_cases"
    RECEIVE_REQUESTS = "receive_requests"
    CHECK_COMPLETENESS = "check_completeness"
    ATTEST_FOR_APPLICANT = "attest_for_applicant"
    REFER_CASES = "refer_cases"
    ANSWER_REFERRALS = "answer_referrals"
    ASSIGN_CASES = "assign_cases"
    WRITE_NOTES = "write_notes"
    MESSAGE_APPLICANTS = "message_applicants"
    STUDY_REQUESTS = "study_requests"
    DECIDE_REQUESTS = "decide_requests"
    RELEASE_REPLIES = "release_replies"
    RELEASE_EARLY = "release_early"
    DELIVER_SERVICES = "deliver_services"
    CLOSE_CASES = "close_cases"
    REOPEN_CASES = "reopen_cases"
    SEE_SENSITIVE_FIELDS = "see_sensitive_fields"
    SEE_BENEFICIARIES = "see_beneficiaries"
    OVERSEE_CASES = "oversee_cases"
    ANSWER_INQUIRIES = "answer_inquiries"
    PUBLISH_ANSWERS = "publish_answers"
    ANSWER_COMPLAINTS = "answer_complaints"
    OVERSEE_COMPLAINTS = "oversee_complaints"
    BIND_ASSOCIATION = "bind_association"
    EDIT_POLICY = "edit_policy"
    APPROVE_POLICY = "approve_policy"
    EDIT_REQUEST_TYPES = "edit_request_types"
    EDIT_MESSAGES = "edit_messages"
    EDIT_SETTINGS = "edit_settings"
    MANAGE_STAFF = "manage_staff"
    GRANT_ROLES = "grant_roles"
    MANAGE_BRANCHES = "manage_branches"
    FOLLOW_ACKNOWLEDGEMENTS = "follow_acknowledgements"
    EDIT_SURVEYS = "edit_surveys"
    RUN_SURVEYS = "run_surveys"
    SEE_SURVEYS = "see_surveys"


PERMISSION_LABELS: dict[Permission, Any] = {
    Permission.SEE_CASES: _l("Open the desk and see the cases of one's branch or one's own"),
    Permission.SEE_ALL_CASES: _l("See the cases of all branches"),
    Permission.RECEIVE_REQUESTS: _l("Record requests that arrive by any channel"),
    Permission.CHECK_COMPLETENESS: _l("Check requests for completeness and ask for what is missing"),
    Permission.REFER_CASES: _l("Refer a case to another role with a question"),
    Permission.ANSWER_REFERRALS: _l("Answer or return what was referred"),
    Permission.ASSIGN_CASES: _l("Assign cases to members of staff"),
    Permission.WRITE_NOTES: _l("Write internal notes"),
    Permission.MESSAGE_APPLICANTS: _l("Write to applicants"),
    Permission.CLOSE_CASES: _l("Close cases"),
    Permission.REOPEN_CASES: _l("Reopen closed cases, with a reason"),
    Permission.SEE_SENSITIVE_FIELDS: _l("See national IDs, bank accounts and telephone numbers in full"),
    Permission.SEE_BENEFICIARIES: _l("See the files of beneficiaries"),
    Permission.OVERSEE_CASES: _l("Oversee load and lateness, and be told of overdue cases"),
    Permission.EDIT_MESSAGES: _l("Reword the messages that the association sends"),
    Permission.EDIT_SETTINGS: _l("Change the association's name, logo, colour and settings"),
    Permission.MANAGE_STAFF: _l("Invite and suspend staff, and edit roles"),
    Permission.GRANT_ROLES: _l("Give others roles with permissions that one lacks oneself, and confirm such grants"),
    Permission.MANAGE_BRANCHES: _l("Manage branch offices"),
}
"""What each permission lets its holder do: those of cases and administration; features register theirs."""


@dataclass(frozen=True)
class Member:
    """A person at work in one association, as the session knows them."""

    id: UUID
    account_id: UUID
    name: str
    locale: str | None = None
    permissions: frozenset[Permission] = field(default_factory=frozenset)
    role_keys: frozenset[str] = field(default_factory=frozenset)
    branch_id: UUID | None = None
    needs_code: bool = False
    """Whether a role of theirs asks for a code from the telephone beside the password."""

    def may(self, *any_of: Permission) -> bool:
        """True if at least one of these permissions is held."""
        return not self.permissions.isdisjoint(any_of)


@dataclass(frozen=True)
class Rule:
    """Who may open one view: its kind, the permissions of which one is enough, and on whose host it answers."""

    kind: Literal["public", "signed_in", "requires", "operator"]
    permissions: frozenset[Permission] = frozenset()
    place: Place = "association"


def _mark(rule: Rule) -> Callable[[View], View]:
    def marked(view: View) -> View:
        view.access = rule  # type: ignore[attr-defined]  # functions take attributes; Callable does not say so
        return view

    return marked


@overload
def public(view: View) -> View: ...
@overload
def public(*, place: Place) -> Callable[[View], View]: ...
def public(view: View | None = None, *, place: Place = "association") -> View | Callable[[View], View]:
    """Anybody may open it. Use as ``@public`` or ``@public(place="any")``."""
    mark = _mark(Rule("public", place=place))
    return mark(view) if view is not None else mark


def signed_in(view: View) -> View:
    """Any active member of the association's staff may open it."""
    return _mark(Rule("signed_in"))(view)


def requires(*any_of: Permission) -> Callable[[View], View]:
    """A member who holds at least one of these permissions may open it."""
    if not any_of:
        raise TypeError("say which permission the view requires")
    return _mark(Rule("requires", frozenset(any_of)))


def operator(view: View) -> View:
    """The platform's operator may open it, on the platform's own host."""
    return _mark(Rule("operator", place="platform"))(view)


def current_member() -> Member | None:
    """The member of the association's staff who is signed in; None for anybody else, and outside a request."""
    who = _signed_in()
    return who.member if who is not None else None


def current_account() -> UUID | None:
    """The account that is signed in at this host, a member's or the operator's."""
    who = _signed_in()
    return who.account_id if who is not None else None


def current_operator() -> bool:
    """Whether the platform's operator is signed in, on the platform's own host."""
    who = _signed_in()
    return who is not None and bool(who.is_operator)


def _signed_in() -> Any:
    """Who is signed in, or None; an error in looking that up is raised, and never taken for nobody."""
    who = current_user._get_current_object()
    return who if who is not None and who.is_authenticated else None


def enforce() -> None:
    """Refuse a request that its view does not allow; runs before every view.

    Raises NotFound where the view does not stand on this host, NotSignedIn where it needs somebody, and Forbidden
    for a known person or a view without a rule.
    """
    if request.endpoint is None or request.endpoint == "static":
        return  # no view was found, which is answered with 404; static files are everybody's
    rule: Rule | None = getattr(current_app.view_functions[request.endpoint], "access", None)
    if rule is None:
        raise Forbidden
    if rule.place not in ("any", "association" if isinstance(place.get(), Tenant) else "platform"):
        raise NotFound
    if rule.kind != "public":
        _admit(rule)


def _admit(rule: Rule) -> None:
    if rule.kind == "operator":
        known = allowed = current_operator()
    else:
        member = current_member()
        known = member is not None
        allowed = member is not None and (rule.kind == "signed_in" or member.may(*rule.permissions))
    if not known:
        raise NotSignedIn
    if not allowed:
        raise Forbidden

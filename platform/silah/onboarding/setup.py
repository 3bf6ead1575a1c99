"""Filling a new association from its blueprint, and making its first administrator.

Every step looks for what stands already, so that a furnishing that broke off is completed by doing it again. What an
association has changed since is left as it is.
"""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from silah import clock
from silah.acknowledgements import service as acknowledgements
from silah.cases import file_jobs
from silah.intake.definition import Definition
from silah.intake.models import RequestType, RequestTypeRevision
from silah.library import service as library
from silah.organisation.models import BranchOffice, Membership, Role
from silah.policies import blueprint as blueprint_of_policy
from silah.programme import reviews as standing_reviews
from silah.shell.models import AssociationSetting
from silah.staff import invitations, members, roles, service
from tenants import blueprints, provisioning, versions
from tenants.blueprints import Blueprint
from tenants.context import Tenant, serving
from tenants.database import Base, db
from tenants.registry import ACTIVE
from tenants.versions import PolicyVersion

ADMINISTRATOR = "administrator"


class UnknownRole(LookupError):
    """The association has no role of this key."""


def create(
    slug: str,
    *,
    blueprint: str,
    name_ar: str,
    name_en: str,
    admin_email: str,
    admin_name: str | None = None,
    locale: str = "ar",
    password: str | None = None,
    tenant_id: UUID | None = None,
    since: date | None = None,
) -> Tenant:
    """Make an association and all that it starts with; it opens once it is whole.

    Asked again after it broke off, it goes on where it stood. Needs the owner's login; raises what
    `tenants.provisioning.creating` raises, and `UnknownBlueprint`.
    """
    plan = blueprints.load(blueprint)
    with provisioning.creating(
        slug,
        blueprint=blueprint,
        name_ar=name_ar,
        name_en=name_en,
        locale=locale,
        tenant_id=tenant_id,
        blueprint_version=plan.version,
    ) as tenant:
        furnish(tenant, blueprint, admin_email, admin_name or admin_email, password=password, since=since)
    return replace(tenant, state=ACTIVE)


def furnish(
    tenant: Tenant,
    blueprint: str,
    admin_email: str,
    admin_name: str,
    *,
    password: str | None = None,
    since: date | None = None,
) -> None:
    """Give an association its roles, offices, settings, policy, request types and administrator.

    The policy is in force from `since`. With a password the administrator can sign in at once, otherwise a letter
    of invitation is owed. Commits each of its steps.
    """
    plan = blueprints.load(blueprint)
    with serving(tenant):
        _roles(tenant, plan)
        _branches(tenant, plan)
        _put(AssociationSetting, only=1, accent=plan.accent, digits="western")
        _policy(tenant, plan, since)
        library.bring(plan.policy)
        standing_reviews.owe()
        _request_types(tenant, plan)
        file_jobs.owe_sweep()
        db.session.commit()
    enrol(tenant, admin_email, admin_name, [ADMINISTRATOR], password=password)


def enrol(
    tenant: Tenant,
    email: str,
    name: str,
    role_keys: list[str],
    *,
    password: str | None = None,
    branch_id: UUID | None = None,
    locale: str | None = None,
) -> UUID:
    """Make somebody a member without a page being opened, and give the membership's id.

    With a password they are active at once (an existing account keeps its own), otherwise invited by a letter.
    Raises `UnknownRole`, and then nobody was made a member.
    """
    with serving(tenant):
        role_ids = _role_ids(role_keys)
    person = service.ensure(email, name)
    if password and not person.has_password:
        service.choose_password(person.id, password)
    service.join(person.id, tenant.id)
    with serving(tenant):
        member = db.session.scalar(select(Membership).where(Membership.account_id == person.id))
        if member is None:
            member = invitations.invite(email=email, name=name, roles=role_ids, branch_id=branch_id, locale=locale)
            if password:
                invitations.withdraw_letter(member)
                members.activate(member)
        db.session.commit()
        return member.id


def _role_ids(keys: list[str]) -> list[UUID]:
    found = {role.key: role.id for role in db.session.scalars(select(Role).where(Role.key.in_(keys)))}
    if unknown := set(keys) - set(found):
        raise UnknownRole(", ".join(sorted(unknown)))
    return list(found.values())


def _roles(tenant: Tenant, plan: Blueprint) -> None:
    for position, role in enumerate(plan.roles, 1):
        _put(
            Role,
            id=uuid5(tenant.id, f"role:{role.key}"),
            key=role.key,
            name_ar=role.name.ar,
            name_en=role.name.en,
            permissions=roles.known(role.permissions),
            position=position,
        )


def _branches(tenant: Tenant, plan: Blueprint) -> None:
    for position, office in enumerate(plan.branches, 1):
        _put(
            BranchOffice,
            id=uuid5(tenant.id, f"branch:{office.key}"),
            name_ar=office.name.ar,
            name_en=office.name.en,
            hours_ar=office.hours.ar,
            hours_en=office.hours.en,
            address_ar=office.address.ar,
            address_en=office.address.en,
            phone="",
            position=position,
            active=True,
        )


def _policy(tenant: Tenant, plan: Blueprint, since: date | None) -> None:
    """Bring the blueprint's policy into force, unless the association has one.

    Where neither the caller nor the paper names a day, it is taken to stand since the year before, so that what
    came in earlier can still be recorded under it.
    """
    if db.session.scalar(select(PolicyVersion.id).limit(1)):
        return
    version = PolicyVersion.of(plan.policy_for(tenant.name_ar, tenant.name_en), at=clock.now(), blueprint=plan.name)
    today = clock.today()
    begins = since or version.approved_on or date(today.year - 1, 1, 1)
    version.approve(begins)
    versions.bring_into_force(version, begins)
    blueprint_of_policy.begin(plan)
    acknowledgements.begin(version, first=True)


def _request_types(tenant: Tenant, plan: Blueprint) -> None:
    for position, one in enumerate(plan.request_types, 1):
        key = one["key"]
        kind = uuid5(tenant.id, f"type:{key}")
        _put(RequestType, id=kind, key=key, position=position, active=True)
        _put(
            RequestTypeRevision,
            id=uuid5(kind, "1"),
            type_id=kind,
            number=1,
            current=True,
            definition=Definition.read(one["definition"]).document(),
            made_at=clock.now(),
        )


def _put(model: type[Base], **values: Any) -> None:
    """Insert a row unless it stands already."""
    db.session.execute(insert(model).values(**values).on_conflict_do_nothing())

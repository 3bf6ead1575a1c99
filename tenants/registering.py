"""The registry, read and changed on the platform's side: listing, suspension, own domains. Nothing commits here.

Call within `serving(PLATFORM)`; whoever commits calls nothing more, since other processes ask again on their own.
"""

from collections.abc import Sequence

from sqlalchemy import exists, func, select, update

from tenants import resolution
from tenants.context import Tenant
from tenants.database import db, installation
from tenants.errors import HalfMade, HostTaken, UnknownTenant
from tenants.registry import ACTIVE, MAKING, SUSPENDED, Association, Host, TenantMigration


def get(slug: str) -> Association:
    """The association with this slug; raises `UnknownTenant`."""
    found = db.session.scalars(select(Association).where(Association.slug == slug)).one_or_none()
    if found is None:
        raise UnknownTenant(f"no association has the slug {slug}")
    return found


def listing() -> Sequence[Association]:
    """Every association, by slug."""
    return db.session.scalars(select(Association).order_by(Association.slug)).all()


def suspend(slug: str) -> Tenant:
    """Stop an association's service; its data stay. It answers with a page that says so."""
    return _turn(get(slug), SUSPENDED)


def resume(slug: str) -> Tenant:
    """Open a suspended association again."""
    return _turn(get(slug), ACTIVE)


def rename(tenant: Tenant, name_ar: str, name_en: str, locale: str) -> None:
    """Give an association other names and a first language; its address stays. Felt elsewhere as a suspension is."""
    row = update(Association).where(Association.id == tenant.id)
    db.session.execute(row.values(name_ar=name_ar, name_en=name_en, locale=locale))
    resolution.forget()


def stands_on(tenant: Tenant, version: int) -> None:
    """Note the newest version of its blueprint of which the association decided everything."""
    row = update(Association).where(Association.id == tenant.id)
    db.session.execute(row.values(blueprint_version=version))


def revision(association: Association) -> str | None:
    """How far an association's schema is migrated."""
    record = db.session.get(TenantMigration, association.role)
    return record.revision if record else None


def hosts(association: Association) -> Sequence[str]:
    """The domains of its own at which an association answers."""
    return db.session.scalars(select(Host.host).where(Host.association_id == association.id).order_by(Host.host)).all()


def answer_at(slug: str, host: str) -> Host:
    """Have an association answer at a domain of its own; raises `HostTaken` for one that it cannot have."""
    association, name = get(slug), _own_domain(host)
    if db.session.scalar(select(exists().where(Host.host == name))):
        raise HostTaken(f"another association answers at {name}")
    own = Host(host=name, association_id=association.id)
    db.session.add(own)
    db.session.flush()
    resolution.forget()
    return own


def _own_domain(host: str) -> str:
    try:
        name = host.strip().rstrip(".").encode("idna").decode().lower()
    except UnicodeError:
        raise HostTaken("this is not a domain") from None
    base = installation().base_domain
    if not name or not set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-."):
        raise HostTaken("this is not a domain")
    if name == base or name.endswith(f".{base}"):
        raise HostTaken("this domain is the platform's")
    return name


def _turn(association: Association, state: str) -> Tenant:
    if association.state == MAKING:
        raise HalfMade(f"the association {association.slug} is not made yet; create it again to finish it")
    if association.state != state:
        association.state = state
        association.suspended_at = func.now() if state == SUSPENDED else None
        db.session.flush()
    resolution.forget()
    return association.tenant()

"""The evidence of a period in one ZIP: policy, minutes, acknowledgements, surveys, visits, reviews, complaints.

A manifest names every file with its size and SHA-256, so that whoever gets the pack can tell whether it is whole; the
same hashes stand in a list that ``sha256sum --check`` reads.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from flask_babel import force_locale
from flask_babel import gettext as _

from silah import clock, jobs
from silah.documents import service as documents
from silah.documents.archives import UndatedZip
from silah.errors import Forbidden, Invalid, NotFound
from silah.figures import export_progress
from silah.language.localization import locale
from silah.organisation.models import Membership
from silah.programme import evidence_parts
from silah.programme.models import EvidencePack
from silah.staff.members import as_member
from silah.web.access import Member, Permission
from tenants.context import current_tenant
from tenants.database import db

MAKE, FORGET = "programme.evidence.awaited", "programme.evidence.forget"
KEPT = timedelta(days=7)
LONGEST_DAYS = 1100
FORMAT = 1
SUMS = "SHA256SUMS"


def ask(since: date | None, until: date | None, *, by: Member) -> EvidencePack:
    """Owe the pack of a period of at most three years; it is made for this member, of what they may see."""
    if not by.may(Permission.OVERSEE_COMPLAINTS):
        raise Forbidden
    if since is None or until is None or since > until:
        raise Invalid({"until": _("Choose a last day that is not before the first.")})
    if (until - since).days > LONGEST_DAYS:
        raise Invalid({"until": _("Choose at most three years.")})
    pack = EvidencePack(member_id=by.id, since=since, until=until, locale=locale(), asked_at=clock.now())
    db.session.add(pack)
    db.session.flush()
    jobs.owe(MAKE, str(pack.id), clock.now())
    jobs.owe(FORGET, str(pack.id), clock.now() + KEPT)
    return pack


def get(pack_id: UUID, member: Member) -> EvidencePack:
    """The member's own pack; raises NotFound for another's and for none alike."""
    found = db.session.get(EvidencePack, pack_id)
    if found is None or found.member_id != member.id:
        raise NotFound
    return found


def make(pack_id: UUID) -> None:
    """The owed part: gather everything and keep it; done again it changes nothing."""
    found = db.session.get(EvidencePack, pack_id, with_for_update=True)
    if found is None or found.file_id is not None:
        return
    member = as_member(db.session.get_one(Membership, found.member_id))
    if not member.may(Permission.OVERSEE_COMPLAINTS):
        return
    with force_locale(found.locale):
        data = packed(found.since, found.until, member, told=str(found.id))
    name = f"evidence-{found.since}-{found.until}.zip"
    found.file_id = documents.keep_made(data, name, purpose="export", media_type="application/zip").id


def forget(pack_id: UUID) -> None:
    """The owed end: the pack and its file go."""
    found = db.session.get(EvidencePack, pack_id)
    if found is None:
        return
    file_id = found.file_id
    db.session.delete(found)
    db.session.flush()
    if file_id is not None:
        documents.forget(documents.get(file_id))


def packed(since: date, until: date, member: Member, told: str | None = None) -> bytes:
    """The ZIP itself, in the language of the moment."""
    out, listed = io.BytesIO(), []
    with UndatedZip(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for number, (path, data) in enumerate(_files(since, until, member), start=1):
            pack.writestr(path, data)
            listed.append({"path": path, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()})
            if told:
                export_progress.tell(told, number)
        manifest = _manifest(since, until, member, listed)
        pack.writestr("manifest.json", manifest)
        pack.writestr(SUMS, _sums([*listed, {"path": "manifest.json", "sha256": hashlib.sha256(manifest).hexdigest()}]))
    return out.getvalue()


def whole(since: date, until: date, member: Member) -> int:
    """How many files the pack of a period has, for showing how far it is."""
    return sum(part.count(since, until, member) for part in evidence_parts.PARTS)


def _files(since: date, until: date, member: Member) -> Iterator[tuple[str, bytes]]:
    for part in evidence_parts.PARTS:
        for name, data in part.files(since, until, member):
            yield f"{part.folder}/{name}", data


def _sums(listed: list[dict[str, object]]) -> str:
    """What ``sha256sum --check`` reads."""
    return "".join(f"{one['sha256']}  {one['path']}\n" for one in listed)


def _manifest(since: date, until: date, member: Member, listed: list[dict[str, object]]) -> bytes:
    tenant = current_tenant()
    said = {
        "format": FORMAT,
        "association": {"slug": tenant.slug, "name_ar": tenant.name_ar, "name_en": tenant.name_en},
        "since": since.isoformat(),
        "until": until.isoformat(),
        "made_at": clock.now().isoformat(),
        "made_for": member.name,
        "files": listed,
    }
    return json.dumps(said, ensure_ascii=False, indent=2).encode()

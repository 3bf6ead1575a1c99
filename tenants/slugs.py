"""Slugs: the part of an address that names an association; which may be one, and which look alike."""

import re
import unicodedata

from tenants.errors import BadName, BadSlug

SHORTEST, LONGEST = 3, 40
SHAPE = re.compile(r"[a-z](-?[a-z0-9])*")
RESERVED = frozenset(
    """about account accounts admin api app apps assets auth autoconfig autodiscover blog cdn check console
    dashboard demo desk dev docs email files ftp healthz help imap internal localhost login mail media metrics
    mobile mta-sts news ns ns1 ns2 operator owner platform policy pop pop3 portal postmaster public readyz register
    root security shared sign-in signin silah smtp sso staff staging static status storage support system tenant
    tenants test theme webmail webmaster wpad www""".split()  # noqa: SIM905 - words are read best as words
)


def checked_slug(slug: str) -> str:
    """The slug itself, if it may be one; raises `BadSlug`, saying why not."""
    if not SHORTEST <= len(slug) <= LONGEST:
        raise BadSlug(f"a slug has {SHORTEST} to {LONGEST} characters")
    if not slug.isascii():
        raise BadSlug("a slug is written with the Latin letters a to z; letters that only look like them are not")
    if not SHAPE.fullmatch(slug):
        raise BadSlug("a slug begins with a letter and has small letters a to z, digits and single hyphens")
    if skeleton(slug) in {skeleton(word) for word in RESERVED}:
        raise BadSlug(f"the slug {slug} is reserved for the platform, or looks like one that is")
    return slug


def skeleton(slug: str) -> str:
    """What the eye keeps of a slug: two slugs with one skeleton would be taken for each other."""
    folded = slug.replace("-", "").translate(str.maketrans("015", "ols"))
    return folded.replace("rn", "m").replace("vv", "w")


def checked_name(name: str) -> str:
    """The name in NFC; any Unicode but control characters. Raises `BadName`."""
    clean = unicodedata.normalize("NFC", name).strip()
    if not clean or any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in clean):
        raise BadName("an association needs a name, without control characters")
    return clean

"""What can go wrong between associations: one family, each error named for what happened."""


class TenancyError(Exception):
    """Anything that the wall between associations refuses."""


class NoTenant(TenancyError):
    """The database was reached, or the tenant asked for, while nobody was being served."""


class WrongTenant(TenancyError):
    """A transaction, session or object of one association was used while another was served."""


class CannotPin(TenancyError):
    """The connection is in autocommit, where only its first statement would be held to the tenant."""


class UnknownHost(TenancyError):
    """No association answers at this host."""


class SuspendedTenant(TenancyError):
    """The association exists, and its service is suspended."""


class UnknownTenant(TenancyError):
    """No association has this slug, role or id."""


class BadSlug(TenancyError):
    """The slug cannot be part of an address; the text says why."""


class SlugTaken(TenancyError):
    """Another association has this slug, or one that looks the same."""


class HalfMade(TenancyError):
    """The association's creation has not finished; run it again with the same slug to resume it."""


class CannotUnwrap(TenancyError):
    """An association's data key does not open under this master key, or it has been destroyed."""


class MigrationHalted(TenancyError):
    """Too many associations failed to migrate; the rest were left as they were."""


class NotPrepared(TenancyError):
    """The database lacks what the whole platform stands on: logins, the group role, the shared schema."""


class BadName(TenancyError):
    """The association's name is empty or has characters that no name has."""


class HostTaken(TenancyError):
    """This domain is another's, the platform's, or none."""

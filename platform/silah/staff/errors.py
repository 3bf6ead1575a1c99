"""What staff administration and sign-in refuse, each named for what happened."""

from flask_babel import lazy_gettext as _l

from silah.errors import Conflict, NotFound


class LinkExpired(NotFound):
    """The single-use link was used, is too old, or is for another place; nobody is told which."""

    message = _l("This link has been used or is no longer valid. Ask for a fresh one.")


class LastAdministrator(Conflict):
    """Somebody must remain who can manage the staff."""

    message = _l("This is the last active administrator. Give another member that role first.")


class NotOneself(Conflict):
    """One does not suspend oneself."""

    message = _l("You cannot suspend yourself. Ask another administrator.")


class AlreadyMember(Conflict):
    """The address belongs to somebody who works here."""

    message = _l("A member of staff with this e-mail address exists already.")


class NotInvited(Conflict):
    """An invitation is sent again only to somebody who has not accepted yet."""

    message = _l("This member has accepted the invitation already.")


class NotYourAssociation(NotFound):
    """One switches only to an association in which one is an active member."""

    message = _l("You are not an active member of that association.")


class NotOnesOwnCode(Conflict):
    """One's own second factor is changed on one's own page, with the password."""

    message = _l("Change your own code on the page of your account.")


class WorksElsewhere(Conflict):
    """The account opens more than this association, so this association does not decide about its sign-in."""

    message = _l("This person works at other associations too. The operator of the platform can reset the code.")


class BeyondOnesOwn(Conflict):
    """Without the permission to grant roles, one grants only what one holds."""

    message = _l("This needs permissions that you do not have yourself. Ask an administrator.")


class NotToOneself(Conflict):
    """Nobody gives themselves a role or a seat, or confirms what they asked for."""

    message = _l("Nobody gives a role to themselves. Ask another administrator.")


class RoleBeforeSeat(Conflict):
    """A seat on a committee brings a vote, so it follows a role that two administrators granted."""

    message = _l("First give this member a role of the committee, which another administrator confirms. Then the seat.")


class OnesOwnRole(Conflict):
    """A role is not edited by those who hold it."""

    message = _l("You hold this role yourself, so somebody else changes it.")


class AdministratorsOnly(Conflict):
    """An administrator's access is changed by administrators only."""

    message = _l("This member is an administrator. Only another administrator can do this.")


class AlreadyDecided(Conflict):
    """A grant is confirmed or refused once."""

    message = _l("This has already been decided.")

"""Why a file is not kept or not read, each named for what happened, in words for its sender."""

from flask_babel import lazy_gettext as _l

from silah.errors import Invalid, SilahError


class NotTaken(Invalid):
    """A file that is not kept; the message says why."""


class Empty(NotTaken):
    """The file has no content."""

    message = _l("The file is empty. Choose it again.")


class TooLarge(NotTaken):
    """The file is larger than the installation allows."""

    message = _l("The file is too large. Take the photo again at a lower resolution, or send a smaller file.")


class NotAllowed(NotTaken):
    """The content is of no type that is taken."""

    message = _l("This type of file is not taken. Send a PDF, or a photo (JPEG, PNG or WebP).")


class AppleFormat(NotAllowed):
    """A photo as Apple's telephones keep it, which other devices cannot open."""

    message = _l(
        "This photo is in the HEIC format, which cannot be opened here. Take it again as JPEG: on an iPhone open "
        "Settings, Camera, Formats and choose Most Compatible. Or send a screenshot of the photo."
    )


class Damaged(NotTaken):
    """The file begins like one of the types that are taken, and cannot be read."""

    message = _l("The file is damaged and cannot be opened. Save or photograph it again.")


class Locked(NotTaken):
    """A PDF that needs a password."""

    message = _l("The file is locked with a password. Send a copy without one.")


class TooManyPixels(NotTaken):
    """A picture of more pixels than are unpacked."""

    message = _l("The picture has more than 50 million pixels. Take it again at a lower resolution.")


class TooHeavy(NotTaken):
    """Opening the file took more memory or time than it may."""

    message = _l(
        "This file takes too much memory or time to open. Print it to a new PDF or photograph the pages, and send that."
    )


class Moving(NotTaken):
    """A picture of several frames, of which one alone would be kept."""

    message = _l("This picture moves. Send one that stands still.")


class TooDeep(NotTaken):
    """A picture in finer colours than can be kept."""

    message = _l("This picture has 16 bits a colour, more than can be kept here. Save it with 8 bits, or as JPEG.")


class Unusual(NotTaken):
    """A JPEG in a coding that hardly any program opens."""

    message = _l("This JPEG is coded in an unusual way that cannot be opened here. Save it as an ordinary JPEG or PNG.")


class Wrapped(NotTaken):
    """A PDF with a picture packed so that its notes of place and time cannot be found."""

    message = _l(
        "A picture in this PDF is packed in a way in which we cannot remove what it tells of its maker. Print it to a "
        "new PDF or photograph the pages, and send that."
    )


class NotStored(SilahError):
    """The store did not take the file; nothing was acknowledged."""

    status = 503
    message = _l("The file could not be kept just now, and nothing was saved. Please try again in a few minutes.")


class Lost(SilahError):
    """The store has no bytes for a file that the database knows."""

    status = 503
    message = _l("The file cannot be read just now. Please try again in a few minutes.")


class TooManyFiles(NotTaken):
    """More files than one form may bring."""

    message = _l("At most 20 files can be sent at once. Send the others afterwards.")


class TooLargeTogether(NotTaken):
    """Files that are small enough each, and too large together."""

    message = _l("Together these files are too large. Send fewer of them at once, and the others afterwards.")


class TooLongTogether(NotTaken):
    """Files that take too long to open together."""

    message = _l("Together these files take too long to open. Send fewer of them at once, and the others afterwards.")

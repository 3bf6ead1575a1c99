"""The form by which an association rewords a message."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField, SubmitField, TextAreaField
from wtforms.validators import DataRequired

from silah.errors import Invalid


class WordingForm(FlaskForm):  # type: ignore[misc]  # flask-wtf carries no types
    """Subject and text of one message; ``preview`` shows it without keeping it."""

    subject = StringField(_l("Subject"), [DataRequired(_l("Write something here."))])
    body = TextAreaField(_l("Text"), [DataRequired(_l("Write something here."))])
    preview = SubmitField(_l("Preview"))

    def refuse(self, refused: Invalid) -> None:
        """Show what the check found at the fields it names."""
        for name, words in refused.fields.items():
            self[name].errors = [*self[name].errors, str(words)]

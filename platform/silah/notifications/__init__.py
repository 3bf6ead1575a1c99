"""Messages owed to people: outbox, templates, e-mail, SMS."""

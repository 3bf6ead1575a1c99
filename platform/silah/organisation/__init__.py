"""The organisation of an association: members, roles, departments, branches."""

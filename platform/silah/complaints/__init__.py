"""Complaints, inquiries, suggestions and technical support: the second shared module."""

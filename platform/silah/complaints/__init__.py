"""Complaints, inquiries, suggestions, technical support, disputes and compensation: the second shared module."""

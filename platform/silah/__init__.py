"""Silah: what every association shares. Who an association is lives in the package ``tenants``."""

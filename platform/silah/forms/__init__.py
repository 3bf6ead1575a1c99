"""Forms: parsers of what people type, shared fields and texts."""

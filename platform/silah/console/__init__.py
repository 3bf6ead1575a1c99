"""The pages of the platform's operator."""

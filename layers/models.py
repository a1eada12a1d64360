"""No records of its own yet; Django sends its migration signals only to apps that have this module."""

"""The two words of an `exported_tables` module that are not columns."""

REFERENCED = "referenced"
EVERY = "every"

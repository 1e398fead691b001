"""The generic importer: a file of anybody's, read by a mapping of its columns."""

"""The command line: one file a noun, each command a thin call into the service."""

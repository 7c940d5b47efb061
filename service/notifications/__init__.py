"""Telling people: what a notice says, the rows that it survives a crash in, and the ways that it goes out."""

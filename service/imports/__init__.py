"""Programmes and action plans from the files that offices have: read, held against the log, and drafted."""

"""What people are told, and how it reaches them: written with the reaction that tells, then moved by the senders."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from events.tables import UtcTime
from service.db import metadata

notice = Table(
    "notice",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("commitment", Text),
    Column("position", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("fact", Text, nullable=False),
    Column("office", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("urgency", Text, nullable=False),
    Column("action", Boolean, nullable=False),
    Column("language", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("read_at", UtcTime),
    UniqueConstraint("position", "office", "person", name="uq_notice_once"),
    Index("ix_notice_reader", "office", "person", "id"),
)
"""One fact told to one person in one office: what the pages show. commitment: none where it is about an office.

`created_at` is the log's clock."""

delivery = Table(
    "delivery",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("notice", String(36), ForeignKey("notice.id"), nullable=False),
    Column("channel", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("message_id", Text, nullable=False, unique=True),
    Column("status", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", UtcTime),
    Column("claimed_until", UtcTime),
    Column("claimed_by", Text),
    Column("sent_at", UtcTime),
    Column("error", Text),
    UniqueConstraint("notice", "channel", name="uq_delivery_once"),
    Index("ix_delivery_queue", "status", "id"),
)
"""A notice on its way through one channel.

status   waiting | claimed | sent | dead | dropped (what it tells was taken back)     next_at   None: at once
Its times are the real world's, never a demo clock's: a lease must not end because a demo jumped a week.
"""

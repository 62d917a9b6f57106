"""Scans as they were taken in: what they are, never what they show. The bytes lie sealed in the data folder (`files.store`)."""

from __future__ import annotations

import uuid

from django.db import models

from yumiao.journal.facts import Identity
from yumiao.units.models import Unit


class Scan(Identity):
    """One document of one or more pages, made of an upload or of several photographs in order: a PDF of ours. Never changed, never replaced.

    `digest` is the SHA-256 of the bytes as they are served; `unit` is where it was taken in; `taken_on` the day of the photographs where they say it.
    """

    class Media(models.TextChoices):
        PDF = "application/pdf", "PDF"
        JPEG = "image/jpeg", "JPEG"
        PNG = "image/png", "PNG"

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    media = models.CharField(max_length=20, choices=Media.choices)
    digest = models.BinaryField(max_length=32)
    size = models.IntegerField()
    pages = models.SmallIntegerField()
    taken_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["digest"], name="scan_digest")]


class ScanPage(Identity):
    """One page: the digest of its picture and its perceptual hash, by which the same page is found again, resized or recompressed.

    `look` are the 64 bits of `files.looks` as a signed number; None of a page without a picture.
    """

    scan = models.ForeignKey(Scan, models.PROTECT, related_name="page_rows", db_index=False)
    number = models.SmallIntegerField()
    digest = models.BinaryField(max_length=32)
    look = models.BigIntegerField(null=True)
    width = models.IntegerField()
    height = models.IntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["scan", "number"], name="scanpage_scan"),
            models.Index(fields=["look"], name="scanpage_look"),
            models.Index(fields=["digest"], name="scanpage_digest"),
        ]

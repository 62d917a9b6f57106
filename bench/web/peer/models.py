"""The workload's two tables, as they come."""

from __future__ import annotations

from django.db import models


class Org(models.Model):
    code = models.CharField(max_length=20, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True)
    name = models.CharField(max_length=100)
    level = models.SmallIntegerField()
    path = models.CharField(max_length=60, db_index=True)

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    no = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=50, db_index=True)
    sex = models.CharField(max_length=1)
    ethnic = models.CharField(max_length=20)
    id_no = models.CharField(max_length=18, unique=True)
    birth = models.DateField()
    phone = models.CharField(max_length=11)
    edu = models.CharField(max_length=10)
    org = models.ForeignKey(Org, models.PROTECT)
    joined = models.DateField()
    status = models.CharField(max_length=10, db_index=True)
    job = models.CharField(max_length=20)
    address = models.CharField(max_length=100)
    dues = models.DecimalField(max_digits=8, decimal_places=2)
    points = models.IntegerField()
    note = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name

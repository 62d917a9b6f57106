"""Who is the same person and who is not; what names are found by anew, with their pinyin and initials."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from yumiao.people.names import tokens

BLOCK = 2000


def fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    token = apps.get_model("people", "NameToken")
    token.objects.all().delete()
    records = apps.get_model("people", "PersonRecord").objects.order_by("pk").values_list("pk", "name")
    made = (token(record_id=record, token=part) for record, name in records.iterator() for part in tokens(name))
    token.objects.bulk_create(made, batch_size=BLOCK)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_movements"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptApart",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("entered", models.BigIntegerField(db_index=True)),
                ("struck", models.BigIntegerField(default=9223372036854775807)),
                ("compared", models.CharField(max_length=160)),
                ("reason", models.CharField(max_length=200)),
                (
                    "other",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kept_apart",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("struck__lt", 9223372036854775807)),
                        fields=["struck"],
                        name="keptapart_struck",
                    ),
                    models.Index(
                        condition=models.Q(("struck", 9223372036854775807)), fields=["other"], name="keptapart_other"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("struck__gt", models.F("entered"))), name="keptapart_struck_later"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("struck", 9223372036854775807)),
                        fields=("person", "other"),
                        name="kept_apart_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person__lt", models.F("other"))), name="keptapart_in_order"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Merged",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("entered", models.BigIntegerField(db_index=True)),
                ("struck", models.BigIntegerField(default=9223372036854775807)),
                ("reason", models.CharField(max_length=200)),
                (
                    "into",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="people.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_into",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("struck__lt", 9223372036854775807)), fields=["struck"], name="merged_struck"
                    ),
                    models.Index(
                        condition=models.Q(("struck", 9223372036854775807)), fields=["into"], name="merged_into_whom"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("struck__gt", models.F("entered"))), name="merged_struck_later"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("struck", 9223372036854775807)), fields=("person",), name="merged_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("into")), _negated=True), name="merged_into_another"
                    ),
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

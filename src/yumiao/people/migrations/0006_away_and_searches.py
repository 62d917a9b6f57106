"""The time out of the county of who came back, and searches for who cannot be reached."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_sameness"),
    ]

    operations = [
        migrations.AlterField(
            model_name="membershipstate",
            name="state",
            field=models.CharField(
                choices=[
                    ("suspended", "停止党籍"),
                    ("inner_probation", "留党察看"),
                    ("probation_extended", "延长预备期"),
                    ("correction_in_term", "限期改正"),
                    ("away", "组织关系在县外"),
                ],
                max_length=30,
            ),
        ),
        migrations.AlterField(
            model_name="statuschange",
            name="change",
            field=models.CharField(
                choices=[
                    ("deceased", "去世登记"),
                    ("application_withdrawn", "撤回入党申请"),
                    ("cultivation_stopped", "停止培养"),
                    ("probation_extended", "延长预备期"),
                    ("probation_cancelled", "取消预备党员资格"),
                    ("membership_suspended", "停止党籍"),
                    ("membership_restored", "恢复党籍"),
                    ("correction_in_term", "限期改正"),
                    ("correction_ended", "解除限期改正"),
                    ("advised_to_withdraw", "劝其退党"),
                    ("removed", "除名"),
                    ("inner_probation", "留党察看"),
                    ("inner_probation_extended", "延长留党察看"),
                    ("rights_restored", "留党察看期满恢复党员权利"),
                    ("expelled", "开除党籍"),
                    ("transferred_out", "组织关系转出县外"),
                    ("returned_to_county", "组织关系转回本县"),
                ],
                max_length=30,
            ),
        ),
        migrations.CreateModel(
            name="ContactSearch",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("entered", models.BigIntegerField(db_index=True)),
                ("struck", models.BigIntegerField(default=9223372036854775807)),
                ("made_on", models.DateField()),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("phone", "电话"),
                            ("relatives", "亲友、邻居"),
                            ("police", "户籍地派出所"),
                            ("visit", "上门走访"),
                            ("employer", "工作单位、务工地"),
                            ("notice", "发布公告"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("nothing", "没有联系上"), ("clue", "得到线索"), ("reached", "已联系上")],
                        max_length=10,
                    ),
                ),
                ("made_by", models.CharField(max_length=50)),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="searches",
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
                        name="contactsearch_struck",
                    ),
                    models.Index(
                        condition=models.Q(("struck", 9223372036854775807)),
                        fields=["person", "made_on"],
                        name="contactsearch_person",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("struck__gt", models.F("entered"))), name="contactsearch_struck_later"
                    )
                ],
            },
        ),
    ]

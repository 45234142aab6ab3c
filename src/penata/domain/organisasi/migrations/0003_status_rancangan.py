"""The database itself refuses an unknown status, and a reorganisation in force without its legal act."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("organisasi", "0002_tanpa_tumpang_tindih")]
    operations = [
        migrations.AddConstraint(
            model_name="rancangan",
            constraint=models.CheckConstraint(
                condition=Q(status__in=["draf", "diajukan", "berlaku", "dibatalkan"]), name="rancangan_status"
            ),
        ),
        migrations.AddConstraint(
            model_name="rancangan",
            constraint=models.CheckConstraint(
                condition=~Q(status="berlaku") | Q(penetapan__isnull=False), name="rancangan_berlaku_berdasar"
            ),
        ),
    ]

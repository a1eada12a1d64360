from django.db import models


class RateBucket(models.Model):
    """Rate bucket · es: cubeta de consultas. How many tries an address or account has left.

    Keys are hashes. The table is unlogged: after a crash everybody starts with a full bucket.
    """

    key = models.CharField(max_length=64, primary_key=True)
    tokens = models.FloatField()
    is_refused = models.BooleanField(default=False)
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = "cubeta de consultas"
        verbose_name_plural = "cubetas de consultas"

    def __str__(self) -> str:
        return self.key

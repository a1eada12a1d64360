from django.contrib.auth.hashers import Argon2PasswordHasher


class CheapArgon2(Argon2PasswordHasher):
    """Argon2 at its smallest: tests prove who gets in, not how long a guess costs."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2SmallMachine(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes, one lane: OWASP's minimum. Django's 100 MiB and eight lanes
    took two seconds of two cores a sign-in, and the memory of a small server at eight at once."""

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1

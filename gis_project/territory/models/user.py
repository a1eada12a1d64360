import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models


class UserManager(BaseUserManager["User"]):
    def create_user(self, *, password: str | None = None, **fields: Any) -> "User":
        """A saved user; without password the account cannot sign in until one is set."""
        user = self.model(**fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """User · es: persona usuaria. Signs in with cédula, phone or e-mail; none of them is compulsory alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    full_name = models.CharField("nombre completo", max_length=200)
    cedula = models.CharField("cédula", max_length=10, unique=True, null=True, blank=True)
    phone = models.CharField("teléfono", max_length=20, unique=True, null=True, blank=True)
    email = models.EmailField("correo", unique=True, null=True, blank=True)
    is_active = models.BooleanField("activa", default=True)
    must_change_password = models.BooleanField("debe cambiar la contraseña", default=False)
    date_joined = models.DateTimeField("creada", auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "id"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = "persona usuaria"
        verbose_name_plural = "personas usuarias"
        constraints = [
            models.CheckConstraint(
                name="user_has_an_identifier",
                condition=models.Q(cedula__isnull=False)
                | models.Q(phone__isnull=False)
                | models.Q(email__isnull=False),
                violation_error_message="Indique cédula, teléfono o correo.",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.split(" ")[0]

    @property
    def is_staff(self) -> bool:
        return self.is_superuser


def display_name(user: User) -> str:
    """How a page addresses the person."""
    return user.full_name

"""Accounts (who logs in) and people (who own things; their names can be erased without breaking a plan)."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from onenumber.store.models.plan import Plan


class Accounts(BaseUserManager["Account"]):
    """Makes accounts, and finds each with its plan: nobody is asked for without it."""

    def get_queryset(self) -> models.QuerySet["Account"]:
        """Accounts with their plans."""
        return super().get_queryset().select_related("plan")

    def create_account(self, *, login: str, password: str | None, plan: Plan | None, person: str) -> "Account":
        """A new account; without a password it can only be entered in demo mode."""
        account = self.model(login=login, plan=plan, person=person)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A login: the person it speaks for in its plan. What she may do, her roles in the company's tables say."""

    login = models.CharField(max_length=150, unique=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, related_name="accounts")
    person = models.CharField(max_length=60, blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = Accounts()

    def __str__(self) -> str:
        return self.login


class Person(models.Model):
    """Name and address of a person of a plan, apart from the sheets, which know only the key."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="people")
    key = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    email = models.CharField(max_length=254, blank=True)

    class Meta:
        """One row per key."""

        constraints = (models.UniqueConstraint(fields=["plan", "key"], name="person_key"),)

    def __str__(self) -> str:
        return self.name

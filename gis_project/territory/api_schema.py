"""The base of every request body of the business API."""

from ninja import Schema
from pydantic import ConfigDict


class StrictSchema(Schema):
    """A request body that names its members: an unknown one is refused with 400 and never
    silently dropped, and a number is no string."""

    model_config = ConfigDict(extra="forbid")

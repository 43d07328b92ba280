"""What every noun of a workshop is made of: a frozen value, and the types of its fields."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(min_length=1, max_length=200)]


Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]


Text = Annotated[str, StringConstraints(max_length=4_000)]


Value10 = Annotated[float, Field(ge=0, le=10)]


Points = Annotated[float, Field(ge=0, le=1_000)]


Amount = Annotated[float, Field(ge=-1e15, le=1e15)]


Anchors = tuple[float, float, float, float, float]


class Noun(BaseModel):
    """A frozen value that refuses unknown fields, infinities and NaN."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, allow_inf_nan=False
    )

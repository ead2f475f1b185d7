"""Which texts a slide of each layout has, and how much of them: once, for the editor, the PDF and the PPTX alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from channel_desk.domain.training import Layout
from channel_desk.i18n import mark

#: Most rows of one table; four slides of them.
MOST_ROWS: Final = 24


@dataclass(frozen=True)
class LayoutText:
    """A single text of a layout."""

    key: str
    label: str
    #: Mostly more than a line.
    is_long: bool = False
    #: Says nothing where it stands alone on a slide.
    is_aside: bool = False


@dataclass(frozen=True)
class Rows:
    """A table of texts in a layout: ``columns`` are the names of its columns, ``most`` the rows that fit."""

    key: str
    label: str
    columns: tuple[str, ...]
    most: int
    #: Whether rows that do not fit go on to another slide.
    goes_on: bool = False

    @property
    def most_typed(self) -> int:
        """How many rows may be typed."""
        return MOST_ROWS if self.goes_on else self.most


@dataclass(frozen=True)
class LayoutForm:
    """The texts of a layout besides kicker, title and notes: single ones, and tables."""

    texts: tuple[LayoutText, ...] = ()
    rows: tuple[Rows, ...] = ()


_SOURCE: Final = LayoutText("source", mark("Source"), is_aside=True)

LAYOUTS: Final[dict[Layout, LayoutForm]] = {
    Layout.COVER: LayoutForm(
        rows=(Rows("promises", mark("What they take away"), (mark("Number"), mark("What it counts")), 2),)
    ),
    Layout.AGENDA: LayoutForm(
        texts=(_SOURCE,),
        rows=(Rows("parts", mark("Parts"), (mark("Time"), mark("Part"), mark("What for")), 6, goes_on=True),),
    ),
    Layout.BIG_NUMBER: LayoutForm(
        texts=(
            LayoutText("number", mark("Number")),
            LayoutText("sum", mark("How it comes about"), is_long=True),
            _SOURCE,
        )
    ),
    Layout.CHART: LayoutForm(
        texts=(_SOURCE,),
        rows=(
            Rows("bars", mark("Bars"), (mark("Label"), mark("Value")), 12),
            Rows("facts", mark("Facts"), (mark("Number"), mark("What it counts")), 2),
        ),
    ),
    Layout.PRODUCTS: LayoutForm(
        rows=(
            Rows(
                "products",
                mark("Products"),
                (
                    mark("Model"),
                    mark("For whom"),
                    mark("Key figure"),
                    mark("Why they buy"),
                    mark("Price"),
                    mark("Stock"),
                ),
                6,
                goes_on=True,
            ),
        ),
        texts=(LayoutText("tip", mark("Rule of thumb"), is_long=True), _SOURCE),
    ),
    Layout.CASE: LayoutForm(
        texts=(
            LayoutText("unit", mark("Unit of the bars")),
            LayoutText("quote", mark("Quote"), is_long=True),
            LayoutText("speaker", mark("Who said it")),
            LayoutText("lead", mark("Line above the steps"), is_long=True),
            _SOURCE,
        ),
        rows=(
            Rows("bars", mark("Before and after"), (mark("Label"), mark("Value")), 3),
            Rows("steps", mark("Steps"), (mark("When"), mark("What happened")), 3),
        ),
    ),
    Layout.OBJECTIONS: LayoutForm(
        texts=(_SOURCE,),
        rows=(
            Rows(
                "objections", mark("Objections"), (mark("They say"), mark("Ask first"), mark("Answer")), 3, goes_on=True
            ),
        ),
    ),
    Layout.POLICY: LayoutForm(
        texts=(LayoutText("lead", mark("Line above the steps"), is_long=True), _SOURCE),
        rows=(
            Rows("rules", mark("Rules"), (mark("Rule"), mark("In words")), 3),
            Rows("steps", mark("Steps"), (mark("Step"), mark("What happens")), 4),
        ),
    ),
    Layout.QUIZ: LayoutForm(
        #: The answer is a letter; it is never drawn, only told in the trainer's notes and on the key.
        texts=(
            LayoutText("question", mark("Question"), is_long=True),
            LayoutText("answer", mark("Right answer"), is_aside=True),
            _SOURCE,
        ),
        rows=(Rows("options", mark("Options"), (mark("Option"),), 4),),
    ),
    Layout.WORK_PLAN: LayoutForm(
        texts=(_SOURCE,),
        rows=(
            Rows("tasks", mark("Tasks"), (mark("By when"), mark("What"), mark("Who"), mark("Proof")), 6, goes_on=True),
        ),
    ),
}

"""What is said about the rows of an import: one sentence each, in the language of whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from channel_desk.domain.words import Word
from channel_desk.i18n import Language, mark


class Severity(Word):
    """What a problem means for its row."""

    ERROR = "error", mark("Rejected")
    DUPLICATE = "duplicate", mark("Skipped")
    NOTE = "note", mark("Look at it")
    INFO = "info", mark("For your information")


class Label(str):
    """A value of a sentence that is itself a msgid and translated before it is filled in."""

    __slots__ = ()


_ERRORS: Final = {
    "no_name": mark("There is no distributor name in this row."),
    "columns_mixed_up": mark(
        "“{name}” is no company name: it stands under “{column}” too, and there is no address and no phone."
    ),
    "columns_swapped": mark("“{name}” looks like a code and “{code}” like a name; the two columns seem to be swapped."),
    "name_is_number": mark("“{name}” is a number and not a name; the columns of this row seem to be mixed up."),
    "code_clash": mark("The code {code} already belongs to “{other}” in row {row}; one of the two codes is wrong."),
    "code_clash_existing": mark(
        "The code {code} already belongs to “{other}” in your list; one of the two codes is wrong."
    ),
}
_DUPLICATES: Final = {
    "duplicate_row": mark("“{name}” is in row {row} already."),
    "duplicate_row_differs": mark(
        "“{name}” is in row {row} already, with another value for: {columns}. Row {row} counts."
    ),
    "similar_row": mark("Row {row}, “{name}”, has the same phone and nearly the same name."),
    "duplicate_existing": mark("“{name}” is in your list already."),
    "unchanged": mark("“{name}” is in your list already, with all that this row says."),
    "similar_existing": mark("“{name}” in your list has the same phone and nearly the same name."),
}
_NOTES: Final = {
    "same_name": mark("There is another “{name}” with its own code, town or address; both are kept."),
    "same_phone": mark("“{name}” has the same phone."),
    "contact_added": mark("Same distributor as row {row}; the contact “{contact}” is added to it."),
    "contact_without_name": mark("The contact has no name; what is known of it is kept under further details."),
    "renamed": mark("“{name}” in your list gets this name."),
    "place_unclear": mark(
        "“{text}” cannot be parted into province and city for certain; it is kept under further details."
    ),
    "unknown_choice": mark("“{text}” is none of the values for {field}; it is kept under further details."),
    "reason_missing": mark("“{status}” asks for a reason, and this row gives none; write it down in the file."),
    "not_a_date": mark("“{text}” cannot be read as a date; it is kept under further details."),
    "date_ambiguous": mark("“{text}” may have the day or the month first; it is kept under further details."),
    "date_incomplete": mark("“{text}” has no day; it is kept under further details."),
    "date_century": mark("“{text}” may be of the last century or of this one; it is kept under further details."),
    "date_in_future": mark("{date} is still to come."),
    "time_left_out": mark("Only the day of “{text}” was taken."),
    "not_an_amount": mark("“{text}” cannot be read as an amount; it is kept under further details."),
    "amount_unclear": mark("“{text}” can be read as more than one amount; it is kept under further details."),
    "other_currency": mark(
        "“{text}” is in another currency than the rest of the row; it is kept under further details."
    ),
    "own_unit": mark("“{text}” names its own unit; the unit of the heading was not applied."),
    "other_unit": mark(
        "“{text}” is given in “{unit}” and cannot be converted exactly; it is kept under further details."
    ),
    "unit_unknown": mark("“{text}” in this heading is no known unit; the numbers were taken as they stand."),
    "unknown_currency": mark("“{text}” is no known currency; it is kept under further details."),
    "terms_shortened": mark("“{text}” is taken for {days} days; its words are kept under further details."),
    "not_a_number": mark("“{text}” cannot be read as a whole number; it is kept under further details."),
    "below_zero": mark("“{text}” is less than zero, which cannot be; it is kept under further details."),
    "rows_shorter": mark(
        "This row has {headings} cells and every row below it {cells}; look whether they stand in the right column."
    ),
    "more_cells": mark("This row has more cells than headings; look whether they all stand in the right column."),
    "digits_lost": mark("“{text}” was shortened by a spreadsheet program; the last digits are missing in the file."),
    "number_rounded": mark("{text} has more than 15 digits; the spreadsheet program has rounded the last ones."),
    "date_for_code": mark(
        "“{text}” is a date or time in the file; spreadsheet programs make one of a code such as 03-12. Look whether it"
        " is meant."
    ),
    "no_digits": mark("“{text}” has no digits to dial; it is kept as it is."),
    "formula_error": mark("The formula in this cell shows {text} instead of a value."),
    "formula_not_calculated": mark(
        "The formula {text} was never calculated, so the file holds no value for this cell. Open and save the file in"
        " Excel, then import it again."
    ),
    "encoding_doubtful": mark(
        "It is not certain that this file is in the encoding {encoding}. If its names look wrong, name another one."
    ),
    "encodings_mixed": mark(
        "Two encodings are mixed in this file: these lines were read as {other}, all others as {encoding}. Look whether"
        " their names are right: {lines}"
    ),
    "unit_not_applied": mark(
        "A line above the table gives amounts in units of {factor}; these are kept under further details as they stand:"
        " {columns}."
    ),
    "amounts_rounded": mark("Amounts with parts of a cent were rounded to whole cents: {columns}"),
    "control_characters": mark("Invisible control characters were left out."),
    "unreadable_characters": mark("Some characters of this cell are damaged in the file."),
    "comment_left_out": mark("The comment on this cell was not imported: {text}"),
    "link_left_out": mark("The address behind the link on this cell was not imported: {text}"),
    "links_left_out": mark("The addresses behind {count} links in this column were not imported; the first is {text}"),
    "beside_cells_not_read": mark(
        "There are comments or links on cells of this file, and not all of them could be read; the cells themselves"
        " were."
    ),
    "more_comments": mark(
        "There are more comments on cells, which were not imported either; the first {told} are listed here. Comments"
        " not listed: {count}."
    ),
    "cell_far_right": mark("This cell stands far right of the table and was not imported: {text}"),
    "row_above": mark("This row stands above the headings in row {heading} and was not imported: {text}"),
    "table_beside": mark("Another table begins here, beside the one that was read. Rows not imported: {count}."),
    "likely_headings": mark(
        "This row stands below a blank one and may be the headings of another table; it and the rows below it were read"
        " like the others: {text}"
    ),
    "another_table": mark("Another table begins here: {text}. Rows not imported: {count}."),
}
_INFOS: Final = {
    "totals_row": mark("This is a row of totals, no distributor: {text}"),
    "remark_row": mark("This is a remark below the table, no distributor: {text}"),
    "section_row": mark("This is the title of a part of the table, no distributor: {text}"),
    "line_across": mark("This line reaches across the whole table and is no distributor: {text}"),
    "template_row": mark("This line came with the template, no distributor: {text}"),
    "heading_again": mark("The headings are repeated here."),
    "sheet_left_out": mark("The sheet “{sheet}” was not read; choose it to import it."),
    "hidden_sheet_left_out": mark("The sheet “{sheet}”, hidden in the file, was not read; choose it to import it."),
    "sheet_hidden": mark("The sheet “{sheet}” is hidden in the file; it is the one that was read."),
    "hidden_rows": mark("Some rows are hidden in the file, by hand or by a filter, and are read too ({count}): {rows}"),
    "hidden_columns": mark("Some columns are hidden in the file and are read too: {columns}"),
    "encoding_guessed": mark("The encoding of this file was taken to be {encoding}."),
    "formats_not_read": mark(
        "Of this file only bare values can be read: codes may lack zeros in front, a cell with a formula error looks"
        " empty, and what is hidden looks like the rest. Save it as .xlsx to be sure."
    ),
    "quotes_repaired": mark("The quotation marks near here do not match; the lines were taken one by one."),
}
#: Severity and sentence of each problem by its code.
PROBLEMS: Final = MappingProxyType(
    {
        code: (severity, sentence)
        for severity, sentences in (
            (Severity.ERROR, _ERRORS),
            (Severity.DUPLICATE, _DUPLICATES),
            (Severity.NOTE, _NOTES),
            (Severity.INFO, _INFOS),
        )
        for code, sentence in sentences.items()
    }
)
_NO_VALUES: Final[Mapping[str, object]] = MappingProxyType({})
#: Longer texts are cut in a sentence; the record keeps them whole.
_SHOWN: Final = 80


@dataclass(frozen=True, slots=True)
class Problem:
    """``row`` counts as the spreadsheet program does, from 1 (0: the whole file); ``column`` is a heading or empty."""

    row: int
    column: str
    code: str
    values: Mapping[str, object] = field(default_factory=lambda: _NO_VALUES)

    @property
    def severity(self) -> Severity:
        return PROBLEMS[self.code][0]

    def message(self, language: Language) -> str:
        """The sentence, filled in, in ``language``."""
        return language.tr(
            PROBLEMS[self.code][1], **{key: _shown(value, language) for key, value in self.values.items()}
        )


def _shown(value: object, language: Language) -> object:
    if isinstance(value, Label):
        return language.tr(str(value))
    if isinstance(value, tuple):
        return language.formats.join([str(_shown(one, language)) for one in value])
    if isinstance(value, str):
        flat = " ".join(value.split())
        return flat if len(flat) <= _SHOWN else f"{flat[: _SHOWN - 1]}…"
    return value

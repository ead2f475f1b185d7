"""Expected failures: what went wrong, where, and what to do, in one sentence.

A :class:`UserError` carries a code and plain parameters; the sentence itself is looked up in the language of
whoever is shown it. Everything else that is raised is a bug and takes the crash path.
"""

from __future__ import annotations

from typing import Final


def _sentence(english: str) -> str:
    """Mark a sentence for extraction; the catalogue translates it when it is shown."""
    return english


#: Every expected failure, by code. Each area declares its own block; placeholders are named.
SENTENCES: Final[dict[str, str]] = {
    # the data file
    "data_in_use": _sentence("Channel Desk is already open with this data. Close the other window first."),
    "data_key_missing": _sentence(
        "The key file {path} is missing, so the data cannot be read. Put the key file back beside the data."
    ),
    "data_key_damaged": _sentence(
        "The key file {path} is damaged, so the data cannot be read. Put an undamaged copy of it in its place."
    ),
    "data_gone": _sentence(
        "There was a key in {path} but no data, so an empty file was begun. If yours lies elsewhere, close the program "
        "and put it back as {name} before you enter anything."
    ),
    "no_data": _sentence(
        "There is no data in {path}. Check the name of the folder, or begin there with: import distributors."
    ),
    "data_unreadable": _sentence(
        "The data file {path} cannot be read: it is damaged or belongs to another key. "
        "Put your last copy of the whole folder in its place."
    ),
    "data_newer": _sentence("This data was saved by Channel Desk {version} or later. Install that version to open it."),
    "update_refused": _sentence(
        "This version of Channel Desk could not bring your data up to date. Nothing was changed: go on with the "
        "version you had before, and report this to whoever gave you this one."
    ),
    "data_folder_unusable": _sentence("{path} cannot be used as the data folder: {reason}. Choose another folder."),
    "disk_full": _sentence("There is no space left on the disk. Nothing was changed; free some space and try again."),
    "disk_failed": _sentence(
        "The disk is full or failing. Nothing was changed; free some space or check the disk, then try again."
    ),
    "record_gone": _sentence("This entry no longer exists. It may have been deleted or undone."),
    "nothing_to_undo": _sentence("There is nothing to undo."),
    "nothing_to_redo": _sentence("There is nothing to redo."),
    "no_screen": _sentence(
        "There is no screen to open a window on. On a computer without one, name a command, for example: brief --next."
    ),
    "translation_missing": _sentence(
        "The translation into {language} is not compiled here, so the words are English."
        " Start it once with installer/dev.py run."
    ),
    # distributors, visits and promises
    "name_missing": _sentence("A name is needed. Type one, for example the company's short name."),
    "code_taken": _sentence("The code {code} already belongs to {name}. Use another code."),
    "below_zero": _sentence("This cannot be less than zero. Type the amount without the minus sign."),
    "reason_missing": _sentence("A reason is needed. Write in a few words why."),
    "promise_empty": _sentence("Write what was promised, for example: send the price list."),
    "proof_missing": _sentence("A kept promise needs a proof or a note, for example: receipt signed by Mr Chen."),
    "approver_missing": _sentence("Write who approved it, for example: Sun Wei."),
    "day_to_come": _sentence("This day is still to come. Choose today or an earlier day."),
    "promise_over": _sentence("This promise has moved on meanwhile. Open the file to see where it stands."),
    "times_reversed": _sentence("The end must come after the start. Choose a later end."),
    "visit_closed": _sentence("This visit is closed. Open it again to change it."),
    "next_step_over": _sentence("This day is over. A next step comes from today on, for example next Wed."),
    "visit_begun": _sentence("This visit has begun. Write it up and close it; it can no longer be called off."),
    "visit_not_closable": _sentence(
        "The visit needs a verdict with a reason, and a next step with a date or none, before it can be closed."
    ),
    "no_visit": _sentence("There is no visit {number}. The command list visits tells the numbers."),
    "no_session": _sentence("There is no training {number}. The command list sessions tells the numbers."),
    "no_visits": _sentence("There is no visit to print a brief for. Plan a visit, or choose other days."),
    "deck_empty": _sentence("This deck has no slides yet. Add a slide first."),
    "check_failed": _sentence("The data has the problems named above. Make a copy of it before anything else."),
    # saving files
    "file_denied": _sentence("{path} may not be written. Close it in other programs, or choose another folder."),
    "folder_missing": _sentence("There is no folder {path}. Choose another place."),
    "file_not_written": _sentence("{path} could not be written: {reason}. Choose another place."),
    "file_is_data": _sentence("{path} holds the data itself and is not replaced. Choose another place."),
    "output_not_written": _sentence("The answer could not be written out: {reason}."),
    # printing
    "printer_missing": _sentence(
        "No printer is set up on this computer. Save the brief as a PDF, or set one up first."
    ),
    "print_refused": _sentence("The printer did not take it: {reason}. Save it as a PDF, or try again."),
    # training decks
    "deck_facts_missing": _sentence(
        "The slide {module} cannot be filled yet: it shows facts that the file does not hold. Complete the file first."
    ),
    # reading spreadsheets
    "import_file_missing": _sentence("{path} was not found. Check the name and the folder."),
    "import_file_folder": _sentence("{path} is a folder. Choose a file in it."),
    "import_file_denied": _sentence(
        "{path} may not be read. Close it in other programs, or copy it to another folder."
    ),
    "import_file_empty": _sentence("{path} is empty. Choose a file with a table in it."),
    "import_file_encrypted": _sentence(
        "{path} is protected by a password. Open it in a spreadsheet program and save it without the password."
    ),
    "import_file_damaged": _sentence(
        "{path} is damaged and cannot be read. Open it in a spreadsheet program and save it again."
    ),
    "import_file_too_large": _sentence(
        "{path} is too large, or takes this computer too long to read. At most {rows} rows, {columns} columns and"
        " {cells} filled cells can be read; split it into parts."
    ),
    "import_file_bomb": _sentence("{path} would unpack to an unreasonable size and was not opened."),
    "import_not_a_table": _sentence("{path} is no spreadsheet. Choose an .xlsx, .xls, .ods or .csv file."),
    "import_no_table": _sentence(
        "No headings were found in {path}. Choose the row that holds them. On the command line: --heading-row N."
    ),
    "import_form": _sentence(
        "{path} is a form with the headings beside their values. Put the headings in one row above the data."
    ),
    "import_heading_row_blank": _sentence("Row {row} of {path} is blank. Choose the row that holds the headings."),
    "import_no_rows": _sentence("{path} has headings but no rows below them. Choose a file with data."),
    "import_no_name_column": _sentence(
        "No column holds the distributor's name. Choose one of: {headings}. On the command line: --map name=COLUMN."
    ),
    "import_sheet_unknown": _sentence("{path} has no sheet named {sheet}. It has: {sheets}."),
    "import_encoding_unknown": _sentence("{encoding} is no known encoding. Choose one of: {encodings}."),
    "import_field_unknown": _sentence("{field} is no field of a distributor. Choose one of: {fields}."),
    "import_column_unknown": _sentence("The table has no column {column}. It has: {columns}."),
    # checklists
    "checklist_missing": _sentence(
        "This visit uses the checklist {key} in version {version}, which this program does not have. "
        "Install a newer one."
    ),
}


class UserError(Exception):
    """An expected failure with a ``code`` of :data:`SENTENCES` and plain ``params`` for its sentence."""

    def __init__(self, code: str, /, **params: object) -> None:
        if code not in SENTENCES:
            raise KeyError(code)
        super().__init__(code)
        self.code = code
        self.params: dict[str, object] = params

    @property
    def sentence(self) -> str:
        """The English sentence with its placeholders open; give it to the catalogue with ``params``."""
        return SENTENCES[self.code]

    def __str__(self) -> str:
        return self.sentence.format(**self.params)

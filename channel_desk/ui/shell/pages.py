"""Every page of the window. A page is its package and its line here."""

from __future__ import annotations

from typing import Final

from channel_desk.i18n import mark
from channel_desk.ui.page_spec import PageSpec

#: What the first page is made of, in parts of a few hundredths of a second each: the window answers in between.
FIRST_PARTS: Final[tuple[str, ...]] = (
    "channel_desk.ui.widgets.states",
    "channel_desk.ui.page",
    "channel_desk.domain.distributors",
    "channel_desk.domain.visits",
    "channel_desk.domain.training",
    "channel_desk.domain.checklists",
    "channel_desk.domain.briefs",
    "channel_desk.storage.reader",
    "channel_desk.services.today",
    "channel_desk.presentation.today",
    "channel_desk.presentation.coming_visit",
    "channel_desk.ui.widgets.badge",
    "channel_desk.ui.today.coming",
    "channel_desk.ui.today.page",
)
PAGES: Final[tuple[PageSpec, ...]] = (
    PageSpec(
        "today",
        "channel_desk.ui.today.page",
        "TodayPage",
        rail="today",
        label=mark("Today"),
        icon="sun",
        shortcut="Ctrl+1",
        manual="first-steps",
    ),
    PageSpec(
        "distributors",
        "channel_desk.ui.distributors.page",
        "DistributorsPage",
        rail="distributors",
        label=mark("Distributors"),
        icon="building-2",
        shortcut="Ctrl+2",
        manual="distributors",
    ),
    PageSpec(
        "planner",
        "channel_desk.ui.planner.page",
        "PlannerPage",
        rail="planner",
        label=mark("Planner"),
        icon="calendar-days",
        shortcut="Ctrl+3",
        manual="planner",
    ),
    PageSpec(
        "training",
        "channel_desk.ui.training.page",
        "TrainingPage",
        rail="training",
        label=mark("Training"),
        icon="presentation",
        shortcut="Ctrl+4",
        manual="training",
    ),
    PageSpec("file", "channel_desk.ui.file.page", "FilePage", rail="distributors", manual="file"),
    PageSpec("import", "channel_desk.ui.importing.page", "ImportPage", rail="distributors", manual="import"),
    PageSpec("visit", "channel_desk.ui.visit.page", "VisitPage", rail="planner", manual="visit"),
    PageSpec("brief", "channel_desk.ui.brief.page", "BriefPage", rail="planner", manual="briefs"),
    PageSpec("session", "channel_desk.ui.session.page", "SessionPage", rail="training", manual="training"),
    PageSpec(
        "help",
        "channel_desk.ui.help.page",
        "HelpPage",
        rail="help",
        label=mark("Help"),
        icon="lightbulb",
        shortcut="F1",
    ),
    PageSpec(
        "settings",
        "channel_desk.ui.settings.page",
        "SettingsPage",
        rail="settings",
        label=mark("Settings"),
        icon="settings",
        shortcut="Ctrl+,",
        manual="settings",
    ),
)

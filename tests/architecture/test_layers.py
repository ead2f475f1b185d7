"""Who may import whom."""

from __future__ import annotations

import subprocess
import sys

import grimp
import pytest

from tests.architecture.source import ROOT

#: Packages below ``channel_desk.ui`` that pages are built from; every other package there is a page.
PARTS = {"dialogs", "forms", "models", "shell", "theme", "widgets"}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("channel_desk", include_external_packages=True, cache_dir=None)


def test_that_imports_obey_the_contracts_of_the_house() -> None:
    code = "from importlinter.cli import lint_imports_command; lint_imports_command(['--no-cache'])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_that_no_page_of_the_window_reaches_another(graph: grimp.ImportGraph) -> None:
    children = graph.find_children("channel_desk.ui")
    pages = sorted(one for one in children if graph.find_children(one) and one.rpartition(".")[2] not in PARTS)
    chains = [
        " -> ".join(chain)
        for importer in pages
        for imported in pages
        if importer != imported
        for chain in graph.find_shortest_chains(importer, imported, as_packages=True)
    ]
    assert not chains


@pytest.mark.parametrize("layer", ["domain", "errors", "clock", "i18n", "log"])
def test_that_the_ground_floor_needs_only_the_standard_library(graph: grimp.ImportGraph, layer: str) -> None:
    foreign = {
        f"{module} -> {imported}"
        for module in graph.modules
        if module == f"channel_desk.{layer}" or module.startswith(f"channel_desk.{layer}.")
        for imported in graph.find_modules_directly_imported_by(module)
        if imported.partition(".")[0] not in sys.stdlib_module_names | {"channel_desk"}
    }
    assert not foreign


def test_that_no_module_is_part_of_an_import_circle(graph: grimp.ImportGraph) -> None:
    ours = [module for module in graph.modules if module.startswith("channel_desk")]
    circles = [
        " -> ".join([module, *back])
        for module in ours
        for imported in graph.find_modules_directly_imported_by(module)
        if imported.startswith("channel_desk") and (back := graph.find_shortest_chain(imported, module))
    ]
    assert not circles

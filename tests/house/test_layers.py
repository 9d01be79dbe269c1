"""An import goes down the table of docs/architecture.md, never up; and the policy knows no framework."""

import ast
import subprocess
import sys

from tests.house.sources import ROOT, imports, module_name, parsed, python_files, shown

#: Longest prefix wins, so that `eoi` is what holds the whole together.
LAYERS = {
    "eoi.rules": 0,
    "eoi.extensions": 1,
    "eoi.models": 2,
    "eoi.queries": 3,
    "eoi.outbound": 4,
    "eoi.workflow": 5,
    "eoi.web": 6,
    "eoi": 7,
    "config": 7,
}
#: What reaches the world outside; the policy is given the time and the answers, and takes nothing.
OUTSIDE = {"os", "pathlib", "socket", "subprocess", "shutil", "tempfile", "urllib.request", "smtplib", "random"}
CLOCKS = {"now", "today", "utcnow"}

IMPORT_WITHOUT_FRAMEWORK = """
import importlib, pkgutil, sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"flask", "sqlalchemy", "werkzeug", "flask_sqlalchemy", "flask_login", "alembic"}:
            raise ImportError(f"{name} is not to be imported here")

sys.meta_path.insert(0, Blocked())
import eoi.rules, eoi.outbound.render
for module in pkgutil.walk_packages(eoi.rules.__path__, "eoi.rules."):
    importlib.import_module(module.name)
"""


def layer(module: str) -> int | None:
    prefixes = [name for name in LAYERS if module == name or module.startswith(name + ".")]
    return LAYERS[max(prefixes, key=len)] if prefixes else None


def test_imports_go_down_only():
    up = [
        f"{shown(file)} imports {name}"
        for file in python_files("eoi")
        for name in imports(file)
        if (layer(name) or 0) > (layer(module_name(file)) or 0)
    ]
    assert up == []


def test_rules_and_render_import_without_flask_and_sqlalchemy():
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", IMPORT_WITHOUT_FRAMEWORK], cwd=ROOT, capture_output=True, text=True
    )
    assert run.stderr == ""
    assert run.returncode == 0


def test_rules_touch_nothing_outside():
    touched = [
        f"{shown(file)} imports {name}"
        for file in python_files("eoi/rules")
        for name in imports(file)
        if {name, name.split(".")[0], name.rpartition(".")[0]} & OUTSIDE
    ]
    assert touched == []


def test_rules_are_given_the_time():
    looked = [
        f"{shown(file)}:{node.lineno}"
        for file in python_files("eoi/rules")
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS
    ]
    assert looked == []


def test_layer_of_a_module_is_the_longest_prefix():
    assert layer("eoi.rules.words") == 0
    assert layer("eoi.workflow") == 5
    assert layer("eoi.jobs") == layer("eoi.cli.serve") == layer("eoi") == 7
    assert layer("flask") is None

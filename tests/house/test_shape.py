"""How the code is cut: short files, short functions, imports at the top, no drawers for odds and ends."""

import ast

import pytest

from tests.house.sources import functions, imports, python_files, shown, tracked_files

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
DRAWERS = {"utils", "util", "helpers", "helper", "services", "service", "managers", "manager", "common", "misc"}
OURS = ("eoi", "tests", "migrations")


def test_files_are_short():
    lengths = {shown(file): len(file.read_text().splitlines()) for file in python_files("eoi", "tests")}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_functions_are_short():
    lengths = {
        f"{shown(file)}: {function.name}": (function.end_lineno or 0) - function.lineno + 1
        for file in python_files("eoi", "tests")
        for function in functions(file)
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_imports_inside_functions_say_why():
    silent = []
    for file in python_files("eoi", "tests"):
        lines = file.read_text().splitlines()
        for function in functions(file):
            inner = [node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
            silent += [f"{shown(file)}:{node.lineno}" for node in inner if "  # " not in lines[node.lineno - 1]]
    assert silent == []


def test_no_file_is_a_drawer():
    drawers = [shown(file) for file in python_files(*OURS) if DRAWERS & {*file.parts[-3:-1], file.stem}]
    assert drawers == []


def test_tests_use_real_parts():
    mocks = [
        shown(file) for file in python_files("tests") for name in imports(file) if name.startswith("unittest.mock")
    ]
    assert mocks == []


# Written in pieces, so that this page does not find itself.
MACHINE = ("/" + "work/", "/" + "farm/", "/" + "root/", "." + "library", "/tmp" + "/s/", "../" + "shared")
REGISTRIES = ("pypi" + ".org", "python" + "hosted", "npmjs" + ".org", "file:///" + "opt")


@pytest.mark.parametrize("word", [*MACHINE, *REGISTRIES])
def test_no_tracked_file_names_a_machine_or_a_registry(word):
    naming = []
    for file in tracked_files():
        content = file.read_bytes()
        if word.encode() in content and b"\0" not in content:
            naming.append(shown(file))
    assert naming == []

"""`make proof`: what takes too long for every test run, done and written to `docs/proof.md`.

Each module here with a `main` is one section: it returns the section's lines, or prints them. Names of modules on the
command line run those alone, and leave the sections of the others as they are.
"""

import importlib
import io
import os
import pkgutil
import platform
import re
import subprocess
import sys
import time
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import tests.proof

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "proof.md"
SECTION = re.compile(r"^<!-- (\w+) -->$", re.MULTILINE)


def main(chosen: list[str]) -> int:
    """Run the sections, write the page, and say which failed."""
    names = [found.name for found in pkgutil.iter_modules(tests.proof.__path__) if found.name != "__main__"]
    if unknown := set(chosen) - set(names):
        sys.exit(f"No such section: {', '.join(sorted(unknown))}. There are {', '.join(names)}.")
    sections, failed = _earlier(), []
    for name in names:
        module = importlib.import_module(f"tests.proof.{name}")
        if not hasattr(module, "main") or (chosen and name not in chosen):
            continue
        sys.stdout.write(f"== {name}\n")
        try:
            sections[name] = _section(module)
        except Exception as wrong:  # the other sections are worth having
            failed.append(name)
            sections[name] = [f"FAILED: {type(wrong).__name__}: {wrong}"]
        sys.stdout.write("\n".join(sections[name]) + "\n")
    PAGE.write_text("\n".join(_page({name: sections[name] for name in names if name in sections})))
    sys.stdout.write(f"Failed: {', '.join(failed)}\n" if failed else "All proven. See docs/proof.md\n")
    return 1 if failed else 0


def _section(module: Any) -> list[str]:
    """Its title, what it did, on which commit, and how long it took."""
    began, printed = time.monotonic(), io.StringIO()
    with redirect_stdout(printed):
        told = module.main()
    lines = told.splitlines() if isinstance(told, str) else list(told or printed.getvalue().splitlines())
    title = (module.__doc__ or module.__name__).strip().splitlines()[0].rstrip(".")
    return [f"## {title}", "", *lines, "", f"Commit {_commit()}, {time.monotonic() - began:.0f} s."]


def _earlier() -> dict[str, list[str]]:
    """The sections that the page holds already."""
    if not PAGE.exists():
        return {}
    parts = SECTION.split(PAGE.read_text())[1:]
    return {name: text.strip().splitlines() for name, text in zip(parts[::2], parts[1::2], strict=True)}


def _page(sections: dict[str, list[str]]) -> list[str]:
    model = platform.machine()
    if (info := Path("/proc/cpuinfo")).exists():
        lines = info.read_text().splitlines()
        model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), model)
    found = [
        "# Proof",
        "",
        f"Made by `make proof` on {os.cpu_count()} cores of {model}, {platform.system()}, "
        f"Python {platform.python_version()}. Each section names the commit that it was made on.",
        "",
    ]
    for name, lines in sections.items():
        found += [f"<!-- {name} -->", *lines, ""]
    return found


def _commit() -> str:
    said = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return said.stdout.strip() or "unknown"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

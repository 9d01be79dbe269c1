"""`docs/security.md` claims nothing that is not there: every line has its test, or says whose it is."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text()
LINE = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([12]) \| (.+?) \| (.+) \|$", re.MULTILINE)
TEST = re.compile(r"`([\w/]+\.py)::(test_\w+)`")
WHOSE = re.compile(r"Deployer: |Not applicable: |Falls short: |`make |docs/")
#: Requirements of levels 1 and 2 by chapter of the standard, 70 and 183.
CHAPTERS = {1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7, 10: 29, 11: 14, 12: 9, 13: 13, 14: 9, 15: 13,
            16: 16, 17: 7}  # fmt: skip
#: What makes, checks or compares something secret.
CRYPTOGRAPHY = re.compile(
    r"^(?:import|from) (hashlib|hmac|secrets|argon2|itsdangerous|pyotp|authlib|cryptography|joserfc)\b", re.M
)
#: Digests and random names that tell things apart, and guard nothing.
DIGESTS = {
    "eoi/web/layout.py", "eoi/web/logs.py", "eoi/web/admin/personal_data.py", "eoi/rules/questions/__init__.py",
    "eoi/rules/sheets.py", "eoi/models/base.py", "eoi/outbound/pdf.py", "eoi/cli/backup.py", "eoi/workflow/notices.py",
}  # fmt: skip


def test_every_requirement_has_its_line():
    found = LINE.findall(PAGE)
    assert len(found) == len({number for number, *_ in found}) == 253
    assert {c: sum(n.startswith(f"{c}.") for n, *_ in found) for c in CHAPTERS} == CHAPTERS
    assert [level for _, level, *_ in found].count("1") == 70


@pytest.mark.parametrize("number", [number for number, *_ in LINE.findall(PAGE)])
def test_line_points_to_a_test_or_says_whose_it_is(number):
    answer = next(text for found, _, _, text in LINE.findall(PAGE) if found == number)
    assert TEST.search(answer) or WHOSE.search(answer), answer
    for file, name in TEST.findall(answer):
        path = ROOT / "tests" / file
        assert path.is_file(), file
        assert re.search(rf"^(?:async )?def {name}\(", path.read_text(), re.MULTILINE), f"{file}::{name}"


def test_every_use_of_cryptography_is_listed():
    listed = PAGE.partition("## What is kept how")[2].partition("\n## ")[0]
    files = [path for path in ROOT.glob("eoi/**/*.py") if CRYPTOGRAPHY.search(path.read_text())]
    named = {str(path.relative_to(ROOT)) for path in (*files, ROOT / "config.py")}
    assert {name for name in named - DIGESTS if f"`{name}`" not in listed} == set()
    weak = re.compile(r"\b(md5|sha1|random\.(random|randint|choice)|DES|RC4|ECB)\b")
    assert [str(path) for path in files if weak.search(path.read_text())] == []


def test_scripts_use_no_storage_of_the_browser():
    """Nothing of a person stays in the browser but the session cookie; no script is made of text."""
    for path in [*(ROOT / "assets" / "js").glob("*.js"), *(ROOT / "eoi" / "static").glob("*.js")]:
        assert not re.search(r"localStorage|sessionStorage|indexedDB|postMessage", path.read_text()), path
    for path in (ROOT / "assets" / "js").glob("*.js"):
        assert not re.search(r"\beval\(|new Function|document\.write|__proto__|outerHTML", path.read_text()), path
        for line in path.read_text().splitlines():
            assert "innerHTML" not in line or "template.innerHTML" in line, (
                path,
                line,
            )  # our own markup, a number in it


def test_every_package_is_locked_with_its_hash():
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-proof.txt"):
        pinned = re.split(r"\n(?=\S)", (ROOT / name).read_text())
        packages = [one for one in pinned if re.match(r"[\w.\[\],-]+==", one)]
        assert packages
        assert [one[:60] for one in packages if "--hash=sha256:" not in one] == []

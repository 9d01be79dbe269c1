"""Names of folders and files in a ZIP: none climbs, hides, clashes or is one that a system keeps for itself."""

import pytest

from eoi.rules.exporting import Folder, Named, Naming, file_name, fit, folder_of, unlike

CASE = Named("EOI-2026-0001", "St Mary’s CE: Primary/Infant", "Folkestone & Hythe")


@pytest.mark.parametrize(
    ("name", "fitting"),
    [
        ("../../etc/passwd", "etc passwd"), ("a\\b:c*.pdf", "a b c .pdf"), ("CON.pdf", "_CON.pdf"), ("...", "file"),
        (" plan .pdf ", "plan .pdf"), ("x" * 300 + ".pdf", "x" * 110 + ".pdf"), ("\u202e", "\u202e"), ("", "file"),
    ],
)  # fmt: skip
def test_every_name_is_one_part_of_a_path(name, fitting):
    assert fit(name) == fitting
    assert "/" not in fit(name)


def test_folders_and_files_are_named_as_chosen():
    school = "St Mary’s CE Primary Infant, EOI-2026-0001/"
    assert [folder_of(CASE, one) for one in Folder] == [
        "EOI-2026-0001/", school, f"Folkestone & Hythe/{school}", "",
    ]  # fmt: skip
    assert file_name(CASE, "Plan.pdf", Naming.PLAIN, Folder.SCHOOL) == "Plan.pdf"
    assert file_name(CASE, "Plan.pdf", Naming.PLAIN, Folder.NONE) == "EOI-2026-0001 Plan.pdf"
    assert file_name(CASE, "EOI-2026-0001.pdf", Naming.REFERENCE_FIRST, Folder.NONE) == "EOI-2026-0001.pdf"


def test_no_path_comes_twice():
    taken: set[str] = set()
    assert [unlike(one, taken) for one in ("a/Plan.pdf", "a/plan.PDF", "a/Plan.pdf", "b")] == [
        "a/Plan.pdf", "a/plan (2).PDF", "a/Plan (3).pdf", "b",
    ]  # fmt: skip

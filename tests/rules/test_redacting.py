import json

from eoi.rules.redacting import EMAIL, PHONE, mapped, replaced, spellings

WORDS = {"Zoë Quill": "Former user 3", "zoe@example.org": "[Address erased]"}


def test_words_are_replaced_at_any_depth_and_in_any_case():
    value = {"a": ["ZOË QUILL said so", {"b": "Zoe@Example.org"}], "n": 3, "none": None}
    assert replaced(value, WORDS) == {
        "a": ["Former user 3 said so", {"b": "[Address erased]"}], "n": 3, "none": None,
    }  # fmt: skip


def test_part_of_a_longer_word_stays():
    assert replaced("Zoë Quillon, azoe@example.org", WORDS) == "Zoë Quillon, azoe@example.org"


def test_nothing_to_replace_changes_nothing():
    assert replaced({"a": "b"}, {"": "x"}) == {"a": "b"}


def test_spellings_find_words_in_text_and_in_json():
    for held in ("Zoë Quill", "zoë quill", json.dumps({"name": "Zoë Quill"})):
        assert any(spelling in held for spelling in spellings(["Zoë Quill"]))


def test_mapped_keeps_the_shape():
    assert mapped({"a": ("x", 1, True)}, str.upper) == {"a": ["X", 1, True]}


def test_addresses_and_telephone_numbers_are_found():
    text = "Call 01622 123 456 or +44 7700 900982, or write to a.b+c@kent.example. Room 12, £1,234 and 2026-2027 stay."
    assert EMAIL.findall(text) == ["a.b+c@kent.example"]
    assert PHONE.findall(text) == ["01622 123 456", "+44 7700 900982"]

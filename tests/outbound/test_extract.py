"""A register extract is checked whole before its first line is used."""

import pytest

from eoi.outbound.extract import Extract
from eoi.rules.errors import BadFile
from tests.extracts import HEADINGS, school, schools, write


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_extract_reads_each_encoding(tmp_path, encoding):
    file = write(tmp_path / "x.csv", [school(100_006)], encoding=encoding)
    extract = Extract(file)
    assert extract.header == HEADINGS
    assert [(n, cells[4]) for n, cells in extract.lines()] == [(2, "St Zoë's Elm Primary School")]


def test_extract_tells_its_progress_to_the_last_byte(tmp_path):
    file = write(tmp_path / "x.csv", schools(2000), encoding="utf-8")
    read = []
    assert len(list(Extract(file).lines(read.append))) == 2000
    assert len(read) > 3
    assert sum(read) <= file.stat().st_size < sum(read) * 1.01


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        ("URN,Name\r\n1,x\r\n".encode("utf-16"), "not a CSV in cp1252 or UTF-8"),
        (b"PK\x03\x04zip\n", "not a CSV"),
        (b"URN,Name\r\n1,\0\r\n", "not a CSV"),
        (b"URN,Name\r\n1,caf\x81\r\n", "wrong encoding"),
        ("URN,Name\r\n1,Zoë\r\n".encode() + b"2,Zo\xeb\r\n", "wrong encoding"),
        (b"URN,Name\r\n1,x", "The last line does not end"),
    ],
)
def test_extract_refuses_a_file_it_cannot_trust(tmp_path, content, said):
    (tmp_path / "x.csv").write_bytes(content)
    with pytest.raises(BadFile, match=said):
        Extract(tmp_path / "x.csv")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"URN,Name\r\n1,x\r\n2\r\n", "Line 3, the last, is cut short: it has 1 values of 2"),
        (b'URN,Name\r\n1,"x\r\n', "Line 2 cannot be read"),
    ],
)
def test_extract_refuses_a_last_line_cut_short(tmp_path, content, said):
    (tmp_path / "x.csv").write_bytes(content)
    with pytest.raises(BadFile, match=said):
        list(Extract(tmp_path / "x.csv").lines())


def test_extract_refuses_a_file_that_is_not_there(tmp_path):
    with pytest.raises(BadFile, match="There is no file"):
        Extract(tmp_path / "x.csv")

# ruff: noqa: RUF001 - letters of all the world
"""A few accented letters are enough to tell the code page of names, and one folder is read in one way."""

import pytest

from onenumber.files.code_pages import code_page_of
from onenumber.files.read import read_files

WORDS = (
    ("Käse", "cp1252"), ("Müller", "cp1252"), ("Peña", "cp1252"), ("Übersee", "cp1252"), ("Møller", "cp1252"),
    ("Crème brûlée", "cp1252"), ("São Paulo, Conceição", "cp1252"), ("Société – “été”", "cp1252"), ("d’été", "cp1252"),
    ("GRÖSSE MÜLLER", "cp1252"), ("50 € 1° 2½", "cp1252"), ("Müller", "cp850"), ("Müller", "cp437"), ("Łódź", "cp1250"),
    ("Łódź", "iso8859-2"), ("Dvořák", "cp1250"), ("Škoda Plzeň", "cp1250"), ("Şişli Çağrı", "iso8859-9"),
    ("Москва", "cp1251"), ("Киев", "cp1251"), ("Москва", "koi8-r"), ("Москва", "cp866"), ("Αθήνα", "cp1253"),
    ("한국", "euc_kr"), ("서울 강남", "euc_kr"), ("東京テスト", "cp932"), ("Zürich, Université", "mac_roman"),
)  # fmt: skip


@pytest.mark.parametrize(("word", "written"), WORDS)
def test_a_name_is_read_as_it_was_written(word: str, written: str) -> None:
    data = word.encode(written)
    page = code_page_of(data)
    assert page is not None
    assert data.decode(page) == word


@pytest.mark.parametrize(("word", "written"), [w for w in WORDS if w[1] in {"cp1252", "cp1250", "cp1251", "cp850"}])
def test_a_file_with_one_such_name_loads_it(word: str, written: str) -> None:
    text = f"division,name\nA,{word.replace(',', '')}\nB,Beta\n"
    loaded = read_files({"divisions.csv": text.encode(written)})
    assert loaded.tables["divisions"]["name"].to_list() == [word.replace(",", ""), "Beta"]
    assert [f.code for f in loaded.findings if f.place.file == "divisions.csv"] == ["encoding_taken"]

"""The PostgreSQL server that the tests start is one on which text sorts and reads as on SQLite."""

import os

import psycopg
import pytest


@pytest.mark.postgres
def test_the_servers_text_is_utf8_in_code_point_order() -> None:
    with psycopg.connect(os.environ["ONENUMBER_DATABASE_URL"]) as connection:
        row = connection.execute("show server_encoding").fetchone()
        assert row == ("UTF8",)
        rows = connection.execute("select t from (values ('b'), ('B'), ('ä'), ('a')) as v(t) order by t").fetchall()
        assert [t for (t,) in rows] == ["B", "a", "b", "ä"]

"""Tables, migrations, repositories, and the version store of sheets."""

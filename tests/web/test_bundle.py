import shutil
from pathlib import Path

from tools import bundle


def test_the_bundle_is_what_its_sources_build_to() -> None:
    assert bundle.difference() == ""


def test_another_source_has_another_hash(tmp_path: Path) -> None:
    names = [*bundle.SETTINGS, "src"]
    for name in names:
        source = bundle.FRONTEND / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, tmp_path / name)
    assert bundle.hash_of_sources(tmp_path) == bundle.written_hash()
    (tmp_path / "src/main.ts").write_text("export {};\n")
    assert bundle.hash_of_sources(tmp_path) != bundle.written_hash()


def test_the_lock_names_no_registry() -> None:
    assert '"resolved"' not in (bundle.FRONTEND / "package-lock.json").read_text()

"""Bits that don't depend on the machine's threads: no module of the forecast may reach BLAS."""

import ast
from pathlib import Path

import pytest

import onenumber.demand

MODULES = sorted(Path(onenumber.demand.__file__).parent.rglob("*.py"))
BLAS = {"dot", "vdot", "matmul", "inner", "tensordot", "linalg", "multi_dot"}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_no_module_reaches_blas(module: Path) -> None:
    for node in ast.walk(ast.parse(module.read_text())):
        assert not isinstance(node, ast.MatMult), f"{module.name} multiplies matrices with @"
        assert not (isinstance(node, ast.Attribute) and node.attr in BLAS), f"{module.name} uses {ast.unparse(node)}"
        assert not (isinstance(node, ast.keyword) and node.arg == "optimize"), f"{module.name} lets einsum use BLAS"

"""The Python that expressions become. What types decide beforehand must leave no trace in it."""

import ast
import re

import pytest

from largesse.language import parse
from largesse.language.check.check import checking_in
from largesse.language.check.scope import Scope
from largesse.language.compile.emit import Emitter
from tests.support.rules import world

ITEM = "(do (item (. Session CartItems) 0) ((Item) {}))"


def generated(text: str) -> str:
    """The Python of an expression in which `Item` is an item. Objects are called k, the item i, other variables v."""
    node, found = parse(ITEM.format(text))
    assert not found
    checking = checking_in(world())
    checked = checking.check(node, Scope())
    assert not checking.found
    python = ast.unparse(Emitter(()).strict(checked))
    parameter, _, body = python[python.index("lambda ") + len("lambda ") : -1].partition(": ")
    body = re.sub(rf"\b{parameter}\b", "i", body)
    return re.sub(r"\b([kv])\d+\b", r"\1", body)


@pytest.mark.parametrize(
    ("expression", "python"),
    [
        ("(= (. Item SKU) \"x\")", "i.sku == 'x'"),
        ("(. Item Price)", "i.price"),
        ("(< (. Session Total) (. Item Price))", "frame.session.total < i.price"),
        ("(catch false (= (. Item Category) \"x\"))", "i.category == 'x'"),
        ("(catch false (!= (. Item Category) \"x\"))", "i.category is not None and i.category != 'x'"),
        (
            "(catch false (= (. Item Category) (. Item Name)))",
            "i.name is not None and i.category == i.name",
        ),
        ("(catch false (= (. Item Attributes color) red))", "i.attributes.get('color') == 'red'"),
        (
            "(catch false (and (= (. Item Category) x) (contains (. Item Name) y)))",
            "i.category == 'x' and (i.name is not None and 'y' in k(frame, i.name))",
        ),
        (
            "(catch false (or (= (. Item Category) x) (= (. Item Category) y)))",
            "i.category is not None and (i.category == 'x' or (i.category is not None and i.category == 'y'))",
        ),
        ("(catch \"\" (. Item Category))", "i.category if i.category is not None else ''"),
        ("(catch \"\" (. Item SKU))", "i.sku"),
        ("(. Item Category)", "i.category if i.category is not None else k('Item.Category')"),
        ("(and (= (. Item SKU) x) (not (= (. Item SKU) y)))", "i.sku == 'x' and (not i.sku == 'y')"),
        ("(+ 1 (* 2 3))", "k"),
        ("(* (. Item Price) (/ 1 100))", "k(i.price, k)"),
        ("(count (filter (. Session CartItems) ((x) (= (. x SKU) (. Item SKU)))))",
         "k(k(frame, [v for v in k(frame, frame.session.items) if v.sku == i.sku]))"),
    ],
)  # fmt: skip
def test_python_of_an_expression(expression: str, python: str) -> None:
    assert generated(expression) == python


def test_what_users_write_is_only_ever_a_constant() -> None:
    hostile = "__import__('os')"
    text = f"""(do (kv ("{hostile}" (. Session Total))) (("{hostile}") (+ (. "{hostile}" "{hostile}") 1)))"""
    node, found = parse(text)
    assert not found
    checking = checking_in(world())
    checked = checking.check(node, Scope())
    assert not checking.found
    emitter = Emitter(())
    tree = ast.parse(ast.unparse(emitter.strict(checked)))
    names = {each.id for each in ast.walk(tree) if isinstance(each, ast.Name)}
    attributes = {each.attr for each in ast.walk(tree) if isinstance(each, ast.Attribute)}
    constants = {each.value for each in ast.walk(tree) if isinstance(each, ast.Constant)}
    assert all(re.fullmatch(r"frame|[a-z]+\d+", name) for name in names)
    assert attributes == {"session", "total", "get"}
    assert hostile in constants
    assert emitter.weaver.namespace["__builtins__"] == {}

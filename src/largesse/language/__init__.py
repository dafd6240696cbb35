"""The rule language: how a rule is written, checked, compiled, run and explained. No promotion words.

    JSON or text ──▶ syntax ──▶ check ──▶ emit ──▶ one Python function per rule ──▶ run in a frame
     json_form        tree      types,     Python                                     or explain
     parse                      names      syntax

The names below are the ring's one public door; everything else in this folder is its own business.
"""

from largesse.language.compile.expressions import compile_expression, evaluate_expression
from largesse.language.compile.rulesets import compile_ruleset
from largesse.language.diagnostics import Diagnostic, Diagnostics, Mistake, RefusedError
from largesse.language.environment import (
    Environment,
    Example,
    Function,
    InlineRule,
    Known,
    RefusalRule,
    Root,
    each_element,
    environment,
)
from largesse.language.errors import FAILURES, ExpressionError, LanguageError, SignatureError, StepLimitError
from largesse.language.format import format_node
from largesse.language.formula.read import parse_formula
from largesse.language.formula.texts import format_template, formula_in_braces, parse_template
from largesse.language.formula.write import format_formula
from largesse.language.frame import UNSET, Frame
from largesse.language.functions import CORE
from largesse.language.json_form import Json, from_json, to_json
from largesse.language.kinds import Kind, Value, kind_of
from largesse.language.parse import parse, unfinished
from largesse.language.reads import Reads
from largesse.language.rfc3339 import format_time, parse_time
from largesse.language.ruleset import (
    HOLDS,
    Binding,
    BindingSource,
    Condition,
    Explanation,
    Expression,
    Rule,
    Ruleset,
    RulesetSource,
    RuleSource,
    settle,
)
from largesse.language.syntax import Call, Group, Literal, Node, Place, encodable
from largesse.language.types import (
    ANY,
    BOOLEAN,
    DECIMAL,
    NULL,
    STRING,
    TIME,
    Field,
    ListType,
    MapType,
    OptionalType,
    RecordType,
    TokenType,
    Type,
    record,
)
from largesse.language.values import json_of, refuse_large, text_of

__all__ = [
    "ANY",
    "BOOLEAN",
    "CORE",
    "DECIMAL",
    "FAILURES",
    "HOLDS",
    "NULL",
    "STRING",
    "TIME",
    "UNSET",
    "Binding",
    "BindingSource",
    "Call",
    "Condition",
    "Diagnostic",
    "Diagnostics",
    "Environment",
    "Example",
    "Explanation",
    "Expression",
    "ExpressionError",
    "Field",
    "Frame",
    "Function",
    "Group",
    "InlineRule",
    "Json",
    "Kind",
    "Known",
    "LanguageError",
    "ListType",
    "Literal",
    "MapType",
    "Mistake",
    "Node",
    "OptionalType",
    "Place",
    "Reads",
    "RecordType",
    "RefusalRule",
    "RefusedError",
    "Root",
    "Rule",
    "RuleSource",
    "Ruleset",
    "RulesetSource",
    "SignatureError",
    "StepLimitError",
    "TokenType",
    "Type",
    "Value",
    "compile_expression",
    "compile_ruleset",
    "each_element",
    "encodable",
    "environment",
    "evaluate_expression",
    "format_formula",
    "format_node",
    "format_template",
    "format_time",
    "formula_in_braces",
    "from_json",
    "json_of",
    "kind_of",
    "parse",
    "parse_formula",
    "parse_template",
    "parse_time",
    "record",
    "refuse_large",
    "settle",
    "text_of",
    "to_json",
    "unfinished",
]

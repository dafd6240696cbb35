"""`largesse eval` as a person meets it: one expression, and the shell."""

import json
import os
import pty
import select
import subprocess
import sys
from pathlib import Path

from tests.support.program import PATIENCE_SECONDS, clean_environment, run_largesse


def test_one_expression_is_printed_with_what_a_file_binds(tmp_path: Path) -> None:
    binding = tmp_path / "binding.json"
    binding.write_text('{"Session": {"Total": 99.99}}')
    assert run_largesse("eval", "(* (. Session Total) 10%)", "--binding", str(binding)).status == 1
    printed = run_largesse("eval", "(* (. Session Total) (/ 10 100))", "--binding", str(binding))
    assert (printed.status, printed.output, printed.errors) == (0, "9.999\n", "")
    assert run_largesse("eval", '["concat", "a", "b"]').output == '"ab"\n'
    assert run_largesse("eval", "(. Now)", "--now", "2026-03-01T12:00:00Z").output == "2026-03-01T12:00:00Z\n"


def test_mistakes_stand_under_carets() -> None:
    refused = run_largesse("eval", "(and (fooo)\n  (barr))")
    assert (refused.status, refused.output) == (1, "")
    assert refused.errors.splitlines()[:4] == [
        "  (and (fooo)",
        "       ^^^^^^",
        "there is no function `fooo` (did you mean `floor`?)",
        "    (barr))",
    ]


def test_a_file_of_expressions_is_answered_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    file.write_text('{"expression": "(+ 1 2)"}\n{"expression": "(+ 1"}\n')
    answered = run_largesse("eval", "--batch", str(file))
    assert answered.status == 0
    first, second = map(json.loads, answered.output.splitlines())
    assert first == {"kind": "Decimal", "value": "3"}
    assert second["error"]["code"] == "bad_text"
    assert run_largesse("eval", "--batch", "-", given='{"expression": 1}').output == '{"kind":"Decimal","value":"1"}\n'
    assert run_largesse("eval", "1", "--batch", str(file)).status == 2


def test_a_file_that_binds_nothing_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text("[1]")
    refused = run_largesse("eval", "1", "--binding", str(wrong))
    assert refused.status == 1
    assert "a binding must be an object" in refused.errors


def test_the_shell_reads_over_lines_and_knows_its_commands() -> None:
    typed = """(+ 1
2)
:let cart (list 1 2 3)
(sum (. cart) ((x) (. x)))
:why (> (count (. cart)) 5)
:type (count (. cart))
:names
:functions startsWith
:nope
(+ 1 "a"

:why (foo)
:quit
never read"""
    printed = run_largesse("eval", given=typed).output.splitlines()
    assert printed[:8] == [
        "3",
        "cart = [1, 2, 3]",
        "6",
        '(> (count (. "cart")) 5) → false',
        '  (count (. "cart")) → 3',
        '    (. "cart") → [1, 2, 3]',
        "Decimal",
        "cart = [1, 2, 3]",
    ]
    assert "startsWith(String, String, String...)Boolean" in printed
    assert "There is no such command; `:help` lists them." in printed
    assert "this parenthesis is never closed" in printed
    assert printed[-1] == "there is no function `foo` (did you mean `floor`?)"


def test_a_terminal_is_asked_politely_and_remembered(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    environment = {**clean_environment(), "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "TERM": "dumb"}
    with subprocess.Popen(
        [sys.executable, "-m", "largesse", "eval"], stdin=theirs, stdout=theirs, stderr=theirs, env=environment
    ) as shell:
        os.close(theirs)
        os.write(ours, b"(+ 1 2)\n\x04")
        shown = b""
        while select.select([ours], [], [], PATIENCE_SECONDS)[0]:
            try:
                shown += os.read(ours, 4096)
            except OSError:
                break
        os.close(ours)
    assert shell.returncode == 0
    assert b"`:help` shows" in shown
    assert b"3\r\n" in shown
    kept = tmp_path / "largesse" / "eval_history"
    assert "(+ 1 2)" in kept.read_text()
    assert kept.stat().st_mode & 0o077 == 0

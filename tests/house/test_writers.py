"""Who writes what: a stage has one writer, and only the edges commit."""

import ast

from tests.house.sources import functions, parsed, python_files, shown


def writes_stage(node: ast.AST) -> bool:
    """`x.stage = …`, `setattr(x, "stage", …)`, `update(…).values(stage=…)`."""
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        spread = [part for target in targets for part in ast.walk(target)]
        return any(isinstance(t, ast.Attribute) and t.attr == "stage" for t in spread)
    if isinstance(node, ast.Call):
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if called == "setattr":
            return any(isinstance(a, ast.Constant) and a.value == "stage" for a in node.args)
        return called == "values" and any(keyword.arg == "stage" for keyword in node.keywords)
    return False


def test_submission_stage_has_one_writer():
    writers = [
        f"{shown(file)}: {function.name}"
        for file in python_files("eoi")
        for function in functions(file)
        if any(writes_stage(node) for node in ast.walk(function))
    ]
    assert len(writers) == 1
    assert writers[0].startswith("eoi/workflow/stages.py: ")


def test_only_web_cli_and_jobs_commit():
    edges = ("eoi/web/", "eoi/cli/", "eoi/jobs.py")
    commits = [
        f"{shown(file)}:{node.lineno}"
        for file in python_files("eoi")
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]
    assert [place for place in commits if not place.startswith(edges)] == []


def test_every_endpoint_names_its_permission_or_is_public(application):
    unnamed = [
        f"{rule.rule} ({rule.endpoint})"
        for rule in application.url_map.iter_rules()
        if rule.endpoint != "static"
        and not getattr(application.view_functions[rule.endpoint], "permission", None)
        and not getattr(application.view_functions[rule.endpoint], "public", False)
    ]
    assert unnamed == []

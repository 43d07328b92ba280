"""The rules of the house, read from the source: who imports whom, what lives where, how long."""

import ast
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

LAYERS = (
    {"model", "errors"},
    {"validated", "acceptance", "catalogue", "names"},
    {"edits"},
    {"history"},
    {"method"},
    {"agenda", "charts", "intake", "store", "report"},
    {"live", "ui"},
    {"cli"},
)
HOMES = {
    # a library -> where it may be imported; everywhere else it is out of reach
    "streamlit": ("app.py", "pages/", "kam/ui/", "kam/live/"),
    "duckdb": ("kam/store/", "kam/intake/"),
    "altair": ("kam/charts/",),
}
KNOWS_STREAMLIT = ("kam.ui", "kam.live", "kam.cli")
FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager", "service", "base"}
FORBIDDEN_VERBS = ("get_", "calculate_", "process_", "handle_")
LONGEST, USUAL, MEDIAN, PARAMETERS = 40, 20, 7, 5  # lines and a count: the pass marks of the house


def sources(*places: str) -> list[Path]:
    """The Python files of these places that there are, relative to the checkout."""
    found: list[Path] = []
    for place in places:
        path = ROOT / place
        found += [path] if path.is_file() else sorted(path.rglob("*.py"))
    return [path.relative_to(ROOT) for path in found]


KAM = sources("kam")
CODE = sources("app.py", "pages", "kam", "data")
KNOWN_MODULES = {
    ".".join(path.with_suffix("").parts).removesuffix(".__init__"): path for path in KAM
}


@cache
def tree(path: Path) -> ast.Module:
    """The syntax of a file."""
    return ast.parse((ROOT / path).read_text("utf-8"))


def imported(path: Path) -> set[str]:
    """Full names that a file imports, anywhere in it; `from a import b` gives `a` and `a.b`."""
    names: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, docstring included."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def unit(module: str) -> str:
    """The part of the house in which a module stands: `kam.method.values` -> `method`."""
    return module.split(".")[1] if "." in module else ""


def layer(module: str) -> int:
    """How high a module stands; 0 is the ground."""
    return next(height for height, units in enumerate(LAYERS) if unit(module) in units)


def in_kam(path: Path) -> set[str]:
    """The modules of ours that a file imports, packages themselves left out."""
    return {name for name in imported(path) if name in KNOWN_MODULES and name != "kam"}


def shown(path: Path) -> str:
    return path.as_posix()


# --- who imports whom -----------------------------------------------------------------------------


def test_there_is_something_to_look_at() -> None:
    assert {"kam.model", "kam.edits.edit", "kam.method.scores"} <= KNOWN_MODULES.keys()
    assert "kam.errors" in in_kam(Path("kam/history.py"))


def test_every_part_of_kam_has_its_place_in_the_house() -> None:
    placed = set.union(*LAYERS)
    assert {unit(module) for module in KNOWN_MODULES if unit(module)} <= placed


@pytest.mark.parametrize("path", KAM, ids=shown)
def test_imports_never_point_upwards(path: Path) -> None:
    own = ".".join(path.with_suffix("").parts)
    if own == "kam.__init__":
        assert in_kam(path) == set()
        return
    upwards = {name for name in in_kam(path) if layer(name) > layer(own)}
    assert upwards == set()


@pytest.mark.parametrize("path", KAM, ids=shown)
def test_the_domain_imports_neither_pages_nor_the_router(path: Path) -> None:
    assert not {name for name in imported(path) if name.split(".")[0] in {"pages", "app"}}


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {module: in_kam(path) - {module} for module, path in KNOWN_MODULES.items()}
    while free := [module for module, needs in graph.items() if not needs & graph.keys()]:
        for module in free:
            del graph[module]
    assert graph == {}


def test_no_parts_of_the_house_import_each_other_in_a_circle() -> None:
    graph: dict[str, set[str]] = {}
    for module, path in KNOWN_MODULES.items():
        needs = {unit(name) for name in in_kam(path)}
        graph.setdefault(unit(module), set()).update(needs - {unit(module)})
    while free := [part for part, needs in graph.items() if not needs & graph.keys()]:
        for part in free:
            del graph[part]
    assert graph == {}


@pytest.mark.parametrize("path", sources("pages"), ids=shown)
def test_pages_never_import_pages(path: Path) -> None:
    assert not {name for name in imported(path) if name.split(".")[0] == "pages"}


# --- what lives where -----------------------------------------------------------------------------


@pytest.mark.parametrize("library", HOMES)
def test_a_library_lives_in_its_own_places(library: str) -> None:
    users = [path for path in CODE if library in {n.split(".")[0] for n in imported(path)}]
    strays = [path for path in users if not path.as_posix().startswith(HOMES[library])]
    assert strays == []


def test_the_domain_runs_where_streamlit_is_not_installed() -> None:
    """Everything but `kam.ui`, `kam.live` and the command line is imported with it blocked."""
    domain = [name for name in KNOWN_MODULES if not name.startswith(KNOWS_STREAMLIT)]
    script = (
        "import importlib, sys\n"
        "sys.modules['streamlit'] = None\n"
        "for name in sys.argv[1:]:\n"
        "    importlib.import_module(name)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, *domain],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("path", CODE, ids=shown)
def test_streamlit_caches_stand_in_kam_ui_only(path: Path) -> None:
    caches = {"cache_data", "cache_resource"}
    used = {
        node.attr if isinstance(node, ast.Attribute) else node.id
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute | ast.Name)
    } | {name.split(".")[-1] for name in imported(path)}
    assert path.as_posix().startswith("kam/ui/") or not used & caches


def html_calls(path: Path) -> list[ast.Call]:
    """Calls that put raw HTML into a page."""
    return [
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and any(keyword.arg == "unsafe_allow_html" for keyword in node.keywords)
    ]


def test_raw_html_comes_from_one_file_of_kam_ui() -> None:
    mentions = [p for p in CODE if "unsafe_allow_html" in (ROOT / p).read_text("utf-8")]
    assert len(mentions) <= 1
    assert all(path.as_posix().startswith("kam/ui/") for path in mentions)


@pytest.mark.parametrize("path", CODE, ids=shown)
def test_raw_html_holds_no_data(path: Path) -> None:
    """Only a text in the source, or a constant of the module, may be passed."""
    for call in html_calls(path):
        for passed in call.args:
            constant = isinstance(passed, ast.Constant)
            assert constant or (isinstance(passed, ast.Name) and passed.id.isupper())


@pytest.mark.parametrize("path", CODE, ids=shown)
def test_no_file_bears_a_name_that_could_hold_anything(path: Path) -> None:
    assert not {*path.with_suffix("").parts} & FORBIDDEN_NAMES


@pytest.mark.parametrize("path", CODE, ids=shown)
def test_functions_are_named_for_what_they_return(path: Path) -> None:
    named = [f.name for f in functions(path)]
    assert [name for name in named if name.lstrip("_").startswith(FORBIDDEN_VERBS)] == []


# --- every module has its tests -------------------------------------------------------------------


def speaks_of(test: Path, module: str) -> bool:
    """Whether a test file imports a module, or the package that shows it to the world."""
    package = module.rpartition(".")[0]
    return bool(({module, package} - {"kam"}) & imported(test))


@pytest.mark.parametrize("module", [m for m, p in KNOWN_MODULES.items() if p.stem != "__init__"])
def test_a_module_has_a_test_file_of_its_name(module: str) -> None:
    *_, part, stem = module.replace("._", ".").split(".")
    names = {f"test_{stem}.py", f"test_{part}_{stem}.py", f"test_{stem}_{part}.py"}
    mirrors = [path for path in sources("tests") if path.name in names]
    assert [path for path in mirrors if speaks_of(path, module)], f"no test of {module}"


# --- how long -------------------------------------------------------------------------------------


def test_functions_are_short() -> None:
    lengths = sorted(lines(function) for path in CODE for function in functions(path))
    assert lengths[-1] <= LONGEST
    assert sum(length <= USUAL for length in lengths) >= 0.9 * len(lengths)
    assert statistics.median(lengths) <= MEDIAN


@pytest.mark.parametrize("path", CODE, ids=shown)
def test_functions_take_few_parameters(path: Path) -> None:
    for function in functions(path):
        given = function.args
        names = [a.arg for a in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
        assert len([name for name in names if name not in {"self", "cls"}]) <= PARAMETERS, (
            f"{function.name} takes {len(names)}"
        )


def test_the_layers_of_the_house_do_not_overlap() -> None:
    for lower, upper in pairwise(LAYERS):
        assert not lower & upper
    assert sum(map(len, LAYERS)) == len(set.union(*LAYERS))

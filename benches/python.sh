# Sets PYTHON to one that has exactly the packages pinned in peers/requirements.txt: the system's if it has them, else
# that of .venv, made here once. For sourcing from the repository's root.
pinned() {
    "$1" - benches/peers/requirements.txt 2>/dev/null <<'PY'
import sys
from importlib.metadata import version
lines = (line.split("==") for line in open(sys.argv[1]).read().split())
sys.exit(any(version(name) != wanted for name, wanted in lines))
PY
}
PYTHON=python3
if ! pinned "$PYTHON"; then
    PYTHON=.venv/bin/python
    if ! pinned "$PYTHON"; then
        echo "installing the pinned packages into .venv ..." >&2
        python3 -m venv .venv
        "$PYTHON" -m pip install --quiet --disable-pip-version-check -r benches/peers/requirements.txt
    fi
fi

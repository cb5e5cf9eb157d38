# Sets PYTHON to a Python with exactly the packages that $REQUIREMENTS pins (by default those of the
# peers): the system's Python if it has them, otherwise that of a virtual environment under .venv,
# which this script makes once. Source it in the repository's root.
: "${REQUIREMENTS:=benches/peers/requirements.txt}"
pinned() {
    "$1" - "$REQUIREMENTS" 2>/dev/null <<'PY'
import sys
from importlib.metadata import version
lines = (line.split("==") for line in open(sys.argv[1]).read().split())
sys.exit(any(version(name) != wanted for name, wanted in lines))
PY
}
PYTHON=python3
if ! pinned "$PYTHON"; then
    folder=.venv/$(basename "$(dirname "$REQUIREMENTS")")
    PYTHON=$folder/bin/python
    if ! pinned "$PYTHON"; then
        echo "installing the pinned packages into $folder ..." >&2
        python3 -m venv "$folder"
        "$PYTHON" -m pip install --quiet --disable-pip-version-check -r "$REQUIREMENTS"
    fi
fi

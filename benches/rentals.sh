# Checks RENTTHERUNWAY, sets PYTHON, and trains the model of the rentals if there is none. Source it
# in the repository's root.
: "${RENTTHERUNWAY:?set this variable to the path of rentals.parquet}"
RENTTHERUNWAY=$(realpath "$RENTTHERUNWAY")
export RENTTHERUNWAY
. benches/python.sh
[ -x target/release/inseam ] || cargo build --release
[ -f out/rentherunway.customers ] || target/release/inseam train model/rentherunway.toml

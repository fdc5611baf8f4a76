# Two targets do everything on a bare Debian or Ubuntu machine: `make ingest` and `make test`.
# Set-up happens inside them, once; scripts/set-up leaves a stamp that later runs check.

.PHONY: ingest test check train
.DEFAULT_GOAL := ingest

INPUT ?= data/raw
OUT ?= data/processed

.venv/.runtime: scripts/set-up pyproject.toml constraints.txt
	scripts/set-up runtime

.venv/.dev: scripts/set-up pyproject.toml constraints.txt
	scripts/set-up dev

.venv/.train: scripts/set-up pyproject.toml constraints.txt
	scripts/set-up train

ingest: .venv/.runtime
	.venv/bin/python -m flows.ingest "$(INPUT)" --out "$(OUT)"

test: .venv/.dev
	.venv/bin/python -m pytest

check: .venv/.dev
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/python -m pytest

train: .venv/.train
	.venv/bin/python -m training.train

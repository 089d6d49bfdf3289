# All it needs: Python 3.11 or newer, make, a C compiler and a package index.
#   make demo     rates a bundled announcement, and offers the screen
#   make test     the tests (ARGS='-k offtake' for some of them)
#   make check    the tests and every check
#   make setup    the environment alone, in .venv (PYTHON=python3.13 to choose the interpreter)
#   make lock     requirements.txt anew from pyproject.toml, with the newest versions; needs uv
#   make clean    removes all that these make

VENV ?= .venv
PYTHON ?=
ARGS ?=

# Python 3.13 dropped PyEval_CallObject, which durable_rules still calls: without this it builds, and does not import.
# CPPFLAGS, because its setup.py overwrites CFLAGS. The same stands in pyproject.toml for uv.
FLAG = -DPyEval_CallObject=PyObject_CallObject
ifeq ($(findstring $(FLAG),$(CPPFLAGS)),)
override CPPFLAGS += $(FLAG)
endif
export CPPFLAGS VENV PYTHON

RUN = $(VENV)/bin/python -m

.PHONY: setup demo test lint types check lock clean

setup:
	@.ci/setup

demo: setup
	@$(VENV)/bin/caveat demo

test: setup
	$(RUN) pytest -n auto $(ARGS)

lint: setup
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(VENV)/bin/lint-imports --no-logo

types: setup
	$(RUN) mypy --strict

check: lint types test

# --no-config and no index option: the hashes are those of the public files, and nothing of this machine is recorded.
lock:
	uv pip compile --no-config --universal --python-version 3.11 --upgrade --generate-hashes --extra dev \
		--custom-compile-command "make lock" --quiet --output-file requirements.txt pyproject.toml

clean:
	rm -rf $(VENV) .venv-3.13 build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

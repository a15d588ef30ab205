# One word per job. `make` alone says which.
SHELL := /bin/bash
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCK := requirements/lock.txt
READY := $(VENV)/.ready-$(firstword $(shell cat $(LOCK) requirements/uv.txt | cksum))
# The sector's validator of the 903 return: optional, and apart, for it needs an older pandas.
VALIDATOR := .venv-validator
VALIDATOR_LOCK := requirements/validator.txt
VALIDATOR_READY := $(VALIDATOR)/.ready-$(firstword $(shell cksum < $(VALIDATOR_LOCK)))
# A checker of PDF/UA: optional, and apart, for it is large.
PDFCHECK := .venv-pdfcheck
PDFCHECK_LOCK := requirements/pdfcheck.txt
PDFCHECK_READY := $(PDFCHECK)/.ready-$(firstword $(shell cksum < $(PDFCHECK_LOCK)))
PDF ?= build/*/pack/pack.pdf
# The check for known faults in the locked packages: apart, for its needs are nobody else's.
AUDIT := .venv-audit
AUDIT_LOCK := requirements/audit.txt
AUDIT_READY := $(AUDIT)/.ready-$(firstword $(shell cksum < $(AUDIT_LOCK)))

CRASHES := $(wildcard $(addprefix tests/history/test_,killed*.py full_disk.py lost.py reader.py two_at_once.py landing_meanwhile.py))

export PYTHONPATH := $(CURDIR):$(CURDIR)/dags
# Where this is set, every start of dbt costs 1.7 seconds more.
unexport PYTHONDONTWRITEBYTECODE
unexport VIRTUAL_ENV

.PHONY: help setup pack indicator status rebuild retention forget validator second-opinion pdf-check audit licences test test-crashes test-airflow fuzz soak history lint bench up clean

help:  ## What there is to make
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /\1\t/' | expand -t 16

$(READY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' \
		|| { echo "This needs Python 3.11, and $(PYTHON) is $$($(PYTHON) -V 2>&1). Say which one: make PYTHON=python3.11"; exit 1; }
	@echo "Setting up the environment (once; about a minute) ..."
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip sync --quiet --require-hashes --compile-bytecode $(LOCK)
	@touch $@

setup: $(READY)  ## Build the environment from the lock; nothing happens if it is there

pack: setup  ## Land, check, build and publish a month [INBOX=dir MONTH=2026-10 OUT=dir REPAIRS=off AS_OF=2026-12]
	@$(BIN)/python -m pipeline.pack

indicator: setup  ## Explain a figure: its definition, its SQL, the children behind it [ID=lac_count MONTH=2026-10 OUT=dir]
	@$(BIN)/python -m pipeline.indicator

status: setup  ## How things stand: landed, missing, running, published [OUT=dir]
	@$(BIN)/python -m pipeline.status

rebuild: setup  ## Make the warehouse and the archive again from the lake alone [OUT=dir]
	@$(BIN)/python -m pipeline.rebuild

retention: setup  ## Delete what is older than the council's rule [PACK_KEEP_EXTRACTS_MONTHS=36 PACK_KEEP_RESTRICTED_MONTHS=36 OUT=dir]
	@$(BIN)/python -m pipeline.privacy.retention

forget: setup  ## Erase one child or young person from all that is held [PERSON=id DRY_RUN=1 OUT=dir]
	@$(BIN)/python -m pipeline.privacy.forget

$(VALIDATOR_READY): | $(READY)
	@echo "Setting up the validator's environment (once; seconds) ..."
	@rm -rf $(VALIDATOR)
	@$(BIN)/python -m venv $(VALIDATOR)
	@VIRTUAL_ENV=$(CURDIR)/$(VALIDATOR) $(BIN)/uv pip sync --quiet --require-hashes --compile-bytecode $(VALIDATOR_LOCK)
	@touch $@

validator: setup $(VALIDATOR_READY)  ## Build the environment of the national 903 rules (optional)

second-opinion: setup  ## Ask the national rules about a month's 903 files [INBOX=dir MONTH=2026-10 OUT=dir]
	@$(BIN)/python -m pipeline.second_opinion

$(PDFCHECK_READY): | $(READY)
	@echo "Setting up the PDF checker's environment (once; 340 MB) ..."
	@rm -rf $(PDFCHECK)
	@$(BIN)/python -m venv $(PDFCHECK)
	@VIRTUAL_ENV=$(CURDIR)/$(PDFCHECK) $(BIN)/uv pip sync --quiet --require-hashes --compile-bytecode $(PDFCHECK_LOCK)
	@touch $@

pdf-check: setup $(PDFCHECK_READY)  ## Check a pack.pdf against PDF/UA-1 [PDF=path]
	@for pdf in $(PDF); do echo "$$pdf"; $(PDFCHECK)/bin/outloud --fail-on error "$$pdf" || exit 1; done

$(AUDIT_READY): | $(READY)
	@echo "Setting up the audit's environment (once; seconds) ..."
	@rm -rf $(AUDIT)
	@$(BIN)/python -m venv $(AUDIT)
	@VIRTUAL_ENV=$(CURDIR)/$(AUDIT) $(BIN)/uv pip sync --quiet --require-hashes --compile-bytecode $(AUDIT_LOCK)
	@touch $@

audit: setup $(AUDIT_READY)  ## Ask the advisory database about every locked package (needs the internet)
	@$(BIN)/python -m requirements.audit $(AUDIT)/bin/pip-audit

licences: setup $(VALIDATOR_READY) $(PDFCHECK_READY) $(AUDIT_READY)  ## Write docs/licences.md again, from the packages
	@$(BIN)/python -m requirements.licences

test: setup  ## Run every test but those of the next two, on every processor
	@$(BIN)/python -m pytest -n auto --dist loadscope --no-loadscope-reorder \
		--ignore=tests/airflow $(CRASHES:%=--ignore=%)

test-crashes: setup  ## Kill runs at every step and at random, fill the disk, lose all but the lake, run two at once [KILLS=50 SEED=6]
	@$(BIN)/python -m pytest -n auto --dist loadfile $(CRASHES) -rs

test-airflow: setup  ## Run Airflow as docker-compose.yml has it, with PostgreSQL, through a month, and a backfill (minutes)
	@$(BIN)/python -m pytest tests/airflow -rs

fuzz: setup  ## Damage ten thousand files and read each twice [FILES=10000 SEED=1] (minutes)
	@$(BIN)/python -m tests.bad_input.fuzzing --files $${FILES:-10000} --seed $${SEED:-1}

soak: setup  ## Kill make pack itself, with nothing left out, again and again [KILLS=200 MINUTES=60 SEED=1]
	@$(BIN)/python -m tests.history.soak

history: setup  ## Publish fifteen months one by one and all at once, and compare (ten minutes)
	@WHOLE_HISTORY=1 $(BIN)/python -m pytest tests/history/test_whole_history.py -rs

lint: setup  ## Check style, types and SQL, and that no file holds a secret
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@mkdir -p build
	@PACK_WAREHOUSE=build/lint.duckdb DBT_TARGET_PATH=$(CURDIR)/build/dbt DBT_LOG_PATH=$(CURDIR)/build/dbt \
		$(BIN)/sqlfluff lint --disable-progress-bar --processes 0 dbt_project/models dbt_project/tests
	@$(BIN)/python -m tests.secret_scan

bench: setup  ## Measure the job; the figures of docs/benchmarks.md
	@$(BIN)/python -m tests.bench

up: setup  ## Start Airflow itself here, without Docker, to look at the DAGs [INBOX OUT PORT=8080 UNPAUSE=1 SIGN_OFF=1]
	@$(BIN)/python -m pipeline.up

clean:  ## Remove the environments and what was built here
	@rm -rf $(VENV) $(VALIDATOR) $(PDFCHECK) $(AUDIT) build

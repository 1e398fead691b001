# Watchback. `make run` starts the site, `make test` tests it; `make` lists the rest.

# A Python of 3.11 or newer that can make virtual environments; PYTHON=… names another one.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)
python := .venv/bin/python
install = $(or $(PYTHON),$(error Watchback needs Python 3.11 or newer with venv: install it, or name it with PYTHON=…)) tracker/local/install.py

# What an operator would set; nothing is reached.
operators := DATABASE_URL=postgres://watchback@127.0.0.1/watchback REDIS_URL=redis://127.0.0.1/0 \
	SITE_URL=https://watch.example.org EMAIL_URL=smtps://user:password@mail.example.org \
	SECRET_KEY=0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ

.DEFAULT_GOAL := help
.PHONY: help run test lint gate editor bench faults learn shots story install install-dev

help: ## list what there is
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1 \t\2/p' Makefile | expand -t 18

run: install ## start the site with all it needs, in the foreground; PORT=8123 chooses the port
	@exec $(python) manage.py up --with-make

test: install-dev ## run the tests on servers of their own; ARGS='tests/web -x' chooses
	@exec $(python) -m tracker.local.trial $(ARGS)

lint: install-dev ## check style, types, import direction and templates
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m mypy
	.venv/bin/python -c "from importlinter.cli import lint_imports_command; lint_imports_command()"
	$(python) -m djlint --lint --quiet templates

gate: install ## what must hold before a deployment: migrations complete, settings safe
	@env -u DATABASE_URL -u REDIS_URL $(python) -W ignore manage.py makemigrations --check --dry-run
	@env $(operators) $(python) manage.py check --deploy --fail-level WARNING

editor: install ## make the first editor and print a link to set the password; EMAIL=… (while the site runs)
	@$(python) manage.py editor $(if $(EMAIL),"$(EMAIL)")

bench: install-dev ## measure pages, loading and states on servers of its own; ARGS=100 asks each page 100 times
	@exec $(python) -m tests.bench $(ARGS)

faults: install-dev ## kill, restart, fill up and misuse what sends alerts and what watches, long form; ARGS="--short watch" chooses
	@exec $(python) -m tests.faults $(ARGS)

bench-alerts: install-dev ## measure planning and sending of alerts; ARGS='10000 100000' chooses how many subscriptions
	@exec $(python) -m tests.bench.alerts $(ARGS)

bench-watch: install-dev ## measure the watch beside changedetection.io and urlwatch; ARGS='200 2000 --without-peers'
	@exec $(python) -m tests.bench.watch $(ARGS)

bench-imports: install-dev ## measure imports beside a bare COPY; ARGS='20000 1000000 --made-up-only' chooses
	@exec $(python) -m tests.bench.imports $(ARGS)

learn: install-dev ## learn anew from the labelled texts what speaks for a lead; ARGS=--honest only says how good that is
	@OMP_NUM_THREADS=1 $(python) -m tests.watch.proposing.learning $(ARGS)

shots: install-dev ## screenshots of every public page into var/shots (while the site runs)
	@$(python) manage.py shots $(ARGS)

story: install ## play the first case in the terminal (while the site runs)
	@$(python) manage.py story $(ARGS)

install:
	@$(install) requirements.txt

install-dev: install
	@$(install) requirements-dev.txt

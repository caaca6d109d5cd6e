# The commands to remember: run, test, check, bench.
# More arguments for the tests go into ARGS: make test ARGS="-k roll_call".

SHELL := /bin/bash
PYTHON := .venv/bin/python
PORT ?= 8000
export PORT

# Settings of a server that the whole world can reach, for the checks that only make sense there.
PRODUCTION = CHIBO_DEBUG=0 CHIBO_HTTPS=1 CHIBO_ALLOWED_HOSTS=chibo.example \
	CHIBO_SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(64))') \
	CHIBO_CRITIQUE_KEYS=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(32))')
IN_MEMORY = DATABASE_URL=$${DATABASE_URL:-sqlite:///:memory:}

.PHONY: help run test long check bench sample guide clean free-port prepare prepare-dev static-files

help:
	@echo "make run     try the program on http://127.0.0.1:$(PORT), with demonstration data"
	@echo "make test    the whole suite (DATABASE_URL=postgres://... for PostgreSQL, ARGS=... for pytest)"
	@echo "          without a browser: make test ARGS=\"-m 'not browser'\""
	@echo "make long    what the suite tries in part, in full"
	@echo "make check   no data tracked, style, types, layers, migrations, production settings"
	@echo "make bench   what a page and a paper cost, beside the bare minimum"
	@echo "make sample  the demonstration's papers in build/sample/"
	@echo "make guide   the pictures of the user guide"
	@echo "make clean   removes what was built; data in var/ stays"

run: export CHIBO_DEBUG := $(or $(CHIBO_DEBUG),1)
run: free-port prepare static-files
	@echo "==> Bringing the database up to date"
	@$(PYTHON) manage.py bring_up_to_date
	@$(PYTHON) manage.py seed_demo --if-empty
	@trap '' INT; (trap - INT; exec .venv/bin/gunicorn)

# Said before minutes are spent on anything else.
free-port:
	@if [ -z "$$CHIBO_BIND" ] && (exec 3<>/dev/tcp/127.0.0.1/$(PORT)) 2>/dev/null; then \
		echo "Something answers on port $(PORT) already. Another one: PORT=$$(($(PORT) + 1)) make run"; exit 1; fi

# The suite starts the program many times: what has been compiled once is kept, whatever the machine prefers.
test: export PYTHONDONTWRITEBYTECODE :=
test: prepare-dev static-files
	@TIMEFORMAT='==> The suite took %0lR by the clock and %0lU of the processors.'; \
	time $(PYTHON) -m pytest -n 4 --dist worksteal $(ARGS)

long: export CHIBO_LONG := 1
long: ARGS += -m 'long or in_turn'
long: test

check: prepare-dev
	scripts/tracked
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	CHIBO_DEBUG=1 .venv/bin/mypy
	.venv/bin/lint-imports
	CHIBO_DEBUG=1 $(IN_MEMORY) $(PYTHON) manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(IN_MEMORY) $(PYTHON) manage.py check --deploy --database default --fail-level WARNING

bench: export CHIBO_DEBUG := 1
bench: prepare-dev static-files
	$(PYTHON) -m benchmarks $(ARGS)

sample: export CHIBO_DEBUG := $(or $(CHIBO_DEBUG),1)
sample: prepare
	@$(PYTHON) manage.py bring_up_to_date
	$(PYTHON) manage.py sample_papers

guide: prepare-dev
	$(PYTHON) docs/pictures.py

clean:
	rm -rf build .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

static-files: export CHIBO_DEBUG := $(or $(CHIBO_DEBUG),1)
static-files: prepare
	@if [ static -nt var/static ] || [ -n "$$(find static requirements.txt chibo/bundles.py -newer var/static 2>/dev/null)" ]; then \
		echo "==> Collecting static files"; \
		$(PYTHON) manage.py collectstatic --noinput --clear --verbosity 0 && touch var/static; fi

prepare:
	@scripts/prepare run

prepare-dev:
	@scripts/prepare dev

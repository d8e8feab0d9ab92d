# The few commands of the project. Everything they start lives in oversight/launcher.

VENV := .venv/bin
LAUNCHER := $(VENV)/python -m oversight.launcher
FIND_PYTHON = for p in $(PYTHON) python3.12 python3.11 python3 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info[:2] not in ((3, 11), (3, 12)))' 2>/dev/null \
	&& { command -v "$$p"; break; }; done
INSTALL = set -e; python="$$($(FIND_PYTHON))"; \
	test -n "$$python" || { echo "Python 3.11 or 3.12 is needed: install one, for instance with 'apt-get install python3'." >&2; exit 1; }; \
	"$$python" -m oversight.launcher.install

# Made-up values: what `manage.py check --deploy` is asked about is our settings, not an installation.
PRODUCTION := OVERSIGHT_MODE=production DEBUG= ALLOWED_HOSTS=oversight.example \
	SECRET_KEY=not-a-secret-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ \
	DATABASE_URL=postgresql://application@db/oversight

.PHONY: demo demo-reset setup lint test suite screenshots bench bench-portfolio fuzz

demo: setup
	@$(LAUNCHER) demo

demo-reset: setup
	@$(LAUNCHER) reset

setup: .venv/installed static/vendor/tabler.min.css

.venv/installed: pyproject.toml uv.lock
	@$(INSTALL) python
	@touch $@

static/vendor/tabler.min.css: package.json package-lock.json .venv/installed
	@$(INSTALL) front-end
	@touch $@

lint: setup
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	OVERSIGHT_MODE=test $(VENV)/mypy .
	$(VENV)/lint-imports
	$(PRODUCTION) $(VENV)/python manage.py check --deploy --fail-level WARNING

test: lint
	@$(LAUNCHER) run -- $(MAKE) --no-print-directory suite

# Its questions share one name: of several processes, each would ask just one of them.
ASKING := tests/api/test_schemathesis.py

# What `test` runs while the servers are up.
suite:
	$(VENV)/python manage.py makemigrations --check --dry-run
	$(VENV)/python -m pytest --numprocesses=2 --dist=loadfile --ignore=$(ASKING) --cov --cov-branch --cov-report= $(ARGS)
	$(VENV)/python -m pytest $(ASKING) -q --cov --cov-branch --cov-append --cov-report=term-missing:skip-covered --cov-fail-under=95
	$(VENV)/coverage report --include='kpis/engine/*' --fail-under=100

# Writes docs/screenshots anew.
screenshots: setup
	@rm -rf docs/screenshots
	@SCREENSHOTS=1 $(LAUNCHER) run -- $(VENV)/python -m pytest tests/browser/test_every_page.py -q

# Writes docs/performance.md anew; fails where a budget of time or memory is not kept. What it
# compares with is installed beside the rest; PART=ageing measures one part alone.
bench: setup
	@$(INSTALL) bench
	$(VENV)/python -m benchmarks.run $(PART)

# Seeds a large portfolio, visits its pages, lets fifty people in; one part of `bench`.
bench-portfolio: setup
	$(VENV)/python -m benchmarks.run portfolio

# Reads and checks thousands of spoilt files; writes docs/fuzz.md anew.
fuzz: setup
	OVERSIGHT_MODE=test $(VENV)/python -m benchmarks.fuzz

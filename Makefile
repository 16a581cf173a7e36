# Two commands do everything: `make demo` and `make test`. Nothing is installed outside .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Tests wait as much as they compute, so there is a worker more than processors.
WORKERS ?= $(shell $(PYTHON) -c "import os; print(min(4, os.cpu_count() + 1))")

.PHONY: demo test lint bench nightly adequacy jails image filters setup lock clean

demo: setup
	@echo "A right solution:"
	@$(BIN)/judge submit examples/kmeans.py
	@echo
	@echo "A wrong one (it is meant to be rejected):"
	@$(BIN)/judge submit examples/wrong/kmeans.py; test $$? -eq 1

# The slowest tests are told.
test: lint
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadgroup --durations 40

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup
	$(BIN)/python bench/startup.py
	$(BIN)/python bench/warm.py
	$(BIN)/python bench/isolation.py
	$(BIN)/python bench/service.py
	$(BIN)/python bench/history.py

# A million inputs for each reader of hostile bytes, guided by coverage (NIGHTLY passes options of libFuzzer); then ten
# thousand submissions, and failures at hundreds of random moments.
nightly: setup
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: \
		-r nightly.lock
	nice $(BIN)/python tests/fuzz/coverage_guided.py $(NIGHTLY)
	$(BIN)/python -m pytest -m nightly

# Mutants of every accepted solution; half an hour on two cores.
adequacy: setup
	$(BIN)/judge problem verify --all --adequacy --table docs/adequacy.md

# The images of the Docker sandbox, one for each set of libraries. BASE: an image to begin from, where none can be
# pulled; DOCKER_BUILD: more options.
jails:
	for libraries in numpy science rival; do \
		docker build --quiet $(if $(BASE),--build-arg BASE=$(BASE)) --build-arg LIBRARIES=$$libraries $(DOCKER_BUILD) \
			--file sandbox/image/Dockerfile --target jail --tag judge-jail:$$libraries sandbox || exit; \
	done

# The service's image; BASE and DOCKER_BUILD as above.
image:
	docker build --quiet $(if $(BASE),--build-arg BASE=$(BASE)) $(DOCKER_BUILD) --tag judge .

# Needs libseccomp; compiles sandbox/filters/policy.toml.
filters: setup
	$(BIN)/python -m sandbox.filters.compile

setup: $(VENV)/installed

$(VENV)/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# Needs uv; pins every dependency of every extra, for all platforms, by hash.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--extra server --extra docker --extra dev --output-file requirements.lock pyproject.toml requirements.in
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--output-file nightly.lock nightly.in
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--constraint requirements.lock --extra server --output-file deploy/service.lock pyproject.toml
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--constraint requirements.lock --output-file deploy/build.lock requirements.in
	for libraries in numpy science rival; do \
		uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
			--constraint requirements.lock --output-file sandbox/image/$$libraries.lock sandbox/image/$$libraries.in; \
	done

clean:
	rm -rf $(VENV)

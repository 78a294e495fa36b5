# The ways of working on ghagen. `make help` lists them; CONTRIBUTING.md tells more.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

CARGO ?= cargo
TOOLS := target/tools/bin
LOG := target/test.log

# Of `make build`: what to build, such as TOOL=podman VARIANT=full ARCH=arm64. Without the last two: all variants, for this arch.
TOOL ?=
VARIANT ?=
ARCH ?=

# Of `make bench` and `make fuzz`.
SIZES ?=
FUZZ_SECONDS ?= 600

# The order of the parts of `make test` has a meaning.
.NOTPARALLEL:

.PHONY: help generate check build test lint bench fuzz bless tools fmt clippy unit doc deny drift linters

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

generate: ## Compile the spec and write workflows and scripts
	$(CARGO) run --release --locked -- generate

check: ## Compare what is committed with what the spec says
	$(CARGO) run --release --locked -- check

build: ## Build a tool here, at the version of the lock: TOOL=podman [VARIANT=full] [ARCH=arm64]
	@[[ -n '$(TOOL)' ]] || { printf 'usage: make build TOOL=podman [VARIANT=full] [ARCH=arm64]\n' >&2; exit 2; }
	@$(CARGO) run --quiet --release --locked -- build '$(TOOL)' $(if $(VARIANT),--variant '$(VARIANT)') $(if $(ARCH),--arch '$(ARCH)')

# Cheap ones first. One profile throughout: a release build would take as long as all the rest.
test: ## Install the test tools, then run every check and test
	@$(MAKE) --no-print-directory tools fmt clippy unit doc deny drift
	@awk '/^test result:/ { passed += $$4; failed += $$6; ignored += $$8 } \
	  END { printf "tests: %d passed, %d failed, %d ignored\n", passed, failed, ignored; exit passed == 0 }' $(LOG)
	@cat target/factory/report/* 2>/dev/null || true
	@awk 'match($$0, /SKIPPED .* is not installed/) { split(substr($$0, RSTART), word, " "); tests[word[2]]; tools[word[3]] } \
	  END { for (i in tests) count++; printf "skipped in whole or in part: %d", count; \
	    for (i in tools) printf "%s %s", sep++ ? "," : "; missing:", i; print "" }' $(LOG)

lint: tools fmt clippy doc deny linters ## Run the linters alone, over Rust, workflows and scripts

bench: ## Measure generate and check, on this project and on made-up ones of up to 1000 tools, and mimalloc: [SIZES='10 100']
	@benches/install.sh
	$(CARGO) bench --locked --bench processes -- $(SIZES)
	@benches/allocator.sh

# Needs cargo-fuzz and a nightly compiler: see fuzz/README.md.
fuzz: ## Fuzz every target, two at a time: [FUZZ_SECONDS=600]
	@fuzz/run.sh $(FUZZ_SECONDS)

bless: ## Rewrite the golden files of the tests with what is made now; read the diff
	GHAGEN_BLESS=1 $(CARGO) test --locked

tools: ## Install the test tools into target/tools
	@tests/tools/install.sh

fmt:
	$(CARGO) fmt --all -- --check

clippy:
	$(CARGO) clippy --locked --all-targets -- -D warnings

unit:
	@mkdir -p $(dir $(LOG))
	GHAGEN_FACTORY=1 $(CARGO) test --locked 2>&1 | tee $(LOG)

doc:
	RUSTDOCFLAGS='-D warnings' $(CARGO) doc --locked --no-deps --lib --document-private-items

# Left out where it could not be installed, unless CI=true: then the installation has failed already.
deny:
	@if [[ -x $(TOOLS)/cargo-deny ]]; then set -x; $(TOOLS)/cargo-deny --locked check bans licenses sources; \
	else printf 'SKIPPED cargo-deny: it is not installed\n' >&2; fi

drift:
	$(CARGO) run --quiet --locked -- check

linters:
	$(CARGO) test --locked --test ghagen repository::

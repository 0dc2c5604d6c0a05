# Each target is one line of help: `make help`.
PYTHON ?= python3
ONWARD = $(PYTHON) -m scripts.bootstrap
ONWARD_DEV = $(ONWARD) --dev

.PHONY: help run test cover check bench soak drill walk demo secrets screenshots licences audit notes
.DEFAULT_GOAL := help

help: ## what can be made here
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' $(MAKEFILE_LIST)

run: ## start Onward at http://127.0.0.1:8000 (PORT=… for another port); Ctrl-C ends it
	@$(ONWARD) scripts.run

test: ## bring what the tests need, then run all of them (ARGS="tests/journal -k search" for some)
	@$(ONWARD_DEV) scripts.test $(ARGS)

cover: ## the same, half as long again, with a table of the lines that no test runs through
	@$(ONWARD_DEV) scripts.test $(addprefix --cov=,accounts journal reminders config) --cov-report=term:skip-covered tests

check: ## format, lint, types, import contracts, house rules, production settings
	@$(ONWARD_DEV) scripts.check

bench: ## measure, one JSON line a case, and write docs/performance.md (ONLY=W4 for one workload)
	@$(ONWARD_DEV) bench $(ONLY)

soak: ## the long fault counts on both databases, a table at the end (ONLY=redis for one fault)
	@$(ONWARD_DEV) tests.faults.soak $(ONLY)

drill: ## a backup under write load onto another machine, and what must and must not open there; a table at the end
	@$(ONWARD_DEV) tests.faults.drill $(ONLY)

walk: ## as root: docs/operating.md from an empty machine, typed into a fresh Debian in a folder (FOLDER=… for one that is there)
	@$(ONWARD_DEV) tests.faults.walk $(FOLDER)

demo: ## an account with a lived-in year; prints its address and password
	@$(ONWARD) manage prepare
	@$(ONWARD) manage demo

secrets: ## the files that docker-compose.yml hands to its services, made once
	@$(ONWARD) scripts.secrets_for_compose

screenshots: ## the README's pictures anew, from the demo account in Chromium (docs/pictures/)
	@$(ONWARD_DEV) scripts.screenshots

licences: ## docs/licences.md anew: what everything is under that Onward brings along
	@$(ONWARD) scripts.licences

audit: ## is anything known against a package of ours? asks a service; says so where none answers
	@$(PYTHON) -m scripts.audit

notes: ## what a version brings, out of CHANGELOG.md (VERSION=0.2.0; without one, what comes next)
	@$(ONWARD) scripts.notes $(VERSION)

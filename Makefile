# SPDX-License-Identifier: Apache-2.0
# `make help` lists the targets. What they do stands in Tests/Checks.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
checks := Tests/Checks

.PHONY: help run test lint talk conformance gates bench bench-audio bench-capacity soak hostile kill-nine docs deb sbom \
	deploy-check ci-extra nightly clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\): .*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

run: ## build, serve on loopback, put one call through, go on serving (ONCE=1: end after the call)
	@$(checks)/run.sh

test: ## build and run all tests (FILTER=expression for some)
	@$(checks)/test.sh

lint: ## format, imports of the rooms, dependencies declared, documentation of what is public
	@$(checks)/lint.sh

talk: ## a spoken dialogue without network: flite calls the bot offline-assistant
	@Tests/Talk/talk.sh

conformance: ## the whole WebSocket conformance suite and foreign peers; needs a Python 2.7
	@Tests/Conformance/run.sh all

gates: ## instructions and allocations of the audio core, against what is committed
	@$(checks)/audio-gates.sh

bench: ## microbenchmarks (FILTER=expression for some)
	@bench/run.sh

bench-audio: ## the audio core beside soxr, libsamplerate, speexdsp, swresample and audioop
	@bench/audio/run.sh

bench-capacity: ## the server beside C echoes, Python, Node and pipecat-ai; needs a quiet machine
	@bench/capacity/run.sh

soak: ## 10,000 short calls, then 200 long ones for half an hour: nothing may rise (SHORT, LONG, MINUTES)
	@$(checks)/soak.sh

hostile: ## calls under a full disk, locked records, failing endpoints, 10,000 connections, no descriptors, a clock that is set
	@$(checks)/hostile.sh

kill-nine: ## kill -9 at random moments under calls: no completed call may be missing, recordings can be played (RUNS, SEED)
	@$(checks)/kill-nine.sh

docs: ## documentation of the libraries, as a web site in .cache/docs
	@$(checks)/docs.sh

deb: ## the Debian package, linked with the Swift runtime statically, in .cache/deb
	@deploy/deb.sh

sbom: ## the bill of materials (CycloneDX), in .cache/sbom
	@deploy/sbom.sh

deploy-check: ## what is in deploy/: judged by its programs, calls through proxies, a rolling restart under calls
	@Tests/Deploy/deploy.sh

ci-extra: ## the checks that take minutes: conformance in short, real speech, long and many calls
	@$(checks)/ci-extra.sh

nightly: ## the checks that take hours: fuzzing, conformance whole, long runs
	@$(checks)/nightly.sh

clean: ## remove what was built and made; installed packages stay
	rm -rf .build .build-* bench/.build .cache

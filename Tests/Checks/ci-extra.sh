#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The checks that take minutes, one after the other; all of them run, whatever the first ones come to.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
cd "$root"
began=$SECONDS

release() {
    need_packages "${build_packages[@]}" "${check_packages[@]}"
    build_product release
}

phase lint Tests/Checks/lint.sh
phase "make run ONCE=1" env ONCE=1 Tests/Checks/run.sh
phase "release build" release
# One build for all that follows; without it there is nothing to go on with.
build_product release
export VOICEBRIDGE
phase "audio gates" Tests/Checks/audio-gates.sh
phase "call allocations" Tests/Checks/call-allocations.sh
phase "instructions per frame" Tests/Checks/instructions-per-frame.sh
phase conformance Tests/Conformance/run.sh ci
phase "realtime service" Tests/Realtime/realtime.sh
phase pipecat Tests/Pipecat/pipecat.sh
phase "real speech" Tests/Speech/speech.sh
phase talk Tests/Talk/talk.sh
phase "opus recordings" Tests/Checks/opus-recordings.sh
phase deploy Tests/Deploy/deploy.sh
phase "sixty-second call" Tests/Checks/sixty-second-call.sh
phase "spinning bots" Tests/Checks/spinning-bots.sh
phase "greedy tenant" Tests/Checks/greedy-tenant.sh
phase "thousand calls" Tests/Checks/thousand-calls.sh
phase "short soak" env SHORT=400 LONG=40 MINUTES=1 Tests/Checks/soak.sh
phase "kill -9" Tests/Checks/kill-nine.sh
phase hostile Tests/Checks/hostile.sh
end_phases ci-extra $((SECONDS - began))

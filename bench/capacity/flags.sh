#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the server as it is, and with each flag that promises speed alone, measures the builds in turns and writes
# results/flags.md. Four release builds: half an hour or more the first time.
#
# Environment: BUILDS, the folder that holds them; ROUNDS, SECONDS_EACH, SETTLE, CALLS and RESULTS as of run.sh.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../Tests/Checks/support.sh"
cd "$root"
need_packages "${build_packages[@]}" "${check_packages[@]}" "${gate_packages[@]}"
builds=${BUILDS:-$root/.cache/bench-flags}
# build NAME FLAG…: a release build of its own folder.
build() {
    local name=$1
    shift
    echo "building: $name" >&2
    swift build -c release --product voicebridge --scratch-path "$builds/$name" "$@" >"$builds/$name.log" 2>&1 ||
        { tail -n 20 "$builds/$name.log" >&2; return 1; }
}
mkdir -p "$builds"
build plain
build exclusivity -Xswiftc -enforce-exclusivity=unchecked
build v3 -Xcc -march=x86-64-v3 -Xswiftc -Xcc -Xswiftc -march=x86-64-v3
# Foundation's static library leaves libcurl to whoever links it.
build static --static-swift-stdlib -Xlinker -lcurl
ulimit -n "$(ulimit -Hn)"
python3 -W ignore bench/capacity/flags.py "$builds/plain/release/voicebridge" \
    "as committed=$builds/plain/release/voicebridge" \
    "-enforce-exclusivity=unchecked=$builds/exclusivity/release/voicebridge" \
    "x86-64-v3=$builds/v3/release/voicebridge" \
    "static standard library=$builds/static/release/voicebridge"

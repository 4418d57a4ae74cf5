#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# One tenant's bots compute without a pause on more calls than there are threads, and its platform sends audio as fast as the
# sockets take it, beside fifty calls of another tenant: neither the audio of these nor what their bots are told may come late.
# Prints the figures; less than 90 s once built.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
cd "$root"
need_packages "${build_packages[@]}"
log=$cache/build-greedy-tenant.log
swift build -c release --product SpinningBots >"$log" 2>&1 || {
    grep -E "error:|warning:" "$log" >&2 || tail -n 20 "$log" >&2
    echo "the release build failed; all of it is in $log" >&2
    exit 1
}
timeout 90 "$(swift build -c release --show-bin-path)/SpinningBots" Tests/Checks/SpinningBots/greedy-tenant.yaml greedy

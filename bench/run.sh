#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs the benchmarks. FILTER=expression runs those whose names match it.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../Tests/Checks/support.sh"
need_packages "${build_packages[@]}"
cd "$root/bench"
swift package --disable-sandbox benchmark ${FILTER:+--filter "$FILTER"} --format markdown --time-units nanoseconds

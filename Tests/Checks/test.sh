#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds and runs all tests, and fails when there were none. FILTER=expression runs those that match it.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
cd "$root"

need_packages "${build_packages[@]}" "${check_packages[@]}"
log=$cache/test.log
began=$SECONDS
swift build --build-tests
built=$SECONDS
swift test --skip-build ${FILTER:+--filter "$FILTER"} 2>&1 | tee "$log"
count=$(sed -n 's/.*Test run with \([0-9]*\) tests\{0,1\} .*passed.*/\1/p' "$log" | tail -n 1)
if [ "${count:-0}" -eq 0 ]; then
    echo "no test ran" >&2
    exit 1
fi
echo "test: $count tests; building took $((built - began)) s, testing $((SECONDS - built)) s"

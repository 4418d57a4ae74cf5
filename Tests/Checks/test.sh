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
# Thousands of lines say that something began or passed: they are kept in the log.
swift test --skip-build ${FILTER:+--filter "$FILTER"} 2>&1 | tee "$log" |
    grep --line-buffered -avE '^(◇|↳|✔ (Test|Suite) [^r]|Test Suite |\s*Executed 0 tests|\[[0-9]+/)|started\.$'
count=$(sed -n 's/.*Test run with \([0-9]*\) tests\{0,1\} .*passed.*/\1/p' "$log" | tail -n 1)
if [ "${count:-0}" -eq 0 ]; then
    echo "no test ran" >&2
    exit 1
fi
echo "test: $count tests; building took $((built - began)) s, testing $((SECONDS - built)) s"

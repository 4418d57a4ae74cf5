#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds all tests and runs them room by room, and fails when a room has none. One room at a time: its tests run side by
# side, but those that wait for sockets do not wait behind those of the others that compute.
#
# Environment: FILTER, an expression, runs the tests that match it instead.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
cd "$root"

need_packages "${build_packages[@]}" "${check_packages[@]}"
logs=$cache/tests
rm -rf "$logs"
mkdir -p "$logs"
began=$SECONDS
swift build --build-tests
built=$SECONDS

# run_tests NAME EXPRESSION: what began and what passed is kept in the log; the rest is shown.
run_tests() {
    local log=$logs/$1.log status=0 began=$SECONDS passed
    swift test --skip-build --filter "$2" >"$log" 2>&1 || status=$?
    passed=$(sed -n 's/.*Test run with \([0-9]*\) tests\{0,1\} .*passed.*/\1/p' "$log" | tail -n 1)
    if [ $status -eq 0 ] && [ "${passed:-0}" -gt 0 ]; then
        tests=$((tests + passed))
        echo "$1: $(grep -a 'Test run with' "$log" | tail -n 1 | sed 's/^[^T]*//') $((SECONDS - began)) s in all"
        return
    fi
    failed=$((failed + 1))
    grep -avE '^(◇|✔|Test Suite |\[[0-9]+/)|Executed 0 tests' "$log" | head -n 200
    echo "$1: FAILED with status $status, ${passed:-0} tests passed; all of it is in $log"
}

tests=0
failed=0
if [ -n "${FILTER:-}" ]; then
    run_tests filtered "$FILTER"
else
    for folder in Tests/*Tests; do
        room=$(basename "$folder")
        run_tests "$room" "^$room\\."
    done
fi
echo "test: $tests tests passed, $failed rooms failed; building took $((built - began)) s, testing $((SECONDS - built)) s"
[ "$failed" -eq 0 ] && [ "$tests" -gt 0 ]

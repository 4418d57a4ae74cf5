#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Fuzzes the parsers with libFuzzer, guided by coverage.
#
#   fuzz.sh SECONDS [TARGET…]      each target for SECONDS; without names all of them, one after the other
#
# Starts from Tests/Fuzz/Corpus/TARGET and keeps what it finds new in .cache/fuzz/TARGET between runs. A finding is
# saved as .cache/fuzz/TARGET-…; once it is mended, put the file into the corpus, which the tests replay.
#
# Exit status: 0 when every target ran its time without a finding, 1 else.
set -u -o pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
[ $# -ge 1 ] && [ "$1" -gt 0 ] 2>/dev/null || { sed -n '5p' "$0" >&2; exit 64; }
seconds=$1
shift
home=$root/.cache/fuzz
mkdir -p "$home"

# A build of its own: every module is instrumented for coverage.
started=$SECONDS
(cd "$root" && swift build -c release --sanitize=fuzzer --product fuzz-driver --scratch-path .build_fuzz) \
    >"$home/build.log" 2>&1 || {
    echo "the build with libFuzzer failed; see $home/build.log" >&2
    tail -n 20 "$home/build.log" >&2
    exit 1
}
driver=$root/.build_fuzz/release/fuzz-driver
echo "fuzz build: $((SECONDS - started)) s"
targets=("$@")
# Asked for no target it names them all.
[ $# -gt 0 ] || mapfile -t targets < <("$driver" 2>/dev/null)
[ ${#targets[@]} -gt 0 ] || { echo "there are no targets" >&2; exit 1; }

failed=0
for target in "${targets[@]}"; do
    log=$home/$target.log
    mkdir -p "$home/$target"
    # Swift's own backtrace would take a second for each crash and tell nothing new.
    SWIFT_BACKTRACE=enable=no "$driver" "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
        -max_len=4096 -print_final_stats=1 -artifact_prefix="$home/$target-" \
        "$home/$target" "$here/Corpus/$target" >"$log" 2>&1
    status=$?
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    coverage=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -n 1)
    if [ $status -eq 0 ] && [ "${runs:-0}" -gt 0 ]; then
        echo "fuzz $target: $runs inputs in $seconds s, $coverage edges, no finding"
    else
        failed=1
        echo "fuzz $target: FAILED (status $status, ${runs:-0} inputs); see $log"
        grep -E "FINDING|ERROR|written to" "$log" | sed 's/^/  /'
    fi
done
exit $failed

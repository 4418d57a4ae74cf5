#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The checks that take hours: each parser fuzzed, the whole conformance suite, long and many calls, the benchmarks, the
# audio core beside other libraries.
#
# Environment: FUZZ_SECONDS instead of 600 for each parser; PHASES, names among fuzz conformance long many soak package
# bench audio capacity.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
cd "$root"
began=$SECONDS
need_packages "${build_packages[@]}" "${check_packages[@]}"
build_product release
export VOICEBRIDGE

for name in ${PHASES:-fuzz conformance long many soak package bench audio capacity}; do
    case $name in
    fuzz) phase "fuzz" Tests/Fuzz/fuzz.sh "${FUZZ_SECONDS:-600}" ;;
    conformance) phase "conformance, all cases" Tests/Conformance/run.sh all ;;
    long) phase "ten-minute call" env LENGTH=600 Tests/Checks/sixty-second-call.sh ;;
    many) phase "ten thousand calls" env CALLS=10000 Tests/Checks/thousand-calls.sh ;;
    soak) phase "soak" Tests/Checks/soak.sh ;;
    # With a static build of its own, which the shorter checks leave out.
    package) phase "Debian package" env -u VOICEBRIDGE deploy/deb.sh ;;
    bench) phase "benchmarks" bench/run.sh ;;
    audio) phase "audio core beside others" env RESULTS="$cache/audio-results" bench/audio/run.sh ;;
    capacity) phase "calls beside floors and peers" env RESULTS="$cache/capacity-results" bench/capacity/run.sh ;;
    *) echo "there is no phase '$name'" >&2; exit 64 ;;
    esac
done
end_phases nightly $((SECONDS - began))

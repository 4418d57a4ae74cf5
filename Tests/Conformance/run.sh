#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs the WebSocket layer of `voicebridge websocket-echo` against foreign implementations.
#
#   run.sh [ci|all]        ci (default): a subset of the Autobahn suite, and all peers; minutes
#                          all: the whole Autobahn suite (517 cases); tens of minutes
#
# Environment:
#   VOICEBRIDGE        an executable to test; without it a release build is made
#   CONFORMANCE_HOME   where installed tools and reports are kept; default .cache/conformance in the repository
#   PYTHON27           a Python 2.7, which the Autobahn suite is written in; else one is looked for
#   CI=true            a missing Python 2.7 is a failure, not a phase left out
#   PHASES             which phases, default "autobahn-plain autobahn-tls peers"
#
# Exit status: 0 when every phase ran and passed (or was left out for want of Python 2.7, and said so), 1 else.
set -u -o pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
home=${CONFORMANCE_HOME:-$root/.cache/conformance}
subset=${1:-ci}
case $subset in ci | all) ;; *) echo "run.sh: unknown set '$subset'; use ci or all" >&2; exit 64 ;; esac
mkdir -p "$home"
source "$here/support.sh"
trap stop_server EXIT

failed=0
left_out=
started=$SECONDS
for phase in build certificate ${PHASES:-autobahn-plain autobahn-tls peers}; do
    phase_started=$SECONDS
    case $phase in
    build) build_server ;;
    certificate) make_certificate ;;
    autobahn-plain) run_autobahn plain "$subset" ;;
    autobahn-tls) run_autobahn tls "$([ "$subset" = all ] && echo ci || echo core)" ;;
    peers) run_peers ;;
    *) echo "run.sh: unknown phase '$phase'" >&2; exit 64 ;;
    esac
    status=$?
    stop_server
    case $status in
    0) verdict=passed ;;
    77) verdict="left out"; left_out="$left_out $phase" ;;
    *) verdict=FAILED; failed=1 ;;
    esac
    echo "phase $phase: $verdict, $((SECONDS - phase_started)) s"
    # Without an executable or a certificate there is nothing to go on with.
    case $phase in build | certificate) [ $failed -eq 0 ] || break ;; esac
done
echo "conformance $subset: $([ $failed -eq 0 ] && echo passed || echo FAILED)${left_out:+, without$left_out}," \
    "$((SECONDS - started)) s"
exit $failed

#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Holds every import in Sources/ against the table of rooms: a room imports what stands in its line, nothing else.
# `imports.sh --self-test` shows that a forbidden import is found.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# Room: what it may import. `*` is anything. The C library and what is part of the language's runtime
# (Synchronization) are listed where they are used; Foundation only where there is no way round it.
table='
CZlib:
COpenSSL:
CPrompts:
CFlite:
CPocketSphinx:
COpus:
Digests: COpenSSL
CAudioKernels:
TelephonyAudio: CAudioKernels Glibc Musl Synchronization
CallModel: TelephonyAudio
WebSocketWire: NIOCore CZlib Digests
TransportSecurity: NIOCore COpenSSL Glibc Musl Synchronization
Dialects: CallModel NIOCore
VoiceBridge: CallModel NIOCore FoundationEssentials Synchronization
CallSession: VoiceBridge CallModel TelephonyAudio Synchronization
ConfigurationReading: CallModel Yams
BridgeConfiguration: CallModel ConfigurationReading Yams
BridgeServer: BridgeConfiguration CallModel CallSession Dialects Digests TelephonyAudio TransportSecurity VoiceBridge WebSocketWire Foundation Glibc Musl HeapModule DequeModule Logging NIOCore NIOHTTP1 NIOPosix ServiceLifecycle Synchronization Tracing
OutboundHTTP: Foundation FoundationNetworking Synchronization
Bots: ConfigurationReading VoiceBridge CallModel Dialects TelephonyAudio WebSocketWire TransportSecurity OutboundHTTP CPrompts FoundationEssentials Yams NIOCore NIOPosix Synchronization
OfflineSpeech: VoiceBridge CFlite CPocketSphinx NIOPosix Synchronization Glibc Musl
PlatformAPIs: CallModel Dialects OutboundHTTP Digests NIOCore Synchronization
CallRecords: BridgeConfiguration BridgeServer CallModel CallSession COpus Dialects Digests TelephonyAudio VoiceBridge GRDB Dispatch Foundation Glibc Musl Logging NIOCore Synchronization
Operations: BridgeConfiguration BridgeServer CallModel CallRecords CallSession Dialects VoiceBridge OutboundHTTP Digests Foundation FoundationEssentials Glibc Musl GRDB Hummingbird HTTPTypes Logging Metrics NIOCore ServiceLifecycle Synchronization Tracing
VoiceBridgeTesting: BridgeServer CallModel CallSession Dialects OutboundHTTP VoiceBridge WebSocketWire TransportSecurity Foundation Glibc Musl NIOCore NIOHTTP1 NIOPosix Synchronization
LoadTesting: CallModel VoiceBridgeTesting WebSocketWire TransportSecurity NIOCore NIOPosix Foundation Glibc Musl
voicebridge: *
'

check() {
    local sources=$1
    find "$sources" -name '*.swift' -print0 | sort -z | xargs -0 awk -v table="$table" -v sources="$sources/" '
        BEGIN {
            count = split(table, lines, "\n")
            for (i = 1; i <= count; i++) {
                if (split(lines[i], halves, ":") < 2) continue
                rooms[halves[1]] = 1
                words = split(halves[2], names, " ")
                for (j = 1; j <= words; j++) allowed[halves[1], names[j]] = 1
            }
        }
        /^[ \t]*(@[A-Za-z_]+(\([^)]*\))?[ \t]+)*((public|package|internal|private|fileprivate)[ \t]+)?import[ \t]/ {
            path = substr(FILENAME, length(sources) + 1)
            room = path
            sub(/\/.*/, "", room)
            module = $0
            sub(/.*import[ \t]+((typealias|struct|class|enum|protocol|let|var|func)[ \t]+)?/, "", module)
            sub(/[^A-Za-z0-9_].*/, "", module)
            imports++
            if (!(room in rooms)) { printf "%s:%d: the room %s is not in the table\n", path, FNR, room; wrong++ }
            else if (!((room, module) in allowed) && !((room, "*") in allowed)) {
                printf "%s:%d: %s may not import %s\n", path, FNR, room, module
                wrong++
            }
        }
        END {
            printf "imports: %d held against the table, %d wrong\n", imports, wrong
            exit wrong > 0 || imports == 0
        }'
}

if [ "${1:-}" = --self-test ]; then
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    mkdir -p "$scratch/CallModel" "$scratch/Attic"
    printf 'import TelephonyAudio\n@_exported public import struct Foundation.Data\n' >"$scratch/CallModel/A.swift"
    printf '  internal import NIOCore // why\n' >"$scratch/Attic/B.swift"
    if report=$(check "$scratch"); then echo "forbidden imports were not found" >&2; exit 1; fi
    grep -q 'CallModel/A.swift:2: CallModel may not import Foundation' <<<"$report"
    grep -q 'Attic/B.swift:1: the room Attic is not in the table' <<<"$report"
    grep -q '3 held against the table, 2 wrong' <<<"$report"
    echo "imports: the self-test found both planted faults"
    exit 0
fi
check "$root/Sources"

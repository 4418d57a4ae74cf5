// swift-tools-version: 6.2
import PackageDescription

/// Every target is built alike: Swift 6 language mode, warnings are errors, unsafe constructs are marked `unsafe`,
/// and an import is invisible to clients unless it says otherwise.
let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

extension Target.Dependency {
    static let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
    static let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
    static let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
    static let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
    static let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
    static let yams = Target.Dependency.product(name: "Yams", package: "Yams")
    static let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
    static let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
    static let serviceLifecycle =
        Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
    static let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
    static let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
    static let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
    static let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
    static let tracing = Target.Dependency.product(name: "Tracing", package: "swift-distributed-tracing")
    static let heapModule = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
    static let dequeModule = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
}

func room(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil) -> Target {
    .testTarget(
        name: name + "Tests",
        dependencies: [.target(name: name), "TestSupport"] + dependencies,
        resources: resources,
        swiftSettings: strict
    )
}

let package = Package(
    name: "voicebridge",
    products: [
        .library(name: "VoiceBridge", targets: ["VoiceBridge"]),
        .library(name: "BridgeServer", targets: ["BridgeServer"]),
        .library(name: "Bots", targets: ["Bots"]),
        .library(name: "VoiceBridgeTesting", targets: ["VoiceBridgeTesting"]),
        .executable(name: "voicebridge", targets: ["voicebridge"]),
    ],
    traits: [
        .trait(
            name: "OfflineSpeech",
            description: "Speech recognized and spoken on this machine: needs libpocketsphinx-dev and flite1-dev."
        ),
        .trait(name: "Opus", description: "Recordings in Ogg Opus: needs libopusenc-dev."),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", exact: "1.7.3"),
    ],
    targets: [
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),

        room("Digests", ["COpenSSL"]),
        .target(name: "CAudioKernels", linkerSettings: [.linkedLibrary("m")]),
        room("TelephonyAudio", ["CAudioKernels"]),
        room("CallModel", ["TelephonyAudio"]),
        room("WebSocketWire", [.nioCore, "CZlib", "Digests"]),
        room("TransportSecurity", [.nioCore, "COpenSSL"]),
        room("Dialects", ["CallModel", .nioCore]),
        room("VoiceBridge", ["CallModel", .nioCore]),
        room("CallSession", ["VoiceBridge", "CallModel", "TelephonyAudio"]),
        room("ConfigurationReading", ["CallModel", .yams]),
        room("BridgeConfiguration", ["CallModel", "ConfigurationReading", .yams]),
        room(
            "BridgeServer",
            [
                "BridgeConfiguration", "CallModel", "CallSession", "Dialects", "Digests", "TelephonyAudio",
                "TransportSecurity", "VoiceBridge", "WebSocketWire",
                .nioCore, .nioPosix, .nioHTTP1, .logging, .serviceLifecycle, .heapModule, .dequeModule, .tracing,
            ]
        ),
        .systemLibrary(name: "COpus", pkgConfig: "libopusenc", providers: [.apt(["libopusenc-dev"])]),
        room(
            "CallRecords",
            [
                "BridgeConfiguration", "BridgeServer", "CallModel", "CallSession", "Dialects", "Digests",
                "TelephonyAudio", "VoiceBridge", .grdb, .logging, .nioCore,
                .target(name: "COpus", condition: .when(traits: ["Opus"])),
            ]
        ),
        room("OutboundHTTP", []),
        room(
            "Operations",
            [
                "BridgeConfiguration", "BridgeServer", "CallModel", "CallRecords", "CallSession", "Dialects", "Digests",
                "OutboundHTTP", "VoiceBridge", .grdb, .httpTypes, .hummingbird, .logging, .metrics, .nioCore, .tracing,
            ]
        ),
        room("PlatformAPIs", ["CallModel", "Dialects", "Digests", "OutboundHTTP", .nioCore]),
        .target(name: "CPrompts"),
        room(
            "Bots",
            [
                "CallModel", "ConfigurationReading", "CPrompts", "Dialects", "OutboundHTTP",
                "TelephonyAudio", "TransportSecurity", "VoiceBridge", "WebSocketWire", .nioCore, .nioPosix, .yams,
            ]
        ),
        .systemLibrary(name: "CFlite", providers: [.apt(["flite1-dev"])]),
        .systemLibrary(
            name: "CPocketSphinx",
            pkgConfig: "pocketsphinx",
            providers: [.apt(["libpocketsphinx-dev"])]
        ),
        room(
            "OfflineSpeech",
            [
                "VoiceBridge", .nioPosix,
                .target(name: "CFlite", condition: .when(traits: ["OfflineSpeech"])),
                .target(name: "CPocketSphinx", condition: .when(traits: ["OfflineSpeech"])),
            ]
        ),
        room(
            "VoiceBridgeTesting",
            [
                "BridgeServer", "CallModel", "CallSession", "Dialects", "OutboundHTTP", "TransportSecurity",
                "VoiceBridge", "WebSocketWire", .nioCore, .nioPosix, .nioHTTP1,
            ]
        ),
        room(
            "LoadTesting",
            ["CallModel", "TransportSecurity", "VoiceBridgeTesting", "WebSocketWire", .nioCore, .nioPosix]
        ),
        .executableTarget(
            name: "voicebridge",
            dependencies: [
                "BridgeConfiguration", "BridgeServer", "Bots", "CallModel", "CallRecords", "ConfigurationReading",
                "Dialects", "Digests", "LoadTesting", "OfflineSpeech", "Operations", "OutboundHTTP", "PlatformAPIs",
                "TelephonyAudio", "TransportSecurity", "VoiceBridge", "VoiceBridgeTesting", "WebSocketWire",
                .argumentParser, .logging, .metrics, .nioCore, .nioPosix, .nioHTTP1, .serviceLifecycle, .unixSignals,
            ],
            swiftSettings: strict
        ),

        .executableTarget(
            name: "AudioBench",
            dependencies: ["Dialects", "TelephonyAudio", .nioCore],
            path: "bench/audio/AudioBench",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "SpinningBots",
            dependencies: ["BridgeServer", "CallModel", "VoiceBridge", .logging, .nioCore, .nioPosix],
            path: "Tests/Checks/SpinningBots",
            exclude: ["greedy-tenant.yaml", "spinning-bots.yaml"],
            swiftSettings: strict
        ),

        .target(name: "CTestSupport", path: "Tests/CSupport"),
        // Records calls until it is killed, for the tests of what is there then.
        .executableTarget(
            name: "recording-child",
            dependencies: ["BridgeConfiguration", "BridgeServer", "CallModel", "CallRecords", "CallSession", .logging],
            path: "Tests/RecordingChild",
            swiftSettings: strict
        ),
        // Tells of calls until it is killed, for the tests of what arrives then.
        .executableTarget(
            name: "webhook-child",
            dependencies: [
                "BridgeConfiguration", "BridgeServer", "CallModel", "CallSession", "Operations", "OutboundHTTP",
                .logging,
            ],
            path: "Tests/WebhookChild",
            swiftSettings: strict
        ),
        .target(
            name: "TestSupport",
            dependencies: ["COpenSSL", "CTestSupport", "WebSocketWire", .logging, .nioCore, .nioPosix, .nioHTTP1],
            path: "Tests/Support",
            swiftSettings: strict
        ),
        tests("Digests", []),
        tests("TelephonyAudio", []),
        tests("WebSocketWire", [.nioCore, .nioEmbedded, "CZlib"]),
        tests("TransportSecurity", ["COpenSSL", .nioCore, .nioPosix, .nioEmbedded]),
        tests("Dialects", ["CallModel", .nioCore]),
        tests("VoiceBridge", ["CallModel"]),
        tests("CallSession", ["VoiceBridge", "CallModel", "TelephonyAudio"]),
        tests("BridgeConfiguration", ["CallModel", "ConfigurationReading"]),
        tests(
            "BridgeServer",
            [
                "BridgeConfiguration", "Bots", "CallModel", "CallSession", "Dialects", "Digests", "OutboundHTTP",
                "PlatformAPIs", "VoiceBridge", "VoiceBridgeTesting", "WebSocketWire", "TransportSecurity",
                "voicebridge",
                .nioCore, .nioPosix, .nioHTTP1, .nioEmbedded, .logging,
            ]
        ),
        .testTarget(
            name: "CallRecordsTests",
            dependencies: [
                "BridgeConfiguration", "BridgeServer", "CallModel", "CallRecords", "CallSession", "Dialects",
                "TelephonyAudio", "TestSupport", "VoiceBridge", "VoiceBridgeTesting", .grdb, .logging,
            ],
            swiftSettings: strict
        ),
        tests(
            "Operations",
            [
                "BridgeConfiguration", "BridgeServer", "CallModel", "CallRecords", "CallSession", "Dialects",
                "OutboundHTTP", "VoiceBridge", "VoiceBridgeTesting", .grdb, .httpTypes, .logging, .metrics, .nioCore,
                .tracing, .yams,
            ]
        ),
        tests("OutboundHTTP", []),
        tests("PlatformAPIs", ["CallModel", "Dialects", "Digests", "OutboundHTTP", "VoiceBridgeTesting"]),
        tests(
            "Bots",
            [
                "CallModel", "CallSession", "ConfigurationReading", "Dialects", "OutboundHTTP", "VoiceBridge",
                "VoiceBridgeTesting", "WebSocketWire", .nioCore,
            ]
        ),
        .testTarget(
            name: "DocumentationTests",
            dependencies: [
                "Bots", "BridgeConfiguration", "BridgeServer", "CallModel", "Dialects", "VoiceBridge",
                "VoiceBridgeTesting",
                "voicebridge", .argumentParser, .nioCore,
            ],
            swiftSettings: strict
        ),
        tests(
            "VoiceBridgeTesting",
            [
                "CallModel", "CallSession", "Dialects", "VoiceBridge", "WebSocketWire", "TransportSecurity",
                .nioCore, .nioPosix,
            ]
        ),
        tests(
            "LoadTesting",
            ["CallModel", "TransportSecurity", "VoiceBridgeTesting", "WebSocketWire", .nioCore, .nioPosix]
        ),
        tests(
            "voicebridge",
            [
                "BridgeConfiguration", "Bots", "CallModel", "CallRecords", "ConfigurationReading", "Dialects",
                "LoadTesting", "OutboundHTTP", "PlatformAPIs", "VoiceBridge", "VoiceBridgeTesting", .argumentParser,
                .logging,
            ]
        ),

        // Parsers under attack; `Tests/Fuzz/fuzz.sh` builds the driver with libFuzzer.
        .target(
            name: "FuzzTargets",
            dependencies: [
                "Bots", "CallModel", "CallSession", "ConfigurationReading", "Dialects", "TelephonyAudio", "VoiceBridge",
                "WebSocketWire", .nioCore,
            ],
            path: "Tests/Fuzz/Targets",
            swiftSettings: strict
        ),
        .executableTarget(name: "fuzz-driver", dependencies: ["FuzzTargets"], path: "Tests/Fuzz/Driver"),
        .testTarget(name: "FuzzReplayTests", dependencies: ["FuzzTargets"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)

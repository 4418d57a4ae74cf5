// swift-tools-version: 6.1
import PackageDescription

/// The name under which SwiftPM compiles the package next door: its folder's, in small letters and without signs.
let measuredPackage = String(
    (Context.packageDirectory.split(separator: "/").dropLast().last ?? "voicebridge").lowercased()
        .map { $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
)

// A package of its own, so that the server does not depend on what measures it. The benchmarks count as part of the
// package that they measure, whose rooms are not public: that is what the flag is for.
let package = Package(
    name: "bench",
    dependencies: [
        .package(name: "voicebridge", path: ".."),
        .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: []),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    ],
    targets: [
        .executableTarget(
            name: "MediaPath",
            dependencies: [
                .product(name: "BridgeServer", package: "voicebridge"),
                .product(name: "VoiceBridgeTesting", package: "voicebridge"),
                .product(name: "Benchmark", package: "benchmark"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            path: "Benchmarks/MediaPath",
            packageAccess: false,
            swiftSettings: [.unsafeFlags(["-package-name", measuredPackage])],
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
        )
    ],
    swiftLanguageModes: [.v6]
)

// swift-tools-version: 6.2
import PackageDescription

// The order of the targets is the order of the arrows: each uses only what stands above it
// (Documentation/Architecture.md). `ArchitectureTests` checks the folders inside each module.

let ours: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

/// A library of ours in `Sources/NAME`.
func module(
    _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [], settings: [SwiftSetting] = []
) -> Target {
    .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: ours + settings)
}

/// The tests of a library of ours in `Tests/NAMETests`.
func tests(of name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, exclude: exclude,
        swiftSettings: ours)
}

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let deque: Target.Dependency = .product(name: "DequeModule", package: "swift-collections")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let bigInt: Target.Dependency = .product(name: "BigInt", package: "BigInt")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")

let package = Package(
    name: "alianzas",
    products: [.executable(name: "alianzas", targets: ["Alianzas"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    ],
    targets: [
        .systemLibrary(name: "CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CSpawn"),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(name: "CQRencode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CXLSXWriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .systemLibrary(name: "CMinizip", pkgConfig: "minizip", providers: [.apt(["libminizip-dev"])]),
        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
        module("Kernel", [crypto]),
        module("Postgres", ["Kernel", "CLibpq", "CSpawn", crypto, deque, logging]),
        // Its arithmetic is too slow for tests without the optimizer.
        module(
            "VerifiableVoting", ["Kernel", "COpenSSL", crypto],
            settings: [.unsafeFlags(["-O"], .when(configuration: .debug))]),
        module("Tenancy", ["Kernel", "Postgres", "CSodium", crypto, logging]),
        module("Membership", ["Kernel", "Postgres", "Tenancy", crypto]),
        module("Governance", ["Kernel", "Postgres", "Tenancy", "Membership"]),
        module(
            "Elections",
            ["Kernel", "Postgres", "VerifiableVoting", "Tenancy", "Membership", "Governance", crypto]),
        module(
            "Reporting",
            ["Kernel", "Postgres", "Tenancy", "Membership", "Governance", "Elections", logging]),
        module(
            "Web",
            [
                "Kernel", "Postgres", "Tenancy", "Membership", "Governance", "Elections", "Reporting",
                "CQRencode", "CXLSXWriter", "CMinizip", "CExpat", "CZlib", crypto, hummingbird, logging,
            ], exclude: ["Assets"]),
        .executableTarget(
            name: "Alianzas",
            dependencies: [
                "Kernel", "Postgres", "VerifiableVoting", "Tenancy", "Membership", "Governance", "Elections",
                "Reporting", "Web", "CCurl",
                arguments, hummingbird, logging,
            ],
            swiftSettings: ours),
        .target(
            name: "TestSupport", dependencies: ["Kernel", "Postgres", "Tenancy"], path: "Tests/TestSupport",
            swiftSettings: ours),
        .testTarget(
            name: "ArchitectureTests", dependencies: ["Kernel", "Postgres", "Tenancy", "TestSupport"],
            swiftSettings: ours),
        tests(of: "Kernel", [crypto]),
        tests(of: "VerifiableVoting", ["Kernel", crypto], exclude: ["Samples"]),
        tests(of: "Alianzas", [arguments, "Postgres", "Tenancy", logging]),
        tests(of: "Postgres", ["Kernel", "TestSupport"]),
        tests(of: "Membership", ["Kernel", "Postgres", "Tenancy", "TestSupport", logging]),
        tests(of: "Governance", ["Kernel", "Postgres", "Tenancy", "TestSupport", logging]),
        tests(
            of: "Reporting",
            [
                "Kernel", "Postgres", "Tenancy", "Membership", "Governance", "Elections", "TestSupport",
                logging,
            ],
            exclude: ["Crowd.sql"]),
        tests(
            of: "Elections",
            [
                "Kernel", "Postgres", "VerifiableVoting", "Tenancy", "Membership", "Governance",
                "TestSupport",
                bigInt,
            ],
            exclude: ["Counting/count.py", "Counting/draw.py"]),
        tests(
            of: "Web",
            [
                "Kernel", "Postgres", "Tenancy", "TestSupport", crypto, hummingbird, logging,
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ]),
        tests(of: "Tenancy", ["Kernel", "Postgres", "TestSupport", crypto, logging]),
    ]
)

import Crypto
public import Foundation
import Hummingbird

/// The files that pages load: style, scripts, fonts.
///
/// They are read once, at the start. Each is served under a name that holds its digest, so that browsers
/// keep it for a year and never ask again, and under its plain name, for modules that import each other, with an
/// entity tag.
public struct Assets: Sendable {
    struct File: Sendable {
        let bytes: [UInt8]
        /// The bytes compressed, where that makes them smaller.
        let compressed: [UInt8]?
        let mediaType: String
        let digest: String

        init(_ bytes: [UInt8], mediaType: String) {
            self.bytes = bytes
            self.mediaType = mediaType
            let isPacked = mediaType.hasPrefix("font/") || ["image/png", "image/webp"].contains(mediaType)
            compressed = isPacked ? nil : Deflater.gzip(bytes, level: 9)
            digest = SHA256.hash(data: bytes).prefix(6).map { byte in
                (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }.joined()
        }
    }

    /// The folder that ``folder`` files come from; documents take their print style there.
    let folder: URL
    /// The code that votes, in the folder `voting`.
    let voting: VotingCode
    private let files: [String: File]
    private let names: [String: String]

    /// Reads the files.
    ///
    /// - Parameters:
    ///   - folder: The folder of our own files, `Sources/Web/Assets`.
    ///   - bootstrap: The style sheet of Bootstrap 5, which Debian's `libjs-bootstrap5` puts in
    ///     ``bootstrapOfDebian``.
    ///   - fonts: The folder of the subset fonts that `deploy/fonts` makes; where it is missing, pages use the
    ///     system's font.
    ///   - pictures: The folder of the manual's pictures.
    /// - Throws: Where a folder or Bootstrap cannot be read.
    public init(
        folder: URL, bootstrap: URL = Self.bootstrapOfDebian, fonts: URL? = nil, pictures: URL? = nil
    ) throws {
        self.folder = folder
        voting = try VotingCode(folder: folder.appending(path: "voting"))
        var files: [String: File] = [:]
        let manager = FileManager.default
        for folder in [folder, pictures].compactMap(\.self) {
            for url in try manager.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
                guard let mediaType = Self.mediaTypes[url.pathExtension] else { continue }
                files[url.lastPathComponent] = File([UInt8](try Data(contentsOf: url)), mediaType: mediaType)
            }
        }
        var style = [UInt8](try Data(contentsOf: bootstrap))
        // The map that its last line names is not served.
        style = Array(
            String(decoding: style, as: UTF8.self).replacing(/\/\*# sourceMappingURL=.*?\*\//, with: "").utf8)
        for weight in [400, 600] {
            let name = "inter-\(weight).woff2"
            guard let fonts, let bytes = try? Data(contentsOf: fonts.appendingPathComponent(name)) else {
                continue
            }
            let file = File([UInt8](bytes), mediaType: "font/woff2")
            files[name] = file
            style +=
                """
                @font-face{font-family:Inter;font-style:normal;font-weight:\(weight);font-display:swap;\
                src:url(\(Self.name(name, with: file.digest))) format("woff2")}
                """.utf8
        }
        style += files["alianzas.css"]?.bytes ?? []
        files["estilo.css"] = File(style, mediaType: "text/css; charset=utf-8")
        var names: [String: String] = [:]
        for (name, file) in files {
            let dated = Self.name(name, with: file.digest)
            names[name] = dated
            files[dated] = file
        }
        self.files = files
        self.names = names
    }

    /// Where Debian puts Bootstrap's style sheet.
    public static let bootstrapOfDebian = URL(
        fileURLWithPath: "/usr/share/javascript/bootstrap5/css/bootstrap.min.css")

    /// The address of a file, its digest in its name.
    func path(_ name: String) -> Path {
        assert(names[name] != nil, "there is no asset \(name)")
        return .asset(AssetName(rawValue: names[name] ?? name))
    }

    /// Whether there is a file of this name.
    func has(_ name: String) -> Bool { names[name] != nil }

    /// The file of a name with or without digest, and whether the name holds it.
    func file(_ name: String) -> (file: File, isImmutable: Bool)? {
        files[name].map { ($0, names[name] == nil) }
    }

    private static func name(_ name: String, with digest: String) -> String {
        guard let dot = name.lastIndex(of: ".") else { return name }
        return "\(name[..<dot]).\(digest)\(name[dot...])"
    }

    static let mediaTypes = [
        "css": "text/css; charset=utf-8",
        "js": "text/javascript; charset=utf-8",
        "svg": "image/svg+xml",
        "png": "image/png",
        "webp": "image/webp",
        "webmanifest": "application/manifest+json",
    ]
}

extension Path {
    /// A file that pages load.
    static let asset = Route<AssetName>("/recursos/{name}")
    /// The style of an accent colour.
    static let accent = Route<Accent>("/recursos/acento/{color}")
}

/// The name of a file that pages load.
struct AssetName: PathValue, RawRepresentable, ExpressibleByStringInterpolation {
    let rawValue: String
    init(rawValue: String) { self.rawValue = rawValue }
    init(stringLiteral value: String) { rawValue = value }
}

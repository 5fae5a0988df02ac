public import Foundation
import Kernel

/// Prints documents to tagged PDF/A-3a (ISO 19005-3, level A) with WeasyPrint, a process each.
///
/// The process reads our own print style and what the markup holds, and nothing else: no address is fetched, of
/// the network or of the disk. A few run at once, each for a limited time.
public struct PDFRenderer: Sendable {
    /// A file that travels inside of the document, such as the data that it was made from.
    struct Attachment: Sendable {
        let name: String
        let bytes: [UInt8]
    }

    private let executable: URL
    private let style: URL
    private let scratch: ScratchFolder
    private let limit: Duration
    private let slots: Slots

    /// Makes a renderer.
    ///
    /// - Parameters:
    ///   - executable: WeasyPrint 70 or newer; older ones leave PDF/A untagged.
    ///   - assets: Where the print style is.
    ///   - scratch: Where what is being printed lies meanwhile.
    ///   - atOnce: How many processes run at the same time; each takes a core for about a second.
    ///   - limit: How long one may take.
    public init(
        executable: URL, assets: Assets, scratch: ScratchFolder, atOnce: Int = 2,
        limit: Duration = .seconds(60)
    ) {
        self.executable = executable
        self.scratch = scratch
        self.limit = limit
        style = assets.folder.appendingPathComponent("documento.css")
        slots = Slots(atOnce)
    }

    /// WeasyPrint where `deploy/run` puts it.
    public static func executable(in home: URL) -> URL { home.appendingPathComponent(".venv/bin/weasyprint") }

    /// Prints a document, with its mark where it is issued (``TenantContext/issued(_:as:of:in:isReserved:at:)``).
    ///
    /// - Throws: ``PDFFailure``.
    func render(
        _ document: some PrintedDocument, mark: DocumentMark? = nil, attaching attachments: [Attachment] = []
    ) async throws -> [UInt8] {
        let folder = scratch.place()
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let input = folder.appendingPathComponent("documento.html")
        let output = folder.appendingPathComponent("documento.pdf")
        try Data(document.markup(mark)).write(to: input)
        var arguments = [
            "--quiet", "--allowed-protocols", "data", "--encoding", "utf-8", "--pdf-variant", "pdf/a-3a",
            "--stylesheet", style.path,
        ]
        for attachment in attachments {
            let file = folder.appendingPathComponent(attachment.name)
            try Data(attachment.bytes).write(to: file)
            arguments += ["--attachment", file.path, "--attachment-relationship", "Source"]
        }
        arguments += [input.path, output.path]
        try await slots.hold { [arguments] in try await run(arguments, in: folder) }
        guard let bytes = try? Data(contentsOf: output), bytes.starts(with: "%PDF-".utf8) else {
            throw PDFFailure.notPrinted(status: 0)
        }
        return [UInt8](bytes)
    }

    private func run(_ arguments: [String], in folder: URL) async throws {
        let run = LimitedProcess(executable: executable, arguments: arguments, folder: folder, limit: limit)
        let status: Int32
        do {
            do {
                status = try await run.status()
            } catch LimitedProcess.Failure.killed {
                // Its libraries crash once in a great many runs, by chance: the same document is printed the next time.
                status = try await run.status()
            }
        } catch LimitedProcess.Failure.notStarted {
            throw PDFFailure.notInstalled
        } catch LimitedProcess.Failure.tooSlow {
            throw PDFFailure.tooSlow
        } catch LimitedProcess.Failure.killed(let signal) {
            throw PDFFailure.notPrinted(status: signal)
        }
        guard status == 0 else { throw PDFFailure.notPrinted(status: status) }
    }
}

/// Why a document was not printed.
enum PDFFailure: UserFacingError, Hashable {
    /// WeasyPrint is not where it should be.
    case notInstalled
    /// It ended without a document, with a status or, twice, by a signal.
    case notPrinted(status: Int32)
    /// It took longer than it may.
    case tooSlow

    var code: String {
        switch self {
        case .notInstalled: "web.document.not_installed"
        case .notPrinted: "web.document.not_printed"
        case .tooSlow: "web.document.too_slow"
        }
    }

    var kind: ErrorKind { .unavailable }

    var message: String {
        "El PDF no se pudo preparar en este momento; el contenido está guardado. Espere un minuto e intente otra vez."
    }
}

/// Lets a few work at once and the others wait in line.
private actor Slots {
    private var free: Int
    private var line: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) {
        free = count
    }

    func hold(_ work: @Sendable () async throws -> Void) async throws {
        if free > 0 { free -= 1 } else { await withCheckedContinuation { line.append($0) } }
        defer {
            // Whoever is next takes over the place of the one who leaves.
            if line.isEmpty { free += 1 } else { line.removeFirst().resume() }
        }
        try await work()
    }
}

import Foundation

/// Reads a form with files as it arrives (RFC 7578): text into memory, files to disk, neither past its limit.
struct MultipartReader: ~Copyable {
    private enum Stage {
        case beforeFirst
        case headers
        case text(name: String)
        case file(name: String)
        /// The content of a file input in which nothing was chosen.
        case nothing
        case end
    }

    private static let headerLimit = 8 * 1024
    private static let partLimit = 2000
    /// How many bytes of files that are not kept are passed over, in times of the largest that is.
    private static let passedOverLimit = 16
    private static let lineEnd = Array("\r\n".utf8)
    private static let headerEnd = Array("\r\n\r\n".utf8)

    private let delimiter: [UInt8]
    private let limit: Submission.Limit
    private let allowsFiles: ([QueryItem]) throws(FormRefusal) -> Void
    private let scratch: ScratchFolder?
    private var leftOut: [String] = []
    private var stage = Stage.beforeFirst
    private var pending: [UInt8]
    private var textCount = 0
    private var partCount = 0
    private var text: [UInt8] = []
    private var items: [QueryItem] = []
    private var files: [String: [UploadedFile]] = [:]
    private var refusedFiles: [String: String] = [:]
    private var fileBytes = 0
    private var passedOver = 0
    private var receiver: UploadedFile.Receiver?

    /// Begins to read.
    ///
    /// - Parameters:
    ///   - boundary: What the header gives.
    ///   - limit: How much there may be.
    ///   - scratch: Where files go; without it they are left out, whatever their size, and only named.
    ///   - allowsFiles: Asked before the first byte of a file is kept, with what was typed before it.
    init(
        boundary: String, limit: Submission.Limit, into scratch: ScratchFolder?,
        allowsFiles: @escaping ([QueryItem]) throws(FormRefusal) -> Void
    ) {
        delimiter = Array("\r\n--\(boundary)".utf8)
        self.limit = limit
        self.scratch = scratch
        self.allowsFiles = allowsFiles
        // The first delimiter need not be preceded by a line end.
        pending = Self.lineEnd
    }

    deinit {
        receiver?.discard()
    }

    /// Takes bytes in.
    mutating func read(_ bytes: some Sequence<UInt8>) throws {
        pending.append(contentsOf: bytes)
        while try advance() {}
    }

    /// Ends the reading.
    mutating func finish() throws -> Entries {
        guard case .end = stage else { throw FormRefusal.unreadable }
        var entries = Entries(items)
        entries.files = files
        entries.refusedFiles = refusedFiles
        entries.leftOut = leftOut
        return entries
    }

    /// Takes one step; `false` where more bytes are needed.
    private mutating func advance() throws -> Bool {
        switch stage {
        case .beforeFirst, .text, .file, .nothing:
            guard let found = pending.firstPlace(of: delimiter) else {
                // The last bytes may be the beginning of a delimiter.
                try take(pending.count - delimiter.count + 1)
                return false
            }
            guard pending.count >= found + delimiter.count + 2 else { return false }
            try take(found)
            try closePart()
            let mark = pending[delimiter.count..<delimiter.count + 2]
            pending.removeFirst(delimiter.count)
            stage = mark.elementsEqual("--".utf8) ? .end : .headers
            return true
        case .headers:
            guard let end = pending.firstPlace(of: Self.headerEnd) else {
                guard pending.count <= Self.headerLimit else { throw FormRefusal.unreadable }
                return false
            }
            let headers = String(decoding: pending[..<end], as: UTF8.self)
            pending.removeFirst(end + Self.headerEnd.count)
            try openPart(headers)
            return true
        case .end:
            pending.removeAll()
            return false
        }
    }

    /// Takes the first bytes as content of the part.
    private mutating func take(_ count: Int) throws {
        guard count > 0 else { return }
        switch stage {
        case .text:
            textCount += count
            guard textCount <= limit.text else { throw FormRefusal.textTooLarge }
            text += pending[..<count]
        case .file:
            try keep(count)
        default: break
        }
        pending.removeFirst(count)
    }

    /// Keeps the first bytes as content of a file. One that is too large is passed over: the rest of the form is read to
    /// its end, so that nothing else that was typed is lost for it.
    private mutating func keep(_ count: Int) throws {
        guard case .file(let name) = stage else { return }
        guard receiver != nil else { return try passOver(count) }
        do {
            try receiver?.write(pending[..<count])
        } catch let refusal as FormRefusal {
            receiver.take()?.discard()
            refuse(name, for: refusal)
            try passOver(count)
        }
    }

    private mutating func refuse(_ name: String, for refusal: FormRefusal) {
        if refusedFiles[name] == nil { refusedFiles[name] = refusal.message }
        files[name] = nil
    }

    private mutating func passOver(_ count: Int) throws {
        passedOver += count
        guard passedOver <= Self.passedOverLimit * limit.file else { throw FormRefusal.unreadable }
    }

    private mutating func openPart(_ headers: String) throws {
        partCount += 1
        let line = headers.split(separator: "\r\n").first {
            $0.lowercased().hasPrefix("content-disposition:")
        }
        guard partCount <= Self.partLimit, let line, let name = Self.parameter("name", of: line) else {
            throw FormRefusal.unreadable
        }
        switch Self.parameter("filename", of: line) {
        case nil:
            text = []
            stage = .text(name: name)
        case "":
            stage = .nothing
        case let fileName?:
            guard let scratch else {
                leftOut.append(name)
                stage = .nothing
                return
            }
            guard files[name, default: []].count < limit.filesOfOne else { throw FormRefusal.unreadable }
            try allowsFiles(items)
            receiver = try UploadedFile.Receiver(named: fileName, upTo: limit.file, in: scratch)
            stage = .file(name: name)
        }
    }

    private mutating func closePart() throws {
        switch stage {
        case .text(let name):
            items.append(
                QueryItem(name: name.typed, value: String(decoding: text, as: UTF8.self).typed))
        case .file(let name):
            if let receiver = receiver.take() {
                let received = try receiver.finish()
                fileBytes += received.byteCount
                guard fileBytes <= limit.allFiles else {
                    refuse(name, for: .filesTooLarge(megabytes: limit.allFiles / 1024 / 1024))
                    return try passOver(received.byteCount)
                }
                if refusedFiles[name] == nil { files[name, default: []].append(received) }
            }
        default: break
        }
    }

    /// A quoted parameter of a header. Browsers write quotes in names as `%22` (HTML, "multipart form data").
    private static func parameter(_ name: String, of header: Substring) -> String? {
        var rest = header.drop { $0 != ";" }
        while let sign = rest.popFirst() {
            guard sign == ";" else { continue }
            let key = rest.prefix { $0 != "=" }
            rest = rest.dropFirst(key.count + 1)
            guard rest.first == "\"" else { continue }
            let value = rest.dropFirst().prefix { $0 != "\"" }
            rest = rest.dropFirst(value.count + 2)
            guard key.trimmingCharacters(in: .whitespaces).lowercased() == name else { continue }
            return String(value).replacing("%22", with: "\"").replacing("%0D", with: "").replacing(
                "%0A", with: "")
        }
        return nil
    }
}

extension [UInt8] {
    /// The first place where `pattern` stands, whose first byte occurs nowhere else in it.
    fileprivate func firstPlace(of pattern: [UInt8]) -> Int? {
        guard let first = pattern.first, count >= pattern.count else { return nil }
        return withUnsafeBytes { bytes in
            pattern.withUnsafeBytes { pattern in
                guard let start = bytes.baseAddress, let wanted = pattern.baseAddress else { return nil }
                var place = 0
                let last = bytes.count - pattern.count
                while place <= last, let hit = memchr(start + place, Int32(first), last - place + 1) {
                    place = start.distance(to: UnsafeRawPointer(hit))
                    if memcmp(start + place, wanted, pattern.count) == 0 { return place }
                    place += 1
                }
                return nil
            }
        }
    }
}

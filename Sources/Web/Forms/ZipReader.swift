import CMinizip
import Foundation

/// Reads an archive, entry by entry.
///
/// A class, because minizip owns what it reads from, and it has to be closed once.
final class ZipReader {
    /// Why an entry is not read.
    enum Failure: Error {
        /// The archive is damaged, or asks for a password.
        case unreadable
        /// Unpacked it is larger than it may be: what an archive says of itself is not trusted.
        case tooLarge
        /// It has more entries than it may have.
        case tooMany
    }

    private static let nameLimit = 1024

    private let archive: unzFile

    /// Opens an archive; `nil` where it is none.
    init?(at location: URL) {
        guard let archive = unzOpen64(location.path) else { return nil }
        self.archive = archive
    }

    deinit {
        unzClose(archive)
    }

    /// The content of an entry, `nil` where there is none of that name.
    func content(of name: String, upTo limit: Int) throws(Failure) -> [UInt8]? {
        guard unzLocateFile(archive, name, 2) == UNZ_OK else { return nil }
        return try current(upTo: limit)
    }

    /// Hands its files over one by one, without folders and what systems add of their own: so many at most, each of so many
    /// bytes unpacked, and so many together.
    func forEachFile(
        atMost count: Int, each limit: Int, together all: Int, _ take: (String, [UInt8]) -> Void
    ) throws(Failure) {
        var (number, bytes) = (0, 0)
        var status = unzGoToFirstFile(archive)
        while status == UNZ_OK {
            let name = try currentName()
            let last = name.split(separator: "/").last.map(String.init) ?? ""
            if !name.hasSuffix("/"), !last.hasPrefix("."), !name.hasPrefix("__MACOSX/") {
                number += 1
                guard number <= count else { throw .tooMany }
                let content = try current(upTo: min(limit, all - bytes))
                bytes += content.count
                take(last, content)
            }
            status = unzGoToNextFile(archive)
        }
        guard status == UNZ_END_OF_LIST_OF_FILE else { throw .unreadable }
    }

    private func current(upTo limit: Int) throws(Failure) -> [UInt8] {
        guard unzOpenCurrentFile(archive) == UNZ_OK else { throw .unreadable }
        defer { unzCloseCurrentFile(archive) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = Int(unzReadCurrentFile(archive, &piece, UInt32(piece.count)))
            guard count >= 0 else { throw .unreadable }
            if count == 0 { return bytes }
            bytes += piece[..<count]
            guard bytes.count <= limit else { throw .tooLarge }
        }
    }

    private func currentName() throws(Failure) -> String {
        var bytes = [CChar](repeating: 0, count: Self.nameLimit)
        var information = unz_file_info64()
        guard
            unzGetCurrentFileInfo64(archive, &information, &bytes, UInt(Self.nameLimit - 1), nil, 0, nil, 0)
                == UNZ_OK
        else { throw .unreadable }
        let octets = bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(validating: octets, as: UTF8.self) ?? Self.fromWindows(octets)
    }

    /// A name as Windows writes it where it does not use UTF-8: the letters of Spanish of code page 850.
    private static func fromWindows(_ octets: [UInt8]) -> String {
        let letters: [UInt8: Character] = [
            0xA0: "á", 0x82: "é", 0xA1: "í", 0xA2: "ó", 0xA3: "ú", 0x81: "ü", 0xA4: "ñ", 0xB5: "Á", 0x90: "É",
            0xD6: "Í", 0xE0: "Ó", 0xE9: "Ú", 0x9A: "Ü", 0xA5: "Ñ", 0xF8: "°", 0xA7: "º", 0xA6: "ª",
        ]
        return String(
            octets.map { octet in
                octet < 0x80 ? Character(Unicode.Scalar(octet)) : letters[octet] ?? "_"
            })
    }
}

import Foundation
import Kernel

/// Writes a ZIP archive whose entries are stored as they are, piece by piece, so that no more than a piece is in memory.
///
/// What an entry came to is written into its header once it ended: a file can be gone back in. A data descriptor behind the
/// entry would do without that, but entries that are stored with one are refused by readers in wide use.
///
/// - SeeAlso: APPNOTE.TXT of PKWARE, §4.3.7, §4.3.12 and §4.3.16.
final class ArchiveWriter {
    private struct Written {
        let name: [UInt8]
        let offset: UInt32
        let size: UInt32
        let checkSum: UInt32
    }

    /// An entry that is being written.
    private struct Begun {
        let path: String
        let start: Int
        var size = 0
        var checkSum = CheckSum()
        var digest = HashDigestBuilder()
    }

    /// Bit 11: names are UTF-8.
    private static let flags: UInt16 = 0x0800

    private let handle: FileHandle
    private let dosTime: UInt16
    private let dosDate: UInt16
    private var written: [Written] = []
    private var position = 0
    private var begun: Begun?
    /// What was written, for the manifest.
    private(set) var entries: [ArchiveEntry] = []

    /// Begins an archive, over whatever lay there.
    init(at location: URL, madeAt now: Date) throws {
        _ = FileManager.default.createFile(
            atPath: location.path, contents: nil, attributes: [.posixPermissions: 0o600])
        handle = try FileHandle(forWritingTo: location)
        let (day, time) = (ColombianTime.date(at: now).components, ColombianTime.time(at: now))
        dosDate = UInt16(max(0, day.year - 1980) << 9 | day.month << 5 | day.day)
        dosTime = UInt16(time.hour << 11 | time.minute << 5)
    }

    /// Begins an entry, whose content comes in pieces until it is ended.
    func begin(_ path: String) throws {
        begun = Begun(path: path, start: position)
        try put(header(of: Array(path.utf8), size: 0, checkSum: 0))
    }

    /// Writes a piece of the entry that was begun.
    func append(_ bytes: [UInt8]) throws {
        begun?.checkSum.append(bytes)
        begun?.digest.append(bytes)
        begun?.size += bytes.count
        try put(bytes)
    }

    /// Ends the entry that was begun.
    ///
    /// - Parameter rows: How many rows it has, of a table.
    /// - Throws: ``CustodyError/exportTooLarge``, or an error of the file system.
    func end(rows: Int? = nil) throws {
        guard let entry = begun else { return }
        begun = nil
        guard let offset = UInt32(exactly: entry.start), let length = UInt32(exactly: entry.size),
            position < Int(UInt32.max),
            written.count < Int(UInt16.max) - 1
        else { throw CustodyError.exportTooLarge }
        let (name, sum) = (Array(entry.path.utf8), entry.checkSum.value)
        try handle.seek(toOffset: UInt64(entry.start))
        try handle.write(contentsOf: Data(header(of: name, size: length, checkSum: sum)))
        try handle.seek(toOffset: UInt64(position))
        written.append(Written(name: name, offset: offset, size: length, checkSum: sum))
        entries.append(
            ArchiveEntry(
                path: entry.path, bytes: entry.size, sha256: entry.digest.digest.description, rows: rows))
    }

    /// Writes an entry whose content is there.
    func write(_ path: String, _ bytes: [UInt8]) throws {
        try begin(path)
        try append(bytes)
        try end()
    }

    /// Ends the archive with its table of contents.
    func finish() throws {
        let start = position
        for entry in written { try put(listing(of: entry)) }
        guard let offset = UInt32(exactly: start), let size = UInt32(exactly: position - start) else {
            throw CustodyError.exportTooLarge
        }
        var ending = LittleEndian()
        ending.append(UInt32(0x0605_4B50))
        ending.append(UInt16(0))
        ending.append(UInt16(0))
        ending.append(UInt16(written.count))
        ending.append(UInt16(written.count))
        ending.append(size)
        ending.append(offset)
        ending.append(UInt16(0))
        try put(ending.bytes)
        try handle.synchronize()
        try handle.close()
    }

    private func put(_ bytes: [UInt8]) throws {
        try handle.write(contentsOf: Data(bytes))
        position += bytes.count
    }

    private func header(of name: [UInt8], size: UInt32, checkSum: UInt32) -> [UInt8] {
        var header = LittleEndian()
        header.append(UInt32(0x0403_4B50))
        header.append(common(size: size, checkSum: checkSum, nameLength: name.count))
        return header.bytes + name
    }

    private func listing(of entry: Written) -> [UInt8] {
        var listing = LittleEndian()
        listing.append(UInt32(0x0201_4B50))
        listing.append(UInt16(20))
        listing.append(common(size: entry.size, checkSum: entry.checkSum, nameLength: entry.name.count))
        listing.append(UInt16(0))
        listing.append(UInt16(0))
        listing.append(UInt16(0))
        listing.append(UInt32(0))
        listing.append(entry.offset)
        return listing.bytes + entry.name
    }

    /// What stands in both headers: version, flags, method 0, time, check sum, sizes and lengths.
    private func common(size: UInt32, checkSum: UInt32, nameLength: Int) -> [UInt8] {
        var common = LittleEndian()
        for number in [UInt16(20), Self.flags, 0, dosTime, dosDate] { common.append(number) }
        for number in [checkSum, size, size] { common.append(number) }
        common.append(UInt16(nameLength))
        common.append(UInt16(0))
        return common.bytes
    }
}

/// Numbers with their least octet first.
private struct LittleEndian {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
    }

    mutating func append(_ more: [UInt8]) {
        bytes += more
    }
}

/// Reads an archive that ``ArchiveWriter`` wrote, entry by entry.
struct ArchiveReader {
    private struct Place {
        let offset: Int
        let size: Int
    }

    private let data: Data
    private let places: [String: Place]
    /// The paths of its entries.
    var paths: Set<String> { Set(places.keys) }

    /// Opens an archive; `nil` where it is none, or one whose entries are packed.
    init?(at location: URL) {
        guard let data = try? Data(contentsOf: location, options: .alwaysMapped) else { return nil }
        func number(_ offset: Int, _ size: Int) -> Int? {
            guard offset >= 0, offset + size <= data.count else { return nil }
            return (0..<size).reversed().reduce(0) { $0 << 8 | Int(data[data.startIndex + offset + $1]) }
        }
        let end = data.count - 22
        guard number(end, 4) == 0x0605_4B50, let count = number(end + 10, 2), var offset = number(end + 16, 4)
        else { return nil }
        var places: [String: Place] = [:]
        for _ in 0..<count {
            guard number(offset, 4) == 0x0201_4B50, number(offset + 10, 2) == 0,
                let size = number(offset + 24, 4), let nameLength = number(offset + 28, 2),
                let extra = number(offset + 30, 2), let comment = number(offset + 32, 2),
                let local = number(offset + 42, 4), offset + 46 + nameLength <= data.count,
                let localName = number(local + 26, 2), let localExtra = number(local + 28, 2)
            else { return nil }
            let name = String(
                decoding: data[data.startIndex + offset + 46..<data.startIndex + offset + 46 + nameLength],
                as: UTF8.self)
            let start = local + 30 + localName + localExtra
            guard start + size <= data.count, places[name] == nil else { return nil }
            places[name] = Place(offset: start, size: size)
            offset += 46 + nameLength + extra + comment
        }
        self.data = data
        self.places = places
    }

    /// The content of an entry.
    func content(of path: String) -> Data? {
        places[path].map { data[data.startIndex + $0.offset..<data.startIndex + $0.offset + $0.size] }
    }
}

/// `trustees.json`: who decrypts the sums (§4.5).
public struct Trustees<Group: VotingGroup>: Sendable {
    /// One entry: all of them are needed.
    public enum Entry: Sendable {
        /// A trustee alone.
        case single(TrusteeKey<Group>)
        /// Members of whom a threshold is enough.
        case pedersen(PedersenKeys<Group>)

        /// The keys of its members.
        public var keys: [TrusteeKey<Group>] {
            switch self {
            case .single(let key): [key]
            case .pedersen(let keys): keys.verificationKeys
            }
        }

        /// How many of its members decrypt.
        var threshold: Int {
            switch self {
            case .single: 1
            case .pedersen(let keys): keys.threshold
            }
        }
    }

    /// The entries, in the order of the text.
    public let entries: [Entry]
    /// *y*: the product of the entries' sub-keys.
    public let publicKey: Group.Element
    /// The text that is hashed.
    public let text: [UInt8]

    /// Checks entries and writes them.
    public init(_ entries: [Entry]) throws(TrusteesFault) {
        var writer = CanonicalWriter()
        writer.array(entries) { $1.write(to: &$0) }
        try self.init(entries, text: writer.bytes)
    }

    /// Reads entries strictly and checks every message in them.
    public init(reading text: [UInt8]) throws(TrusteesFault) {
        var reader = CanonicalReader(text)
        let entries: [Entry]
        do {
            entries = try reader.array(atMost: PedersenKeys<Group>.memberLimit) { reader throws(TextFault) in
                try reader.trusteeEntry(in: Group.self)
            }
            try reader.end()
        } catch { throw .text(error) }
        try self.init(entries, text: text)
    }

    private init(_ entries: [Entry], text: [UInt8]) throws(TrusteesFault) {
        guard !entries.isEmpty else { throw .none }
        // Checking takes time with the square of the members of an entry.
        guard entries.reduce(0, { $0 + $1.keys.count }) <= PedersenKeys<Group>.memberLimit else {
            throw .size
        }
        var publicKey = Group.identity
        var owner = 1
        for entry in entries {
            publicKey = Group.product(publicKey, try entry.subkey(firstOwner: owner))
            owner += entry.keys.count
        }
        try Self.requireDistinct(entries)
        guard publicKey != Group.identity else { throw .cancelled }
        self.entries = entries
        self.publicKey = publicKey
        self.text = text
    }

    /// Asks that nobody has the key of another. Where one of several members is enough, they share a single key.
    private static func requireDistinct(_ entries: [Entry]) throws(TrusteesFault) {
        var owner = 1
        var places: [(owner: Int, key: Group.Element)] = []
        for entry in entries {
            let keys = entry.threshold == 1 ? Array(entry.keys.prefix(1)) : entry.keys
            places += keys.enumerated().map { (owner + $0, $1.element) }
            owner += entry.keys.count
        }
        if let repeated = Group.firstRepeated(places.map(\.key)) {
            throw .repeatedKey(places[repeated].owner)
        }
    }

    /// The keys of all members, in the order in which owners are counted from 1.
    public var keys: [TrusteeKey<Group>] { entries.flatMap(\.keys) }

    /// How many members have to come together to decrypt, at the least.
    public var fewestToDecrypt: Int { entries.reduce(0) { $0 + $1.threshold } }
}

extension Trustees.Entry {
    fileprivate func subkey(firstOwner: Int) throws(TrusteesFault) -> Group.Element {
        switch self {
        case .single(let key):
            guard key.element != Group.identity else { throw .weakKey(firstOwner) }
            guard key.isProven else { throw .knowledge(firstOwner) }
            return key.element
        case .pedersen(let keys):
            do { return try keys.subkey() } catch { throw error.counted(from: firstOwner) }
        }
    }

    fileprivate func write(to writer: inout CanonicalWriter) {
        switch self {
        case .single(let key):
            writer.literal(#"["Single","#)
            key.write(to: &writer)
        case .pedersen(let keys):
            writer.literal(#"["Pedersen","#)
            keys.write(to: &writer)
        }
        writer.literal("]")
    }
}

extension CanonicalReader {
    fileprivate mutating func trusteeEntry<Group: VotingGroup>(
        in group: Group.Type
    ) throws(TextFault) -> Trustees<Group>.Entry {
        let entry: Trustees<Group>.Entry
        if takes(#"["Single","#) {
            entry = .single(try trusteeKey(in: group))
        } else {
            try expect(#"["Pedersen","#)
            entry = .pedersen(try pedersenKeys(in: group))
        }
        try expect("]")
        return entry
    }
}

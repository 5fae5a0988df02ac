/// Records bound to one another by SHA-256, so that none can be changed, removed or slipped in without every later
/// hash betraying it.
///
/// The hash of link *n* is that of the 32 bytes of the hash before it, followed by the canonical list
/// (``canonicalList(_:)``) of the chain's name, *n* in decimal digits, and the fields of the record. The hash before
/// the first link is that of the chain's name. The database computes the same for the audit trail
/// (`tenancy.append_audit_event`), which this type verifies.
///
/// A chain proves order and integrity against whoever cannot rewrite all of it. Who can, an owner of the database,
/// is held only by heads that were told to the outside.
public struct HashChain: Hashable, Sendable {
    /// One record's place and hash.
    public struct Link: Hashable, Sendable, Codable {
        /// Counted from 1.
        public let position: Int
        /// What binds the record to all before it.
        public let hash: HashDigest

        /// A link as it was stored.
        public init(position: Int, hash: HashDigest) {
            self.position = position
            self.hash = hash
        }
    }

    /// What tells this chain from all others; an identifier.
    public let name: String
    /// How many records it has.
    public private(set) var count: Int
    /// The hash of its last link or, while it has none, of its name.
    public private(set) var head: HashDigest

    /// A chain without records.
    public init(name: String) {
        self.name = name
        count = 0
        head = HashDigest(of: name)
    }

    /// A chain that goes on after a link known to be its last.
    public init(name: String, after last: Link) {
        self.name = name
        count = last.position
        head = last.hash
    }

    /// Binds a record to the end of the chain. The fields of a record never change their number or order; one that is
    /// missing is `nil`, which is not the empty text.
    @discardableResult
    public mutating func append(_ fields: [String?]) -> Link {
        let link = next(fields)
        count = link.position
        head = link.hash
        return link
    }

    /// Goes on to a stored link if it is the one that the record gives, and leaves the chain as it is otherwise.
    ///
    /// - Throws: That the link is not at its place, or not of this record and those before it.
    public mutating func verify(_ link: Link, of fields: [String?]) throws(BrokenLink) {
        let expected = next(fields)
        guard link.position == expected.position else {
            throw BrokenLink(position: expected.position, reason: .missing(found: link.position))
        }
        guard link.hash == expected.hash else {
            throw BrokenLink(position: expected.position, reason: .altered)
        }
        count = link.position
        head = link.hash
    }

    /// The first link of a stored chain that does not hold, `nil` where all do.
    ///
    /// A chain that was cut off at its end is whole as far as it goes: compare ``head`` and ``count`` with what was told
    /// to the outside.
    public static func firstBrokenLink(
        of name: String, in records: some Sequence<(link: Link, fields: [String?])>
    ) -> BrokenLink? {
        var chain = Self(name: name)
        for (link, fields) in records {
            do { try chain.verify(link, of: fields) } catch { return error }
        }
        return nil
    }

    private func next(_ fields: [String?]) -> Link {
        let text = Self.canonicalList([name, String(count + 1)] + fields)
        return Link(position: count + 1, hash: HashDigest(of: head.bytes + Array(text.utf8)))
    }

    /// A list of texts as one text that no other list has: before each the number of its bytes in UTF-8 and a colon,
    /// between them commas; `-` for one that is missing. So the list of «ab», nothing and «» is `2:ab,-,0:`.
    ///
    /// As `tenancy.canonical` writes it in the database. Text stays as it is composed.
    public static func canonicalList(_ fields: [String?]) -> String {
        fields.map { field in field.map { "\($0.utf8.count):\($0)" } ?? "-" }.joined(separator: ",")
    }
}

/// The first place where a chain does not hold.
public struct BrokenLink: Error, Hashable, Sendable {
    /// Why a link does not hold.
    public enum Reason: Hashable, Sendable {
        /// Another position stands where this one was due: a record was removed, repeated or slipped in.
        case missing(found: Int)
        /// The record or its hash is not what it was, or one before it was removed with all its traces.
        case altered
    }

    /// The position of the link, counted from 1.
    public let position: Int
    /// Why it does not hold.
    public let reason: Reason

    /// A link that does not hold.
    public init(position: Int, reason: Reason) {
        self.position = position
        self.reason = reason
    }
}

/// An address within this site, correct by construction: it begins with one slash, its values are
/// percent-encoded, and what it points to is a ``Route``.
///
/// Each module declares its routes in an extension of this type, and a page names them where it links:
///
/// ```swift
/// extension Path {
///     static let slates = Route<ID<ElectoralProcess>>("/o/{tenant}/procesos/{process}/planchas")
/// }
///
/// html.a("Planchas inscritas", .href(.slates(process)))
/// ```
///
/// Addresses under `/o/{tenant}` are those of a tenant: of the page's own where nothing else is said, of
/// another through ``of(_:)``.
struct Path: Hashable, Sendable {
    /// The part under `/o/{tenant}` for an address of a tenant, all of it for another.
    private let tail: String
    private let isTenants: Bool
    private var tenant: TenantSlug?
    private var query: [QueryItem] = []
    private var fragment: String?

    /// The address of a route, its values filled in already.
    init(filled segments: [String], isTenants: Bool) {
        self.tail = segments.map { "/" + $0 }.joined()
        self.isTenants = isTenants
    }

    /// Reads an address within this site that a browser sent, such as where to go back to after signing in;
    /// `nil` for one that could lead elsewhere.
    init?(local text: String) {
        let isPlain = text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }
        guard isPlain, text.hasPrefix("/"), !text.hasPrefix("//") else { return nil }
        tail = text
        isTenants = false
    }

    /// The same address in a tenant that is not the page's.
    func of(_ tenant: TenantSlug) -> Self {
        var path = self
        path.tenant = tenant
        return path
    }

    /// The same address with a value in its query; a `nil` leaves it out.
    func with(_ name: String, _ value: String?) -> Self {
        var path = self
        path.query.removeAll { $0.name == name }
        if let value { path.query.append(QueryItem(name: name, value: value)) }
        return path
    }

    /// The same address with a whole query in place of its own.
    func with(_ query: [QueryItem]) -> Self {
        var path = self
        path.query = query
        return path
    }

    /// The same address, at a place on the page.
    func at(anchor id: String) -> Self {
        var path = self
        path.fragment = id
        return path
    }

    /// The address as it is sent, for a page of `page`.
    func text(in page: TenantSlug?) -> String {
        assert(!isTenants || (tenant ?? page) != nil, "\(tail) is a tenant's, and the page has none")
        var text = tail
        if isTenants, let tenant = tenant ?? page { text = "/o/\(tenant.rawValue)\(tail)" }
        if text.isEmpty { text = "/" }
        if !query.isEmpty { text += "?" + query.map(\.encoded).joined(separator: "&") }
        if let fragment { text += "#" + Self.encoded(fragment) }
        return text
    }

    /// Percent-encodes all but the unreserved characters (RFC 3986 §2.3).
    static func encoded(_ text: some StringProtocol) -> String {
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                encoded.append(byte)
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                encoded.append(contentsOf: (byte < 16 ? "%0" : "%").utf8)
                encoded.append(contentsOf: digits.utf8)
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}

/// A name and a value of an address's query or of a form.
struct QueryItem: Hashable, Sendable {
    let name: String
    let value: String

    var encoded: String { "\(Path.encoded(name))=\(Path.encoded(value))" }
}

/// The part of an address that names a tenant, such as `mutual-ser`.
struct TenantSlug: Hashable, Sendable, RawRepresentable {
    let rawValue: String

    /// Reads lower-case letters and digits joined by single hyphens, at most 60 of them, as the constraint
    /// `organizations_slug_shape` has it.
    init?(rawValue: String) {
        let words = rawValue.split(separator: "-", omittingEmptySubsequences: false)
        let isSlug = words.allSatisfy { word in
            !word.isEmpty && word.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) }
        }
        guard isSlug, rawValue.utf8.count <= 60 else { return nil }
        self.rawValue = rawValue
    }
}

/// An address outside of this site that a person may be sent to.
struct WebAddress: Hashable, Sendable {
    let text: String

    /// Reads an address of the web, of mail or of a telephone; any other, `javascript:` first of all, is
    /// none.
    init?(_ text: String) {
        let isPlain = text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }
        let folded = text.lowercased()
        let scheme = ["https://", "http://", "mailto:", "tel:"].first(where: folded.hasPrefix)
        guard isPlain, let scheme, text.utf8.count > scheme.utf8.count else { return nil }
        self.text = text
    }

    /// Opens a message to a mail address.
    init?(mail address: String) {
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.init("mailto:\(Path.encoded(parts[0]))@\(Path.encoded(parts[1]))")
    }

    /// Calls a telephone.
    init?(telephone number: String) {
        self.init("tel:" + number.filter { $0.isASCII && ($0.isNumber || $0 == "+") })
    }
}

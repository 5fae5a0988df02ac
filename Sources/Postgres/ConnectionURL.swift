extension PgSettings {
    /// The connection string of a role as one word, `postgresql://…`, which libpq, `psql` and `pg_dump` take
    /// and a shell does not break. It names every host, with the password where the settings have one.
    public func url(for role: DatabaseRole) -> String {
        let place = words.filter { !["user", "dbname"].contains($0.key) }.sorted { $0.key < $1.key }
        let query = place.map { "\($0.key)=\(Self.encoded($0.value))" }.joined(separator: "&")
        return "postgresql://\(Self.encoded(role.rawValue))@/\(Self.encoded(database))"
            + (query.isEmpty ? "" : "?\(query)")
    }

    /// A text with every octet that could mean something in a URL written as its number.
    private static func encoded(_ text: String) -> String {
        text.utf8.map { octet in
            switch octet {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
                UInt8(ascii: "."):
                String(UnicodeScalar(octet))
            default:
                (octet < 16 ? "%0" : "%") + String(octet, radix: 16, uppercase: true)
            }
        }.joined()
    }
}

import CLibpq

/// How a role reaches a database of a private cluster.
struct ClusterAddress: Hashable, Sendable {
    let socketFolder: String
    let database: String
    let user: String

    /// The connection string, which libpq, `psql` and `pg_dump` understand.
    var url: String {
        "postgresql://\(encoded(user))@/\(encoded(database))?host=\(encoded(socketFolder))&port=5432"
    }

    /// What the server says when it is knocked at. Nobody has to be let in for that.
    func answer() -> PGPing {
        PQping("\(url)&connect_timeout=5")
    }

    private func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
                UInt8(ascii: "."):
                return String(UnicodeScalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                return digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }.joined()
    }
}

/// The public half of a credential and how many votes it has (§4.6).
public struct PublicCredential<Group: VotingGroup>: Equatable, Sendable {
    /// g^s.
    public let element: Group.Element
    /// How many votes its ballot counts for.
    public let weight: Int

    /// The public half of a private credential. Constant time.
    public init(of secret: Group.Scalar, weight: Int = 1) {
        self.init(element: Group.secretPower(to: secret), weight: weight)
    }

    /// A credential that somebody else made, of a weight that is not negative.
    public init(element: Group.Element, weight: Int = 1) {
        self.element = element
        self.weight = weight
    }
}

extension PublicCredential {
    /// `public_credentials.json`: who may vote, without saying who they are. The credentials are sorted by their
    /// elements, so that their order says nothing about the voters.
    public static func list(_ credentials: [Self]) -> [UInt8] {
        let sorted = credentials.sorted { Group.precedes($0.element, $1.element) }
        var writer = CanonicalWriter()
        writer.array(zip(sorted, Group.texts(of: sorted.map(\.element)))) { writer, entry in
            let weight = entry.0.weight == 1 ? "" : ",\(entry.0.weight)"
            writer.quoted(entry.1 + Array(weight.utf8))
        }
        return writer.bytes
    }
}

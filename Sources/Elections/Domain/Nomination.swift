public import Kernel
public import Tenancy

/// What is handed in to register a slate: its name, who answers for it, and its people in their order.
public struct Nomination: Sendable, Hashable {
    /// Its name on the ballot; `nil` for somebody who stands alone under their own name.
    public let name: String?
    /// Who answers for it before the committee.
    public let representative: String
    /// How to reach them: a telephone or a mail.
    public let contact: String?
    /// The principals, the first of the slate first.
    public let principals: [ID<Person>]
    /// The alternates, in their order.
    public let alternates: [ID<Person>]

    /// Takes what was handed in.
    ///
    /// - Throws: ``SlateError`` where words are missing or a person stands twice.
    public init(
        name: String?, representative: String, contact: String?, principals: [ID<Person>],
        alternates: [ID<Person>] = []
    ) throws(SlateError) {
        self.name = name.map(Self.tidied).flatMap { $0.isEmpty ? nil : $0 }
        if let name = self.name, name.count > 80 || name.folded.isEmpty { throw .unnamed }
        self.representative = Self.tidied(representative)
        guard !self.representative.isEmpty, self.representative.count <= 120 else {
            throw .representativeMissing
        }
        let contact = contact.map(Self.tidied)
        self.contact = contact?.isEmpty == true ? nil : contact
        guard !principals.isEmpty else { throw .noCandidates }
        guard Set(principals + alternates).count == principals.count + alternates.count else {
            throw .personRepeated
        }
        self.principals = principals
        self.alternates = alternates
    }

    /// Everybody on it.
    public var people: [ID<Person>] { principals + alternates }

    /// Compares its size with the seats of a contest.
    ///
    /// - Throws: ``SlateError`` where there are more people than the contest takes, or an alternate is missing.
    public func require(fitting contest: Contest) throws(SlateError) {
        let seats = contest.seats.count
        switch contest.candidature {
        case .slates:
            guard name != nil else { throw .unnamed }
            guard principals.count <= seats else {
                throw .tooManyPrincipals(principals.count, seats: seats)
            }
        case .individuals:
            guard principals.count == 1 else { throw .onePersonOnly }
        }
        switch contest.alternates {
        case .none:
            guard alternates.isEmpty else { throw .tooManyAlternates(alternates.count, most: 0) }
        case .numeric:
            let most = contest.candidature == .slates ? seats : 1
            guard alternates.count <= most else {
                throw .tooManyAlternates(alternates.count, most: most)
            }
        case .personal:
            guard alternates.count == principals.count else { throw .alternateMissing }
        }
    }

    /// One line, one space between words.
    private static func tidied(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension Contest {
    /// How many principals a slate may have.
    public var mostPrincipals: Int { candidature == .slates ? seats.count : 1 }
    /// How many alternates a slate may have.
    public var mostAlternates: Int { alternates == .none ? 0 : mostPrincipals }
}

public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Enrols people of the register in an alliance, one or many, each with the data authorisation that was in use on
/// the day. Who cannot be enrolled is told with the reason, and does not stop the others.
///
/// - SeeAlso: Decreto 1757 de 1994, artículo 10 (alliances are open to every user); Ley 1581 de 2012, artículo 9.
public struct EnrolMembers: Undertaking {
    /// Who may do it.
    public static let permission = Permission.enrolMembers
    /// The alliance.
    public let alliance: ID<Alliance>
    /// Who joins, each once.
    public let documents: [IdentityDocument]
    /// The day on which they joined.
    public let day: CalendarDate
    /// How they agreed to the authorisation.
    public let channel: ConsentChannel
    /// Whether they agreed, apart, to the use of sensitive data too: that they are of the alliance.
    public let includesSensitiveData: Bool
    /// The signed authorisations.
    public let proof: StoredFile?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``MemberError/nobody``.
    public init(
        _ documents: [IdentityDocument], in alliance: ID<Alliance>, on day: CalendarDate,
        through channel: ConsentChannel, includingSensitiveData includesSensitiveData: Bool = false,
        proof: StoredFile? = nil
    ) throws(MemberError) {
        var seen: Set<IdentityDocument> = []
        self.documents = documents.filter { seen.insert($0).inserted }
        guard !self.documents.isEmpty else { throw .nobody }
        self.alliance = alliance
        self.day = day
        self.channel = channel
        self.includesSensitiveData = includesSensitiveData
        self.proof = proof
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Enrols those who can be.
    ///
    /// - Throws: ``MemberError``, ``ConsentError``, `StoredFileError`; for a single person, the reason why not.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<EnrolmentReport> {
        guard day <= ColombianTime.date(at: now) else { throw MemberError.inTheFuture }
        guard let text = try await transaction.consentText(for: .personalData, on: day) else {
            throw ConsentError.noText(.personalData)
        }
        let sensitive =
            includesSensitiveData ? try await transaction.consentText(for: .sensitiveData, on: day) : nil
        guard !includesSensitiveData || sensitive != nil else { throw ConsentError.noText(.sensitiveData) }
        let found = try await transaction.affiliates(with: documents, memberOf: alliance, on: day)
        let people = found.compactMap(\.person)
        let obstacles = try await transaction.obstacles(of: people, to: alliance, on: day, at: now)
        let withdrawals = try await transaction.withdrawals(of: people, from: text, givenOn: day)
        var enrolled: [ID<Person>] = []
        var refusals: [EnrolmentReport.Refusal] = []
        for affiliate in found {
            do throws(MemberError) {
                enrolled.append(try affiliate.joining(despite: obstacles, withdrawals))
            } catch {
                guard documents.count > 1 else { throw error }
                refusals.append(
                    .init(document: affiliate.document, name: affiliate.name, reason: error.message))
            }
        }
        if !enrolled.isEmpty {
            var paper: ID<StoredFile>?
            if let proof { paper = try await transaction.store(proof, as: .consents, in: stream, at: now) }
            try await transaction.enrol(
                enrolled, in: alliance, on: day, agreeing: text, through: channel, proof: paper,
                application: nil, at: now)
            if let sensitive {
                try await transaction.insertConsents(
                    of: enrolled, to: sensitive, on: day, through: channel, proof: paper, at: now)
            }
        }
        return Audited(
            EnrolmentReport(enrolled: enrolled, refusals: refusals),
            AuditEvent(
                "membership.members.enrolled", subject: alliance,
                details: [
                    "people": enrolled.map(\.description).joined(separator: " "), "day": day.description,
                    "consent_text": text.id.description, "refused": String(refusals.count),
                ]))
    }
}

extension FoundAffiliate {
    /// The person, where nothing keeps them from joining.
    fileprivate func joining(
        despite obstacles: [ID<Person>: [String]], _ withdrawals: Set<ID<Person>>
    ) throws(MemberError) -> ID<Person> {
        guard let person else { throw .notInRegister("\(document.type.rawValue) \(document.number)") }
        let name = name ?? "Esa persona"
        guard !isMember else { throw .alreadyMember(name) }
        if let requirements = obstacles[person] { throw .notEligible(name, requirements) }
        guard !withdrawals.contains(person) else { throw .withdrewThatDay(name) }
        return person
    }
}

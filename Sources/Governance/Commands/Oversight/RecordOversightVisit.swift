public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Records a visit of an exercise, on the spot or afterwards: who went, what was measured, what was found, a photograph.
public struct RecordOversightVisit: Undertaking {
    /// Who may do it.
    public static let permission = Permission.keepOversight
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The exercise.
    public let oversight: ID<Oversight>
    /// The visit.
    public let visit: OversightVisit
    /// Who of the team went.
    public let visitors: [ID<OversightMember>]
    /// What was measured.
    public let measures: [OversightMeasure]
    /// What was found, one finding a text.
    public let findings: [String]
    /// A photograph or a paper of it.
    public let photograph: StoredFile?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``OversightError/nobodyWent``.
    public init(
        _ visit: OversightVisit, by visitors: [ID<OversightMember>],
        measuring measures: [OversightMeasure] = [],
        finding findings: [String] = [], photograph: StoredFile? = nil, for oversight: ID<Oversight>,
        of alliance: ID<Alliance>
    ) throws(OversightError) {
        guard !visitors.isEmpty else { throw .nobodyWent }
        self.alliance = alliance
        self.oversight = oversight
        self.visit = visit
        self.visitors = visitors
        self.measures = measures
        self.findings = findings.compactMap(\.trimmedOrNil)
        self.photograph = photograph
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``OversightError``, `InvalidInput` where the filter found something.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<OversightVisit>> {
        let found = try await transaction.openOversight(oversight, of: alliance)
        guard visit.day <= ColombianTime.date(at: now), visit.day >= found.startsOn else {
            throw OversightError.dayOutOfPlace
        }
        try await transaction.clinicalFilter().check(
            [("account", visit.account)] + findings.map { ("finding", $0) }
                + measures.map { ("measures", "\($0.measured ?? "") \($0.remark ?? "")") })
        let team = try await transaction.members(of: oversight)
        guard visitors.allSatisfy({ id in team.contains { $0.id == id } }) else { throw OversightError.notIn }
        let indicators = try await transaction.indicators(of: oversight)
        guard measures.allSatisfy({ measure in indicators.contains { $0.id == measure.indicator } }) else {
            throw OversightError.indicatorNotFound
        }
        let number = try await transaction.insert(
            visit, by: visitors, measuring: measures, of: found, at: now)
        for text in findings {
            let finding = try OversightFinding(visit: visit.id, account: text, foundOn: visit.day)
            try await transaction.insert(finding, of: found, at: now)
        }
        if let photograph {
            try await transaction.insert(
                photograph, titled: "Visita \(number)", asEvidenceOf: found, visit: visit.id, finding: nil,
                at: now)
        }
        return Audited(
            visit.id,
            AuditEvent(
                "governance.oversight.visited", subject: visit.id,
                details: [
                    "day": visit.day.description, "findings": String(findings.count),
                    "measures": String(measures.count),
                ]))
    }
}

/// Takes back a visit that was recorded by mistake and from which no finding came.
public struct WithdrawOversightVisit: Command {
    /// Who may do it.
    public static let permission = Permission.concludeOversight
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The exercise.
    public let oversight: ID<Oversight>
    /// The visit.
    public let visit: ID<OversightVisit>
    /// Why.
    public let reason: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``OversightError/noteMissing``.
    public init(
        _ visit: ID<OversightVisit>, of oversight: ID<Oversight>, in alliance: ID<Alliance>,
        because reason: String
    ) throws(OversightError) {
        guard let reason = reason.trimmedOrNil else { throw .noteMissing }
        self.alliance = alliance
        self.oversight = oversight
        self.visit = visit
        self.reason = reason
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Takes it back.
    ///
    /// - Throws: ``OversightError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let found = try await transaction.openOversight(oversight, of: alliance)
        guard try await !transaction.findings(of: oversight).contains(where: { $0.visit == visit }) else {
            throw OversightError.visitHasFindings
        }
        try await transaction.withdraw(
            visit, of: oversight, on: ColombianTime.date(at: now), because: reason)
        return Audited(
            AuditEvent(
                "governance.oversight.visit_withdrawn", subject: visit, words: ["reason": reason],
                isReserved: found.isReserved))
    }
}

/// Keeps a photograph or a paper of an exercise, of one of its visits or findings.
public struct AddOversightEvidence: Command {
    /// Who may do it.
    public static let permission = Permission.keepOversight
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The exercise.
    public let oversight: ID<Oversight>
    /// The visit that it is of.
    public let visit: ID<OversightVisit>?
    /// The finding that it is of.
    public let finding: ID<OversightFinding>?
    /// What it shows.
    public let title: String
    /// The file, with its own day.
    public let file: StoredFile

    /// Takes what a person filled in.
    ///
    /// - Throws: ``EvidenceError/untitled``.
    public init(
        _ file: StoredFile, titled title: String, of oversight: ID<Oversight>, in alliance: ID<Alliance>,
        visit: ID<OversightVisit>? = nil, finding: ID<OversightFinding>? = nil
    ) throws(EvidenceError) {
        guard let title = title.trimmedOrNil else { throw .untitled }
        self.alliance = alliance
        self.oversight = oversight
        self.visit = visit
        self.finding = finding
        self.title = title
        self.file = file
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Keeps it.
    ///
    /// - Throws: ``OversightError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let found = try await transaction.lockedOversight(oversight, of: alliance)
        guard file.effectiveOn <= ColombianTime.date(at: now) else { throw OversightError.dayOutOfPlace }
        try await transaction.clinicalFilter().check([("title", title)])
        try await transaction.insert(
            file, titled: title, asEvidenceOf: found, visit: visit, finding: finding, at: now)
        return Audited(
            AuditEvent(
                "governance.oversight.evidence_added", subject: oversight,
                details: ["sha256": HashDigest(bytes: file.sha256)?.description ?? ""]))
    }
}

public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Records what a paper says of a person: a certificate, a sworn statement, a document shown. It counts once
/// somebody else has reviewed it.
public struct RecordPaper: Command {
    /// Who may do it.
    public static let permission = Permission.recordFacts
    /// The alliance in whose space it is recorded; with a process, it counts there alone.
    public let space: EligibilitySpace
    /// The person.
    public let person: ID<Person>
    /// The code of the requirement that the paper is for, such as `E11`.
    public let requirement: String
    /// Whether the paper says that the requirement is met.
    public let isFavourable: Bool
    /// Where it comes from: who issued it, and its number.
    public let source: String
    /// The day of the paper.
    public let issuedOn: CalendarDate
    /// Its copy.
    public let proof: ID<StoredFile>?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``PaperError/sourceMissing``.
    public init(
        of person: ID<Person>, for requirement: String, in space: EligibilitySpace, isFavourable: Bool,
        source: String, issuedOn: CalendarDate, proof: ID<StoredFile>? = nil
    ) throws(PaperError) {
        let source = source.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !source.isEmpty else { throw .sourceMissing }
        self.space = space
        self.person = person
        self.requirement = requirement
        self.isFavourable = isFavourable
        self.source = source
        self.issuedOn = issuedOn
        self.proof = proof
    }

    /// The alliance's chain, or the process's.
    public var stream: AuditStream { space.stream }

    /// Records it.
    ///
    /// - Throws: ``PaperError``, ``MemberError``, ``RequirementError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<FactRecord>> {
        guard issuedOn <= ColombianTime.date(at: now) else { throw MemberError.inTheFuture }
        guard transaction.scope.principal.user != nil else { throw PaperError.needsUser }
        guard let found = try await transaction.requirement(requirement) else {
            throw RequirementError.unknownRequirement(requirement)
        }
        guard case .reviewedPaper(let kind, _, let adverse) = found.evaluator, let worst = adverse.first
        else {
            throw PaperError.notProvenByPaper(found.title)
        }
        let fact = FactRecord(
            person: person, kind: kind, value: isFavourable ? "clear" : worst, source: source,
            validFrom: issuedOn, process: space.process, proof: proof, needsReview: true)
        try await transaction.record(fact, at: now)
        return Audited(
            fact.id,
            AuditEvent(
                "membership.paper.recorded", subject: fact.id,
                details: [
                    "person": person.description, "requirement": requirement, "source": source,
                    "issued_on": issuedOn.description, "says": fact.value,
                ]))
    }
}

extension EligibilitySpace {
    /// The chain to which what concerns the space is written.
    public var stream: AuditStream {
        process.map { .process($0, of: alliance) } ?? .alliance(alliance)
    }
}

/// Why a paper is not recorded or reviewed.
public enum PaperError: UserFacingError, Hashable {
    /// Nobody can find the paper again.
    case sourceMissing
    /// The requirement is read from other facts.
    case notProvenByPaper(String)
    /// Who records has to be a person, so that somebody else can review.
    case needsUser
    /// The paper is unknown or was reviewed already.
    case notPending
    /// Nobody reviews what they recorded.
    case ownPaper
    /// A rejection needs its reason.
    case reasonMissing

    /// The stable code.
    public var code: String {
        switch self {
        case .sourceMissing: "membership.paper.source_missing"
        case .notProvenByPaper: "membership.paper.not_proven_by_paper"
        case .needsUser: "membership.paper.needs_user"
        case .notPending: "membership.paper.not_pending"
        case .ownPaper: "membership.paper.own"
        case .reasonMissing: "membership.paper.reason_missing"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .sourceMissing, .reasonMissing: .invalid
        case .notProvenByPaper, .needsUser, .ownPaper: .refused
        case .notPending: .conflict
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .sourceMissing: "source"
        case .reasonMissing: "reason"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .sourceMissing: "Escriba quién expidió el documento y su número o fecha."
        case .notProvenByPaper(let title):
            "«\(title)» no se prueba con un documento: se lee del padrón, de las listas o de la sesión."
        case .needsUser: "Entre con su usuario: otra persona tiene que poder revisar lo que registre."
        case .notPending: "Ese documento ya se revisó o no existe."
        case .ownPaper: "Usted registró este documento; lo revisa otra persona."
        case .reasonMissing: "Escriba por qué se rechaza, para que la persona sepa qué corregir."
        }
    }
}

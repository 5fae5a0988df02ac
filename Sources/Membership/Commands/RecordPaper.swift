public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Records what a paper says of a person: a certificate, a sworn statement, a document shown, a sanction. It counts in
/// the alliance in whose space it is recorded, once somebody else has reviewed it.
public struct RecordPaper: Command {
    /// What a paper says.
    public enum Statement: Sendable, Hashable {
        /// Whether a requirement that papers prove is met, by its code, such as `E11`.
        case requirement(String, isMet: Bool)
        /// The person used a service of the entity on a day (E05).
        case serviceUsed(on: CalendarDate)
        /// Whether the person works for the entity (E03).
        case employment(isEmployed: Bool)
        /// The person has been affiliated since a day (E06).
        case affiliated(since: CalendarDate)
        /// The person lives in a municipality (E04).
        case residence(in: MunicipalityCode)
        /// The alliance sanctioned the person, until the day before `until` where there is one (E16).
        case sanction(String, from: CalendarDate, until: CalendarDate?)
    }

    /// Who may do it.
    public static let permission = Permission.recordFacts
    /// The alliance in whose space it is recorded; with a process, it counts there alone.
    public let space: EligibilitySpace
    /// The person.
    public let person: ID<Person>
    /// What the paper says.
    public let statement: Statement
    /// Where it comes from: who issued it, and its number.
    public let source: String
    /// The day of the paper.
    public let issuedOn: CalendarDate
    /// Its copy, which is kept with it or not at all.
    public let copy: StoredFile?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``PaperError/sourceMissing``, ``PaperError/sanctionMissing``, ``PaperError/endsBeforeItBegins``.
    public init(
        of person: ID<Person>, saying statement: Statement, in space: EligibilitySpace, source: String,
        issuedOn: CalendarDate, copy: StoredFile? = nil
    ) throws(PaperError) {
        let source = source.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !source.isEmpty else { throw .sourceMissing }
        if case .sanction(let words, let from, let until) = statement {
            guard !words.allSatisfy(\.isWhitespace) else { throw .sanctionMissing }
            if let until, until <= from { throw .endsBeforeItBegins }
        }
        self.space = space
        self.person = person
        self.statement = statement
        self.source = source
        self.issuedOn = issuedOn
        self.copy = copy
    }

    /// The alliance's chain, or the process's.
    public var stream: AuditStream { space.stream }

    /// Records it.
    ///
    /// - Throws: ``PaperError``, ``MemberError``, ``RequirementError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<FactRecord>> {
        let today = ColombianTime.date(at: now)
        guard issuedOn <= today else { throw MemberError.inTheFuture }
        guard transaction.scope.principal.user != nil else { throw PaperError.needsUser }
        try await transaction.requireKnown(person, to: space.alliance)
        let content = try await content(in: transaction)
        if case .sanction = statement {
            // A sanction is decided today for days to come.
        } else if content.validFrom > issuedOn {
            throw PaperError.saysTheFuture
        }
        var proof: ID<StoredFile>?
        if let copy {
            proof = try await transaction.store(copy, as: .membership, in: .alliance(space.alliance), at: now)
        }
        let fact = FactRecord(
            person: person, kind: content.kind, value: content.value,
            source: content.validFrom == issuedOn
                ? source : "\(source), del \(SpanishFormat.date(issuedOn))",
            validFrom: content.validFrom, validUntil: content.validUntil, alliance: space.alliance,
            process: space.process, proof: proof, needsReview: true)
        try await transaction.record(fact, at: now)
        return Audited(
            fact.id,
            AuditEvent(
                "membership.paper.recorded", subject: fact.id,
                details: [
                    "person": person.description, "kind": fact.kind, "source": source,
                    "issued_on": issuedOn.description,
                ]))
    }

    /// What the statement comes to as a fact.
    private func content(in transaction: borrowing TenantTransaction) async throws -> Content {
        switch statement {
        case .requirement(let code, let isMet):
            guard let found = try await transaction.requirement(code) else {
                throw RequirementError.unknownRequirement(code)
            }
            guard case .reviewedPaper(let kind, _, let adverse, let isOfSession) = found.evaluator,
                let worst = adverse.first
            else { throw PaperError.notProvenByPaper(found.title) }
            guard !isOfSession || space.process != nil else { throw PaperError.needsElection(found.title) }
            return Content(kind: kind, value: isMet ? FactWord.clear.rawValue : worst, validFrom: issuedOn)
        case .serviceUsed(let day):
            return Content(kind: "service_used", value: "atención", validFrom: day)
        case .employment(let isEmployed):
            let word = isEmployed ? FactWord.employed : .notEmployed
            return Content(kind: "employment", value: word.rawValue, validFrom: issuedOn)
        case .affiliated(let since):
            return Content(kind: "affiliated_since", value: since.description, validFrom: since)
        case .residence(let municipality):
            guard try await !transaction.municipalities(coded: [municipality.rawValue]).isEmpty else {
                throw PaperError.unknownMunicipality
            }
            return Content(kind: "residence", value: municipality.rawValue, validFrom: issuedOn)
        case .sanction(let words, let from, let until):
            return Content(
                kind: "sanction", value: words.trimmingCharacters(in: .whitespacesAndNewlines),
                validFrom: from, validUntil: until)
        }
    }

    private struct Content {
        let kind: String
        let value: String
        let validFrom: CalendarDate
        var validUntil: CalendarDate?
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
    /// The requirement is of a session, and the paper names no election.
    case needsElection(String)
    /// A sanction says what it is.
    case sanctionMissing
    /// A sanction ends before it begins.
    case endsBeforeItBegins
    /// The paper is older than what it tells of.
    case saysTheFuture
    /// No municipality has the code.
    case unknownMunicipality
    /// Only a paper that was accepted, and still counts, is taken back.
    case notAccepted
    /// A paper is taken back for a reason.
    case withdrawalNotTold
    /// It did not hold on the day before it is to end.
    case endsOutside

    /// The stable code.
    public var code: String {
        switch self {
        case .sourceMissing: "membership.paper.source_missing"
        case .notProvenByPaper: "membership.paper.not_proven_by_paper"
        case .needsUser: "membership.paper.needs_user"
        case .notPending: "membership.paper.not_pending"
        case .ownPaper: "membership.paper.own"
        case .reasonMissing: "membership.paper.reason_missing"
        case .needsElection: "membership.paper.needs_election"
        case .sanctionMissing: "membership.paper.sanction_missing"
        case .endsBeforeItBegins: "membership.paper.ends_before_it_begins"
        case .saysTheFuture: "membership.paper.says_the_future"
        case .unknownMunicipality: "membership.paper.unknown_municipality"
        case .notAccepted: "membership.paper.not_accepted"
        case .withdrawalNotTold: "membership.paper.withdrawal_not_told"
        case .endsOutside: "membership.paper.ends_outside"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .sourceMissing, .reasonMissing, .needsElection, .sanctionMissing, .endsBeforeItBegins,
            .saysTheFuture, .unknownMunicipality, .withdrawalNotTold, .endsOutside:
            .invalid
        case .notProvenByPaper, .needsUser, .ownPaper: .refused
        case .notPending, .notAccepted: .conflict
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .sourceMissing: "source"
        case .reasonMissing, .withdrawalNotTold: "reason"
        case .endsOutside: "last"
        case .needsElection: "process"
        case .sanctionMissing: "sanction"
        case .endsBeforeItBegins: "until"
        case .saysTheFuture: "day"
        case .unknownMunicipality: "municipalities"
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
        case .ownPaper: "Usted registró este documento; lo revisa o lo retira otra persona."
        case .needsElection(let title): "«\(title)» se mira en cada elección: diga en cuál."
        case .sanctionMissing: "Escriba qué sanción es."
        case .endsBeforeItBegins: "El final va después del comienzo. Revise las dos fechas."
        case .saysTheFuture: "El documento no puede ser anterior a lo que dice. Revise las dos fechas."
        case .unknownMunicipality: "Elija un municipio de la lista."
        case .notAccepted:
            "Ese documento no está aceptado, o ya se retiró. Vuelva a la persona y mire cómo está."
        case .withdrawalNotTold: "Escriba por qué se retira, y en qué decisión o documento consta."
        case .endsOutside: "Ese día el documento ya no valía, o no valía todavía. Revise la fecha."
        case .reasonMissing: "Escriba por qué se rechaza, para que la persona sepa qué corregir."
        }
    }
}

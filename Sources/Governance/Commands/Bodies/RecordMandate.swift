public import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

/// Records from its paper a mandate that was not made here: of an election of before, of an appointment, of an
/// office that brings the seat with it.
public struct RecordMandate: Undertaking {
    /// Who may do it.
    public static let permission = Permission.recordMandates
    /// Who is said to hold the seat.
    public enum Holder: Sendable, Hashable {
        /// An affiliate, by document.
        case document(IdentityDocument)
        /// An affiliate who was found already.
        case person(ID<Person>)
        /// Somebody whom the register does not know, by name; outside the alliance alone.
        case name(String)

        /// Takes what a person typed: a document, or a name.
        ///
        /// - Throws: `InvalidInput` for what has digits, as no name has, and is no document.
        public init(typed text: String) throws(InvalidInput) {
            do {
                self = try IdentityDocument.unlessName(text).map(Self.document) ?? .name(text)
            } catch {
                throw InvalidInput([.init(field: "holder", message: error.message)])
            }
        }
    }

    /// The alliance that the body belongs to, `nil` for one of none.
    public let alliance: ID<Alliance>?
    /// The body.
    public let body: ID<Body>
    /// The seat.
    public let seat: ID<Seat>
    /// 0 for the principal, 1 and up for the alternates in their order.
    public let rank: Int
    /// Who holds it.
    public let holder: Holder
    /// The first day.
    public let startsOn: CalendarDate
    /// The last day; `nil` for the longest that the body allows.
    public let endsOn: CalendarDate?
    /// Where it comes from: recorded, an appointment or an office.
    public let origin: MandateSummary.Origin
    /// The paper: minutes, resolution, certificate, with number and date.
    public let paper: String
    /// Its copy.
    public let paperFile: ID<StoredFile>?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``MandateError``.
    public init(
        on seat: ID<Seat>, of body: ID<Body>, in alliance: ID<Alliance>?, rank: Int = 0, holder: Holder,
        from startsOn: CalendarDate, to endsOn: CalendarDate? = nil,
        origin: MandateSummary.Origin = .recorded, paper: String, paperFile: ID<StoredFile>? = nil
    ) throws(MandateError) {
        guard let paper = paper.trimmedOrNil else { throw .paperMissing }
        if case .name(let name) = holder, name.trimmedOrNil == nil { throw .holderMissing }
        self.alliance = alliance
        self.body = body
        self.seat = seat
        self.rank = rank
        self.holder = holder
        self.startsOn = startsOn
        self.endsOn = endsOn
        self.origin = origin
        self.paper = paper
        self.paperFile = paperFile
    }

    /// The alliance's chain, or the office's for a body of none.
    public var stream: AuditStream { .of(alliance) }

    /// Records it.
    ///
    /// - Throws: ``MandateError``, ``BodyError/notFound``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Mandate>> {
        let body = try await transaction.body(body, in: alliance)
        guard let seat = try await transaction.seats(of: body.id).first(where: { $0.id == seat }) else {
            throw MandateError.seatNotFound
        }
        guard [.recorded, .appointment, .exOfficio].contains(origin) else { throw MandateError.paperMissing }
        let mandate = NewMandate(
            seat: seat.id, rank: rank, holder: try await found(for: seat, of: body, in: transaction),
            startsOn: startsOn, endsOn: endsOn, origin: origin, paper: paper, paperFile: paperFile)
        try await transaction.openMandates([mandate], at: now)
        return Audited(
            mandate.id,
            AuditEvent(
                "governance.mandate.recorded", subject: mandate.id,
                details: [
                    "body": body.id.description, "seat": seat.id.description, "rank": String(rank),
                    "starts_on": startsOn.description, "ends_on": endsOn?.description ?? "",
                    "origin": origin.rawValue, "paper": paper,
                ]))
    }

    private func found(
        for seat: Seat, of body: Body, in transaction: borrowing TenantTransaction
    ) async throws -> NewMandate.Holder {
        switch holder {
        case .document(let document):
            guard let person = try await transaction.person(with: document) else {
                throw MandateError.holderNotFound
            }
            return .person(person)
        case .person(let person):
            return .person(person)
        case .name(let name):
            guard body.isExternal, !seat.isElected else { throw MandateError.holderMustBeKnown }
            return .named(name.trimmedOrNil ?? name)
        }
    }
}

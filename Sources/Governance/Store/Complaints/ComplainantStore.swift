public import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Complainant.Authorisation: SQLValue {}

extension Complainant: RowDecodable {
    /// Reads a row of `governance.complainants` that names somebody.
    public init(row: Row) throws(RowError) {
        let name: String = try row["name"]
        let document: String? = try row["document"]
        let contact: String? = try row["contact"]
        let authorisedOn: CalendarDate = try row["authorised_on"]
        let authorisedHow: Authorisation = try row["authorised_how"]
        do {
            try self.init(
                name: name, document: document, contact: contact, authorisedOn: authorisedOn,
                authorisedHow: authorisedHow)
        } catch {
            throw RowError(unreadable: "name", because: error)
        }
    }
}

extension Transaction where Scope == TenantScope {
    /// Who complains, where they authorised it.
    func complainant(of complaint: ID<Complaint>) async throws -> Complainant? {
        try await row(
            """
            select name, document, contact, authorised_on, authorised_how
            from governance.complainants
            where organization_id = \(organization) and complaint_id = \(complaint) and name is not null
            """)
    }

    /// Whether a user filed a complaint as a member.
    func isOwn(_ complaint: ID<Complaint>, of user: ID<User>) async throws -> Bool {
        try await value(
            """
            select exists (
                select from governance.complainants
                where organization_id = \(organization) and complaint_id = \(complaint)
                    and user_id = \(user))
            """) ?? false
    }

    /// Keeps who complains apart from what: the account by which a member finds it, and the name that was authorised.
    func insert(
        _ complainant: Complainant?, user: ID<User>?, of complaint: ID<Complaint>, in alliance: ID<Alliance>,
        at now: Date
    ) async throws {
        guard complainant != nil || user != nil else { return }
        try await execute(
            """
            insert into governance.complainants (
                organization_id, complaint_id, alliance_id, user_id, name, document, contact, authorised_on,
                authorised_how, recorded_at)
            values (
                \(organization), \(complaint), \(alliance), \(user), \(complainant?.name),
                \(complainant?.document), \(complainant?.contact), \(complainant?.authorisedOn),
                \(complainant?.authorisedHow), \(now))
            """)
    }

    /// Erases who complained, but for the account by which a member finds their own.
    func eraseComplainant(
        of complaint: ID<Complaint>, in alliance: ID<Alliance>, on day: CalendarDate, at now: Date
    ) async throws {
        let user: ID<User>? = try await value(
            """
            select user_id from governance.complainants
            where organization_id = \(organization) and complaint_id = \(complaint) and user_id is not null
            """)
        try await execute(
            """
            delete from governance.complainants
            where organization_id = \(organization) and complaint_id = \(complaint)
            """)
        try await insert(nil, user: user, of: complaint, in: alliance, at: now)
        try await execute(
            """
            update governance.complaints set identity_erased_on = \(day)
            where organization_id = \(organization) and complaint_id = \(complaint)
            """)
    }

    /// The complaint that a code is of; `nil` where none of the alliance has it.
    func complaint(by code: ReadableCode, of alliance: ID<Alliance>) async throws -> ID<Complaint>? {
        try await value(
            """
            select complaint_id from governance.complaint_receipts
            where organization_id = \(organization) and alliance_id = \(alliance)
                and receipt_digest = \(code.digest)
            """)
    }

    /// Lets whoever has a code follow a complaint.
    func publishReceipt(
        _ code: ReadableCode, of complaint: ID<Complaint>, numbered number: FilingNumber,
        in alliance: ID<Alliance>, at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.complaint_receipts (
                organization_id, complaint_id, alliance_id, municipality_code, is_public, receipt_digest,
                filing_number, state, filed_at)
            select \(organization), \(complaint), \(alliance),
                coalesce((
                    select min(places.municipality_code) from tenancy.alliance_municipalities as places
                    where places.organization_id = \(organization) and places.alliance_id = \(alliance)
                ), organizations.municipality_code),
                true, \(code.digest), \(number.description), 'filed', \(now)
            from catalogue.organizations where organizations.organization_id = \(organization)
            """)
    }
}

/// Where a complaint stands, as whoever filed it follows it by its code.
public struct ComplaintReceipt: Sendable, Hashable, RowDecodable {
    /// Its radicado.
    public let number: String
    /// Where it stands.
    public let state: Complaint.State
    /// How it ended.
    public let outcome: Complaint.Outcome?
    /// When it was filed.
    public let filedAt: Date
    /// When it was passed on.
    public let transferredAt: Date?
    /// When it was answered.
    public let answeredAt: Date?
    /// When it was closed.
    public let closedAt: Date?

    /// Reads a row of `governance.complaint_receipts`.
    public init(row: Row) throws(RowError) {
        number = try row["filing_number"]
        state = try row["state"]
        outcome = try row["outcome"]
        filedAt = try row["filed_at"]
        transferredAt = try row["transferred_at"]
        answeredAt = try row["answered_at"]
        closedAt = try row["closed_at"]
    }
}

extension Transaction where Scope == PublicScope {
    /// Where the complaint stands that a code is of; `nil` where none of the alliance has it.
    public func complaintReceipt(
        _ code: ReadableCode, of alliance: ID<Alliance>, in organization: ID<Organization>
    ) async throws -> ComplaintReceipt? {
        try await row(
            """
            select filing_number, state, outcome, filed_at, transferred_at, answered_at, closed_at
            from governance.complaint_receipts
            where organization_id = \(organization) and alliance_id = \(alliance)
                and receipt_digest = \(code.digest) and is_public
            """)
    }
}

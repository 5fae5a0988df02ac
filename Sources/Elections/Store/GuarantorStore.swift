import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Guarantor.Kind: SQLValue {}

private struct GuarantorRow: RowDecodable {
    let id: ID<Guarantor>
    let kind: Guarantor.Kind
    let institution: String
    let invitation: String
    let invitedAt: Date
    let name: String?
    let officeTitle: String?
    let user: ID<User>?
    let accreditedAt: Date?

    init(row: Row) throws(RowError) {
        id = try row["guarantor_id"]
        kind = try row["kind"]
        institution = try row["institution"]
        invitation = try row["invitation"]
        invitedAt = try row["invited_at"]
        name = try row["name"]
        officeTitle = try row["office_title"]
        user = try row["user_id"]
        accreditedAt = try row["accredited_at"]
    }
}

private struct RemarkRow: RowDecodable {
    let guarantor: ID<Guarantor>
    let remark: Guarantor.Remark

    init(row: Row) throws(RowError) {
        guarantor = try row["guarantor_id"]
        remark = Guarantor.Remark(body: try row["body"], madeAt: try row["made_at"])
    }
}

extension Transaction where Scope == TenantScope {
    /// The guarantors of a process in the order of their invitations, with what they remarked.
    public func guarantors(of process: ID<ElectoralProcess>) async throws -> [Guarantor] {
        let found = try await rows(
            """
            select guarantor_id, kind, institution, invitation, invited_at, name, office_title, user_id,
                accredited_at
            from elections.guarantors
            where organization_id = \(organization) and process_id = \(process)
            order by invited_at, guarantor_id
            """,
            as: GuarantorRow.self)
        let remarks = try await rows(
            """
            select guarantor_id, body, made_at from elections.guarantor_remarks
            where organization_id = \(organization) and process_id = \(process)
            order by made_at, remark_id
            """,
            as: RemarkRow.self)
        return found.map { row in
            Guarantor(
                id: row.id, kind: row.kind, institution: row.institution, invitation: row.invitation,
                invitedAt: row.invitedAt, name: row.name, officeTitle: row.officeTitle, user: row.user,
                accreditedAt: row.accreditedAt,
                remarks: remarks.filter { $0.guarantor == row.id }.map(\.remark))
        }
    }

    /// Adds an invitation.
    ///
    /// - Throws: ``GuarantorError/alreadyInvited(_:)``.
    func insert(_ invitation: InviteGuarantor, as id: ID<Guarantor>, at now: Date) async throws {
        try await execute(
            """
            insert into elections.guarantors (
                organization_id, guarantor_id, process_id, kind, institution, capacity, invited_at, invited_by,
                invitation)
            values (
                \(organization), \(id), \(invitation.process), \(invitation.kind), \(invitation.institution),
                'guarantor', \(now), \(scope.principal.user), \(invitation.invitation))
            """,
            refusals: [
                "guarantors_institution_key": GuarantorError.alreadyInvited(invitation.institution)
            ])
    }

    /// Ends the right of who came for an institution so far.
    func endGrant(
        of guarantor: ID<Guarantor>, in process: ID<ElectoralProcess>, at now: Date
    ) async throws {
        try await execute(
            """
            update tenancy.grants set ends_at = greatest(\(now), starts_at)
            from elections.guarantors
            where grants.organization_id = \(organization) and guarantors.organization_id = \(organization)
                and guarantors.process_id = \(process) and guarantors.guarantor_id = \(guarantor)
                and grants.grant_id = guarantors.grant_id and (ends_at is null or ends_at > \(now))
            """)
    }

    /// Writes who comes for an institution.
    func accredit(
        _ accreditation: AccreditGuarantor, as user: ID<User>?, by grant: ID<Grant>?,
        being person: ID<Person>?, at now: Date
    ) async throws {
        try await execute(
            """
            update elections.guarantors
            set name = \(accreditation.name), office_title = \(accreditation.officeTitle),
                user_id = \(user), grant_id = \(grant), person_id = \(person), accredited_at = \(now),
                accredited_by = \(scope.principal.user)
            where organization_id = \(organization) and process_id = \(accreditation.process)
                and guarantor_id = \(accreditation.guarantor)
            """)
    }

    /// Adds a remark.
    func insert(_ remark: RecordRemark, at now: Date) async throws {
        try await execute(
            """
            insert into elections.guarantor_remarks (
                organization_id, remark_id, process_id, guarantor_id, body, made_at, recorded_by)
            values (
                \(organization), \(ID<Guarantor.Remark>()), \(remark.process), \(remark.guarantor),
                \(remark.body), \(now), \(scope.principal.user))
            """)
    }
}

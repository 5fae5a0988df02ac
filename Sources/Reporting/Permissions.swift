public import Tenancy

extension Permission {
    /// To see where alliances stand on their obligations.
    public static let seeCompliance = Permission(
        "reporting.compliance.see",
        roles: [
            .officeAdministrator, .office, .board, .member, .electionCommittee, .guarantor, .operator,
        ])
    /// To confirm the terms of an obligation for the alliances of the entity.
    public static let confirmTerms = Permission(
        "reporting.terms.confirm", roles: [.officeAdministrator, .office], isSensitive: true)
    /// To see where the alliances of a control body's municipalities stand.
    public static let watchTerritory = Permission("reporting.territory.watch", roles: [.controlBody])
}

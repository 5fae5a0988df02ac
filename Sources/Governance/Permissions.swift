public import Tenancy

extension Permission {
    /// To read bylaws, bodies, mandates, plans and minutes of an alliance.
    public static let readGovernance = Permission(
        "governance.records.read",
        roles: [
            .officeAdministrator, .office, .board, .member, .electionCommittee, .juror, .witness, .guarantor,
        ])
    /// To register a version of the bylaws.
    public static let adoptBylaws = Permission(
        "governance.bylaws.adopt", roles: [.officeAdministrator, .office, .board])
    /// To create bodies and their seats.
    public static let createBodies = Permission(
        "governance.bodies.create", roles: [.officeAdministrator, .office, .board])
    /// To record mandates, appointments and their end.
    public static let recordMandates = Permission(
        "governance.mandates.record", roles: [.officeAdministrator, .office, .board], isSensitive: true)
}

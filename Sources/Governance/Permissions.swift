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
    /// To import source documents.
    public static let importSources = Permission(
        "governance.sources.import", roles: [.officeAdministrator, .office])
    /// To record how the alliance was constituted and registered.
    public static let recordConstitutions = Permission(
        "governance.constitutions.record", roles: [.officeAdministrator, .office, .board])
    /// To put meetings on the calendar, move them and record how they were called.
    public static let planMeetings = Permission(
        "governance.meetings.plan", roles: [.officeAdministrator, .office, .board])
    /// To record minutes.
    public static let recordMinutes = Permission(
        "governance.minutes.record", roles: [.officeAdministrator, .office, .board])
    /// To register the work plan of a year.
    public static let registerPlans = Permission(
        "governance.plans.register", roles: [.officeAdministrator, .office, .board])
    /// To add signed papers to what was recorded before.
    public static let attachPapers = Permission(
        "governance.papers.attach", roles: [.officeAdministrator, .office, .board])
    /// To follow plans and record reports that were given.
    public static let followPlans = Permission(
        "governance.plans.follow", roles: [.officeAdministrator, .office, .board])
}

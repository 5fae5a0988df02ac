public import Tenancy

// Every right of the module. The office prepares and runs the logistics; the electoral committee decides.

extension Permission {
    /// Sees processes and what is public in them to those who work in the alliance.
    public static let seeProcesses = Permission(
        "elections.processes.see",
        roles: [
            .officeAdministrator, .office, .board, .member, .electionCommittee, .juror, .witness, .guarantor,
            .controlBody, .operator,
        ])
    /// Drafts a process, and changes the draft.
    public static let draftProcesses = Permission(
        "elections.processes.draft", roles: [.office, .board, .electionCommittee])
    /// Publishes the call, and moves a process through its states.
    public static let runProcesses = Permission(
        "elections.processes.run", roles: [.electionCommittee], isSensitive: true)
    /// Sets up places and tables, and shares the electors among them: logistics.
    public static let arrangeTables = Permission(
        "elections.tables.arrange", roles: [.office, .board, .electionCommittee])
    /// Names and relieves jurors.
    public static let appointJurors = Permission(
        "elections.jurors.appoint", roles: [.electionCommittee], isSensitive: true)
}

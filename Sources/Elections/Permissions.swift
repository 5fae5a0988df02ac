public import Tenancy

// Every right of the module. The office prepares and runs the logistics; the electoral committee decides.

extension Permission {
    /// Sees processes and what is public in them to those who work in the alliance.
    public static let seeProcesses = Permission(
        "elections.processes.see",
        roles: [
            .officeAdministrator, .office, .board, .member, .electionCommittee, .juror, .witness, .guarantor,
            .trustee, .credentialAuthority, .controlBody, .operator,
        ])
    /// Reads where oneself stands in the elections of an alliance: on the roll or not, where one votes, what became of
    /// one's claims, and of one's candidacy.
    public static let seeOwnVote = Permission("elections.own_vote.see", roles: [.member, .board])
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
    /// Reads who is on a roll and who is not.
    public static let seeRoll = Permission(
        "elections.roll.see",
        roles: [.officeAdministrator, .office, .board, .electionCommittee, .guarantor, .controlBody])
    /// Files claims against the provisional roll on somebody's behalf.
    public static let fileClaims = Permission(
        "elections.claims.file", roles: [.office, .board, .member, .electionCommittee])
    /// Reads claims with names and documents.
    public static let seeClaims = Permission(
        "elections.claims.see", roles: [.office, .electionCommittee, .guarantor])
    /// Decides claims.
    public static let decideClaims = Permission(
        "elections.claims.decide", roles: [.electionCommittee], isSensitive: true)
    /// Invites institutions to guarantee a process.
    public static let inviteGuarantors = Permission(
        "elections.guarantors.invite", roles: [.office, .electionCommittee])
    /// Accredits who comes for them.
    public static let accreditGuarantors = Permission(
        "elections.guarantors.accredit", roles: [.electionCommittee], isSensitive: true)
    /// Records what guarantors remark.
    public static let recordRemarks = Permission(
        "elections.guarantors.remark", roles: [.electionCommittee, .guarantor])
    /// Proposes or seconds that a table is left out because nobody could vote there; the two come from different roles.
    public static let omitTables = Permission(
        "elections.tables.omit", roles: [.electionCommittee, .guarantor, .board], isSensitive: true)
    /// Proposes or seconds the annulment of a process; the two come from different roles.
    public static let annulProcesses = Permission(
        "elections.processes.annul", roles: [.electionCommittee, .guarantor, .board], isSensitive: true)
}

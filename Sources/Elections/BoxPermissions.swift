public import Tenancy

extension Permission {
    /// To see boxes with what is missing, who keeps their keys and how many voted.
    public static let seeBoxes = Permission(
        "elections.boxes.see",
        roles: [
            .electionCommittee, .juror, .witness, .guarantor, .board, .trustee, .credentialAuthority, .office,
            .officeAdministrator, .controlBody,
        ])
    /// To draft boxes, name trustees and the credential authority, and seal.
    public static let prepareBoxes = Permission(
        "elections.boxes.prepare", roles: [.electionCommittee], isSensitive: true)
    /// To propose or second what is done with a box; the two come from different roles. Jurors, whom the committee names,
    /// end the taking of ballots with it and decide nothing else (``BoxAct/Kind/permission``).
    public static let actOnBoxes = Permission(
        "elections.boxes.act", roles: [.electionCommittee, .guarantor, .board, .juror], isSensitive: true)
    /// To propose or second what is decided about a box: all but its closing.
    public static let decideOnBoxes = Permission(
        "elections.boxes.decide", roles: [.electionCommittee, .guarantor, .board], isSensitive: true)
    /// To make a share of a key and to decrypt with it.
    public static let keepKeys = Permission("elections.boxes.key", roles: [.trustee], isSensitive: true)
    /// To hand in public credentials.
    public static let handInCredentials = Permission(
        "elections.boxes.credentials", roles: [.credentialAuthority], isSensitive: true)
    /// To bind a slip to an elector, in place of a lost one or drawn at a table.
    public static let bindCredentials = Permission(
        "elections.boxes.slips", roles: [.electionCommittee, .juror], isSensitive: true)
    /// To open booths, and to mark who votes on paper beside a box.
    public static let runBooths = Permission(
        "elections.boxes.booths", roles: [.electionCommittee, .juror])
}

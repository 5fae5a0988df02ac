public import Tenancy

extension Permission {
    /// To open and close sessions and votes, and to record incidents.
    public static let runVotingDay = Permission(
        "elections.day.run", roles: [.electionCommittee], isSensitive: true)
    /// To let people in and out at the door.
    public static let checkIn = Permission("elections.day.check_in", roles: [.electionCommittee, .juror])
    /// To enter and reconcile the count of one's own table.
    public static let enterCounts = Permission("elections.counts.enter", roles: [.juror], isSensitive: true)
    /// To freeze the count of a table.
    public static let closeTables = Permission(
        "elections.counts.close", roles: [.electionCommittee, .juror], isSensitive: true)
    /// To canvass, and to draw lots.
    public static let canvass = Permission(
        "elections.canvass.run", roles: [.electionCommittee], isSensitive: true)
    /// To file and answer challenges.
    public static let fileChallenges = Permission(
        "elections.challenges.file",
        roles: [.electionCommittee, .juror, .witness, .guarantor, .member, .board])
    /// To decide challenges.
    public static let decideChallenges = Permission(
        "elections.challenges.decide", roles: [.electionCommittee], isSensitive: true)
    /// To propose or second a proclamation; the two come from different roles.
    public static let proclaim = Permission(
        "elections.proclamation.act", roles: [.electionCommittee, .guarantor, .board], isSensitive: true)
}

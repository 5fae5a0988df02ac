public import Tenancy

extension Permission {
    /// To open and close sessions and votes, and to record incidents.
    public static let runVotingDay = Permission(
        "elections.day.run", roles: [.electionCommittee], isSensitive: true)
    /// To tell what happened that was not meant to.
    public static let recordIncidents = Permission(
        "elections.incidents.record", roles: [.electionCommittee, .juror, .witness, .guarantor])
    /// To let people in and out at the door.
    public static let checkIn = Permission("elections.day.check_in", roles: [.electionCommittee, .juror])
    /// To enter and reconcile the count of one's own table.
    public static let enterCounts = Permission("elections.counts.enter", roles: [.juror], isSensitive: true)
    /// To see the counts of tables, once both juries have entered.
    public static let seeCounts = Permission(
        "elections.counts.see",
        roles: [.electionCommittee, .juror, .witness, .guarantor, .board, .member, .office])
    /// To confirm what the juries of a table agreed on, and to freeze its count.
    public static let closeTables = Permission(
        "elections.counts.close", roles: [.electionCommittee, .juror], isSensitive: true)
    /// To canvass, to announce draws and to write down their numbers.
    public static let canvass = Permission(
        "elections.canvass.run", roles: [.electionCommittee], isSensitive: true)
    /// To confirm the number of a draw: whoever watches the committee.
    public static let confirmDraws = Permission(
        "elections.draws.confirm", roles: [.guarantor, .juror, .witness, .board], isSensitive: true)
    /// To file challenges, and to hand in what proves them or speaks against them.
    public static let fileChallenges = Permission(
        "elections.challenges.file",
        roles: [.electionCommittee, .juror, .witness, .guarantor, .member, .board])
    /// To take in what the other sides answer to a challenge.
    public static let answerChallenges = Permission(
        "elections.challenges.answer", roles: [.electionCommittee])
    /// To see the challenges of a process.
    public static let seeChallenges = Permission(
        "elections.challenges.see",
        roles: [.electionCommittee, .juror, .witness, .guarantor, .member, .board, .office])
    /// To see a canvass whole, with those who signed it.
    public static let seeCanvasses = Permission(
        "elections.canvass.see",
        roles: [
            .electionCommittee, .juror, .witness, .guarantor, .member, .board, .office, .officeAdministrator,
            .controlBody,
        ])
    /// To decide challenges.
    public static let decideChallenges = Permission(
        "elections.challenges.decide", roles: [.electionCommittee], isSensitive: true)
    /// To propose or second a proclamation; the two come from different roles.
    public static let proclaim = Permission(
        "elections.proclamation.act", roles: [.electionCommittee, .guarantor, .board], isSensitive: true)
    /// To print what a vote on paper needs: ballots, lists that electors sign, count sheets. Jurors print those of their
    /// own table, and no ballots.
    public static let printPapers = Permission(
        "elections.papers.print", roles: [.office, .electionCommittee, .juror])
    /// To issue the credentials of those who were proclaimed.
    public static let issueCredentials = Permission(
        "elections.credentials.issue", roles: [.office, .board, .electionCommittee])
}

public import Foundation
public import Kernel

/// What we add to `election.json` under the one member `alianzas`: the terms of the election that the format has no
/// place for.
///
/// Other programs pass the member over, and it is part of the fingerprint φ, which stands in each ballot, in each proof
/// and in each partial decryption: so nobody can change it after the first ballot, nor, where nobody voted, after the
/// first partial decryption. It holds the hashes of `trustees.json` and of the public credentials, which the format
/// binds only to the first event: so those are bound to each ballot as well. The time in the header of the archive is
/// bound by nothing; ``opensAt`` and ``closesAt`` are, as terms: no archive can show when a ballot came.
///
/// ```
/// {"version":1,"process":id,"simulacro":true?,"roll":{"seal":hash,"electors":int},"trustees":hash,
///  "credentials":hash,"opens":time,"closes":time,"quorum":int?,"questions":[contest,…]}
/// contest = {"contest":id,"round":int,"options":[{"number":int,"slate":id,"contender":s},…],"count":count?}
/// ```
///
/// Members stand in this order, and no other may be there.
public struct ElectionTerms: Hashable, Sendable {
    /// The version of the member that this program writes and reads.
    public static let version = 1

    /// The electoral process, as the office that holds it names it.
    public let process: String
    /// Whether this is a mock election (`simulacro`), which elects nobody.
    public let isMock: Bool
    /// The seal of the frozen roll: of paper, of the table and of this box it is one and the same.
    public let rollSeal: HashDigest
    /// How many electors are on the roll.
    public let electors: Int
    /// The hash of `trustees.json`.
    public let trustees: HashDigest
    /// The hash of the list of public credentials.
    public let credentials: HashDigest
    /// When the vote begins, in whole seconds.
    public let opensAt: Date
    /// When the vote ends, in whole seconds.
    public let closesAt: Date
    /// How many electors have to vote in this box for it to be counted; `nil` where no number is asked for, or where
    /// other votes, as those on paper, come on top.
    public let quorum: Int?
    /// What each question decides, in the order of the questions.
    public let contests: [ContestTerms]

    /// The terms of an election; moments lose what they have beyond whole seconds.
    public init(
        process: String, isMock: Bool, rollSeal: HashDigest, electors: Int, trustees: HashDigest,
        credentials: HashDigest, opensAt: Date, closesAt: Date, quorum: Int?, contests: [ContestTerms]
    ) {
        self.process = process
        self.isMock = isMock
        self.rollSeal = rollSeal
        self.electors = electors
        self.trustees = trustees
        self.credentials = credentials
        self.opensAt = Date(timeIntervalSince1970: opensAt.timeIntervalSince1970.rounded(.down))
        self.closesAt = Date(timeIntervalSince1970: closesAt.timeIntervalSince1970.rounded(.down))
        self.quorum = quorum
        self.contests = contests
    }

    /// Asks that the terms have a meaning, and for these questions.
    func check(against questions: [HomomorphicQuestion]) throws(ElectionFault) {
        guard opensAt < closesAt else { throw .terms("opens") }
        guard electors > 0 else { throw .terms("electors") }
        if let quorum { guard (1...electors).contains(quorum) else { throw .terms("quorum") } }
        guard contests.count == questions.count else { throw .terms("questions") }
        for (contest, question) in zip(contests, questions) { try contest.check(against: question) }
    }

    // MARK: Text

    func write(to writer: inout CanonicalWriter) {
        writer.literal(#"{"version":"#)
        writer.integer(Self.version)
        writer.literal(#","process":"#)
        writer.string(process)
        if isMock { writer.literal(#","simulacro":true"#) }
        writer.literal(#","roll":{"seal":"#)
        writer.hash(rollSeal)
        writer.literal(#","electors":"#)
        writer.integer(electors)
        writer.literal(#"},"trustees":"#)
        writer.hash(trustees)
        writer.literal(#","credentials":"#)
        writer.hash(credentials)
        writer.literal(#","opens":"#)
        writer.string(opensAt.formatted(.iso8601))
        writer.literal(#","closes":"#)
        writer.string(closesAt.formatted(.iso8601))
        if let quorum {
            writer.literal(#","quorum":"#)
            writer.integer(quorum)
        }
        writer.literal(#","questions":"#)
        writer.array(contests) { $1.write(to: &$0) }
        writer.literal("}")
    }

    init(reading node: JSONNode) throws(ElectionFault) {
        guard let version = node["version"]?.integer else { throw .terms("version") }
        guard version == Self.version else { throw .termsVersion(version) }
        var members = try TermMembers(node, of: "alianzas")
        _ = try members.integer("version")
        process = try members.string("process")
        isMock = try members.flag("simulacro")
        var roll = try TermMembers(try members.required("roll"), of: "roll")
        rollSeal = try roll.hash("seal")
        electors = try roll.integer("electors")
        try roll.end()
        trustees = try members.hash("trustees")
        credentials = try members.hash("credentials")
        opensAt = try members.time("opens")
        closesAt = try members.time("closes")
        quorum = members.has("quorum") ? try members.integer("quorum") : nil
        var contests: [ContestTerms] = []
        for contest in try members.array("questions") { contests.append(try ContestTerms(reading: contest)) }
        self.contests = contests
        try members.end()
    }
}

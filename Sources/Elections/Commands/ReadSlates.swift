public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// The slates of a process with what it elects.
public struct SlateList: Sendable, Hashable {
    /// The process.
    public let process: ElectionProcess
    /// What it elects, in the order of the ballot.
    public let contests: [Contest]
    /// When slates are taken; `nil` before the call.
    public let window: NominationWindow?
    /// The slates, those admitted first, in the order of the ballot.
    public let slates: [SlateSummary]
    /// The contests in which several stand whose order on the ballot was not drawn.
    public let contestsToOrder: Set<ID<Contest>>
    /// The contests whose order on the ballot was drawn.
    public let orderedContests: Set<ID<Contest>>

    /// Whether slates are taken.
    public func isOpen(at now: Date) -> Bool {
        process.state.takesNominations && window?.isOpen(at: now) == true
    }
}

/// Lists the slates of a process.
public struct ListSlates: Query {
    /// Who may do it.
    public static let permission = Permission.seeProcesses
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks about a process.
    public init(of process: ID<ElectoralProcess>, of alliance: ID<Alliance>) {
        self.process = process
        self.alliance = alliance
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Reads them.
    ///
    /// - Throws: ``ProcessError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> SlateList {
        guard let found = try await transaction.process(process), found.alliance == alliance else {
            throw ProcessError.notFound
        }
        let contests = try await transaction.contests(of: process)
        return SlateList(
            process: found, contests: contests,
            window: try await transaction.nominationWindow(of: process),
            slates: try await transaction.slates(of: process),
            contestsToOrder: try await transaction.contestsToOrder(
                in: process, among: contests.map(\.id)),
            orderedContests: try await transaction.orderedContests(in: process))
    }
}

/// Reads one slate, with what the facts say of its candidates.
public struct ReadSlate: Query {
    /// Who may do it.
    public static let permission = Permission.seeCandidates
    /// The slate.
    public let slate: ID<Slate>
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks for a slate.
    public init(_ slate: ID<Slate>, of process: ID<ElectoralProcess>, of alliance: ID<Alliance>) {
        self.slate = slate
        self.process = process
        self.alliance = alliance
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }
    /// What facts say of the candidates is shown.
    public var disclosure: Disclosure? {
        Disclosure(of: slate, details: ["fields": "name document eligibility"])
    }

    /// Reads it.
    ///
    /// - Throws: ``ProcessError/notFound``, ``SlateError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> SlateFile {
        try await transaction.slateFile(slate, of: process, in: alliance, at: now)
    }
}

/// Reads a paper of a slate: an acceptance, the proof of a disqualification, an appeal.
public struct ReadSlatePaper: Query {
    /// Who may do it.
    public static let permission = Permission.seeCandidates
    /// The paper.
    public let paper: ID<StoredFile>
    /// The slate.
    public let slate: ID<Slate>
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks for a paper.
    public init(
        _ paper: ID<StoredFile>, of slate: ID<Slate>, of process: ID<ElectoralProcess>,
        of alliance: ID<Alliance>
    ) {
        self.paper = paper
        self.slate = slate
        self.process = process
        self.alliance = alliance
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }
    /// A signed paper is shown.
    public var disclosure: Disclosure? { Disclosure(of: slate, details: ["fields": "signed paper"]) }

    /// Reads it with its content.
    ///
    /// - Throws: ``ProcessError/notFound``, `StoredFileError.notFound`.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> (file: FileRecord, content: [UInt8]) {
        guard let found = try await transaction.process(process), found.alliance == alliance else {
            throw ProcessError.notFound
        }
        guard try await transaction.isPaper(paper, of: slate, in: process),
            let file = try await transaction.file(paper),
            let content = try await transaction.content(of: paper)
        else { throw StoredFileError.notFound }
        return (file, content)
    }
}

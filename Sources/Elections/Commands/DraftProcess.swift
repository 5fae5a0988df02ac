public import Foundation
public import Governance
public import Kernel
public import Postgres
public import Tenancy

/// Begins a process in draft for one or several bodies at once, with the rules that the bylaws give each.
public struct DraftProcess: Undertaking {
    /// Who may do it.
    public static let permission = Permission.draftProcesses
    /// The process to be.
    public let process: ElectionProcess
    /// The bodies whose elected seats it fills, in the order of the ballot.
    public let bodies: [ID<Body>]

    /// Takes what a person chose.
    ///
    /// - Throws: ``ProcessError``.
    public init(_ name: String, of alliance: ID<Alliance>, electing bodies: [ID<Body>]) throws(ProcessError) {
        let name = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !name.isEmpty, name.count <= 200 else { throw .unnamed }
        var seen: Set<ID<Body>> = []
        self.bodies = bodies.filter { seen.insert($0).inserted }
        guard !self.bodies.isEmpty else { throw .noContests }
        process = ElectionProcess(id: ID(), alliance: alliance, name: name, state: .draft)
    }

    /// The process's own chain, which begins here; the right is asked in the alliance that it lies in.
    public var stream: AuditStream { process.stream }

    /// Writes process and contests.
    ///
    /// - Throws: ``ProcessError``, `BodyError`.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ElectionProcess> {
        let bylaws = try await transaction.bylaws(of: process.alliance, on: ColombianTime.date(at: now))
        var contests: [Contest] = []
        for id in bodies {
            guard let body = try await transaction.body(id), body.alliance == process.alliance else {
                throw BodyError.notFound
            }
            let seats = try await transaction.seats(of: id).filter(\.isElected)
            guard !seats.isEmpty else { throw ProcessError.noContests }
            contests.append(
                .proposed(
                    for: body, seats: seats, under: bylaws, in: process.id, at: contests.count + 1))
        }
        try await transaction.insert(process, at: now)
        try await transaction.insert(contests)
        return Audited(
            process,
            AuditEvent(
                "elections.process.drafted", subject: process.id,
                details: [
                    "name": process.name,
                    "contests": contests.map { "\($0.name): \($0.seats.count), \($0.rule.rawValue)" }
                        .joined(separator: "; "),
                ]))
    }
}

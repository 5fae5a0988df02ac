public import Foundation
public import Kernel
public import Postgres

/// Calls long work off. What it wrote in whole transactions stays.
public struct CancelJob: Command {
    /// Who may do it.
    public static let permission = Permission.cancelJobs
    /// The job.
    public let id: ID<Job>
    /// The alliance that it concerns.
    public let alliance: ID<Alliance>?

    /// Names the job.
    public init(_ job: Job) {
        id = job.id
        alliance = job.alliance
    }

    /// Where the right is asked and the act is written.
    public var stream: AuditStream { alliance.map { .alliance($0) } ?? .office }

    /// Carries it out.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard let job = try await transaction.job(id), job.alliance == alliance else {
            throw JobError.notFound
        }
        guard try await transaction.cancel(id, at: now) else { throw JobError.hasEnded }
        return Audited(AuditEvent("tenancy.job.cancelled", subject: id, details: ["kind": job.kind]))
    }
}

/// Why long work is not called off.
public enum JobError: UserFacingError, Hashable {
    /// The tenant has no such job.
    case notFound
    /// It is over already.
    case hasEnded
    /// It waits or runs still.
    case isNotOver
    /// It was begun several times and each time broken off.
    case brokenOffRepeatedly

    /// The stable code.
    public var code: String {
        switch self {
        case .notFound: "tenancy.job.not_found"
        case .hasEnded: "tenancy.job.has_ended"
        case .isNotOver: "tenancy.job.is_not_over"
        case .brokenOffRepeatedly: "tenancy.job.broken_off_repeatedly"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound: .notFound
        case .hasEnded, .isNotOver: .conflict
        case .brokenOffRepeatedly: .refused
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notFound: "Esa tarea no existe en esta entidad. Vuelva a la lista de tareas."
        case .hasEnded: "La tarea ya terminó. Vea su resultado en la lista."
        case .isNotOver: "La tarea ya está en curso o terminó bien. Vea su estado en la lista."
        case .brokenOffRepeatedly:
            "La tarea se interrumpió varias veces. Inténtela de nuevo o escriba a quien opera la plataforma."
        }
    }
}

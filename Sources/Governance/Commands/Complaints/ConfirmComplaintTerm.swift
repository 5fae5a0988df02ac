public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Confirms in how long complaints of a kind are answered, with the norm or procedure that orders it. What is passed on
/// from then on is late by it.
public struct ConfirmComplaintTerm: Command {
    /// Who may do it.
    public static let permission = Permission.confirmComplaintTerms
    /// The term.
    public let term: ComplaintTerm

    /// Takes what a person filled in.
    ///
    /// - Throws: ``ComplaintError``.
    public init(
        _ kind: Complaint.Kind, _ risk: Complaint.Risk, _ amount: Int, _ unit: ComplaintTerm.Unit,
        norm: String
    ) throws(ComplaintError) {
        guard let norm = norm.trimmedOrNil, norm.count >= 8 else { throw .normMissing }
        guard (1...2000).contains(amount) else { throw .amountOutOfRange }
        term = ComplaintTerm(
            kind: kind, risk: risk, unit: unit, amount: amount, norm: norm, isConfirmed: true, isOwn: true)
    }

    /// The office's chain.
    public var stream: AuditStream { .office }

    /// Confirms it.
    ///
    /// - Throws: ``ComplaintError/termNotFound`` for a kind that has no term.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard try await transaction.complaintTerms().term(of: term.kind, term.risk) != nil else {
            throw ComplaintError.termNotFound
        }
        try await transaction.insert(term, at: now)
        return Audited(
            AuditEvent(
                "governance.complaint_term.confirmed",
                details: [
                    "kind": term.kind.title, "risk": term.risk.title, "term": term.length, "norm": term.norm,
                ]))
    }
}

/// Takes the confirmation of a term back: what was passed on by it keeps the term that it was told.
public struct WithdrawComplaintTerm: Command {
    /// Who may do it.
    public static let permission = Permission.confirmComplaintTerms
    /// The kind.
    public let kind: Complaint.Kind
    /// The risk.
    public let risk: Complaint.Risk
    /// Why.
    public let reason: String

    /// Takes what a person wrote.
    ///
    /// - Throws: ``ComplaintError/noteMissing``.
    public init(
        _ kind: Complaint.Kind, _ risk: Complaint.Risk, because reason: String
    ) throws(ComplaintError) {
        guard let reason = reason.trimmedOrNil else { throw .noteMissing }
        self.kind = kind
        self.risk = risk
        self.reason = reason
    }

    /// The office's chain.
    public var stream: AuditStream { .office }

    /// Takes it back.
    ///
    /// - Throws: ``ComplaintError/termNotFound`` where nothing was confirmed.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        let count = try await transaction.withdrawComplaintTerms(of: kind, risk, because: reason, at: now)
        guard count > 0 else { throw ComplaintError.termNotFound }
        return Audited(
            AuditEvent(
                "governance.complaint_term.withdrawn",
                details: ["kind": kind.title, "risk": risk.title, "reason": reason]))
    }
}

/// Complaints that wait to be passed on to the entity.
public struct ComplaintsToTransfer: PendingSource {
    /// Tells of them.
    public init() {}

    /// Whoever follows them.
    public var permission: Permission { .followComplaints }

    /// Reads how many there are, by alliance: to be passed on, and those whose confirmed term is near its end or over.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        try await transaction.complaints(in: [.filed, .reopened]).map { $0.item(.complaintsToTransfer) }
            + transaction.complaintsDue(at: now).map { $0.item(.complaintsDue) }
    }
}

/// Answers that the alliance has not checked.
public struct ComplaintsToCheck: PendingSource {
    /// Tells of them.
    public init() {}

    /// The alliance itself.
    public var permission: Permission { .checkComplaints }

    /// Reads how many there are, by alliance.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        try await transaction.complaints(in: [.answered]).map { $0.item(.complaintsToCheck) }
    }
}

public import Foundation
import Kernel
public import Tenancy

/// On whose side somebody works on a complaint: who is complained of does not run the clock of the answer.
public enum ComplaintSide: Sendable, Hashable, CaseIterable {
    /// The office of the entity, which files, passes on and tells what was answered.
    case entity
    /// The alliance itself, by its board.
    case alliance

    /// The side of whoever acts in a space: the alliance's is whoever may check what was corrected.
    public init(of principal: Principal, in stream: AuditStream) {
        self = principal.holds(.checkComplaints, in: stream) ? .alliance : .entity
    }
}

extension Complaint {
    /// Whether the entity ever had it.
    private var wasPassedOn: Bool { transferredAt != nil }

    /// Whether a step may follow from where it stands, by whose side it would be taken.
    ///
    /// Until the entity has it, both sides sort it and may end it. From then on the entity's office passes on what the
    /// alliance took up again and tells what was answered; whatever gives the entity more time, or ends the matter, is the
    /// alliance's. What was passed on is not passed on again before it was answered: the term would begin anew.
    public func allows(_ step: ComplaintStep.Kind, by side: ComplaintSide) -> Bool {
        let isOpenToBoth = side == .alliance || !wasPassedOn
        return switch (step, state) {
        case (.progress, _): true
        case (.analysis, _): side == .alliance
        case (.transferred, .filed), (.transferred, .reopened), (.answered, .transferred): true
        case (.classified, .filed), (.classified, .transferred), (.classified, .reopened):
            isOpenToBoth || Risk.allCases.contains { allowsSorting(as: $0, by: side) }
        case (.checked, .answered): side == .alliance
        case (.closed, .filed), (.closed, .transferred), (.closed, .reopened): isOpenToBoth
        case (.reopened, .closed): isOpenToBoth
        default: false
        }
    }

    /// Whether it may be sorted as of a risk: once the entity has it, its office may only say that waiting does more harm.
    public func allowsSorting(as risk: Risk, by side: ComplaintSide) -> Bool {
        side == .alliance || !wasPassedOn || risk > content.risk
    }

    /// Whether the answer came after the end of a term whose norm somebody confirmed; `nil` without answer or such a term.
    public var wasAnsweredLate: Bool? {
        guard let answeredAt, let dueAt, dueIsConfirmed else { return nil }
        return answeredAt >= dueAt
    }

    /// Until when the entity is to answer, or was to; what was taken up again has no term until it is passed on again.
    public var standingDueAt: Date? { state == .reopened ? nil : dueAt }

    /// A moment at which a step may have happened: not before the step that it follows, nor in the future. A minute is
    /// written without its seconds.
    ///
    /// An answer that the entity's office tells after the term, as of a day within it, takes the paper that shows it.
    ///
    /// - Throws: ``ComplaintError/momentOutOfPlace``, ``ComplaintError/answerUnproven``.
    func requireMoment(
        _ moment: Date, of step: ComplaintStep.Kind, after last: Date, by side: ComplaintSide,
        isProven: Bool, at now: Date
    ) throws(ComplaintError) {
        guard moment <= now, moment >= last.addingTimeInterval(-60) else { throw .momentOutOfPlace }
        guard step == .answered, side == .entity, !isProven, let dueAt else { return }
        guard moment >= dueAt || now < dueAt else { throw .answerUnproven }
    }
}

/// Where a complaint stands after a step. What the step does not touch stays as it was, so that a late answer is not
/// forgotten by what happens later.
struct ComplaintCourse: Sendable, Hashable {
    private(set) var state: Complaint.State
    private(set) var kind: Complaint.Kind
    private(set) var risk: Complaint.Risk
    private(set) var outcome: Complaint.Outcome?
    private(set) var transferredAt: Date?
    private(set) var due: ComplaintDeadline?
    private(set) var answeredAt: Date?
    private(set) var closedAt: Date?

    /// As a complaint stands.
    init(of complaint: Complaint) {
        state = complaint.state
        kind = complaint.content.kind
        risk = complaint.content.risk
        outcome = complaint.outcome
        transferredAt = complaint.transferredAt
        due = complaint.dueAt.map { ComplaintDeadline(end: $0, isConfirmed: complaint.dueIsConfirmed) }
        answeredAt = complaint.answeredAt
        closedAt = complaint.closedAt
    }

    /// Passed on: its term begins.
    mutating func passOn(at moment: Date, until due: ComplaintDeadline?) {
        state = .transferred
        transferredAt = moment
        self.due = due
        answeredAt = nil
    }

    /// Answered.
    mutating func answer(at moment: Date) {
        state = .answered
        answeredAt = moment
    }

    /// Sorted anew. Where the entity has it, the term is reckoned anew from when it got it; where waiting does more harm
    /// than was thought, the entity never gains by it.
    mutating func sort(as content: ComplaintContent, within term: ComplaintTerm?) throws(HolidayCalendarError)
    {
        let isRaised = content.risk > risk
        kind = content.kind
        risk = content.risk
        guard state == .transferred, let transferredAt else { return }
        let reckoned = try term?.deadline(from: transferredAt)
        due = isRaised ? [due, reckoned].compactMap(\.self).max() : reckoned
    }

    /// Over.
    mutating func close(as outcome: Complaint.Outcome, at moment: Date) {
        state = .closed
        self.outcome = outcome
        closedAt = moment
    }

    /// Taken up again: when the entity had it and answered stays told until it is passed on again.
    mutating func reopen() {
        state = .reopened
        outcome = nil
        closedAt = nil
    }
}

/// Until when an entity is to answer, and whether somebody confirmed the norm of that. The greater one binds it more: one
/// by a confirmed norm before one by none, then the earlier.
struct ComplaintDeadline: Sendable, Hashable, Comparable {
    let end: Date
    let isConfirmed: Bool

    static func < (left: Self, right: Self) -> Bool {
        left.isConfirmed == right.isConfirmed ? left.end > right.end : right.isConfirmed
    }
}

extension ComplaintTerm {
    /// Until when an entity that got a complaint at a moment is to answer it.
    func deadline(from start: Date) throws(HolidayCalendarError) -> ComplaintDeadline {
        ComplaintDeadline(end: try end(from: start), isConfirmed: isConfirmed)
    }
}

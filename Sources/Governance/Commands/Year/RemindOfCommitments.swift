public import Foundation
import Kernel
public import Postgres
public import Tenancy

/// Reminds owners of commitments by mail: a week before the day, the day before, on the day, and each week after it.
public struct RemindOfCommitments: Sendable {
    /// Reminds.
    public init() {}

    /// Writes the mails of a day and notes each with its commitment; a commitment whose owner was reminded on the day
    /// is passed over, so that doing it twice reminds once.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws {
        let today = ColombianTime.date(at: now)
        let host = try await transaction.organization(transaction.organization)
        var messages: [OutboxMessage] = []
        let due = try await transaction.commitmentsToRemind(dueBy: today + Commitment.soonDays)
            .filter { $0.isRemindedOf(on: today) }
        let reminded = try await transaction.reminded(of: due.map(\.id), on: today)
        let alliances = Dictionary(try await transaction.alliances().map { ($0.id, $0) }) { first, _ in first
        }
        for commitment in due where !reminded.contains(commitment.id) {
            guard let email = commitment.email, let alliance = alliances[commitment.alliance] else {
                continue
            }
            let mailing = Mailing(
                reminding: email, of: commitment, on: today, alliance: alliance.name,
                sender: host?.shortName ?? alliance.name)
            messages.append(try OutboxMessage(mailing, about: commitment.id))
            try await transaction.insert(
                CommitmentStep(kind: .reminded, happenedOn: today), of: commitment.id, at: now)
        }
        transaction.post(messages, at: now)
    }
}

extension Mailing {
    /// The reminder of a commitment.
    init(
        reminding email: String, of commitment: Commitment, on today: CalendarDate, alliance: String,
        sender: String
    ) {
        let due = commitment.dueOn.map(SpanishFormat.longDate) ?? ""
        let state =
            switch commitment.standing(on: today) {
            case .overdue(let days): "venció hace \(SpanishFormat.count(days, "día", "días")), el \(due)"
            case .due(daysLeft: 0): "vence hoy, \(due)"
            default: "vence el \(due)"
            }
        self.init(
            to: email, subject: "Recordatorio de un compromiso con \(alliance)",
            text: """
                Señores \(commitment.owner.name):

                Este compromiso con \(alliance) \(state):

                «\(commitment.activity)»

                Se adquirió el \(SpanishFormat.longDate(commitment.madeOn)). Si ya se cumplió, responda con la evidencia a su \
                contacto en la alianza o en \(sender), para que quede anotado.
                """)
    }
}

import Foundation
import Kernel
import Membership
import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// The draft of a meeting's minutes, locked, and one of those who sign them.
    ///
    /// - Throws: ``MinutesError/notFound``.
    func signer(
        _ id: UUID, of meeting: ID<Meeting>, in alliance: ID<Alliance>
    ) async throws -> (MinutesDraft, MinutesSigner) {
        guard try await self.meeting(meeting, of: alliance) != nil,
            let draft = try await lockedMinutes(of: meeting),
            let signer = try await minutesSigners(of: draft.id).first(where: { $0.id == id })
        else { throw MinutesError.notFound }
        return (draft, signer)
    }

    /// Whether a signature is that of who acts.
    func isOwn(_ signer: MinutesSigner) async throws -> Bool {
        guard let user = scope.principal.user else { return false }
        if signer.user == user { return true }
        guard let person = signer.person else { return false }
        return try await self.person(of: user) == person
    }

    /// Asks that who acts is the signer, and that they still may.
    ///
    /// - Throws: ``MinutesError/notTheSigner``, ``MinutesError/rightOver(name:office:)``.
    func requireRight(of signer: MinutesSigner, on day: CalendarDate) async throws {
        guard try await isOwn(signer) else { throw MinutesError.notTheSigner }
        try await requireMandate(of: signer, on: day)
    }

    /// Asks that the signer holds the seat by which they sign: nobody signs past their right.
    ///
    /// - Throws: ``MinutesError/rightOver(name:office:)``.
    func requireMandate(of signer: MinutesSigner, on day: CalendarDate) async throws {
        guard try await hasRight(signer, on: day) else {
            throw MinutesError.rightOver(name: signer.name, office: signer.office)
        }
    }

    /// Whether the signer holds the seat by which they sign on a day.
    func hasRight(_ signer: MinutesSigner, on day: CalendarDate) async throws -> Bool {
        guard let seat = signer.seat else { return true }
        return try await mayAct(signer.person, named: signer.name, for: seat, on: day)
    }
}

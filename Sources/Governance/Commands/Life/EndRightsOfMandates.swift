public import Foundation
import Kernel
public import Postgres
public import Tenancy

/// Ends, once a day, the rights of those whose mandate is over: by its date, by whoever followed on the seat, or before.
///
/// A right that came from a mandate ends with it. One that the office gave by hand to somebody who then held a seat of the
/// alliance ends with the last seat that they held; one given later, or to who never held a seat, is the office's to end.
/// Whoever goes on until replaced, and whoever was elected again, serves and keeps it.
public struct EndRightsOfMandates: Sendable {
    /// Ends them.
    public init() {}

    /// Ends those of a tenant; doing it twice ends nothing twice.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws {
        let over = try await transaction.rightsOfPastMandates(on: ColombianTime.date(at: now), at: now)
        guard !over.isEmpty else { return }
        try await transaction.endRights(
            over.map { ($0.grant, $0.user, $0.role, $0.alliance) }, because: "Terminó su período", at: now)
    }
}

public import Foundation
public import Kernel
public import Tenancy

/// The scan of a signature on paper: it signs once somebody who saw it said that it is the one.
public struct MinutesScan: Sendable, Hashable {
    /// Identifies it.
    public let id: ID<MinutesScan>
    /// The file.
    public let file: ID<StoredFile>
    /// The day on the paper.
    public let datedOn: CalendarDate
    /// Who attached it; `nil` for the server.
    public let attachedBy: ID<User>?
    /// When somebody said that it is the one.
    public let confirmedAt: Date?
}

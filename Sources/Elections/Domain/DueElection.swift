public import Governance
public import Kernel

/// An election that is due in a body of an alliance: seats that it elects end soon or are empty, nobody is next in order
/// for them, and no process was begun.
public struct DueElection: Sendable, Hashable {
    /// The days before the end of a period within which its election is to be called.
    public static let days = 90

    /// The alliance; `nil` for a body of none.
    public let alliance: AllianceName?
    /// The body.
    public let body: ID<Body>
    /// Its name.
    public let bodyName: String
    /// How many of its seats are to be elected.
    public let seats: Int
    /// How many of them nobody holds.
    public let vacant: Int
    /// The day by which somebody should be elected: the last one of the period that ends first, or the first without a
    /// holder; `nil` where nobody ever held the seats.
    public let dueOn: CalendarDate?
}

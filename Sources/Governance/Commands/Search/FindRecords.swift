public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// A record that a search found.
public struct FoundRecord: Sendable, Hashable {
    /// What it is, with what leads to it.
    public enum Subject: Sendable, Hashable {
        case meeting(ID<Meeting>)
        /// The minutes of a meeting, by their number.
        case minutes(ID<Meeting>, number: Int)
        case complaint(ID<Complaint>, FilingNumber)
        case letter(ID<Letter>, FilingNumber)
    }

    /// What it is.
    public let subject: Subject
    /// The alliance.
    public let alliance: ID<Alliance>
    /// What it is called.
    public let title: String
    /// Its day.
    public let day: CalendarDate
}

/// Finds records of one kind over several alliances.
public struct FindRecords: Query {
    /// How many are found of a kind at the most.
    public static let limit = 20

    /// What is looked for.
    public enum Kind: Sendable, Hashable, CaseIterable {
        case meetings, minutes, complaints, letters

        /// The right that it needs in each of the alliances.
        public var permission: Permission {
            switch self {
            case .meetings: .readGovernance
            case .minutes: .readMinutes
            case .complaints: .readComplaints
            case .letters: .readLetters
            }
        }

        /// Whether something of the kind can be what was typed.
        public func mayFit(_ search: RecordSearch) -> Bool {
            switch self {
            case .meetings: true
            case .minutes: search.minutesNumber != nil
            case .complaints: search.filing.map { $0.series != .letter } ?? false
            case .letters: search.filing.map { $0.series != .complaint } ?? false
            }
        }
    }

    /// Reading what is held of an alliance at all; ``Kind/permission`` is asked in each space besides.
    public static let permission = Permission.readGovernance
    /// What is looked for.
    public let kind: Kind
    /// What was typed.
    public let search: RecordSearch
    /// Where is looked.
    public let alliances: [ID<Alliance>]

    /// Looks for records.
    public init(_ kind: Kind, by search: RecordSearch, in alliances: [ID<Alliance>]) {
        self.kind = kind
        self.search = search
        self.alliances = alliances
    }

    /// The first of the chains.
    public var stream: AuditStream { alliances.first.map { .alliance($0) } ?? .office }
    /// The right is asked in all of them.
    public var streams: [AuditStream] { alliances.map { .alliance($0) } }

    /// Looks, the latest first.
    ///
    /// - Throws: `AccessError/notPermitted`.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> [FoundRecord] {
        for alliance in alliances {
            try transaction.scope.principal.require(kind.permission, in: .alliance(alliance))
        }
        return switch kind {
        case .meetings: try await transaction.meetings(found: self)
        case .minutes: try await transaction.minutes(found: self)
        case .complaints: try await transaction.complaints(found: self)
        case .letters: try await transaction.letters(found: self)
        }
    }
}

public import Foundation
public import Kernel
public import Tenancy

/// A line of the sheet of calls (`hoja de llamadas`) of a meeting: somebody to call by telephone.
public struct CallSheetLine: Sendable, Hashable {
    /// Why somebody is called.
    public enum Source: String, Sendable, Hashable, CaseIterable {
        /// A member, or somebody of the body that meets.
        case member
        /// Somebody who used the services in the year before the meeting.
        case user

        /// The name on screens.
        public var title: String {
            switch self {
            case .member: "Convocado"
            case .user: "Usó los servicios en el último año"
            }
        }
    }

    /// What came of a call.
    public enum Outcome: String, Sendable, Hashable, CaseIterable {
        /// They come.
        case coming
        /// They may come.
        case maybe
        /// They do not come.
        case notComing = "not_coming"
        /// Nobody answered.
        case noAnswer = "no_answer"
        /// The number is another's.
        case wrongNumber = "wrong_number"
        /// They do not want to be called.
        case doNotCall = "do_not_call"

        /// The name on screens.
        public var title: String {
            switch self {
            case .coming: "Asiste"
            case .maybe: "Tal vez"
            case .notComing: "No asiste"
            case .noAnswer: "No contesta"
            case .wrongNumber: "Número errado"
            case .doNotCall: "Pide que no le llamen"
            }
        }

        /// Whether somebody heard of the meeting by it.
        public var isReached: Bool { [.coming, .maybe, .notComing].contains(self) }
    }

    /// Identifies the line.
    public let id: ID<CallSheetLine>
    /// Its place, from 1.
    public let position: Int
    /// The person.
    public let person: ID<Person>
    /// Their name.
    public let name: String
    /// Their telephone, as the register had it when the sheet was made.
    public let phone: String?
    /// Why they are called.
    public let source: Source
    /// What came of the last call; `nil` before the first.
    public let outcome: Outcome?
    /// When that was.
    public let calledAt: Date?
    /// How often they were called.
    public let attempts: Int
}

/// How the calls of a sheet went.
public struct CallSheetCount: Sendable, Hashable {
    /// How many lines there are.
    public let lines: Int
    /// How many have no telephone.
    public let withoutPhone: Int
    /// How many calls came to each outcome.
    public let outcomes: [CallSheetLine.Outcome: Int]

    /// Describes a sheet.
    public init(lines: Int, withoutPhone: Int, outcomes: [CallSheetLine.Outcome: Int]) {
        self.lines = lines
        self.withoutPhone = withoutPhone
        self.outcomes = outcomes
    }

    /// How many were called.
    public var called: Int { outcomes.values.reduce(0, +) }
    /// How many are to be called.
    public var left: Int { lines - withoutPhone - called }
    /// How many heard of the meeting.
    public var reached: Int { outcomes.filter { $0.key.isReached }.values.reduce(0, +) }
}

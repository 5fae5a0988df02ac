import Crypto
public import Foundation
public import Kernel
public import Tenancy

/// A roll as it was published: its header.
public struct RollNotice: Sendable, Hashable {
    /// Which of the two rolls.
    public enum Phase: String, Sendable, Hashable, CaseIterable {
        case provisional, frozen

        /// The words on screens.
        public var title: String {
            switch self {
            case .provisional: "Censo provisional"
            case .frozen: "Censo definitivo"
            }
        }
    }

    /// The process.
    public let process: ID<ElectoralProcess>
    /// Its name.
    public let processName: String
    /// Which of the two rolls.
    public let phase: Phase
    /// How many may vote.
    public let electors: Int
    /// The salt of its digests, 16 bytes.
    let salt: [UInt8]
    /// The seal of the frozen roll.
    public let sha256: [UInt8]?
    /// Until when claims are taken.
    public let claimsUntil: Date?
    /// When it was published.
    public let publishedAt: Date

    /// Whether claims are taken at a moment.
    public func takesClaims(at now: Date) -> Bool {
        phase == .provisional && claimsUntil.map { now < $0 } ?? true
    }

    /// The digest by which a person finds their own answer, as `elections.answer_digest` has it.
    func digest(of document: IdentityDocument, bornOn birthDate: CalendarDate) -> [UInt8] {
        let text = HashChain.canonicalList([
            document.type.rawValue, document.number, birthDate.description,
        ])
        return Array(SHA256.hash(data: salt + Array(text.utf8)))
    }
}

/// A line of the public board.
public struct RollBoardLine: Sendable, Hashable {
    /// The name, of each word the first letter.
    public let name: String
    /// The document, of its number the end.
    public let document: String
    /// The municipality, by name.
    public let municipality: String
}

/// What a published roll says to a person about themselves.
public struct RollAnswer: Sendable, Hashable {
    /// Whether the person is on the roll.
    public enum Standing: String, Sendable, Hashable, CaseIterable {
        case `in`, out, unproven
    }

    /// Whether the person is on the roll; `nil` for somebody who is no member and only claimed.
    public let standing: Standing?
    /// Why not, and what cures it, a sentence or two each.
    public let reasons: [String]
    /// Where the person votes, once the roll is frozen.
    public let place: String?
    /// The claims about the person.
    public let claims: [ClaimAnswer]
}

/// What became of a claim.
public struct ClaimAnswer: Sendable, Hashable {
    /// The number of the claim.
    public let number: Int
    /// What was asked.
    public let kind: Claim.Kind
    /// Where it stands.
    public let state: Claim.State
    /// Why it was decided so.
    public let decisionReason: String?
    /// When it was filed.
    public let filedAt: Date
    /// When it was decided.
    public let decidedAt: Date?
}

public import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

/// The minutes of a meeting as a person has them before them, from draft to seal.
public struct MinutesFile: Sendable {
    /// Somebody who signs, as the one who looks sees them.
    public struct Signing: Sendable, Hashable {
        /// The signer.
        public let signer: MinutesSigner
        /// Whether it is who looks.
        public let isOwn: Bool
        /// Whether they still hold the seat by which they sign.
        public let hasRight: Bool
        /// Where a code was sent that is good still.
        public let codeSentTo: String?
        /// The scan of their paper that waits for somebody to look at it.
        public let scan: MinutesScan?
        /// Whether who looks may bring another scan of the paper.
        public let mayReplace: Bool

        init(
            _ signer: MinutesSigner, isOwn: Bool = false, hasRight: Bool = true, codeSentTo: String? = nil,
            scan: MinutesScan? = nil, mayReplace: Bool = false
        ) {
            self.signer = signer
            self.isOwn = isOwn
            self.hasRight = hasRight
            self.codeSentTo = codeSentTo
            self.scan = scan
            self.mayReplace = mayReplace
        }
    }

    /// A seat whose holder may sign.
    public struct SeatChoice: Sendable, Hashable {
        /// The seat.
        public let seat: ID<Seat>
        /// The body, the seat and its holder.
        public let title: String
    }

    /// The meeting.
    public let meeting: Meeting
    /// What is kept of the draft; `nil` before anything is.
    public let draft: MinutesDraft?
    /// What a person wrote, or what a draft begins with.
    public let free: MinutesDraft.Free
    /// The words: of the latest version that was circulated, or as they would be now.
    public let text: MinutesText
    /// Whether the words are composed now, and not those of a version.
    public let isComposedNow: Bool
    /// Whether what happened or was written since says something else than the version.
    public let hasNews: Bool
    /// Whether the words that are kept are no longer those that were hashed.
    public let isAltered: Bool
    /// The digest of the version.
    public let digest: HashDigest?
    /// What is missing.
    public let gaps: [MinutesGap]
    /// Who signs.
    public let signings: [Signing]
    /// Whose seats may sign.
    public let seats: [SeatChoice]
    /// What was asked to change.
    public let observations: [MinutesObservation]
    /// How many were mailed that the version may be observed.
    public let told: Int
    /// By which decisions they may be approved.
    public let approving: [ApprovingDecision]
    /// By which decisions they may be corrected.
    public let correcting: [ApprovingDecision]
    /// What later meetings corrected.
    public let corrections: [MinutesCorrection]
    /// Their seal.
    public let seal: MinutesSeal?
    /// Earlier texts that they resemble.
    public let likeness: [TextLikeness.Finding]
    /// Whether who looks was in the meeting.
    public let wasThere: Bool
    /// Today.
    public let today: CalendarDate

    /// Where they stand.
    public var state: MinutesDraft.State { draft?.state ?? .draft }
    /// Whether a signature is the last that lacks, with which the minutes are sealed.
    public func isLast(_ signer: MinutesSigner) -> Bool {
        signer.signature == nil
            && signings.allSatisfy { $0.signer.id == signer.id || $0.signer.signature != nil }
    }
    /// Whether all have signed.
    public var isSigned: Bool { !signings.isEmpty && signings.allSatisfy { $0.signer.signature != nil } }
}

/// Reads the minutes of a meeting: a draft for those who write it, circulated ones for those who were there too, and
/// approved ones for members.
public struct ReadMinutes: Query {
    /// Who may do it.
    public static let permission = Permission.readMinutes
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>

    /// Asks for the minutes of a meeting.
    public init(of meeting: ID<Meeting>, in alliance: ID<Alliance>) {
        self.alliance = alliance
        self.meeting = meeting
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }
    /// Names of those who came are shown.
    public var disclosure: Disclosure? { Disclosure(of: meeting, details: ["fields": "attendance signers"]) }

    /// Reads them.
    ///
    /// - Throws: ``MinutesError``.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> MinutesFile {
        guard let meeting = try await transaction.meeting(meeting, of: alliance)?.meeting else {
            throw MinutesError.notFound
        }
        let draft = try await transaction.minutesDraft(of: meeting.id)
        if draft == nil {
            if try await transaction.minutes(of: meeting.id) != nil { throw MinutesError.onPaper }
            guard meeting.state == .held || meeting.state == .inSession else { throw MinutesError.notHeld }
        }
        let today = ColombianTime.date(at: now)
        let writes = transaction.scope.principal.holds(.writeMinutes, in: stream)
        let wasThere = try await transaction.wasIn(meeting.id)
        var signings: [MinutesFile.Signing] = []
        if let draft {
            for signer in try await transaction.minutesSigners(of: draft.id) {
                let scans = writes ? try await transaction.minutesScans(of: signer.id) : []
                signings.append(
                    MinutesFile.Signing(
                        signer, isOwn: try await transaction.isOwn(signer),
                        hasRight: try await transaction.hasRight(signer, on: today),
                        codeSentTo: try await transaction.signingCode(of: signer.id, at: now)?.sentTo,
                        scan: scans.waiting,
                        mayReplace: scans.mayReplace(signer, as: transaction.scope.principal)))
            }
        }
        let state = draft?.state ?? .draft
        let signs = signings.contains(where: \.isOwn)
        guard writes || signs || state == .approved || state == .sealed || state == .circulated && wasThere
        else { throw MinutesError.notFound }

        let free: MinutesDraft.Free
        if let draft { free = draft.free } else { free = try await transaction.firstWords(of: meeting) }
        var signers = signings.map(\.signer)
        if signers.isEmpty {
            signers = try await transaction.proposedSigners(
                of: meeting, in: alliance, facilitator: free.facilitator.map { ($0, free.facilitatorPost) })
        }
        let facts = try await transaction.minutesFacts(
            of: meeting, in: alliance, free: free, signers: signers)
        let composed = facts.text
        var version: MinutesVersion?
        if let draft, draft.version > 0 {
            version = try await transaction.minutesVersions(of: draft.id).last { $0.version == draft.version }
        }
        var seal: MinutesSeal?
        if let draft { seal = try await transaction.minutesSeal(of: draft.id) }
        let text = try version.map { try MinutesText(canonical: $0.words) } ?? composed
        let isOpen = state == .draft || state == .circulated
        let digest = version.map { HashDigest(of: $0.words) }
        let isSealed = state == .sealed
        var observations: [MinutesObservation] = []
        var told = 0
        var approving: [ApprovingDecision] = []
        var correcting: [ApprovingDecision] = []
        var corrections: [MinutesCorrection] = []
        if let draft {
            observations = try await transaction.minutesObservations(of: draft.id)
            corrections = try await transaction.minutesCorrections(of: draft.id)
            if state == .circulated { told = try await transaction.countTold(of: draft) }
            if writes, state == .circulated {
                approving = try await transaction.approvingDecisions(of: draft)
            }
            if writes, isSealed {
                correcting = try await transaction.correctingDecisions(of: draft, after: meeting)
            }
        }
        return MinutesFile(
            meeting: meeting, draft: draft, free: free, text: text, isComposedNow: version == nil,
            hasNews: isOpen && version != nil && composed != text,
            isAltered: digest != version?.sha256 || seal.map { $0.wordsDigest != digest } ?? false,
            digest: digest, gaps: isOpen ? facts.gaps : [],
            signings: signings.isEmpty
                ? signers.map { .init($0) } : signings,
            seats: writes ? try await transaction.seatChoices(in: alliance, on: today) : [],
            observations: observations, told: told, approving: approving, correcting: correcting,
            corrections: corrections, seal: seal,
            likeness: isSealed || !writes && !signs
                ? []
                : TextLikeness.findings(
                    in: (isOpen ? composed : text).narrative,
                    among: try await transaction.earlierMinutes(before: meeting.id, of: alliance)),
            wasThere: wasThere, today: today)
    }
}

/// The book of minutes of an alliance and its bodies.
public struct ReadBook: Query {
    /// Who may do it.
    public static let permission = Permission.readMinutes
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks for an alliance.
    public init(of alliance: ID<Alliance>) { self.alliance = alliance }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it, the latest meeting first; drafts are for those who write them.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> [BookEntry] {
        let writes = transaction.scope.principal.holds(.writeMinutes, in: stream)
        return try await transaction.bookEntries(of: alliance).filter { writes || $0.state != .draft }
    }
}

/// Where the minutes of a meeting stand, for the meeting's page.
public struct MinutesStage: Sendable, Hashable {
    /// Where they stand; `nil` where nothing is kept yet.
    public let state: MinutesDraft.State?
    /// Their number.
    public let number: Int?
    /// How many have signed.
    public let signed: Int
    /// How many are to sign.
    public let signers: Int
    /// How many observations wait for an answer.
    public let waiting: Int
}

extension Transaction where Scope == TenantScope {
    /// Where the minutes of a meeting stand; `nil` for a meeting that has none to come, whose minutes were recorded
    /// from paper, or for who may not read them yet.
    public func minutesStage(of meeting: Meeting, in alliance: ID<Alliance>) async throws -> MinutesStage? {
        let stream = AuditStream.alliance(alliance)
        guard meeting.state == .held || meeting.state == .inSession,
            scope.principal.holds(.readMinutes, in: stream)
        else { return nil }
        let writes = scope.principal.holds(.writeMinutes, in: stream)
        guard let draft = try await minutesDraft(of: meeting.id) else {
            guard writes, try await minutes(of: meeting.id) == nil else { return nil }
            return MinutesStage(state: nil, number: nil, signed: 0, signers: 0, waiting: 0)
        }
        switch draft.state {
        case .draft where !writes: return nil
        case .circulated:
            let wasThere = try await wasIn(meeting.id)
            guard writes || wasThere else { return nil }
        default: break
        }
        let signers = try await minutesSigners(of: draft.id)
        return MinutesStage(
            state: draft.state, number: draft.approved?.number, signed: signers.count { $0.signature != nil },
            signers: signers.count,
            waiting: try await minutesObservations(of: draft.id).count { $0.isAccepted == nil })
    }

    /// The seats of the alliance's own bodies that somebody holds on a day.
    fileprivate func seatChoices(
        in alliance: ID<Alliance>, on day: CalendarDate
    ) async throws -> [MinutesFile.SeatChoice] {
        try await seatedBodies(of: alliance, on: day).filter { !$0.body.isExternal }.flatMap { seated in
            seated.seatings.compactMap { seating in
                seating.principal.map {
                    MinutesFile.SeatChoice(
                        seat: seating.seat.id,
                        title: "\(seating.seat.title), \(seated.body.name): \($0.mandate.holderName)")
                }
            }
        }
    }
}

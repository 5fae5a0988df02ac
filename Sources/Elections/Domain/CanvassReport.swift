public import Foundation
public import Kernel

/// Everything that the acta de escrutinio of a contest says. The page, the PDF and the public page are all written
/// from it, so that none can tell another figure.
public struct CanvassReport: Codable, Sendable, Hashable {
    /// One option with what it obtained.
    public struct Line: Codable, Sendable, Hashable {
        /// The name on the ballot.
        public let name: String
        /// Its votes.
        public let votes: Int
        /// Its seats.
        public let seats: Int
    }

    /// The frozen count of a table.
    public struct Table: Codable, Sendable, Hashable {
        /// Its number.
        public let number: Int
        /// The place.
        public let place: String
        /// Its address; `nil` in what was published before this was told.
        public let address: String?
        /// The municipality in which it stands; `nil` in what was published before this was told.
        public let municipality: String?
        /// The votes of each option, in the order of the lines.
        public let votes: [Int]
        /// Blank votes.
        public let blank: Int
        /// Null votes.
        public let null: Int
        /// Unmarked ballots.
        public let unmarked: Int
        /// Ballots that did not come back.
        public let unreturned: Int
        /// People who voted.
        public let voters: Int
        /// Whether the juries differed and agreed.
        public let isReconciled: Bool
        /// Why they agreed as they did; left out where the report is published.
        public let reconciliation: String?
        /// Whether a challenge annulled it.
        public let isAnnulled: Bool
        /// When the vote opened there.
        public let openedAt: Date
        /// When it closed.
        public let closedAt: Date?
        /// Those who counted, jury by jury; left out where the report is published.
        public let jurors: [String]
        /// The figures that were agreed, with what each jury had counted; `nil` where the report is published.
        public var differences: [Difference]?
    }

    /// A figure of a table on which its juries differed, or that both had wrong.
    public struct Difference: Codable, Sendable, Hashable {
        /// What was counted, in words.
        public let figure: String
        /// What the first jury counted.
        public let first: Int
        /// What the second jury counted.
        public let second: Int
        /// What they agreed on.
        public let agreed: Int
    }

    /// Somebody who is elected.
    public struct Elected: Codable, Sendable, Hashable {
        /// The seat.
        public let seat: String
        /// 0 for the principal, 1 and up for alternates.
        public let rank: Int
        /// The name.
        public let name: String
        /// The slate.
        public let slate: String
        /// The first day of the term; `nil` until the proclamation opens it, or the posesión where one follows.
        public let startsOn: CalendarDate?
        /// Its last day.
        public let endsOn: CalendarDate?
    }

    /// A challenge with its decision, without names.
    public struct ChallengeRecord: Codable, Sendable, Hashable {
        /// Its number.
        public let number: Int
        /// The ground, in words.
        public let ground: String
        /// The state: `open`, `upheld`, `dismissed`.
        public let state: String
        /// What it did, in words.
        public let effect: String?
        /// Why it was decided so; left out where the report is published.
        public let reason: String?
        /// When it was filed.
        public let filedAt: Date
        /// When it was decided.
        public let decidedAt: Date?
    }

    /// An incident.
    public struct Incident: Codable, Sendable, Hashable {
        /// Its kind, in words.
        public let kind: String
        /// The table, where it happened at one.
        public let table: Int?
        /// What happened; left out where the report is published.
        public let account: String?
        /// When.
        public let happenedAt: Date
        /// Who recorded it; left out where the report is published.
        public let author: String?
    }

    /// A departure from the hours that were announced: a vote put off, or a table that closed later.
    public struct Change: Codable, Sendable, Hashable {
        /// What was changed, in words, with its hours.
        public let what: String
        /// Why; left out where the report is published.
        public let reason: String?
        /// Who ordered it; left out where the report is published.
        public let author: String?
        /// When it was ordered.
        public let madeAt: Date?
    }

    /// A remark of a guarantor.
    public struct Remark: Codable, Sendable, Hashable {
        /// The institution.
        public let institution: String
        /// What was remarked, word by word; left out where the report is published.
        public let body: String?
        /// When.
        public let madeAt: Date
    }

    /// A sealed record.
    public struct Record: Codable, Sendable, Hashable {
        /// The number in the alliance's book.
        public let number: Int
        /// Whether it is the final one.
        public let isFinal: Bool
        /// The SHA-256 of its text, in hexadecimal.
        public let sha256: String
        /// The text that was sealed.
        public let text: String
        /// When.
        public let sealedAt: Date
    }

    /// Who signs, by role.
    public struct Signer: Codable, Sendable, Hashable {
        /// The name, where it is known.
        public let name: String?
        /// As what.
        public let role: String
    }

    /// The alliance.
    public let alliance: String
    /// The process.
    public let process: String
    /// The contest.
    public let contest: String
    /// The seats to fill.
    public let seats: Int
    /// The counting rule (raw value of ``CountingRule``).
    public let rule: String
    /// Where the rule comes from.
    public let rulesSource: String
    /// How people voted, in words.
    public let votingMode: String
    /// The round.
    public let round: Int
    /// The version of the canvass, 1 being the first.
    public let version: Int
    /// When it was made.
    public let madeAt: Date
    /// The day of the proclamation.
    public let proclaimedOn: CalendarDate?
    /// When the call was published.
    public let calledAt: Date?
    /// How long those elected serve, at most, in months.
    public let termMonths: Int
    /// The norm behind that term.
    public let termNorm: String?
    /// Electors of the frozen roll.
    public let electors: Int
    /// Its seal, in hexadecimal.
    public let rollSeal: String
    /// When the session in which it was voted was opened and closed.
    public let session: [Date]
    /// The quorum as it was found before each vote.
    public let quorum: [String]
    /// The options in the order of the ballot.
    public let lines: [Line]
    /// The tables.
    public let tables: [Table]
    /// Blank votes.
    public let blank: Int
    /// Null votes.
    public let null: Int
    /// Unmarked ballots.
    public let unmarked: Int
    /// Ballots that did not come back.
    public let unreturned: Int
    /// People who voted.
    public let voters: Int
    /// The quotient, as an exact fraction.
    public let quotient: String
    /// The arithmetic, sentence by sentence.
    public let steps: [String]
    /// What it says (raw value of ``CountResult/Outcome``).
    public let outcome: String
    /// Seats that stay vacant.
    public let vacant: Int
    /// Those tied.
    public let tied: [String]
    /// The seats for which they are tied.
    public let tiedSeats: Int
    /// Those who go to a runoff.
    public let runoff: [String]
    /// Those elected, by seat.
    public let elected: [Elected]
    /// The draws of its ties.
    public let draws: [DrawRecord]
    /// Challenges of the process that concern the contest.
    public let challenges: [ChallengeRecord]
    /// When challenges are taken.
    public let window: [Date]
    /// Votes that were put off, of the whole process or of one place.
    public let postponements: [Change]
    /// Tables where nobody could vote, with why; `nil` in what was published before these were told.
    public let omissions: [Change]?
    /// The electronic boxes beside the tables; `nil` in what was published before there were any.
    public var boxes: [Box]?
    /// The draw of the order of the ballot; `nil` where it was not drawn.
    public var ballotOrder: DrawRecord?
    /// Tables whose few ballots another counted; `nil` in what was published before these were told.
    public let mergers: [Merger]?
    /// Later closings.
    public let extensions: [Change]
    /// Incidents.
    public let incidents: [Incident]
    /// Remarks of guarantors.
    public let remarks: [Remark]
    /// Who gave up the rest of the term to challenge.
    public let waivers: [NotedWaiver]
    /// The sealed records of the last version.
    public let records: [Record]
    /// Who signs; left out where the report is published.
    public let signers: [Signer]
    /// Where the contest stands (raw value of ``Contest/State``).
    public let state: String

    /// Valid votes: those of the options and the blank ones.
    public var valid: Int { lines.reduce(blank) { $0 + $1.votes } }
    /// The steps of the count, without those that repeat a draw.
    public var countSteps: [String] { steps.filter { !DrawStep.isSentence($0) } }
    /// The steps that repeat the draws.
    public var drawSteps: [String] { steps.filter(DrawStep.isSentence) }
    /// Where the vote was held, each place once: «Casa de la cultura, Calle 10 # 5-20, San Antero (Córdoba)».
    public var places: [String] {
        let stood =
            tables.map { ($0.number, [$0.place, $0.address, $0.municipality]) }
            + (mergers ?? []).map { ($0.table, [$0.place, $0.address, $0.municipality]) }
        return stood.sorted { $0.0 < $1.0 }.reduce(into: []) { places, table in
            let place = table.1.compactMap(\.self).joined(separator: ", ")
            if !places.contains(place) { places.append(place) }
        }
    }
    /// What the canvass says.
    public var result: CountResult.Outcome { CountResult.Outcome(rawValue: outcome) ?? .void }
    /// Whether the contest was annulled, whatever its count says.
    public var isAnnulled: Bool { state == Contest.State.annulled.rawValue }
    /// Whether a final record was sealed.
    public var isFinal: Bool { records.contains(where: \.isFinal) }

    /// The result in one sentence.
    public var sentence: String {
        if isAnnulled { return "Esta elección se anuló: nadie resultó elegido." }
        switch result {
        case .elected:
            let parts = lines.filter { $0.seats > 0 }.sorted { $0.seats > $1.seats }.map {
                "\($0.name) obtuvo \($0.seats == seats && seats == 1 ? "el puesto" : "\($0.seats) de \(SpanishFormat.count(seats, "puesto", "puestos"))")"
            }
            let vacancy =
                vacant > 0
                ? " \(SpanishFormat.count(vacant, "puesto queda vacante", "puestos quedan vacantes"))." : ""
            return "\(SpanishFormat.list(parts)).\(vacancy)"
        case .tie:
            return
                "Empate entre \(SpanishFormat.list(tied)) por \(SpanishFormat.count(tiedSeats, "puesto", "puestos")): se define por sorteo."
        case .runoff:
            return tied.isEmpty
                ? "Nadie alcanzó la mayoría absoluta: hay segunda vuelta \(runoff.count > 1 ? "entre" : "con") \(SpanishFormat.list(runoff))."
                : "Nadie alcanzó la mayoría absoluta, y hay empate entre \(SpanishFormat.list(tied)) para pasar a la segunda vuelta."
        case .blankWins:
            return
                "Ganó el voto en blanco: nadie resulta elegido y la elección se repite sin las mismas candidaturas."
        case .nobody:
            return
                "Nadie resultó elegido: \(vacant == 1 ? "el puesto queda vacante" : "los \(vacant) puestos quedan vacantes")."
        case .void:
            return "No hubo votos válidos: la elección queda desierta."
        }
    }

    /// The report as anybody may read it: without the names of jurors, witnesses, authors and signers, and without what
    /// people wrote of incidents, remarks, changes and challenges, where others may be named.
    public var published: Self {
        Self(
            alliance: alliance, process: process, contest: contest, seats: seats, rule: rule,
            rulesSource: rulesSource, votingMode: votingMode, round: round, version: version, madeAt: madeAt,
            proclaimedOn: proclaimedOn, calledAt: calledAt, termMonths: termMonths, termNorm: termNorm,
            electors: electors, rollSeal: rollSeal, session: session,
            quorum: quorum, lines: lines,
            tables: tables.map {
                Table(
                    number: $0.number, place: $0.place, address: $0.address,
                    municipality: $0.municipality, votes: $0.votes, blank: $0.blank, null: $0.null,
                    unmarked: $0.unmarked, unreturned: $0.unreturned, voters: $0.voters,
                    isReconciled: $0.isReconciled, reconciliation: nil, isAnnulled: $0.isAnnulled,
                    openedAt: $0.openedAt,
                    closedAt: $0.closedAt, jurors: [])
            },
            blank: blank, null: null, unmarked: unmarked, unreturned: unreturned, voters: voters,
            quotient: quotient, steps: steps, outcome: outcome, vacant: vacant, tied: tied,
            tiedSeats: tiedSeats, runoff: runoff, elected: elected,
            draws: draws.map(\.published),
            challenges: challenges.map {
                ChallengeRecord(
                    number: $0.number, ground: $0.ground, state: $0.state, effect: $0.effect, reason: nil,
                    filedAt: $0.filedAt, decidedAt: $0.decidedAt)
            },
            window: window, postponements: postponements.map(\.published),
            omissions: omissions?.map(\.published), boxes: boxes?.map(\.published),
            ballotOrder: ballotOrder?.published,
            mergers: mergers?.map(\.published),
            extensions: extensions.map(\.published),
            incidents: incidents.map {
                Incident(
                    kind: $0.kind, table: $0.table, account: nil, happenedAt: $0.happenedAt, author: nil)
            },
            remarks: remarks.map { Remark(institution: $0.institution, body: nil, madeAt: $0.madeAt) },
            waivers: waivers.map { NotedWaiver(party: $0.party, notedBy: nil, notedAt: $0.notedAt) },
            records: records, signers: [], state: state)
    }
}

extension CanvassReport {
    /// The term of those elected in words: from the proclamation, once there is one.
    public var term: String {
        let length = SpanishFormat.count(termMonths, "mes", "meses")
        let norm = termNorm.map { " (\($0))" } ?? ""
        if let first = elected.first, let start = first.startsOn, let end = first.endsOn,
            elected.allSatisfy({ $0.startsOn == start && $0.endsOn == end })
        {
            return "Del \(SpanishFormat.date(start)) al \(SpanishFormat.date(end))"
        }
        guard let proclaimedOn else { return "\(length) como máximo\(norm)" }
        return
            "Hasta \(length) desde el \(SpanishFormat.date(proclaimedOn)), o desde la posesión donde la norma la pide\(norm)"
    }

    /// Whether a ballot may bear several marks, so that votes and ballots are not as many.
    public var hasSeveralMarks: Bool { rule == CountingRule.atLarge.rawValue && seats > 1 }

    /// Whether a draw has something to settle.
    public var isTied: Bool { !isAnnulled && (result == .tie || (result == .runoff && !tied.isEmpty)) }
}

extension CanvassReport.Change {
    /// What was changed, without why and by whom.
    var published: Self { Self(what: what, reason: nil, author: nil, madeAt: madeAt) }
}

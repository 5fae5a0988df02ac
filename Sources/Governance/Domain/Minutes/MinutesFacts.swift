import Foundation
import Kernel
import Tenancy

/// What happened in a meeting, as its minutes tell it: read from what was kept at its time, never typed again.
struct MinutesFacts: Sendable {
    /// Whose the meeting was.
    struct Place: Sendable, Hashable {
        /// The entity.
        let entity: Organization
        /// The alliance.
        let alliance: String
        /// Its municipality.
        let municipality: String?
        /// The body that met.
        let body: String?
    }

    /// The call as it was issued last.
    struct Notice: Sendable, Hashable {
        let issuedOn: CalendarDate
        let givenDays: Int
        let requiredDays: Int?
        let countsBusinessDays: Bool
        let requiredBy: String?
        let shortNoticeReason: String?
    }

    /// A channel by which people were called.
    struct Call: Sendable, Hashable {
        let sentOn: CalendarDate
        let channel: String
        let reached: Int?
        let hasProof: Bool
    }

    /// Somebody who was there, from when to when.
    struct Attendance: Sendable, Hashable {
        /// In which capacity.
        enum Capacity: String, Sendable, Hashable, CaseIterable {
            case entitled, user, guest, guarantor, entity, facilitator

            /// One of them.
            var one: String {
                switch self {
                case .entitled: "Con derecho a decidir"
                case .user: "Usuario"
                case .guest: "Invitado"
                case .guarantor: "Garante"
                case .entity: "De la entidad"
                case .facilitator: "Facilitador"
                }
            }

            /// Several of them.
            var many: String {
                switch self {
                case .entitled: "Con derecho a decidir"
                case .user: "Usuarios que no son de la alianza"
                case .guest: "Invitados"
                case .guarantor: "Garantes"
                case .entity: "De la entidad"
                case .facilitator: "Facilitadores"
                }
            }

            /// Somebody of them without a name.
            var somebody: String {
                switch self {
                case .entitled: "una persona asociada"
                case .user: "una persona usuaria"
                case .guest: "una persona invitada"
                case .guarantor: "un garante"
                case .entity: "una persona de la entidad"
                case .facilitator: "quien facilitó la reunión"
                }
            }
        }

        /// The seat by which somebody may decide.
        struct Seat: Sendable, Hashable {
            let id: UUID
            let office: String
            /// 0 for the principal, from 1 on for alternates in their order.
            let rank: Int

            /// The office, as it is held.
            var words: String { rank == 0 ? office : "\(office), suplente" }
        }

        let person: UUID?
        let name: String
        let capacity: Capacity
        let represents: String?
        let isRemote: Bool
        let arrivedAt: Date
        let leftAt: Date?
        let seat: Seat?

        /// Whether it overlaps another stay.
        func overlaps(_ other: Self) -> Bool {
            arrivedAt < (other.leftAt ?? .distantFuture) && other.arrivedAt < (leftAt ?? .distantFuture)
        }
    }

    /// Somebody who excused themselves.
    struct Excuse: Sendable, Hashable {
        let person: UUID
        let name: String
        let reason: String
    }

    /// Whoever could decide: the holder of a seat of the body that met.
    struct Entitled: Sendable, Hashable {
        let person: UUID?
        let name: String
        let office: String
    }

    /// A scan of the signed list.
    struct Scan: Sendable, Hashable {
        let sheet: String?
        let sha256: HashDigest
    }

    /// Whether there was a quorum at a moment.
    struct Check: Sendable, Hashable {
        /// Why it was looked at.
        enum Occasion: String, Sendable, Hashable, CaseIterable {
            case opening, decision, lost, regained, asked

            var words: String {
                switch self {
                case .opening: "Al abrir la sesión"
                case .decision: "Al decidir"
                case .lost: "Se perdió el quórum"
                case .regained: "Se recuperó el quórum"
                case .asked: "A solicitud"
                }
            }
        }

        let id: UUID
        let occasion: Occasion
        let call: Int
        let base: Int
        let present: Int
        let required: Int
        let isMet: Bool
        let source: String
        let checkedAt: Date
    }

    /// What was decided.
    struct Decision: Sendable, Hashable {
        let id: UUID
        let item: ID<AgendaItem>?
        let position: Int
        let decision: String
        let proposedBy: String?
        let manner: String
        let majority: String
        let share: String?
        let shareOf: String
        let majoritySource: String
        let inFavor: Int
        let against: Int
        let blank: Int
        let abstained: Int
        let needed: Int
        let isAdopted: Bool
        let check: UUID?
        let present: Int
        let entitled: Int
        let approvesMinutes: ID<Minutes>?
        let withdrawal: String?
        let byName: [NominalVote]
    }

    /// A turn of somebody who spoke.
    struct Speech: Sendable, Hashable {
        /// The point on which; `nil` between two.
        let item: ID<AgendaItem>?
        let name: String
    }

    /// What was asked.
    struct Question: Sendable, Hashable {
        let item: ID<AgendaItem>?
        let askedBy: String?
        let question: String
        let answer: String?
        let answeredBy: String?
    }

    /// What somebody took on.
    struct Commitment: Sendable, Hashable {
        let activity: String
        let owner: String
        let ownerKind: Governance.Commitment.Owner.Kind
        let dueOn: CalendarDate?
        /// The point that it comes of; `nil` of a decision, or of the meeting as a whole.
        let item: ID<AgendaItem>?
        /// The decision that it comes of.
        let decision: UUID?
    }

    /// What was said of an earlier commitment.
    struct Review: Sendable, Hashable {
        let commitment: Commitment
        let kind: String
        let note: String
        let dueAfter: CalendarDate?
    }

    /// What shows that the meeting was held.
    struct Evidence: Sendable, Hashable {
        let title: String
        let sha256: String
    }

    /// Earlier minutes that the meeting dealt with.
    struct Earlier: Sendable, Hashable {
        let words: String
    }

    /// Whose the meeting was.
    let place: Place
    /// The meeting.
    let meeting: Meeting
    /// What a person wrote.
    let free: MinutesDraft.Free
    /// The format of the day.
    let format: DocumentFormat?
    /// Its agenda.
    let agenda: [AgendaItem]
    let notice: Notice?
    let calls: [Call]
    let attendances: [Attendance]
    let excuses: [Excuse]
    let entitled: [Entitled]
    let scans: [Scan]
    let evidence: [Evidence]
    let checks: [Check]
    /// Who spoke, in the order in which they did.
    let speeches: [Speech]
    /// How the session was opened, closed and opened again.
    let steps: [SessionStep]
    let decisions: [Decision]
    let questions: [Question]
    let commitments: [Commitment]
    let reviews: [Review]
    let earlier: [Earlier]
    let enrolled: Int
    /// Who signs.
    let signers: [MinutesSigner]
}

public import Foundation
public import Kernel
public import Tenancy

/// Who keeps a share of the key of a box (`custodio de la llave`).
public struct BoxTrustee: Sendable, Hashable {
    /// For which body somebody keeps a share: two of the same would be one.
    public enum Body: String, Sendable, Hashable, CaseIterable {
        /// The electoral committee.
        case committee
        /// The control body or guarantor.
        case control
        /// The alliance, by a delegate of its own.
        case alliance
        /// Another; of these there may be several.
        case other

        /// The words on screens.
        public var title: String {
            switch self {
            case .committee: "Comité electoral"
            case .control: "Organismo de control o garante"
            case .alliance: "Delegado de la alianza"
            case .other: "Otro"
            }
        }

        /// What somebody of the body is in the process; who keeps a share for it is this, or a trustee and nothing else.
        public var capacity: Capacity {
            switch self {
            case .committee: .committee
            case .control: .guarantor
            case .alliance, .other: .trustee
            }
        }
    }

    /// Identifies the appointment.
    public let id: ID<BoxTrustee>
    /// Their number among the trustees, from 1: the owner of their partial decryption.
    public let number: Int
    /// For whom they keep it.
    public let body: Body
    /// The user.
    public let user: ID<User>
    /// Their name.
    public let name: String
    /// What they have sent in the ceremony that counts.
    public let posted: Set<TrusteeMessage.Kind>

    /// Whether they have sent something.
    public func hasPosted(_ kind: TrusteeMessage.Kind) -> Bool { posted.contains(kind) }
}

/// What the browser of a trustee sends: halves of keys that anybody may see, and proofs. Never a key.
public struct TrusteeMessage: Sendable, Hashable {
    /// What it is. The raw values are those of the database.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The public key of a trustee without whom nothing is decrypted, with its proof: a box whose threshold is all.
        case singleKey = "single_key"
        /// Step 1 of a shared key: who the member is.
        case certificate
        /// Step 2: the polynomial in the exponent, and the shares encrypted to each.
        case polynomial
        /// Step 3: the key of the member's share, with its proof.
        case verificationKey = "verification_key"
        /// That the key file opens what is encrypted to it.
        case trial
        /// Their part of the result.
        case partialDecryption = "partial_decryption"
    }

    /// Who sent it, by number.
    public let number: Int
    /// What it is.
    public let kind: Kind
    /// What it says, as it came.
    public let content: [UInt8]
    /// When it came; `nil` of one that is only being taken in.
    public let postedAt: Date?

    /// What a trustee sent.
    public init(number: Int, kind: Kind, content: [UInt8], postedAt: Date? = nil) {
        self.number = number
        self.kind = kind
        self.content = content
        self.postedAt = postedAt
    }
}

extension BallotBox {
    /// Whether each trustee has a key of their own and all are needed, rather than shares of one.
    public var hasSingleKeys: Bool { choices.threshold == choices.trustees }

    /// What trustees have to send until the box is sealed, in this order: nobody sends a step before all have sent the
    /// one before.
    public var keySteps: [TrusteeMessage.Kind] {
        hasSingleKeys ? [.singleKey] : [.certificate, .polynomial, .verificationKey]
    }

    /// What a trustee is to send now; `nil` where nothing is asked of them.
    public func step(of trustee: BoxTrustee, among trustees: [BoxTrustee]) -> TrusteeMessage.Kind? {
        switch state {
        case .preparing:
            guard trustees.count == choices.trustees,
                let due = keySteps.first(where: { step in trustees.contains { !$0.hasPosted(step) } })
            else { return nil }
            return trustee.hasPosted(due) ? nil : due
        case .sealed: return trustee.hasPosted(.trial) ? nil : .trial
        case .tallied: return trustee.hasPosted(.partialDecryption) ? nil : .partialDecryption
        case .open, .closed, .counted, .annulled: return nil
        }
    }
}

/// Who makes the credentials of a box (`autoridad de credenciales`).
public struct BoxAuthority: Sendable, Hashable {
    /// Identifies the appointment.
    public let id: ID<BoxAuthority>
    /// The user.
    public let user: ID<User>
    /// Their name.
    public let name: String
}

/// The public half of a credential, as its authority hands it in.
public struct BoxCredential: Sendable, Hashable {
    /// S(g^s), as the format writes it.
    public let credential: String
    /// What stands on the outside of the slip; needed where it belongs to nobody yet.
    public let serial: String?
    /// Whose it is; `nil` for a slip that is drawn at a table, and for a spare.
    public let person: ID<Person>?
    /// Whether it is kept for who loses theirs.
    public let isSpare: Bool

    /// A public credential.
    public init(
        _ credential: String, serial: String? = nil, of person: ID<Person>? = nil, isSpare: Bool = false
    ) {
        self.credential = credential
        self.serial = serial
        self.person = person
        self.isSpare = isSpare
    }
}

/// How many credentials a box has.
public struct CredentialCount: Sendable, Hashable {
    /// In the list.
    public let total: Int
    /// That belong to an elector and may be used.
    public let bound: Int
    /// That belong to nobody, kept to be drawn.
    public let drawn: Int
    /// That are kept for who loses theirs.
    public let spare: Int
    /// That were made unusable.
    public let unusable: Int
}

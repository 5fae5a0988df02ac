public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// What electronic boxes ask of those who carry them, and tables with few ballots of their jurors and committee.
public struct TasksOfBoxes: PendingSource {
    /// Which of them.
    public enum Subject: Sendable, CaseIterable {
        /// What a trustee is to send: a step of the key, the trial, the decryption.
        case keys
        /// Credentials that nobody has made.
        case credentials
        /// What is done by two people and one of them proposed.
        case acts
        /// A box that lacks nothing for its next step.
        case steps
        /// Few ballots of a table that wait to go into the urn of another.
        case merges
    }

    private let subject: Subject

    /// Tells of one sort.
    public init(_ subject: Subject) {
        self.subject = subject
    }

    /// Whoever does them.
    public var permission: Permission {
        switch subject {
        case .keys: .keepKeys
        case .credentials: .handInCredentials
        case .acts: .actOnBoxes
        case .steps: .prepareBoxes
        case .merges: .closeTables
        }
    }

    /// Reads which there are for who looks: a line for each box, and for the merges of a process.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        guard let user = transaction.scope.principal.user else { return [] }
        if subject == .merges {
            let isCommittee = transaction.scope.principal.grants.contains { $0.role == .electionCommittee }
            return try await transaction.mergesToConfirm(by: user, ofAnyTable: isCommittee).map {
                $0.item(.mergeToConfirm)
            }
        }
        var items: [PendingItem] = []
        for box in try await transaction.boxesGoingOn() {
            let words: (kind: PendingItem.Kind, name: String)? =
                switch subject {
                case .keys: try await transaction.keyStep(of: user, in: box).map { (.ownKeyStep, $0.title) }
                case .credentials:
                    try await transaction.awaitsCredentials(of: user, in: box)
                        ? (.credentialsToMake, box.title) : nil
                case .acts:
                    try await transaction.openActs(of: box.id).first {
                        transaction.scope.principal.canSecond($0, in: box.place.stream)
                    }.map { (.boxActToSecond, $0.kind.title) }
                case .steps: try await transaction.nextStep(of: box, at: now).map { (.boxStep, $0) }
                case .merges: nil
                }
            guard let words else { continue }
            items.append(
                PendingItem(
                    words.kind, count: 1, in: box.place.stream, since: box.stateChangedAt,
                    names: [words.name], subject: box.id.description))
        }
        return items
    }
}

extension Principal {
    /// Whether somebody is the second person of an act: not who proposed it, and in another role.
    fileprivate func canSecond(_ act: BoxAct, in stream: AuditStream) -> Bool {
        act.proposer != user && role(for: act.kind.permission, in: stream, besides: act.role) != nil
    }
}

extension TrusteeMessage.Kind {
    /// What a trustee is to do, in words.
    fileprivate var title: String {
        switch self {
        case .singleKey, .certificate: "hacer su parte de la llave"
        case .polynomial: "comparar los signos con los demás custodios"
        case .verificationKey: "terminar su parte de la llave"
        case .trial: "probar que su llave abre"
        case .partialDecryption: "descifrar la suma de los votos"
        }
    }
}

extension Transaction where Scope == TenantScope {
    fileprivate func keyStep(of user: ID<User>, in box: BallotBox) async throws -> TrusteeMessage.Kind? {
        let trustees = try await trustees(of: box)
        guard let trustee = trustees.first(where: { $0.user == user }) else { return nil }
        return box.step(of: trustee, among: trustees)
    }

    fileprivate func awaitsCredentials(of user: ID<User>, in box: BallotBox) async throws -> Bool {
        guard box.state == .preparing, try await authority(of: box.id)?.user == user else { return false }
        return try await credentialCount(of: box.id).total == 0
    }

    /// What the committee does next with a box that lacks nothing for it and for which nothing is proposed.
    fileprivate func nextStep(of box: BallotBox, at now: Date) async throws -> String? {
        // Nothing else is left of one that will not be opened, and its voters wait.
        if box.state == .closed, box.isTooSmall {
            guard try await openActs(of: box.id).isEmpty else { return nil }
            return "\(BoxAct.Kind.annul.verb) la \(box.title.lowercased())"
        }
        let step: String
        switch box.state {
        case .preparing: step = "sellar"
        case .sealed: step = BoxAct.Kind.open.verb
        case .open where box.choices.closesAt <= now: step = BoxAct.Kind.close.verb
        case .closed: step = BoxAct.Kind.count.verb
        default: return nil
        }
        let file = try await boxFile(of: box.id, in: box.place, at: now)
        guard file.obstacles(at: now).isEmpty, file.acts.isEmpty else { return nil }
        return "\(step) la \(box.title.lowercased())"
    }
}

extension BoxAct.Kind {
    fileprivate var verb: String { title.split(separator: " ").first.map { "proponer \($0)" } ?? title }
}

import Elections
import Kernel

/// What the trustee's module needs to know: where the ceremony stands, and what all have sent that anybody may read.
struct TrusteeState: Encodable {
    /// What is asked of trustees.
    enum Stage: String, Encodable {
        case key, trial, wait, decrypt, done
    }

    let uuid: String
    let group: String
    let size: Int
    let threshold: Int
    /// The trustee's own number, from 1.
    let number: Int
    /// Which making of the key counts.
    let ceremony: Int
    let stage: Stage
    /// What this trustee has sent.
    let sent: [String]
    /// The names of all, by number.
    let people: [String]
    /// How far each has come, in words.
    let progress: [String]
    /// What this trustee is told while nothing is asked of them.
    let standing: [String]
    /// The first messages of all, by number; `null` where one is missing.
    let certificates: [String?]
    let polynomials: [String?]
    /// `election.json` and `trustees.json`, byte by byte, once the box is sealed.
    let election: String?
    let trustees: String?
    /// The number r of which the trial decrypts g^r.
    let trial: String?
    /// How many votes were left out before the count.
    let excluded: Int
    /// Where the archive is.
    let archive: String
}

extension TrusteeState {
    /// What a desk shows, as its module reads it.
    init(_ desk: TrusteeDesk, archive: String) {
        let box = desk.box
        func texts(_ kind: TrusteeMessage.Kind) -> [String?] {
            (1...box.choices.trustees).map { number in
                desk.messages.first { $0.number == number && $0.kind == kind }
                    .map { String(decoding: $0.content, as: UTF8.self) }
            }
        }
        func text(_ bytes: [UInt8]?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }
        self.init(
            uuid: box.uuid, group: box.choices.group.rawValue, size: box.choices.trustees,
            threshold: box.choices.threshold, number: desk.trustee.number, ceremony: box.ceremony,
            stage: Stage(box.state), sent: desk.trustee.posted.map(\.rawValue),
            people: desk.trustees.map(\.name),
            progress: desk.trustees.map { TrusteeStanding(desk).words(for: $0) },
            standing: TrusteeStanding(desk).sentences,
            certificates: texts(.certificate), polynomials: texts(.polynomial),
            election: text(desk.election), trustees: text(desk.keys), trial: desk.trialNumber,
            excluded: box.excluded, archive: archive)
    }
}

extension TrusteeState.Stage {
    fileprivate init(_ state: BallotBox.State) {
        self =
            switch state {
            case .preparing: .key
            case .sealed: .trial
            case .open, .closed: .wait
            case .tallied: .decrypt
            case .counted, .annulled: .done
            }
    }
}

/// How far the trustees of a box have come, and what the one whose page it is waits for.
struct TrusteeStanding {
    private let desk: TrusteeDesk

    init(_ desk: TrusteeDesk) {
        self.desk = desk
    }

    private var box: BallotBox { desk.box }
    private var own: BoxTrustee { desk.trustee }

    /// What a trustee has done, or has to do next.
    func words(for trustee: BoxTrustee) -> String {
        if let due = box.step(of: trustee, among: desk.trustees) { return due.waiting }
        switch box.state {
        case .preparing: return isKeyMade ? "Llave hecha" : "Espera a los demás"
        case .sealed, .open, .closed: return "Llave probada"
        case .tallied: return "Ya descifró"
        case .counted:
            return trustee.hasPosted(.partialDecryption) ? "Ya descifró" : "No hizo falta su descifrado"
        case .annulled: return "Urna anulada"
        }
    }

    /// What the trustee is told while nothing is asked of them: what arrived, what is missing and from whom, and what file and
    /// sheet are still needed for.
    var sentences: [String] {
        switch box.state {
        case .preparing:
            [
                "Su parte de la llave quedó hecha.",
                rest.isEmpty && isKeyMade
                    ? "Falta que el comité selle la urna. Después vuelva a esta página y pruebe la llave."
                    : missing("terminar su parte"),
                "Guarde bien el archivo y la hoja. Los necesitará para probar la llave y después del cierre.",
            ]
        case .sealed:
            [
                arrived("Su llave quedó probada", .trial),
                rest.isEmpty
                    ? "Todos los custodios probaron la suya. Falta que dos personas abran la urna."
                    : missing("probar su llave"),
                Self.untilClosing,
            ]
        case .open:
            [
                "Su llave quedó probada, y la urna está abierta. Falta que se cierre y se cuente.",
                Self.untilClosing,
            ]
        case .closed:
            [
                "La urna está cerrada. Falta que dos personas la manden contar: entonces se descifra.",
                Self.untilClosing,
            ]
        case .tallied:
            [
                arrived("Su descifrado llegó", .partialDecryption),
                missingParts == 1
                    ? "Falta el de otro custodio." : "Faltan los de otros \(missingParts) custodios.",
                "No tiene que descifrar otra vez. Guarde el archivo y la hoja hasta que la proclamación esté en firme.",
            ]
        case .counted:
            own.hasPosted(.partialDecryption)
                ? [arrived("Su descifrado llegó", .partialDecryption), "La urna quedó contada."]
                : ["La urna quedó contada. El descifrado suyo no hizo falta."]
        case .annulled: ["La urna se anuló: no se cuenta."]
        }
    }

    private static let untilClosing =
        "Guarde bien el archivo y la hoja. Los necesitará otra vez después del cierre, para descifrar."

    private var isKeyMade: Bool {
        guard let last = box.keySteps.last, desk.trustees.count == box.choices.trustees else { return false }
        return desk.trustees.allSatisfy { $0.hasPosted(last) }
    }

    /// Of whom the step is still asked that this trustee has done.
    private var rest: [BoxTrustee] {
        desk.trustees.filter { box.step(of: $0, among: desk.trustees) != nil }
    }

    /// How many decryptions are still needed.
    private var missingParts: Int {
        max(0, box.choices.threshold - desk.trustees.count { $0.hasPosted(.partialDecryption) })
    }

    private func missing(_ work: String) -> String {
        rest.isEmpty
            ? "Falta que el comité nombre a los demás custodios."
            : "A \(SpanishFormat.list(rest.map(\.name))) le\(rest.count == 1 ? "" : "s") falta \(work)."
    }

    /// That something of theirs came, and when.
    private func arrived(_ words: String, _ kind: TrusteeMessage.Kind) -> String {
        let hour = desk.messages.first { $0.number == own.number && $0.kind == kind }?.postedAt
        return SpanishFormat.sentence(
            hour.map { "\(words) el \(SpanishFormat.longDateAndTime($0))" } ?? words)
    }
}

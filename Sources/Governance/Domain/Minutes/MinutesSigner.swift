public import Foundation
public import Kernel
public import Tenancy

/// Somebody who signs minutes, by the office in which they do.
public struct MinutesSigner: Sendable, Hashable {
    /// How somebody signs.
    public enum Way: String, Sendable, Hashable, CaseIterable {
        /// With a finger or a mouse.
        case drawn
        /// By a code sent to their address.
        case code
        /// On paper, whose scan is bound.
        case paper

        /// The name on screens and in the document.
        public var title: String {
            switch self {
            case .drawn: "Firma dibujada en pantalla"
            case .code: "Código de un solo uso enviado a su correo"
            case .paper: "Firma en papel, con su copia guardada"
            }
        }
    }

    /// That somebody signed.
    public struct Signature: Sendable, Hashable {
        /// How.
        public let way: Way
        /// The drawing, where there is one.
        public let drawing: SignatureDrawing?
        /// What shows it: the hidden address of a code.
        public let proof: String?
        /// The scan.
        public let paper: ID<StoredFile>?
        /// The digest of the text that was signed.
        public let digest: HashDigest
        /// The version of that text.
        public let version: Int
        /// When.
        public let at: Date
    }

    /// Identifies the signer in these minutes.
    public let id: UUID
    /// Their place among the signers, from 1.
    public let position: Int
    /// The office.
    public let office: String
    /// The seat that gives it.
    public let seat: ID<Seat>?
    /// The person, where the register knows them.
    public let person: ID<Person>?
    /// The account by which they sign, where no seat says it.
    public let user: ID<User>?
    /// Their name.
    public let name: String
    /// That they signed.
    public let signature: Signature?

    /// Describes a signer.
    public init(
        id: UUID = ID<MinutesSigner>().rawValue, position: Int, office: String, seat: ID<Seat>? = nil,
        person: ID<Person>? = nil, user: ID<User>? = nil, name: String, signature: Signature? = nil
    ) {
        self.id = id
        self.position = position
        self.office = office
        self.seat = seat
        self.person = person
        self.user = user
        self.name = name
        self.signature = signature
    }

    /// Whether a seat signs for its body by its name: presidency and secretariat.
    static func signs(_ seat: Seat) -> Bool { seat.signsForItsBody }
}

extension Seat {
    /// Whether the seat signs for its body by its name: presidency, secretariat, coordination.
    public var signsForItsBody: Bool {
        let title = title.folded
        return ["presiden", "secretar", "coordina"].contains { title.hasPrefix($0) }
            && !title.hasPrefix("vicepresid")
    }
}

/// A signature drawn on glass: lines on a sheet of 1000 by 400.
public struct SignatureDrawing: Sendable, Hashable {
    /// The most points that are kept.
    public static let mostPoints = 4000
    /// The width of the sheet.
    public static let width = 1000
    /// Its height.
    public static let height = 400

    /// The outline, as paths of drawings are written: «M10 20L30 40».
    public let outline: String

    /// Reads an outline as a page sent it or as it was kept.
    ///
    /// - Throws: ``MinutesError/drawingUnreadable`` where it is no drawing, is a dot, or has too many points.
    public init(_ text: String) throws(MinutesError) {
        var points: [(Int, Int)] = []
        var outline = ""
        guard text.utf8.count <= Self.mostPoints * 10 else { throw .drawingUnreadable }
        for stroke in text.split(separator: "M") {
            for (index, point) in stroke.split(separator: "L").enumerated() {
                let numbers = point.split(separator: " ").map { Int($0) }
                guard numbers.count == 2, let x = numbers[0], let y = numbers[1],
                    (0...Self.width).contains(x), (0...Self.height).contains(y)
                else { throw .drawingUnreadable }
                points.append((x, y))
                outline += "\(index == 0 ? "M" : "L")\(x) \(y)"
            }
        }
        let xs = points.map(\.0)
        let ys = points.map(\.1)
        guard points.count >= 5, points.count <= Self.mostPoints,
            let width = xs.max().flatMap({ max in xs.min().map { max - $0 } }),
            let height = ys.max().flatMap({ max in ys.min().map { max - $0 } }), width + height >= 60
        else { throw .drawingUnreadable }
        self.outline = outline
    }
}

import ArgumentParser
import Elections
import Foundation
import Kernel
import VerifiableVoting
import Web

/// `alianzas election credentials`: the credential authority without a browser. Private halves are on the slips alone.
struct ElectionCredentials: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "credentials",
        abstract: "Hace las claves de voto y los volantes para imprimir, sin servidor.",
        discussion: """
            Lee la lista de electores que se descarga de «Claves de voto» (electores.json) y deja en una carpeta nueva \
            dos archivos que solo usted puede leer: volantes.html, para abrir e imprimir, con las claves; y \
            claves-publicas.json, para entregar en la página, que no sirve para votar. Nada se sobrescribe.

            Funciona en un equipo sin conexión. Cuando los volantes estén impresos y completos, borre volantes.html: con \
            ese archivo se podría votar por todas las personas.
            """)

    @Argument(help: ArgumentHelp("La lista de electores: electores.json.", valueName: "archivo"))
    var order: String

    @Option(help: ArgumentHelp("La carpeta nueva donde quedan los archivos.", valueName: "carpeta"))
    var output = "claves-de-voto"

    @Option(
        help: ArgumentHelp(
            "Cuántas de reserva; si no se dice, una por cada veinte personas.", valueName: "número"))
    var spares: Int?

    @Flag(help: "Sin nombres: volantes numerados que cada persona saca de una caja en la mesa.")
    var drawn = false

    @Flag(help: "Responde en JSON.")
    var json = false

    private struct Answer: Encodable {
        let slips: String
        let credentials: String
        let count: Int
        let spares: Int
    }

    func validate() throws {
        guard (0...5_000).contains(spares ?? 0) else {
            throw ValidationError("Las claves de reserva son de 0 a 5 000.")
        }
    }

    func run() async throws {
        let order = try read()
        let folder = try PrivateFolder(making: output)
        let spares = spares ?? (order.electors.count + 19) / 20 + 1
        let made = try await SlipMaker.slips(for: order, spares: spares, areDrawn: drawn)
        let sheet = try SlipSheet(
            made.map(\.slip), of: order, made: Date(), assets: try Configuration.current().assets)
        let slips = try folder.write(try sheet.markup(), to: "volantes.html")
        let credentials = try folder.write(
            try CredentialLine.file(of: made.map(\.line)), to: "claves-publicas.json")
        if json {
            try Terminal.print(
                json: Answer(slips: slips, credentials: credentials, count: made.count, spares: spares))
        } else {
            Terminal.print("Se hicieron \(SpanishFormat.count(made.count, "clave", "claves")).")
            Terminal.print("Volantes: \(slips). Ábralo, imprímalo y bórrelo.")
            Terminal.print("Claves públicas: \(credentials). Entréguelo en «Claves de voto».")
        }
    }

    private func read() throws -> CredentialOrder {
        guard let data = FileManager.default.contents(atPath: order) else {
            throw CredentialOrderError.unreadable(order)
        }
        guard let read = try? JSONDecoder().decode(CredentialOrder.self, from: data),
            BallotBox.Group(rawValue: read.group) != nil, !read.electors.isEmpty
        else { throw CredentialOrderError.noOrder(order) }
        return read
    }
}

/// Makes credentials with what is printed of each and what is handed in.
enum SlipMaker {
    /// A slip, and its public half.
    struct Made: Sendable {
        let slip: SlipSheet.Slip
        let line: CredentialLine
    }

    /// Who a slip is for, before it has a code.
    private enum Wanted {
        case elector(CredentialOrder.Elector)
        case numbered(String, isSpare: Bool)
    }

    /// Makes them on all cores, in the order in which slips are handed out: those of electors by table and name or those
    /// that are drawn, then the spares.
    static func slips(for order: CredentialOrder, spares: Int, areDrawn: Bool) async throws -> [Made] {
        let own =
            areDrawn
            ? numbered("V", order.electors.count, isSpare: false) : order.electors.map(Wanted.elector)
        let wanted = own + numbered("R", spares, isSpare: true)
        return order.group == Ed25519.name
            ? await slips(wanted, for: order.uuid, in: Ed25519.self)
            : await slips(wanted, for: order.uuid, in: Belenios2048.self)
    }

    private static func numbered(_ letter: String, _ count: Int, isSpare: Bool) -> [Wanted] {
        (0..<count).map { index in
            let digits = String(index + 1)
            return .numbered(
                "\(letter)-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits,
                isSpare: isSpare)
        }
    }

    private static func slips<Group: VotingGroup>(
        _ wanted: [Wanted], for uuid: String, in group: Group.Type
    ) async -> [Made] {
        let piece = 32
        return await withTaskGroup(of: (start: Int, made: [Made]).self) { tasks in
            for start in stride(from: 0, to: wanted.count, by: piece) {
                tasks.addTask {
                    let own = wanted[start..<min(start + piece, wanted.count)]
                    return (start, own.map { slip($0, for: uuid, in: group) })
                }
            }
            return await tasks.reduce(into: []) { $0.append($1) }.sorted { $0.start < $1.start }.flatMap(
                \.made)
        }
    }

    private static func slip<Group: VotingGroup>(
        _ wanted: Wanted, for uuid: String, in group: Group.Type
    ) -> Made {
        var random = SystemRandomNumberGenerator()
        let code = SecretCode(randomWith: &random)
        let secret = PrivateCredential.exponent(of: code, election: uuid, in: group)
        let credential = String(decoding: Group.text(of: Group.secretPower(to: secret)), as: UTF8.self)
        switch wanted {
        case .elector(let elector):
            return Made(
                slip: .init(of: elector, code: code.grouped),
                line: CredentialLine(credential, person: elector.person))
        case .numbered(let serial, let isSpare):
            return Made(
                slip: .init(serial: serial, isSpare: isSpare, code: code.grouped),
                line: CredentialLine(credential, serial: serial, isSpare: isSpare))
        }
    }
}

/// A folder that was not there before, whose files nobody else reads.
struct PrivateFolder {
    private let path: String

    /// Makes the folder.
    ///
    /// - Throws: ``CredentialOrderError``.
    init(making path: String) throws {
        self.path = path
        guard mkdir(path, 0o700) == 0 else {
            throw errno == EEXIST ? CredentialOrderError.exists(path) : CredentialOrderError.unwritable(path)
        }
    }

    /// Writes a file, and waits until it is on the disk: what was printed from it cannot be made again.
    ///
    /// - Returns: Its path.
    /// - Throws: ``CredentialOrderError/unwritable(_:)``.
    func write(_ bytes: [UInt8], to name: String) throws -> String {
        let file = "\(path)/\(name)"
        do { try NewFile.write(bytes, to: file) } catch { throw CredentialOrderError.unwritable(file) }
        return file
    }
}

/// Why no credentials are made.
enum CredentialOrderError: UserFacingError, Hashable {
    /// The order cannot be read.
    case unreadable(String)
    /// The file is no order.
    case noOrder(String)
    /// The folder is there already.
    case exists(String)
    /// A file or folder cannot be written.
    case unwritable(String)

    var code: String {
        switch self {
        case .unreadable: "election.credentials.unreadable"
        case .noOrder: "election.credentials.no_order"
        case .exists: "election.credentials.exists"
        case .unwritable: "election.credentials.unwritable"
        }
    }
    var kind: ErrorKind { .invalid }
    var message: String {
        switch self {
        case .unreadable(let path): "No se puede leer el archivo «\(path)»."
        case .noOrder(let path):
            "El archivo «\(path)» no es la lista de electores de una urna. Descárguela de nuevo de «Claves de voto»."
        case .exists(let path):
            "La carpeta «\(path)» ya existe y no se toca: puede tener claves. Indique otra con --output."
        case .unwritable(let path): "No se puede escribir «\(path)»."
        }
    }
}

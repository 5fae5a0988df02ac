import ArgumentParser
import Foundation
import Kernel
import Tenancy

/// `alianzas user`: what an operator does with users where an entity has nobody yet who could, or may not itself.
struct Users: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "Invita usuarios de una entidad o restablece su ingreso.",
        subcommands: [InviteOne.self, ResetOne.self])

    /// Invites a user: the first administrator of an entity, first of all.
    struct InviteOne: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "invite", abstract: "Invita a una persona y muestra el enlace que abre su usuario.",
            discussion: """
                El enlace se muestra una sola vez y sirve una sola vez. La primera persona de una entidad se invita \
                con la función office_administrator; ella invita a las demás en las páginas.
                """)

        @Option(
            help: ArgumentHelp(
                "La entidad: su código de EPS o REPS, o su nombre en las direcciones.", valueName: "código"))
        var organization: String

        @Option(help: ArgumentHelp("Nombre y apellidos.", valueName: "nombre"))
        var name: String

        @Option(help: ArgumentHelp("El correo con el que entra.", valueName: "correo"))
        var email: String

        @Option(help: ArgumentHelp("El cargo, como irá en los documentos.", valueName: "cargo"))
        var title: String

        @Option(
            help: ArgumentHelp(
                "El documento de identidad, con su tipo: «CC 12345678». Obligatorio para el comité electoral.",
                valueName: "documento"),
            transform: { try IdentityDocument(parsing: $0) })
        var document: IdentityDocument?

        @Option(
            help: ArgumentHelp("La función que tendrá.", valueName: "función"), transform: Terminal.choice)
        var role: Role = .officeAdministrator

        @Option(help: ArgumentHelp("La alianza en la que vale la función.", valueName: "alianza"))
        var alliance: String?

        @Flag(help: "Responde en JSON.")
        var json = false

        func run() async throws {
            let (code, name, email, title, document) = (organization, name, email, title, document)
            let (role, place) = (role, alliance)
            let link = try await Runtime.with(program: "alianzas user invite") { runtime in
                let organization = try await runtime.organization(named: code)
                let product = try await Product(runtime)
                var space = Grant.Space.organization
                if let place {
                    space = .alliance(try await runtime.alliance(named: "\(organization.slug)/\(place)").1.id)
                }
                let command = try InviteUser(
                    name: name, email: email, officeTitle: title, document: document, role: role, in: space,
                    through: product.identity)
                return InvitationLink(
                    try await product.runner.run(command, as: .terminal(in: organization.id)),
                    at: runtime.configuration.origin)
            }
            try link.show(asJSON: json)
        }
    }

    /// Lets a user in anew whose access the entity itself may not reset.
    struct ResetOne: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reset",
            abstract: "Da un enlace nuevo a quien perdió la contraseña o el segundo paso.",
            discussion: """
                Para comités electorales, jurados, testigos, garantes, organismos de control y operadores, que la entidad \
                no restablece. \
                Compruebe antes quién lo pide: lo que diga queda en el registro de la entidad.
                """)

        @Option(
            help: ArgumentHelp(
                "La entidad: su código de EPS o REPS, o su nombre en las direcciones.", valueName: "código"))
        var organization: String

        @Option(help: ArgumentHelp("El correo del usuario.", valueName: "correo"))
        var email: String

        @Option(
            help: ArgumentHelp(
                "Cómo comprobó quién es: in_person, video_call o call_back.", valueName: "modo"),
            transform: Terminal.choice)
        var way: IdentityConfirmation.Way

        @Option(help: ArgumentHelp("Qué vio o qué preguntó.", valueName: "texto"))
        var remark: String

        @Flag(help: "Responde en JSON.")
        var json = false

        func run() async throws {
            let (code, email, way, remark) = (organization, Login(email: email), way, remark)
            let link = try await Runtime.with(program: "alianzas user reset") { runtime in
                let confirmation = try IdentityConfirmation(way, remark: remark)
                let organization = try await runtime.organization(named: code)
                let product = try await Product(runtime)
                let principal = Principal.terminal(in: organization.id)
                let users = try await product.runner.fetch(ListUsers(), as: principal).lines
                guard
                    let user = users.first(where: { $0.access.user.email.map(Login.init(email:)) == email })
                else { throw UserError.notFound }
                return InvitationLink(
                    try await product.runner.run(
                        ResetAccess(of: user.id, confirmation: confirmation, through: product.identity),
                        as: principal),
                    at: runtime.configuration.origin)
            }
            try link.show(asJSON: json)
        }
    }
}

extension Terminal {
    /// One of the words that a type has, as the terminal takes it.
    ///
    /// - Throws: A `ValidationError` that names them all.
    static func choice<Value: RawRepresentable<String> & CaseIterable>(_ text: String) throws -> Value {
        guard let value = Value(rawValue: text) else {
            let words = Value.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("«\(text)» no es ninguna de estas: \(words).")
        }
        return value
    }
}

/// What is handed over of an invitation.
private struct InvitationLink: Encodable {
    let link: String
    let expiresAt: Date

    init(_ invitation: Invitation, at origin: String) {
        link = "\(origin)/invitacion/\(invitation.code)"
        expiresAt = invitation.expiresAt
    }

    func show(asJSON isJSON: Bool) throws {
        if isJSON {
            try Terminal.print(json: self)
        } else {
            Terminal.print(link)
            Terminal.print("Sirve una sola vez, hasta el \(SpanishFormat.longDateAndTime(expiresAt))")
        }
    }
}

import ArgumentParser
import Foundation
import Kernel
import Postgres
import Tenancy

/// `alianzas demo`: three real alliances of the source documents with invented people, through the same
/// commands as the pages.
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Carga la demostración y muestra sus cuentas.",
        discussion: "Las personas son inventadas. Solo se carga en una base de datos sin entidades.",
        subcommands: [Load.self, Code.self, Clock.self], defaultSubcommand: Load.self)

    /// Loads the demonstration.
    struct Load: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "load", abstract: "Carga la demostración y muestra sus cuentas.")

        @Flag(help: "Si ya hay datos no cambia nada y solo muestra las cuentas.")
        var ifEmpty = false

        @Option(
            help: ArgumentHelp(
                "Cuándo empieza: AAAA-MM-DD, a las 8:00, o AAAA-MM-DDTHH:MM; si no se dice, ahora.",
                valueName: "momento"),
            transform: DemoMoment.init)
        var from: DemoMoment?

        func run() async throws {
            let (ifEmpty, from) = (ifEmpty, from)
            try await Runtime.with(schema: .any, program: "alianzas demo") { runtime in
                // Invented people and accounts never go into a server of somebody else's.
                guard runtime.configuration.storage == .privateCluster else { throw DemoError.notOurs }
                let card = DemoCard(folder: runtime.configuration.dataFolder)
                let turn = try card.takeTurn()
                defer { withExtendedLifetime(turn) {} }
                if card.isHalfLoaded {
                    Terminal.note(
                        "La carga anterior se interrumpió: se borra lo que dejó y se hace de nuevo.")
                    try await runtime.clearHalfDemonstration()
                } else {
                    try card.end()
                }
                try await runtime.requireCurrentSchema()
                if try await runtime.isEmpty() {
                    try card.begin()
                    try runtime.clock.begin(at: from?.instant)
                    let product = try await Product(runtime)
                    let accounts = try await DemoLoader(product: product, runtime: runtime).load()
                    try card.write(accounts)
                } else if !ifEmpty {
                    throw DemoError.notEmpty
                }
                guard let accounts = try card.read() else { return }
                Terminal.print(accounts.text(at: "http://127.0.0.1:\(runtime.configuration.port)"))
            }
        }
    }

    /// Plays the telephone of one of the demonstration's accounts.
    struct Code: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "code",
            abstract: "Muestra el código de segundo factor de una cuenta de la demostración.")

        @Argument(help: ArgumentHelp("El correo de la cuenta.", valueName: "correo"))
        var login: String

        func run() throws {
            let configuration = try Configuration.current()
            let card = DemoCard(folder: configuration.dataFolder)
            guard let account = try card.read()?.accounts.first(where: { $0.login == login }) else {
                throw DemoError.noSuchAccount(login)
            }
            guard let secret = account.secret.flatMap(TOTPSecret.init(typed:)) else {
                throw DemoError.withoutSecondFactor(login)
            }
            Terminal.print(secret.code(at: DemoClock(configuration).now()))
        }
    }

    /// Puts the clock of the demonstration forward.
    struct Clock: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "clock",
            abstract: "Muestra el reloj de la demostración, o lo adelanta.",
            discussion: """
                De la convocatoria a la proclamación pasan semanas; en una demostración, una mañana. El reloj \
                solo avanza, y las sesiones abiertas pueden vencer: se entra de nuevo.
                """)

        @Option(
            help: ArgumentHelp(
                "Hasta cuándo: AAAA-MM-DD, a las 8:00, o AAAA-MM-DDTHH:MM.", valueName: "momento"),
            transform: DemoMoment.init)
        var to: DemoMoment?

        func run() throws {
            let clock = DemoClock(try Configuration.current())
            if let to { try clock.advance(to: to.instant) }
            Terminal.print(SpanishFormat.longDateAndTime(clock.now()))
        }
    }
}

/// A moment as it is typed, in Colombia's time: a day means its 8:00.
struct DemoMoment: Sendable {
    let instant: Date

    init(_ text: String) throws {
        let morning = CalendarDate(text).flatMap { day in
            TimeOfDay(hour: 8, minute: 0).map { ColombianTime.instant(day, $0) }
        }
        guard let instant = morning ?? ColombianTime.instant(text) else {
            throw ValidationError("«\(text)» no es un momento. Escríbalo como 2027-01-20T07:30.")
        }
        self.instant = instant
    }
}

extension Runtime {
    /// Whether no entity was registered yet.
    fileprivate func isEmpty() async throws -> Bool {
        try await database.read(PublicScope()) { try await $0.organizations() }.isEmpty
    }
}

/// Why the demonstration is not loaded, or an account of it not found.
enum DemoError: UserFacingError, Hashable {
    case notOurs
    case notEmpty
    case isLoading
    case halfLoadedAmongOthers
    case noSuchAccount(String)
    case withoutSecondFactor(String)
    case notADemonstration
    case clockGoesForward(Date)

    var code: String {
        switch self {
        case .notOurs: "demo.not_ours"
        case .notEmpty: "demo.not_empty"
        case .isLoading: "demo.is_loading"
        case .halfLoadedAmongOthers: "demo.half_loaded_among_others"
        case .noSuchAccount: "demo.no_such_account"
        case .withoutSecondFactor: "demo.without_second_factor"
        case .notADemonstration: "demo.not_a_demonstration"
        case .clockGoesForward: "demo.clock_goes_forward"
        }
    }

    var kind: ErrorKind {
        switch self {
        case .notEmpty, .isLoading, .halfLoadedAmongOthers: .conflict
        case .noSuchAccount, .withoutSecondFactor: .notFound
        case .notOurs, .notADemonstration, .clockGoesForward: .refused
        }
    }

    var message: String {
        switch self {
        case .notOurs:
            "La demostración no se carga en un servidor ajeno. Quite ALIANZAS_DATABASE_URL e indique una carpeta nueva en ALIANZAS_DATA."
        case .notEmpty:
            "La base de datos ya tiene entidades. La demostración se carga en una carpeta nueva: indíquela en ALIANZAS_DATA."
        case .isLoading:
            "Otro proceso está cargando la demostración en esta carpeta. Espere a que termine."
        case .halfLoadedAmongOthers:
            "La carga de la demostración quedó a medias, y la base de datos tiene también entidades que no son de ella: no se borra nada. Cárguela en una carpeta nueva de ALIANZAS_DATA."
        case .noSuchAccount(let login):
            "La demostración no tiene la cuenta «\(login)». «alianzas demo --if-empty» las muestra."
        case .withoutSecondFactor(let login):
            "La cuenta «\(login)» entra solo con su contraseña."
        case .notADemonstration:
            "Esta carpeta de datos no es de la demostración: su reloj es el de verdad."
        case .clockGoesForward(let now):
            "El reloj de la demostración ya marca \(SpanishFormat.longDateAndTime(now)) y solo avanza."
        }
    }
}

import ArgumentParser
import Glibc
import Governance
import Hummingbird
import Kernel
import Logging
import Membership
import Postgres
import Tenancy
import Web

/// `alianzas serve`: the pages, until it is told to stop.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Atiende las páginas hasta que se detenga con Ctrl-C.")

    func run() async throws {
        let port = try Configuration.current().port
        try Self.requireFree(port: port)
        try await Runtime.with(.serving, program: "alianzas serve") { runtime in
            // A demonstration that is half there would be worked in, and then made anew.
            guard !runtime.isHalfDemonstration else { throw ServeError.demonstrationIsHalfLoaded }
            var logger = Logger(label: "alianzas")
            logger.logLevel = runtime.configuration.logLevel
            let product = try await Product(runtime)
            // Before anybody sends another file.
            try await product.uploads.sweep()
            let warnings =
                runtime.configuration.warnings
                + [try await runtime.clockDifference()?.words, try await runtime.limitWarning()].compactMap(
                    \.self)
            let application = try Self.application(of: product, runtime, logger, warnings: warnings)
            try await withThrowingTaskGroup(of: Void.self) { [logger] group in
                group.addTask { try await application.runService() }
                group.addTask { await product.runBackground(logger) }
                if let cluster = runtime.cluster {
                    group.addTask { try await cluster.watch() }
                }
                defer { group.cancelAll() }
                try await group.next()
            }
        }
        Terminal.note("Alianzas se detuvo.")
    }

    private static func application(
        of product: Product, _ runtime: Runtime, _ logger: Logger, warnings: [String]
    ) throws -> some ApplicationProtocol {
        let configuration = runtime.configuration
        let assets = try Assets(
            folder: configuration.assets, fonts: configuration.fonts,
            pictures: configuration.pictures)
        let port = configuration.port
        let scratch = try ScratchFolder(emptying: configuration.scratch)
        let site = Site(
            assets: assets,
            doorkeeper: SessionDoorkeeper(identity: product.identity, database: product.runner.database),
            identity: product.identity, runner: product.runner, uploads: product.uploads,
            exports: product.exports,
            printer: PDFRenderer(executable: configuration.weasyprint, assets: assets, scratch: scratch),
            scratch: scratch,
            scanner: configuration.scanner.map {
                UploadScanner(executable: $0.executable, arguments: $0.arguments)
            },
            entrance: product.entrance, intake: product.intake, manual: configuration.manual,
            agendas: try AgendaModel.all(in: configuration.catalogues),
            policyLines: try PolicyLine.all(in: configuration.catalogues), origin: configuration.origin,
            sendsMail: configuration.mail != nil, key: product.key.forms,
            isSecure: configuration.origin.hasPrefix("https://"), trustedProxies: configuration.proxies,
            clock: runtime.clock.now,
            remark: runtime.clock.remark)
        return Application(
            responder: site.responder(),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { _ in
                for warning in warnings { Terminal.note("Atención: \(warning)") }
                Terminal.print("Alianzas está en http://127.0.0.1:\(port). Para detenerla: Ctrl-C.")
            },
            logger: logger)
    }

    /// Refuses a port that somebody else listens on, before anything is started.
    private static func requireFree(port: Int) throws(ServeError) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        // As the server itself does: a connection that has just ended does not count.
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard bound != 0 else { return }
        switch errno {
        case EADDRINUSE: throw .portInUse(port)
        case EACCES: throw .portNotPermitted(port)
        default: return
        }
    }
}

/// Why pages cannot be served.
enum ServeError: UserFacingError, Hashable {
    case portInUse(Int)
    case portNotPermitted(Int)
    case demonstrationIsHalfLoaded

    var code: String {
        switch self {
        case .portInUse: "serve.port_in_use"
        case .portNotPermitted: "serve.port_not_permitted"
        case .demonstrationIsHalfLoaded: "serve.demonstration_is_half_loaded"
        }
    }

    var kind: ErrorKind { .unavailable }

    var message: String {
        switch self {
        case .portInUse(let port):
            "El puerto \(port) está ocupado por otro programa. Deténgalo, o indique otro puerto en ALIANZAS_PORT."
        case .portNotPermitted(let port):
            "Este usuario no puede usar el puerto \(port). Indique en ALIANZAS_PORT uno de 1024 en adelante."
        case .demonstrationIsHalfLoaded:
            "La demostración no está completa: se está cargando, o su carga se interrumpió. Ejecute «alianzas demo», que la hace de nuevo, y vuelva a iniciar."
        }
    }
}

import HTTPTypes
import Hummingbird
import Kernel
import Logging
import Postgres
import Tenancy

/// Makes of every error a page: what happened, what to do, and a number to cite. The log gets the rest.
struct ErrorPages: RouterMiddleware {
    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        do {
            do {
                return try await next(request, context)
            } catch is StrangerAtDoor where request.method == .post {
                // What somebody typed outlives their session.
                throw StaleForm(entries: try await Submission.typed(in: request))
            }
        } catch {
            return answer(to: error, request, context)
        }
    }

    private func answer(to error: any Error, _ request: Request, _ context: AppContext) -> Response {
        let visit = context.visit
        do {
            throw error
        } catch let form as StaleForm {
            return SendAgainPage(
                path: visit.currentPath, entries: form.entries, isSignedIn: visit.admission.account != nil
            )
            .whole(for: visit)
        } catch is StrangerAtDoor {
            return Redirect(to: nextStep(of: visit)).response(to: visit)
        } catch is SignInNeeded where request.method == .get {
            return Redirect(to: nextStep(of: visit)).response(to: visit)
        } catch let error as WrongMethod {
            var response = ErrorPage(error, of: visit, status: .methodNotAllowed).whole(for: visit)
            response.headers[.allow] = error.allowed.map(\.rawValue).sorted().joined(separator: ", ")
            return response
        } catch let error as any UserFacingError {
            var response = ErrorPage(error, of: visit, status: error.kind.status).whole(for: visit)
            if let wait = (error as? TooManyAttempts)?.secondsToWait {
                response.headers[.retryAfter] = String(wait)
            }
            return response
        } catch let error as HTTPError where error.status == .notFound {
            return ErrorPage(NoSuchPage(), of: visit, status: .notFound).whole(for: visit)
        } catch let error as HTTPError where error.status.kind == .clientError {
            return ErrorPage(FormRefusal.unreadable, of: visit, status: error.status).whole(for: visit)
        } catch let error as PostgresError where error.isUnavailability {
            context.logger.error("database away", metadata: ["error": "\(error)"])
            let away = DatabaseAway()
            var response = ErrorPage(away, of: visit, status: away.kind.status).whole(for: visit)
            response.headers[.retryAfter] = String(DatabaseAway.secondsToWait)
            return response
        } catch {
            context.logger.error("unexpected", metadata: ["error": "\(String(reflecting: error))"])
            return ErrorPage(Unexpected(), of: visit, status: .internalServerError).whole(for: visit)
        }
    }

    /// What is left to do before the page that was asked for.
    private func nextStep(of visit: Visit) -> Path {
        let path: Path =
            switch visit.admission.session {
            case .secondFactor: .secondFactor()
            case .enrolment: .enrolment()
            case .tenantChoice: .tenantChoice()
            case .admitted, nil: .signIn()
            }
        return path.with(Back.name, visit.currentPath)
    }
}

/// What went wrong, and what to do.
struct ErrorPage: Page {
    let title: String
    let status: HTTPResponse.Status
    private let message: String
    private let code: String
    private let supportCode: SupportCode
    private let home: (words: String, path: Path)
    private let back: Path?

    init(_ error: any UserFacingError, of visit: Visit, status: HTTPResponse.Status) {
        visit.refusal.note(error)
        self.status = status
        message = error.message
        code = error.code
        supportCode = visit.supportCode
        back = visit.cameFrom
        home = visit.admission.entry == nil ? ("Ir al inicio", .start()) : ("Ir a su inicio", .home())
        title =
            switch status.code {
            case 401: "Entre de nuevo"
            case 403: "No tiene permiso para esto"
            case 404, 405: "No encontramos esta página"
            case 409: "Esto ya cambió"
            case 429: "Demasiados intentos"
            case 500...: "Algo falló de nuestro lado"
            default: "No se pudo hacer"
            }
    }

    var frame: Frame { .narrow }

    func body(_ html: inout HTML) {
        html.p(message)
        html.div(.class("form-end")) { end in
            if let back { end.action("Volver", to: back, .primary) }
            end.action(home.words, to: home.path, back == nil ? .primary : .secondary)
        }
        html.p(.class("support-code")) { line in
            line.text("Si nos escribe, cite el número ")
            line.strong("\(supportCode)")
            line.text(" (\(code)).")
        }
    }
}

/// Keeps what was typed when the session changed while a form was open: nothing is lost, and one more click
/// sends it.
struct SendAgainPage: Page {
    let path: String
    let entries: Entries
    let isSignedIn: Bool

    var title: String { isSignedIn ? "Confirme el envío" : "Su sesión terminó" }
    var status: HTTPResponse.Status { isSignedIn ? .conflict : .unauthorized }
    var frame: Frame { .narrow }

    func body(_ html: inout HTML) {
        if isSignedIn {
            html.p(
                "La página estuvo abierta mucho tiempo. Lo que escribió está guardado aquí y aún no se ha enviado."
            )
        } else {
            html.p("Lo que escribió está guardado en esta página y aún no se ha enviado. Haga dos cosas:")
            html.ol { list in
                list.li { item in
                    item.text("Entre de nuevo ")
                    item.a("en otra pestaña", .href(.signIn()), .newTab(), .rel("noopener"))
                    item.text(".")
                }
                list.li("Vuelva a esta y pulse «Enviar otra vez».")
            }
        }
        if !entries.leftOut.isEmpty {
            html.p("Los archivos no se guardan aquí: al enviar otra vez, adjúntelos de nuevo.")
        }
        html.form(to: Path(local: path) ?? .start()) { form in
            for item in entries.items where !item.name.hasPrefix(FormField.secretPrefix) {
                form.input(.type("hidden"), .name(item.name), .value(item.value))
            }
            form.submit("Enviar otra vez")
        }
    }
}

/// The database is busy, starts again or is being exchanged for its standby.
private struct DatabaseAway: UserFacingError {
    /// How long a client should wait before it asks again, in seconds.
    static let secondsToWait = 10

    var code: String { "web.database_away" }
    var kind: ErrorKind { .unavailable }
    var message: String {
        "El sistema está muy ocupado o se está reiniciando. Lo que ya estaba guardado sigue guardado. Espere un momento y recargue la página: si estaba enviando algo, no se hará dos veces."
    }
}

/// Something that nobody foresaw.
private struct Unexpected: UserFacingError {
    var code: String { "web.unexpected" }
    var kind: ErrorKind { .unavailable }
    var message: String {
        "No es culpa suya y lo que ya estaba guardado sigue guardado. Espere un momento e intente otra vez."
    }
}

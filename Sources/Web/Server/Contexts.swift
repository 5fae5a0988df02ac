import Hummingbird
import Kernel
import Logging
import Tenancy

/// The context of every request.
struct AppContext: RequestContext {
    /// What a context is made of.
    struct Source: RequestContextSource {
        let visit: Visit
        let logger: Logger
    }

    var coreContext: CoreRequestContextStorage
    var visit: Visit

    init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
        visit = source.visit
    }
}

/// A context whose requests can be answered with pages.
protocol PageContext: RequestContext {
    /// The request as pages see it.
    var visit: Visit { get }
}

extension AppContext: PageContext {}

/// The context of what everybody may see: citizens' pages, sign-in, help.
struct PublicContext: ChildRequestContext, PageContext {
    var coreContext: CoreRequestContextStorage
    let visit: Visit

    init(context: AppContext) {
        coreContext = context.coreContext
        visit = context.visit
    }
}

/// The context of a tenant's own pages: a handler on it cannot run for a stranger.
struct TenantContext: ChildRequestContext, PageContext {
    var coreContext: CoreRequestContextStorage
    let visit: Visit
    /// What the person finds at the tenant.
    let entry: Entry

    /// Lets in who has business at the tenant.
    ///
    /// - Throws: ``StrangerAtDoor`` for a stranger; ``NoSuchPage`` for somebody of another tenant.
    init(context: AppContext) throws {
        guard let entry = context.visit.admission.entry else {
            switch context.visit.admission.session {
            case nil, .secondFactor, .enrolment: throw StrangerAtDoor()
            case .tenantChoice, .admitted: throw NoSuchPage()
            }
        }
        self.entry = entry
        coreContext = context.coreContext
        visit = context.visit
    }
}

extension TenantContext {
    /// Who acts.
    var principal: Principal { entry.principal }

    /// Carries a command out as the person who asks. The form's key makes a double click count once.
    ///
    /// - Throws: ``AccessError``, or what the command throws.
    @discardableResult
    func run<C: Command>(_ command: C, _ form: Submission) async throws -> C.Output {
        try await visit.site.runner.run(command, as: principal, key: ID(rawValue: form.key))
    }

    /// Answers a query for the person who asks.
    ///
    /// - Throws: ``AccessError``, or what the query throws.
    func fetch<Q: Query>(_ query: Q) async throws -> Q.Output {
        try await visit.site.runner.fetch(query, as: principal)
    }

    /// Whether the person may do something, so that what they may not do is not offered.
    func may(_ permission: Permission, in stream: AuditStream = .office) -> Bool {
        principal.holds(permission, in: stream)
    }
}

/// Somebody who is not signed in, or not all the way, asks for a tenant's page. No handler has run: what was sent with
/// the request has not been read.
struct StrangerAtDoor: Error {}

/// Nobody is signed in, or the session has ended.
struct SignInNeeded: UserFacingError {
    var code: String { "web.session.needed" }
    var kind: ErrorKind { .unauthenticated }
    var message: String { "Su sesión no está abierta o terminó. Entre de nuevo para continuar." }
}

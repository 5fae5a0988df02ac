import Hummingbird
import Kernel
import Logging

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
    /// - Throws: ``SignInNeeded`` for a stranger; ``NoSuchPage`` for somebody of another tenant.
    init(context: AppContext) throws {
        guard let entry = context.visit.admission.entry else {
            guard context.visit.admission.account == nil else { throw NoSuchPage() }
            throw SignInNeeded()
        }
        self.entry = entry
        coreContext = context.coreContext
        visit = context.visit
    }
}

/// Nobody is signed in, or the session has ended.
struct SignInNeeded: UserFacingError {
    var code: String { "web.session.needed" }
    var kind: ErrorKind { .unauthenticated }
    var message: String { "Su sesión no está abierta o terminó. Entre de nuevo para continuar." }
}

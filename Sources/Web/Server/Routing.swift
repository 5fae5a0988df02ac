import HTTPTypes
import Hummingbird
import Kernel

/// Where a module adds the pages of those who work at a tenant.
typealias TenantRoutes = RouterGroup<TenantContext>

/// Where a module adds the pages that everybody may see.
typealias PublicRoutes = RouterGroup<PublicContext>

extension RouterMethods where Context: PageContext {
    /// Adds what is shown at a place.
    func get<each Value: PathValue, A: Answer>(
        _ route: Route<repeat each Value>,
        _ show: @escaping @Sendable (Context, repeat each Value) async throws -> A
    ) {
        assert(
            route.isTenants == (Context.self == TenantContext.self),
            "\(route.pattern) is not for this context")
        on(RouterPath(route.pattern), method: .get) { _, context in
            let values = try route.values(in: context.parameters)
            return try await show(context, repeat each values).response(to: context.visit)
        }
    }

    /// Adds what is done at a place that has no page of its own, such as a button of another page.
    func post<each Value: PathValue, A: Answer>(
        _ route: Route<repeat each Value>, upTo limit: Submission.Limit = .text,
        _ act: @escaping @Sendable (Context, Submission, repeat each Value) async throws -> A
    ) {
        assert(
            route.isTenants == (Context.self == TenantContext.self),
            "\(route.pattern) is not for this context")
        on(RouterPath(route.pattern), method: .post) { request, context in
            let values = try route.values(in: context.parameters)
            let submission = try await Submission.read(from: request, of: context.visit, upTo: limit)
            do {
                return try await act(context, submission, repeat each values).response(to: context.visit)
            } catch is SignInNeeded {
                // The session ended, and what was typed outlives it.
                throw StaleForm(entries: submission.entries)
            }
        }
    }

    /// Adds a page with a form and what the form does, both at one place: `show` makes the page with what the
    /// form is to hold, nothing or what was refused; `act` does it, and says where to go.
    ///
    /// What `act` refuses is shown on the page again, beside what was typed, with the status of its kind.
    func form<each Value: PathValue, P: Page, A: Answer>(
        _ route: Route<repeat each Value>, upTo limit: Submission.Limit = .text,
        show: @escaping @Sendable (Context, FormState, repeat each Value) async throws -> P,
        act: @escaping @Sendable (Context, Submission, repeat each Value) async throws -> A
    ) {
        form(
            route, admit: { (_: Context, _: repeat each Value) in .upTo(limit) }, show: show, act: act)
    }

    /// Adds a page with a form that not everybody who sees it may send: `admit` is asked before anything of what is sent
    /// is read, and says how much is, or where the browser goes instead.
    func form<each Value: PathValue, P: Page, A: Answer>(
        _ route: Route<repeat each Value>,
        admit: @escaping @Sendable (Context, repeat each Value) async throws -> Submission.Admission,
        show: @escaping @Sendable (Context, FormState, repeat each Value) async throws -> P,
        act: @escaping @Sendable (Context, Submission, repeat each Value) async throws -> A
    ) {
        get(route) { (context: Context, value: repeat each Value) in
            try await show(context, FormState(), repeat each value)
        }
        on(RouterPath(route.pattern), method: .post) { request, context in
            let values = try route.values(in: context.parameters)
            let limit: Submission.Limit
            switch try await admit(context, repeat each values) {
            case .upTo(let most): limit = most
            case .elsewhere(let redirect): return redirect.response(to: context.visit)
            }
            let submission = try await Submission.read(from: request, of: context.visit, upTo: limit)
            do {
                do {
                    return try await act(context, submission, repeat each values).response(to: context.visit)
                } catch let refusal as any UserFacingError where refusal.isAboutForm {
                    let state = FormState(submission, refusedBy: refusal)
                    let page = try await show(context, state, repeat each values)
                    var response = try await page.response(to: context.visit)
                    response.status = refusal.kind.status
                    context.visit.refusal.note(refusal)
                    return response
                }
            } catch is SignInNeeded {
                throw StaleForm(entries: submission.entries)
            }
        }
    }
}

extension UserFacingError {
    /// Whether the person can mend it where they are: what is about an answer of theirs, they can, whatever its sort.
    fileprivate var isAboutForm: Bool {
        if field != nil { return true }
        return switch kind {
        case .invalid, .refused, .conflict, .tooManyRequests: true
        case .notFound, .unauthenticated, .forbidden, .unavailable: false
        }
    }
}

extension ErrorKind {
    /// The status of HTTP that tells the sort of refusal.
    var status: HTTPResponse.Status {
        switch self {
        case .invalid, .refused: .unprocessableContent
        case .notFound: .notFound
        case .unauthenticated: .unauthorized
        case .forbidden: .forbidden
        case .conflict: .conflict
        case .tooManyRequests: .tooManyRequests
        case .unavailable: .serviceUnavailable
        }
    }
}

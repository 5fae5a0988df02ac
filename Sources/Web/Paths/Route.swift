import Foundation
import Hummingbird
import Kernel

/// A place of the site, declared once: the router learns its pattern from it and pages their links.
///
/// The values in braces are typed, in order: `Route<ID<Slate>>("/o/{tenant}/planchas/{slate}")`. The
/// `{tenant}` of `/o/{tenant}` is not among them: it is the page's.
struct Route<each Value: PathValue>: Sendable {
    /// The pattern below `/o/{tenant}`, or the whole of it where no tenant is meant.
    let pattern: String
    /// Whether the place lies under a tenant.
    let isTenants: Bool

    init(_ pattern: StaticString) {
        let text = "\(pattern)"
        isTenants = text.hasPrefix(Self.tenantPrefix + "/") || text == Self.tenantPrefix
        self.pattern = isTenants ? String(text.dropFirst(Self.tenantPrefix.count)) : text
        assert(text.hasPrefix("/") && (text == "/" || !text.hasSuffix("/")), "\(text) is no whole path")
        assert(captures.count == Self.valueCount, "\(text) and its types do not agree")
    }

    /// The pattern that a tenant's routes begin with.
    static var tenantPrefix: String { "/o/{tenant}" }

    /// The address with its values.
    func callAsFunction(_ value: repeat each Value) -> Path {
        var values: [String] = []
        repeat values.append(Path.encoded((each value).pathText))
        values.reverse()
        let segments = segments.map { Self.isCapture($0) ? values.popLast() ?? "" : String($0) }
        return Path(filled: segments, isTenants: isTenants)
    }

    /// Reads the values from the address of a request.
    ///
    /// - Throws: ``NoSuchPage`` where one is not what its type asks for.
    func values(in parameters: Parameters) throws(NoSuchPage) -> (repeat each Value) {
        var names = captures[...]
        return (repeat try Self.value(names.popFirst(), in: parameters, as: (each Value).self))
    }

    private static func value<V: PathValue>(
        _ name: String?, in parameters: Parameters, as type: V.Type
    ) throws(NoSuchPage) -> V {
        guard let name, let text = parameters.get(name)?.removingPercentEncoding,
            let value = V(pathText: text)
        else { throw NoSuchPage() }
        return value
    }

    private var segments: [Substring] { pattern.split(separator: "/") }
    private var captures: [String] {
        segments.filter(Self.isCapture).map { String($0.dropFirst().dropLast()) }
    }
    private static func isCapture(_ segment: Substring) -> Bool { segment.hasPrefix("{") }
    private static var valueCount: Int {
        var count = 0
        for _ in repeat (each Value).self { count += 1 }
        return count
    }
}

/// A place whose address has no values.
typealias FixedRoute = Route<>

/// A value that stands in an address.
protocol PathValue: Sendable {
    /// Reads the value from its part of the address, decoded.
    init?(pathText: String)
    /// The part of the address, not yet encoded; never empty.
    var pathText: String { get }
}

extension ID: PathValue {
    init?(pathText: String) { self.init(pathText) }
    var pathText: String { description }
}

extension Int: PathValue {
    init?(pathText: String) { self.init(pathText) }
    var pathText: String { description }
}

extension CalendarDate: PathValue {
    init?(pathText: String) { self.init(pathText) }
    var pathText: String { description }
}

extension RawRepresentable<String> where Self: PathValue {
    init?(pathText: String) { self.init(rawValue: pathText) }
    var pathText: String { rawValue }
}

extension TenantSlug: PathValue {}

/// There is nothing at the address, or nothing for this person.
struct NoSuchPage: UserFacingError {
    var code: String { "web.page.not_found" }
    var kind: ErrorKind { .notFound }
    var message: String {
        "Esta página no existe, cambió de lugar o no es para su usuario. Vuelva al inicio o use la búsqueda."
    }
}

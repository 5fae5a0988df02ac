import Hummingbird
import Postgres
import Tenancy

extension Path {
    /// Tells supervisors that the server works.
    static let health = FixedRoute("/salud")
}

/// Says that the server answers and its database too.
struct HealthRoutes {
    func add(to everybody: PublicRoutes) {
        everybody.get(Path.health) { context in
            _ = try await context.visit.site.runner.database.read(PublicScope()) { transaction in
                try await transaction.value("select true", as: Bool.self)
            }
            return PlainText("bien\n")
        }
    }
}

/// A line for machines.
struct PlainText: Answer {
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    func response(to visit: Visit) -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}

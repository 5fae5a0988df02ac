import Foundation
public import Postgres
import Tenancy

/// The plans by which the server answers what is asked of a database, as it ran them: those of the statements of the
/// product, whoever wrote them and wherever they stand, not those of copies in a test.
///
/// PostgreSQL's own `auto_explain` writes them to the log of the server, with the rows that each step threw away.
public struct PlanLog: Sendable {
    /// The database, whose serving role tells the plans of all that it asks.
    public let database: Database
    private let cluster: TestCluster
    private let name: String

    /// Begins to write the plans of a database down.
    public init(of database: Database) async throws {
        cluster = try await TestCluster.shared
        name = database.settings.database
        for setting in [
            "session_preload_libraries = 'auto_explain'", "log_min_messages = 'log'",
            // As in the product's own cluster.
            "random_page_cost = 1.1",
            "auto_explain.log_min_duration = 0", "auto_explain.log_nested_statements = on",
            "auto_explain.log_analyze = on", "auto_explain.log_timing = off", "auto_explain.log_verbose = on",
            "auto_explain.log_format = 'json'",
        ] {
            try await database.script(
                "alter role \(DatabaseRole.app.rawValue) in database \(name) set \(setting)",
                as: TestCluster.superuser)
        }
        // Connections that were open before know nothing of the settings.
        self.database = Database(database.settings)
    }

    /// Asks something of the database, and returns the plans by which it was answered, in their order.
    public func plans(of question: (Database) async throws -> Void) async throws -> [Plan] {
        let log = try FileHandle(forReadingFrom: cluster.log)
        defer { try? log.close() }
        try log.seekToEnd()
        try await question(database)
        let text = String(decoding: try log.readToEnd() ?? Data(), as: UTF8.self)
        return try plans(in: text)
    }

    /// A plan begins behind the name of its database and goes on in lines that begin with a tab.
    private func plans(in text: String) throws -> [Plan] {
        var plans: [Plan] = []
        var lines: [Substring]?
        func end() throws {
            if let document = lines?.joined(separator: "\n") {
                plans.append(try JSONDecoder().decode(Plan.self, from: Data(document.utf8)))
            }
            lines = nil
        }
        for line in text.split(separator: "\n") {
            if line.hasPrefix("\t") {
                lines?.append(line.dropFirst())
            } else {
                try end()
                if line.hasPrefix("\(name)|LOG:"), line.hasSuffix("plan:") { lines = [] }
            }
        }
        try end()
        return plans
    }
}

/// How the server answered one statement.
public struct Plan: Sendable, Decodable {
    /// The statement.
    public let statement: String
    /// The last step, which has the others within.
    private let root: Step

    enum CodingKeys: String, CodingKey {
        case statement = "Query Text"
        case root = "Plan"
    }

    /// All steps.
    public var steps: [Step] { root.withThoseWithin }

    /// One step of a plan.
    public struct Step: Sendable, Decodable, CustomStringConvertible {
        /// What is done: `Seq Scan`, `Index Scan`…
        public let kind: String
        /// The table that is read, with its schema.
        public var table: String? {
            guard let schema, let relation else { return nil }
            return "\(schema).\(relation)"
        }
        /// What was looked up in an index.
        public let indexCondition: String?
        /// What was asked of each row that was read.
        public let filter: String?
        /// How many rows were read and thrown away each time that the step was run, on average.
        public let removed: Double?
        /// How many times the step was run.
        public let loops: Double?
        private let schema: String?
        private let relation: String?
        private let recheck: String?
        private let within: [Step]?

        enum CodingKeys: String, CodingKey {
            case kind = "Node Type"
            case schema = "Schema"
            case relation = "Relation Name"
            case indexCondition = "Index Cond"
            case recheck = "Recheck Cond"
            case filter = "Filter"
            case removed = "Rows Removed by Filter"
            case loops = "Actual Loops"
            case within = "Plans"
        }

        fileprivate var withThoseWithin: [Step] { [self] + (within ?? []).flatMap(\.withThoseWithin) }

        /// What an index was asked for, in this step or in the one that gave it its rows.
        public var lookedUp: String { [indexCondition, recheck].compactMap(\.self).joined(separator: " ") }

        /// The step as `explain` would write it.
        public var description: String {
            "\(kind) on \(table ?? "—"), index: \(lookedUp.isEmpty ? "—" : lookedUp), filter: \(filter ?? "—"), "
                + "\(Int(removed ?? 0)) rows thrown away, \(Int(loops ?? 1)) times"
        }
    }
}

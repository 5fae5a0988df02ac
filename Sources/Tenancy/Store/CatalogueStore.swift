public import Foundation
public import Kernel
public import Postgres

/// The owner of the database, who migrates it and fills the catalogues, and does nothing else.
public struct OwnerScope: TransactionScope {
    /// The owner's role.
    public static var role: DatabaseRole { .owner }

    /// Scopes a transaction to the owner's work.
    public init() {}

    /// No tenant is entered.
    public var entry: SQL? { nil }
}

/// The public facts that all tenants share, as the files of `sql/data` have them.
public struct Catalogue: Sendable {
    /// Municipalities, those of today and those that old files still carry.
    public let divipola: Divipola
    /// Insurers.
    public let insurers: InsurerCatalogue

    /// Reads the files of a folder.
    ///
    /// - Throws: ``CatalogueError`` where a file says something that cannot be, or an error of Foundation
    ///   where it is not there.
    public init(folder: URL) throws {
        func text(_ name: String) throws -> String {
            try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        }
        divipola = try Divipola(csv: try text("divipola.csv"), retired: try text("divipola_retired.csv"))
        insurers = try InsurerCatalogue(csv: try text("eps.csv"))
    }

    /// Writes the catalogues, changing only rows that differ. Rows that a file no longer has stay: others
    /// point at them.
    ///
    /// - Returns: How many rows were written.
    @discardableResult
    public func load(into database: Database) async throws -> Int {
        try await database.transaction(OwnerScope()) { transaction in
            try await transaction.write(divipola) + transaction.write(insurers)
        }
    }
}

extension Transaction where Scope == OwnerScope {
    fileprivate func write(_ divipola: Divipola) async throws -> Int {
        let current = divipola.municipalities
        // A code that went out of use keeps the name that it had, in its successor's department.
        let rows =
            current.map { ($0.code, $0.name, $0.department, $0.kind, false) }
            + divipola.retired.map { ($0.code, $0.name, $0.successor.department, $0.successor.kind, true) }
        return try await execute(
            """
            insert into catalogue.municipalities as known (
                municipality_code, name, name_folded, department_code, department, kind, is_retired)
            select * from unnest(
                \(rows.map(\.0.rawValue)), \(rows.map(\.1)), \(rows.map(\.1.folded)),
                \(rows.map { String($0.0.rawValue.prefix(2)) }), \(rows.map(\.2.name)),
                \(rows.map(\.3.rawValue)), \(rows.map(\.4)))
            on conflict on constraint municipalities_pkey do update set
                name = excluded.name, name_folded = excluded.name_folded, department = excluded.department,
                kind = excluded.kind, is_retired = excluded.is_retired
            where (known.name, known.name_folded, known.department, known.kind, known.is_retired)
                is distinct from (
                    excluded.name, excluded.name_folded, excluded.department, excluded.kind,
                    excluded.is_retired)
            """)
    }

    fileprivate func write(_ catalogue: InsurerCatalogue) async throws -> Int {
        let rows = catalogue.insurers.flatMap { insurer in insurer.codes.map { (insurer, $0) } }
        return try await execute(
            """
            insert into catalogue.insurers as known (
                insurer_code, insurer_key, name, short_name, regime, kind, nit, state, is_verified)
            select * from unnest(
                \(rows.map(\.1.code.rawValue)), \(rows.map(\.0.brand)), \(rows.map(\.0.name)),
                \(rows.map(\.0.brand)), \(rows.map { $0.1.regime.column }), \(rows.map(\.1.purpose.rawValue)),
                \(rows.map { $0.0.nit.map { String($0.number) } }), \(rows.map { $0.0.status.column }),
                \(rows.map(\.1.isVerified)))
            on conflict on constraint insurers_pkey do update set
                insurer_key = excluded.insurer_key, name = excluded.name, short_name = excluded.short_name,
                regime = excluded.regime, kind = excluded.kind, nit = excluded.nit, state = excluded.state,
                is_verified = excluded.is_verified
            where (known.insurer_key, known.name, known.short_name, known.regime, known.kind, known.nit,
                known.state, known.is_verified)
                is distinct from (excluded.insurer_key, excluded.name, excluded.short_name, excluded.regime,
                excluded.kind, excluded.nit, excluded.state, excluded.is_verified)
            """)
    }
}

extension InsurerCatalogue.Regime {
    /// The word that the table has for it.
    fileprivate var column: String {
        switch self {
        case .contributory: "contributivo"
        case .subsidised: "subsidiado"
        case .special: "especial"
        case .adapted: "otro"
        }
    }
}

extension InsurerCatalogue.Status {
    fileprivate var column: String {
        switch self {
        case .inForce: "current"
        case .notInForceUnverified: "unverified"
        }
    }
}

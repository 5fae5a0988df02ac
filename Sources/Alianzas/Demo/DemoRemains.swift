import Foundation
import Postgres
import Tenancy

extension Runtime {
    /// Whether a demonstration was begun to be loaded here, and is not whole.
    var isHalfDemonstration: Bool {
        configuration.storage == .privateCluster && DemoCard(folder: configuration.dataFolder).isHalfLoaded
    }

    /// Removes what a load that was broken off left, the whole schema with it, and makes the schema anew.
    ///
    /// A load begins in an empty database of our own, so all that is there is the demonstration's; where it is not,
    /// since somebody went on to work there, nothing is removed. It may be broken off, and begins again then.
    ///
    /// - Throws: ``DemoError/halfLoadedAmongOthers``, `MigrationError`.
    func clearHalfDemonstration() async throws {
        let slugs = try await database.read(PublicScope()) { transaction in
            // Broken off in the midst of this, there may be no table to ask.
            let isThere = try await transaction.value(
                "select to_regclass('catalogue.organizations') is not null", as: Bool.self)
            return isThere == true
                ? try await transaction.values("select slug from catalogue.organizations", as: String.self)
                : []
        }
        guard DemoLoader.slugs.isSuperset(of: slugs) else { throw DemoError.halfLoadedAmongOthers }
        for path in [configuration.anchors, configuration.uploads.path(percentEncoded: false)]
        where FileManager.default.fileExists(atPath: path) {
            try FileManager.default.removeItem(atPath: path)
        }
        try await database.script(
            """
            do $$
            declare
                schema_name text;
            begin
                for schema_name in
                    select nspname from pg_namespace where nspowner = 'alianzas_owner'::regrole
                loop
                    execute format('drop schema %I cascade', schema_name);
                end loop;
            end
            $$;
            drop table if exists public.migrations;
            """, as: .owner)
        _ = try await migrate { _ in }
    }
}

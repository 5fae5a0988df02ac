import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@Suite struct RowWallsTests {
    @Test func `every table of tenants has a row of two`() async throws {
        #expect(try await RowWalls.make().tablesWithoutRows() == [])
    }

    @Test func `statements without a filter show no row of a neighbour in any table or view`() async throws {
        #expect(try await RowWalls.make().rowsSeen() == [])
    }

    @Test func `what a board keeps to itself is seen and changed by nobody else`() async throws {
        let walls = try await RowWalls.make()
        #expect(try await walls.reservedRowsSeen() == [])
        try await walls.database.script(
            "drop policy own_space on governance.decisions", as: TestCluster.superuser)
        #expect(
            try await Set(walls.reservedRowsSeen()) == [
                "governance.decisions shows what is reserved",
                "governance.decisions changes what is reserved",
            ])
    }

    @Test func `statements without a scope fail, and are not empty`() async throws {
        #expect(try await RowWalls.make().tablesReadWithoutScope() == [])
    }

    @Test func `statements without a filter write no row of a neighbour in any table`() async throws {
        #expect(try await RowWalls.make().rowsWritten() == [])
    }

    @Test func `functions with their owner's rights do nothing for a neighbour`() async throws {
        #expect(try await RowWalls.make().functionsCalledForNeighbours() == [])
    }

    @Test func `what passes row security by is stopped by the guard of each table`() async throws {
        #expect(try await RowWalls.make().rowsWrittenPastPolicies() == [])
    }

    @Test func `a control body sees its municipalities, and everybody what is published`() async throws {
        let walls = try await RowWalls.make()
        #expect(try await walls.rowsSeenByControl() == [])
        #expect(try await walls.rowsSeenByPublic() == [])
    }

    @Test(arguments: [DatabaseRole.identity, .staging])
    func `sign-in and the import see no row of any tenant`(role: DatabaseRole) async throws {
        #expect(try await RowWalls.make().rowsSeen(by: role) == [])
    }

    // A check that cannot fail is none.

    @Test(arguments: [
        "alter table tenancy.users disable row level security",
        "drop policy tenant_isolation on tenancy.users",
        "alter policy tenant_isolation on tenancy.users using (true) with check (true)",
        """
        create view tenancy.everybody as select * from tenancy.users;
        alter view tenancy.everybody owner to alianzas_owner;
        grant select on tenancy.everybody to alianzas_app
        """,
    ])
    func `a wall that was taken down is missed by who looks`(breach: String) async throws {
        let walls = try await RowWalls.make()
        try await walls.database.script(breach, as: TestCluster.superuser)
        let seen = try await walls.rowsSeen()
        #expect(seen.count == 1 && seen[0].hasSuffix("shows a neighbour"), "\(seen)")
        if !breach.contains("view") {
            #expect(try await walls.rowsWritten().contains("tenancy.users leaves a neighbour to its guard"))
            #expect(try await walls.tablesReadWithoutScope() == ["tenancy.users"])
        }
    }

    @Test func `a table of a new schema and a function that asks for no tenant are missed`() async throws {
        let walls = try await RowWalls.make()
        try await walls.database.script(
            """
            create schema other authorization alianzas_owner;
            create table other.things (organization_id uuid not null, name text);
            insert into other.things values ('\(walls.tenant)', 'x'), ('\(walls.neighbour)', 'x');
            grant usage on schema other to alianzas_app;
            grant select, insert on other.things to alianzas_app;
            create function tenancy.name_of(organization uuid) returns text language sql security definer
                set search_path = pg_catalog
                as 'select name from tenancy.users where organization_id = organization';
            grant execute on function tenancy.name_of to alianzas_app;
            """, as: TestCluster.superuser)
        #expect(try await walls.rowsSeen() == ["other.things shows a neighbour"])
        #expect(try await walls.rowsWritten() == ["other.things takes a row for a neighbour"])
        #expect(
            try await walls.functionsCalledForNeighbours() == ["tenancy.name_of(uuid) serves a neighbour"])
    }

    @Test func `a lenient policy, a missing guard, an empty table and an open projection are missed`()
        async throws
    {
        let walls = try await RowWalls.make()
        try await walls.database.script(
            """
            alter policy tenant_isolation on tenancy.users using (
                organization_id = nullif(current_setting('alianzas.organization_id', true), '')::uuid);
            alter table tenancy.grants drop constraint grants_tenant_guard;
            grant select on tenancy.files to alianzas_identity;
            alter table tenancy.files disable row level security;
            alter policy territory on reporting.alliance_profiles using (true);
            alter policy published on reporting.alliance_profiles using (true);
            """, as: TestCluster.superuser)
        #expect(try await walls.tablesReadWithoutScope() == ["tenancy.files", "tenancy.users"])
        #expect(try await walls.rowsWrittenPastPolicies() == ["tenancy.grants"])
        try await walls.database.script("delete from tenancy.requests", as: TestCluster.superuser)
        #expect(try await walls.tablesWithoutRows() == ["tenancy.requests"])
        #expect(try await walls.rowsSeen(by: .identity) == ["tenancy.files"])
        #expect(try await walls.rowsSeenByControl() == ["reporting.alliance_profiles"])
        #expect(try await walls.rowsSeenByPublic() == ["reporting.alliance_profiles"])
    }
}

import Testing

@testable import Postgres

@Suite
struct `The settings of a cluster` {
    @Test(arguments: [(400, 128), (1024, 256), (24_000, 6000), (262_144, 8192)])
    func `give buffers a quarter of the memory, within bounds`(memory: Int, buffers: Int) {
        let settings = ClusterSettings(
            durability: .durable, memory: memory, socketFolder: "/run/x", connections: 1)
        #expect(settings.text.contains("shared_buffers = '\(buffers)MB'\n"))
    }

    @Test
    func `keep what was committed, unless it may be thrown away`() {
        let durable = ClusterSettings(
            durability: .durable, memory: 1024, socketFolder: "/run/x", connections: 1
        ).text
        let throwaway = ClusterSettings(
            durability: .throwaway, memory: 1024, socketFolder: "/run/x", connections: 1
        ).text
        #expect(!durable.contains("fsync") && !durable.contains("synchronous_commit"))
        #expect(throwaway.contains("fsync = off"))
    }

    @Test
    func `quote a folder twice, as a setting and as one of a list`() {
        let settings = ClusterSettings(
            durability: .durable, memory: 1024, socketFolder: #"/a "b" 'c' \d"#, connections: 1)
        #expect(settings.text.contains(#"unix_socket_directories = '"/a ""b"" ''c'' \\d"'"#))
    }

    @Test(arguments: [(50, 100), (210, 210)])
    func `have room for the pools of all that use it`(connections: Int, most: Int) {
        let settings = ClusterSettings(
            durability: .durable, memory: 1024, socketFolder: "/run/x", connections: connections)
        #expect(settings.text.contains("max_connections = \(most)\n"))
    }

    @Test
    func `know how much memory there is`() {
        #expect(ClusterSettings.availableMemory() > 100)
    }
}

@Suite
struct `What libpq is told` {
    private let role = DatabaseRole(rawValue: "alianzas_app")

    @Test
    func `gives a server up that says nothing any more`() throws {
        let parameters = try PgSettings("host=db.example dbname=x").parameters(for: role, limited: true)
        #expect(parameters["tcp_user_timeout"] == "15000")
        #expect(parameters["keepalives_idle"] == "10")
        #expect(parameters["keepalives_interval"] == "5")
        #expect(parameters["keepalives_count"] == "3")
    }

    @Test
    func `is what the connection string says, where it says it`() throws {
        let parameters = try PgSettings("host=db.example tcp_user_timeout=90000 connect_timeout=7")
            .parameters(for: role, limited: false)
        #expect(parameters["tcp_user_timeout"] == "90000")
        #expect(parameters["connect_timeout"] == "7")
        #expect(parameters["keepalives_count"] == "3")
    }
}

@Suite
struct `A connection string in one word` {
    @Test(arguments: [
        "host=/run/it's\\ a\\ folder,\\ really port=5432 dbname=alianzas",
        "postgresql://a.example:5433,b.example/alianzas?target_session_attrs=read-write",
        "postgresql://somebody:p%40ss%2F%3A%25@db/base%20de%20datos?sslmode=verify-full",
        "host=::1 dbname='ñandú = 1'",
    ])
    func `means what the settings meant, for the role that is asked for`(original: String) throws {
        let role = DatabaseRole(rawValue: "alianzas_app")
        let settings = try PgSettings(original)
        let word = settings.url(for: role)
        #expect(!word.contains { $0.isWhitespace || "'\"\\$`".contains($0) }, "\(word)")
        #expect(try PgSettings(word).connectionString(for: role) == settings.connectionString(for: role))
    }
}

import Postgres
import Testing

@Suite struct SQLTests {
    @Test func `every interpolation becomes a parameter`() {
        let name = "'; drop table members; --"
        let sql: SQL = "select \(1) where name = \(name)"
        #expect(sql.description == "select $1 where name = $2")
    }

    @Test func `a fragment's parameters are renumbered`() {
        let condition: SQL = "a = \(1) and b = \(2)"
        let sql: SQL = "select \(0) where \(fragment: condition) limit \(3)"
        #expect(sql.description == "select $1 where a = $2 and b = $3 limit $4")
    }
}

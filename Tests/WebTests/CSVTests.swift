import Testing

@testable import Web

@Suite struct CSVTests {
    @Test(arguments: [
        ("sin nada", "sin nada"), ("una\nlínea", "\"una\nlínea\""), ("una\r\nlínea", "\"una\r\nlínea\""),
        ("una\rlínea", "\"una\rlínea\""), ("a;b", "\"a;b\""), ("dijo «\"sí\"»", "\"dijo «\"\"sí\"\"»\""),
        (";\u{301}", "\";\u{301}\""), ("=1+1", "'=1+1"), ("\n=1+1", "\"'\n=1+1\""),
        (" blanco", "\" blanco\""),
    ])
    func `a text stays one field, and is no formula`(text: String, field: String) {
        #expect(CSVEncoder.field(.text(text)) == field)
    }
}

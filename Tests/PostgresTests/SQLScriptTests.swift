import Testing

@testable import Postgres

@Suite struct SQLScriptTests {
    @Test(arguments: [
        ("select 1; select 2", ["select 1", "select 2"]),
        ("select 1;;\n;", ["select 1"]),
        ("select ';' as \"a;b\"; select 'it''s;'", ["select ';' as \"a;b\"", "select 'it''s;'"]),
        ("select e'\\';'; select 'e\\'", ["select e'\\';'", "select 'e\\'"]),
        ("-- a; b\nselect 1 -- c;\n; -- end", ["select 1 -- c;\n"]),
        ("/* a; /* b; */ c; */ select 1", ["select 1"]),
        (
            "create function f() as $$ a; b; $$ language sql; select 1",
            ["create function f() as $$ a; b; $$ language sql", "select 1"]
        ),
        ("do $x$ a; $$ b; $$ c; $x$; select 1", ["do $x$ a; $$ b; $$ c; $x$", "select 1"]),
        ("select $1; select a$b; select '¿;?'", ["select $1", "select a$b", "select '¿;?'"]),
        ("select 'unfinished;", ["select 'unfinished;"]),
        ("", []), ("  \n-- nothing\n", []),
    ])
    func `a script falls apart at the semicolons that end statements`(text: String, statements: [String]) {
        #expect(SQLScript(text).statements.map(\.text) == statements)
    }

    @Test func `a statement knows the line of its first word`() {
        let lines = SQLScript("-- one\n\nselect\n  1;\nselect 2;\n/* \n */ select 3").statements.map(\.line)
        #expect(lines == [3, 5, 7])
    }
}

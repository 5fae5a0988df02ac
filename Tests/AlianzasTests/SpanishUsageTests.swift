import ArgumentParser
import Testing

@testable import Alianzas

@Suite
struct `The parser's words` {
    @Test(arguments: [
        (["--nothing"], "No existe la opción «--nothing»"),
        (["datbase"], "Sobra «datbase»"),
        (["serve", "a", "b"], "Sobran 2 argumentos: 'a', 'b'"),
        (["migrate", "--jsn"], "No existe la opción «--jsn». ¿Quiso decir «--json»?"),
        (["database", "url", "--role"], "Falta el valor de --role <rol>"),
        (["database", "url", "--role", "x"], "«x» no sirve para --role <rol>"),
        (["--help"], "Uso: alianzas"),
        (["help", "database", "url"], "Opciones:"),
    ])
    func `are Spanish`(arguments: [String], expected: String) throws {
        let error = try #require(throws: (any Error).self) {
            var command = try Alianzas.parseAsRoot(arguments)
            try command.run()
        }
        let text = SpanishUsage.translated(Alianzas.fullMessage(for: error))
        #expect(text.contains(expected), "\(text)")
        let english =
            /\b(the|Usage|USAGE|OPTIONS|Error|See|help for|more|default|values|Show|Unknown|Missing)\b/
        #expect(text.firstMatch(of: english) == nil, "\(text)")
    }
}

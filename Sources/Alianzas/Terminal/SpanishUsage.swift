import Foundation

/// The words of the argument parser, which speaks English, in Spanish.
enum SpanishUsage {
    private static let headings = [
        ("OVERVIEW: ", ""),
        ("USAGE: ", "Uso: "),
        ("Usage: ", "Uso: "),
        ("ARGUMENTS:", "Argumentos:"),
        ("OPTIONS:", "Opciones:"),
        ("SUBCOMMANDS:", "Órdenes:"),
        ("Error: ", ""),
        ("Help:  ", "Ayuda: "),
        ("<options>", "[opciones]"),
        ("<subcommand>", "<orden>"),
        ("Show help information.", "Muestra esta ayuda."),
        ("Show subcommand help information.", "Muestra la ayuda de una orden."),
        ("Show the version.", "Muestra la versión."),
        ("default: ", "si no: "),
        ("(values: ", "(valores: "),
    ]

    /// Patterns of whole sentences; what they quote is carried over.
    private static let sentences = [
        (#"  See '([^']*)' for detailed help\."#, "  «$1» muestra su ayuda."),
        (#"  See '([^']*)' for more information\."#, "  «$1» muestra la ayuda."),
        (
            #"Unknown option '([^']*)'\. Did you mean '([^']*)'\?"#,
            "No existe la opción «$1». ¿Quiso decir «$2»?"
        ),
        (#"Unknown option '([^']*)'"#, "No existe la opción «$1»"),
        (
            #"Unexpected argument '([^']*)'\. Did you mean '([^']*)'\?"#,
            "Sobra «$1». ¿Quiso decir «$2»?"
        ),
        (#"Unexpected argument '([^']*)'"#, "Sobra «$1»"),
        (#"(\d+) unexpected arguments: (.*)"#, "Sobran $1 argumentos: $2"),
        (#"Missing expected argument '([^']*)'"#, "Falta $1"),
        (#"Missing value for '([^']*)'"#, "Falta el valor de $1"),
        (#"Missing one of: (.*)"#, "Falta uno de estos: $1"),
        (#"The value '([^']*)' is invalid for '([^']*)'"#, "«$1» no sirve para $2"),
        (#"Please provide one of the following:"#, "Indique uno de estos:"),
    ]

    /// Translates what the parser says; texts of our own, which are Spanish already, stay as they are.
    static func translated(_ text: String) -> String {
        let headed = headings.reduce(text) { $0.replacing($1.0, with: $1.1) }
        return sentences.reduce(headed) { text, sentence in
            text.replacingOccurrences(of: sentence.0, with: sentence.1, options: .regularExpression)
        }
    }
}

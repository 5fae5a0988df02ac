public import Kernel

/// One thing wrong with one row of a file of affiliates.
public struct Refusal: Sendable, Hashable {
    /// The physical line on which the record starts; the header is on line 1.
    public let line: Int
    /// The name of the column, empty where the row as a whole is at fault.
    public let column: String
    /// What the file says there, shortened.
    public let value: String
    /// What is wrong.
    public let fault: RowFault

    /// The beginning of a text from a file, short enough for a list: control characters made visible.
    static func excerpt(of text: some StringProtocol) -> String {
        var excerpt = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(120) {
            // The signs for control characters stand in Unicode in the order of what they stand for.
            let visible: Unicode.Scalar? =
                switch scalar.value {
                case ..<0x20: Unicode.Scalar(0x2400 + scalar.value)
                case 0x7F: "\u{2421}"
                default: scalar
                }
            excerpt.append(visible ?? scalar)
        }
        return String(excerpt) + (text.unicodeScalars.dropFirst(120).isEmpty ? "" : "…")
    }
}

/// Why a value, or a row, of a file of affiliates is refused.
///
/// Indirect, so that to say "nothing" costs one word: that is what nearly every value gets.
public indirect enum RowFault: Sendable, Hashable {
    case missingColumns(found: Int, expected: Int)
    case extraColumns(found: Int, expected: Int)
    case textAfterClosingQuote
    case unclosedQuote(openedOn: Int)
    case overlongRow

    case foreignByte(UInt8, FileEncoding)
    case controlCharacter
    case formula
    case empty
    case overlong(longest: Int)

    case document(IdentityDocumentError)
    case documentSeen(line: Int)
    case noName
    case noDate
    case impossibleDate
    case futureDate
    case birthTooLongAgo
    case unknownSex
    case municipality(MunicipalityCodeError)
    case unknownRegime
    case unknownState
    case noPhone
    case noEmail
    case noInsurerCode

    /// What is wrong and how to mend it, in Spanish.
    public var reason: String {
        switch self {
        case .missingColumns(let found, let expected):
            "Faltan columnas: la fila tiene \(found) y el encabezado \(expected). Complete la fila."
        case .extraColumns(let found, let expected):
            "Sobran columnas: la fila tiene \(found) y el encabezado \(expected). Si un valor lleva el separador, enciérrelo entre comillas."
        case .textAfterClosingQuote:
            "Hay texto después de las comillas que cierran. Duplique las comillas que hagan parte del valor."
        case .unclosedQuote(let line):
            "Las comillas que se abren en la línea \(line) no se cierran. Ciérrelas o quítelas."
        case .overlongRow:
            "La fila es demasiado larga. Revise que cada fila termine en un salto de línea."
        case .foreignByte(let byte, let encoding):
            "El byte \(Self.hexadecimal(byte)) no es de la codificación del archivo (\(encoding.name)). Guarde el archivo completo en UTF-8."
        case .controlCharacter:
            "El valor lleva un carácter de control que no se ve. Bórrelo y escriba el valor de nuevo."
        case .formula:
            "El valor empieza como una fórmula de hoja de cálculo (=, +, -, @, tabulación o retorno). Escriba solo el dato."
        case .empty:
            "El valor es obligatorio y está vacío."
        case .overlong(let longest):
            "El valor pasa de \(longest) caracteres. Revise si quedó más de un dato ahí."
        case .document(let error): error.message
        case .documentSeen(let line):
            "Ese documento ya está en la línea \(line) de este archivo. Deje una sola fila por persona."
        case .noName:
            "El valor no tiene ninguna letra. Escriba el nombre o apellido como está en el documento."
        case .noDate:
            "No es una fecha. Escríbala como día/mes/año (31/12/1980) o como 1980-12-31."
        case .impossibleDate:
            "Esa fecha no existe en el calendario. Revise el día y el mes."
        case .futureDate:
            "La fecha de nacimiento está en el futuro. Revise el año."
        case .birthTooLongAgo:
            "La persona tendría más de \(AffiliateFileRules.greatestAge) años. Revise el año."
        case .unknownSex:
            "El sexo se escribe F (femenino), M (masculino) o I (no binario o indeterminado)."
        case .municipality(let error): error.message
        case .unknownRegime:
            "El régimen se escribe C (contributivo), S (subsidiado), E (especial o de excepción) o N (no asegurado)."
        case .unknownState:
            "El estado se escribe AC (activo), SU (suspendido), RE (retirado) o AF (fallecido)."
        case .noPhone:
            "No es un teléfono. Escriba los dígitos, con + al comienzo si lleva indicativo de país, o deje el valor vacío."
        case .noEmail:
            "No es un correo electrónico. Escríbalo como nombre@dominio.co, o deje el valor vacío."
        case .noInsurerCode:
            "No es un código de EPS. Escríbalo como está habilitado, por ejemplo ESS207."
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count == 1 ? "0\(digits)" : digits
    }
}

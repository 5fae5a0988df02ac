import Kernel

/// Why a line of `alianzas election count` is not counted.
enum CountRequestError: Error, Hashable {
    case empty
    case overlong
    case notUTF8
    case syntax(column: Int)
    case noObject
    case idNotScalar
    /// A string that escapes half of a surrogate pair.
    case notText
    case unknownKey(String, known: [String])
    case repeatedKey(String)
    case missing(String)
    case unknownRule
    case noSeats
    case notWholeNumber(String, written: String)
    case notAnObject(String)
    case badThreshold
    case sizeOfNobody(Contender)
    case notBoolean(String)
    case badMajorityBase
    case count(CountError)
}

extension CountRequestError {
    /// What is wrong with the line and how to mend it.
    var message: String {
        switch self {
        case .empty:
            "La línea está vacía. Escriba un objeto JSON por línea."
        case .overlong:
            "La línea pasa de \(LineSplitter.limit.spanish) bytes. Divida la elección o acorte los nombres."
        case .notUTF8:
            "La línea no está en UTF-8. Guarde el archivo en UTF-8."
        case .syntax(let column):
            "La línea no es JSON válido a partir del byte \(column.spanish). Revise comillas, comas y llaves."
        case .noObject:
            "La línea no es un objeto JSON. Escríbala entre llaves: {\"id\":…,\"rule\":…,\"seats\":…,\"votes\":…}."
        case .idNotScalar:
            "El «id» no puede ser una lista ni un objeto. Use un texto o un número."
        case .notText:
            "Un texto tiene un escape \\u incompleto. Escriba el carácter tal cual, en UTF-8."
        case .unknownKey(let key, let known):
            "No existe la clave «\(key)». Las claves son \(known.joined(separator: ", "))."
        case .repeatedKey(let key):
            "La clave «\(key)» aparece dos veces. Deje una sola."
        case .missing(let key):
            "Falta «\(key)». Agréguela a la línea."
        case .unknownRule:
            "La regla no existe. Use una de \(CountingRule.allCases.map(\.rawValue).joined(separator: ", "))."
        case .noSeats:
            "No hay puestos por proveer. Escriba en «seats» un número entero desde 1."
        case .notWholeNumber(let name, let written):
            """
            «\(name)» vale \(written). Escriba un número entero de 0 a 1.000.000.000.000, solo con cifras: sin \
            signo, decimales, exponente ni comillas.
            """
        case .notAnObject(let key):
            "«\(key)» no es un objeto. Escriba cada plancha o candidatura con su número: {\"A\":60,\"B\":28}."
        case .badThreshold:
            "El umbral no es una fracción. Escriba una como \"1/2\", solo con cifras y entre comillas."
        case .sizeOfNobody(let slate):
            "«sizes» nombra a «\(slate)», que no está en «votes». Escriba el mismo nombre en los dos."
        case .notBoolean(let key):
            "«\(key)» solo puede ser true o false, sin comillas."
        case .badMajorityBase:
            "«majority_of» solo puede ser \(MajorityBase.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: " o "))."
        case .count(let error):
            error.message
        }
    }
}

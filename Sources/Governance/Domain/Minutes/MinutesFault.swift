public import Kernel
import Tenancy

/// Sealed minutes that are no longer what was sealed.
public struct MinutesFault: Sendable, Hashable {
    /// What does not hold.
    public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
        /// The text is not the one that was signed.
        case words
        /// The sealed file is another.
        case file
        /// The redacted twin is another.
        case twin
        /// A signature is of another text.
        case signature
        /// The seal is not the one that the chain of events tells of.
        case seal

        /// What does not hold, in words.
        public var title: String {
            switch self {
            case .words: "el texto guardado no es el que se firmó"
            case .file: "el archivo sellado cambió"
            case .twin: "la versión pública cambió"
            case .signature: "una firma es de otro texto"
            case .seal: "el sello no es el que consta en el registro"
            }
        }
    }

    /// The minutes.
    public let minutes: ID<Minutes>
    /// The alliance.
    public let alliance: String
    /// Their number.
    public let number: Int
    /// What does not hold.
    public let kind: Kind
}

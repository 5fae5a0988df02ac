/// The insurers of the health system (`EPS`, `EAPB`) with all codes that files know them by.
public struct InsurerCatalogue: Sendable {
    /// An insurer: one legal person, several codes.
    public struct Insurer: Hashable, Sendable {
        /// A short name in capitals that no other insurer has, «MUTUAL SER».
        public let brand: String
        /// The full name.
        public let name: String
        /// The tax number, where a source gives it.
        public let nit: NIT?
        /// Whether two sources agree on the tax number; `false` too where there is none.
        public let isNITVerified: Bool
        /// Whether it operates, as far as is known.
        public let status: Status
        /// Its codes in order; at least one.
        public let codes: [Entry]
    }

    /// One code of an insurer.
    public struct Entry: Hashable, Sendable {
        /// The code.
        public let code: InsurerCode
        /// The regime whose members it marks.
        public let regime: Regime
        /// Why it exists beside the insurer's others.
        public let purpose: Purpose
        /// Whether two sources agree on it.
        public let isVerified: Bool
        /// Conflicts between sources and other remarks, in Spanish; empty where there are none.
        public let note: String
    }

    /// Whether an insurer operates.
    public enum Status: String, Sendable, Hashable, CaseIterable {
        /// Listed as operating.
        case inForce = "vigente"
        /// Listed as liquidated or withdrawn; no norm was read that says so.
        case notInForceUnverified = "no_vigente_sin_verificar"
    }

    /// A regime of affiliation (*régimen*).
    public enum Regime: String, Sendable, Hashable, CaseIterable {
        /// *Contributivo*, of those who pay.
        case contributory = "contributivo"
        /// *Subsidiado*, of those who cannot.
        case subsidised = "subsidiado"
        /// *Entidad adaptada*, of some old public employers.
        case adapted = "adaptada"
        /// *Régimen especial o de excepción*: armed forces, teachers, Ecopetrol, universities.
        case special = "especial_o_excepcion"
    }

    /// What a code is for.
    public enum Purpose: String, Sendable, Hashable, CaseIterable {
        /// *Habilitación*: the regime that the insurer is licensed for.
        case licence = "habilitacion"
        /// *Movilidad*: members who stay with it after passing to the other regime.
        case mobility = "movilidad"
        /// A special regime, which needs no licence.
        case special = "especial"
    }

    /// All insurers by brand.
    public let insurers: [Insurer]
    private let byCode: [InsurerCode: Int]

    /// Reads the catalogue from its file.
    ///
    /// - Parameter csv: Rows `codigo,nombre,grupo,regimen,clase,nit,estado,codigo_verificado,nit_verificado,nota`,
    ///   with any other columns; rows of one `grupo` are one insurer, and have to agree on it.
    /// - Throws: The first line that cannot be read, or repeats or contradicts another.
    public init(csv: String) throws(CatalogueError) {
        var byBrand: [String: Insurer] = [:]
        var seen: Set<InsurerCode> = []
        for row in try CatalogueTable(csv).rows {
            let entry = try Self.entry(row)
            guard seen.insert(entry.code).inserted else {
                throw .repeated(line: row.line, value: entry.code.rawValue)
            }
            let nitText = try row["nit"]
            let nit: NIT? =
                nitText.isEmpty ? nil : try row.value("nit") { Int($0).flatMap(NIT.init(number:)) }
            let isNITVerified = try row.value("nit_verificado") { ["si": true, "no": false, "": false][$0] }
            let brand = try row["grupo"]
            let before = byBrand[brand]
            let insurer = Insurer(
                brand: brand, name: try row["nombre"], nit: nit,
                isNITVerified: isNITVerified && before?.isNITVerified != false,
                status: try row.value("estado", Status.init(rawValue:)),
                codes: (before?.codes ?? []) + [entry])
            if let before, before.name != insurer.name || before.nit != nit || before.status != insurer.status
            {
                throw .malformed(line: row.line, column: "grupo")
            }
            byBrand[brand] = insurer
        }
        insurers = byBrand.values.sorted { $0.brand < $1.brand }
        byCode = Dictionary(
            uniqueKeysWithValues: insurers.enumerated().flatMap { index, insurer in
                insurer.codes.map { ($0.code, index) }
            })
    }

    private static func entry(_ row: CatalogueTable.Row) throws(CatalogueError) -> Entry {
        Entry(
            code: try row.value("codigo", InsurerCode.init(rawValue:)),
            regime: try row.value("regimen", Regime.init(rawValue:)),
            purpose: try row.value("clase", Purpose.init(rawValue:)),
            isVerified: try row.value("codigo_verificado") { ["si": true, "no": false][$0] },
            note: try row["nota"])
    }

    /// The insurer that a code stands for, `nil` where the catalogue has no such code.
    public subscript(code: InsurerCode) -> Insurer? {
        byCode[code].map { insurers[$0] }
    }

    /// The insurer of a tax number.
    public func insurer(nit: NIT) -> Insurer? {
        insurers.first { $0.nit == nit }
    }
}

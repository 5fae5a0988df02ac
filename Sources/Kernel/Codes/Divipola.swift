/// The departments and municipalities of Colombia (`DIVIPOLA`, of DANE).
public struct Divipola: Sendable {
    /// A department, or the district of Bogotá, which stands as one.
    public struct Department: Hashable, Sendable {
        /// Its two digits.
        public let code: DepartmentCode
        /// Its name with accents, «Valle del Cauca».
        public let name: String
    }

    /// A municipality, or what is counted as one.
    public struct Municipality: Hashable, Sendable {
        /// Its five digits.
        public let code: MunicipalityCode
        /// Its name with accents, «San José de Cúcuta».
        public let name: String
        /// The department that it lies in.
        public let department: Department
        /// Whether it is a municipality.
        public let kind: Kind

        /// The name with its department, since many share one: «Argelia (Cauca)»; «Bogotá, D.C.».
        public var fullName: String {
            name == department.name ? name : "\(name) (\(department.name))"
        }
    }

    /// What a code of DIVIPOLA stands for.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// *Municipio*, or the capital district.
        case municipality = "municipio"
        /// *Área no municipalizada*: no mayor, and no *personería* of its own.
        case nonMunicipalArea = "area_no_municipalizada"
        /// The island of San Andrés, governed by its department.
        case island = "isla"
    }

    /// A code that went out of use, and what old files mean by it today.
    public struct Retired: Hashable, Sendable {
        /// The code that is no longer used.
        public let code: MunicipalityCode
        /// The name that it had.
        public let name: String
        /// What took its place.
        public let successor: Municipality
        /// The norm that retired it.
        public let norm: String
        /// Whether the norm was seen.
        public let isConfirmed: Bool
    }

    /// All departments by code.
    public let departments: [Department]
    /// All municipalities by code.
    public let municipalities: [Municipality]
    /// Codes out of use, by code.
    public let retired: [Retired]

    private let byCode: [MunicipalityCode: Municipality]
    private let byDepartment: [DepartmentCode: [Municipality]]
    private let foldedNames: [(folded: String, municipality: Municipality)]

    /// Reads the catalogue from its files.
    ///
    /// - Parameters:
    ///   - csv: Rows `code,municipality,department_code,department,type`, with any other columns.
    ///   - retired: Rows `code,municipality,successor,norm,confirmed`, the last `si` or `no`.
    /// - Throws: The first line that cannot be read, or repeats or contradicts another.
    public init(csv: String, retired: String) throws(CatalogueError) {
        var departments: [DepartmentCode: Department] = [:]
        var byCode: [MunicipalityCode: Municipality] = [:]
        for row in try CatalogueTable(csv).rows {
            let code = try row.value("code", MunicipalityCode.init(rawValue:))
            let department = Department(
                code: try row.value("department_code", DepartmentCode.init(rawValue:)),
                name: try row["department"])
            guard department.code == code.department,
                departments.updateValue(department, forKey: department.code) ?? department == department
            else { throw .malformed(line: row.line, column: "department_code") }
            let municipality = Municipality(
                code: code, name: try row["municipality"], department: department,
                kind: try row.value("type", Kind.init(rawValue:)))
            guard byCode.updateValue(municipality, forKey: code) == nil else {
                throw .repeated(line: row.line, value: code.rawValue)
            }
        }
        self.byCode = byCode
        self.departments = departments.values.sorted { $0.code < $1.code }
        municipalities = byCode.values.sorted { $0.code < $1.code }
        byDepartment = Dictionary(grouping: municipalities, by: \.department.code)
        foldedNames = municipalities.map { ($0.name.folded, $0) }
        self.retired = try Self.readRetired(retired, current: byCode)
    }

    private static func readRetired(
        _ csv: String, current: [MunicipalityCode: Municipality]
    ) throws(CatalogueError) -> [Retired] {
        var retired: [Retired] = []
        for row in try CatalogueTable(csv).rows {
            let code = try row.value("code", MunicipalityCode.init(rawValue:))
            guard current[code] == nil, !retired.contains(where: { $0.code == code }) else {
                throw .repeated(line: row.line, value: code.rawValue)
            }
            let successor = try row.value("successor", MunicipalityCode.init(rawValue:))
            guard let municipality = current[successor] else {
                throw .unknown(line: row.line, value: successor.rawValue)
            }
            retired.append(
                Retired(
                    code: code, name: try row["municipality"], successor: municipality, norm: try row["norm"],
                    isConfirmed: try row.value("confirmed") { ["si": true, "no": false][$0] }))
        }
        return retired.sorted { $0.code < $1.code }
    }
}

// MARK: - Looking up

extension Divipola {
    /// The municipality of a code, `nil` where it is not in use.
    public subscript(code: MunicipalityCode) -> Municipality? { byCode[code] }

    /// The municipalities of a department by code; none for an unknown department.
    public func municipalities(of department: DepartmentCode) -> [Municipality] {
        byDepartment[department] ?? []
    }

    /// The municipalities that people may mean by a name: those that bear it or, if there are none, those whose
    /// name holds its words in a row («Cartagena», «Cúcuta», «Bogotá»), by code.
    ///
    /// Many names are borne twice, so the department, where it is known, should be given.
    public func municipalities(named name: String, in department: DepartmentCode? = nil) -> [Municipality] {
        let sought = name.folded
        guard !sought.isEmpty else { return [] }
        let candidates = foldedNames.filter {
            department == nil || $0.municipality.department.code == department
        }
        let exact = candidates.filter { $0.folded == sought }
        let found = exact.isEmpty ? candidates.filter { " \($0.folded) ".contains(" \(sought) ") } : exact
        return found.map(\.municipality)
    }

    /// The municipality that a text of five digits names.
    ///
    /// - Throws: That there is none, and the one that was probably meant.
    public func municipality(code text: String) throws(MunicipalityCodeError) -> Municipality {
        let digits = text.filter { !($0.isWhitespace || ".,".contains($0)) }
        guard let code = MunicipalityCode(rawValue: digits) else {
            // Five digits that begin with a zero came out of a spreadsheet as four.
            guard let padded = MunicipalityCode(rawValue: "0" + digits), let meant = byCode[padded] else {
                throw .malformed
            }
            throw .lostZero(meant)
        }
        if let municipality = byCode[code] { return municipality }
        if let old = retired.first(where: { $0.code == code }) { throw .retired(old) }
        throw .unknown(code, department: departments.first { $0.code == code.department })
    }
}

/// Why a text names no municipality.
public enum MunicipalityCodeError: Error, Hashable, Sendable {
    /// It is not five digits.
    case malformed
    /// It is the code of a municipality without the zero in front.
    case lostZero(Divipola.Municipality)
    /// The code went out of use.
    case retired(Divipola.Retired)
    /// No municipality has or had this code; its first two digits may be those of a department.
    case unknown(MunicipalityCode, department: Divipola.Department?)
}

extension MunicipalityCodeError: UserFacingError {
    /// The stable code, `municipality.code.…`.
    public var code: String {
        switch self {
        case .malformed: "municipality.code.malformed"
        case .lostZero: "municipality.code.lost_zero"
        case .retired: "municipality.code.retired"
        case .unknown: "municipality.code.unknown"
        }
    }

    /// The input is malformed.
    public var kind: ErrorKind { .invalid }

    /// What is wrong and which code was probably meant.
    public var message: String {
        switch self {
        case .malformed:
            return "El código del municipio lleva 5 dígitos, como 11001 para Bogotá, D.C. Revíselo."
        case .lostZero(let municipality):
            return
                "Al código le falta el cero inicial: \(municipality.code) es \(municipality.fullName). Si viene "
                + "de una hoja de cálculo, guarde esa columna como texto."
        case .retired(let retired):
            return "El código \(retired.code) (\(retired.name)) ya no se usa. Use \(retired.successor.code), "
                + "\(retired.successor.fullName)."
        case .unknown(let code, let department?):
            return
                "En \(department.name) no hay un municipio con el código \(code). Revise los 3 últimos dígitos."
        case .unknown(let code, nil):
            return "No hay un departamento con el código \(code.department). Revise el código \(code)."
        }
    }
}

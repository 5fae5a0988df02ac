public import Kernel

/// People who do not exist, with names as frequent, ages and places as in Colombia: for demonstrations and
/// measurements.
///
/// What could reach somebody leads nowhere. Their documents are of ranges that were never issued, their mobiles of a
/// prefix that no operator has, their mail of a domain that cannot exist (RFC 2606). The same seed gives the same
/// people.
public struct InventedPeople: Sequence, IteratorProtocol, Sendable {
    /// The figures that people are drawn from.
    public struct Figures: Sendable {
        fileprivate let surnames: Weighted<String>
        fileprivate let womensNames: Weighted<String>
        fileprivate let mensNames: Weighted<String>
        fileprivate let ages: Weighted<(sex: Sex, years: Int)>
        fileprivate let municipalities: [(code: MunicipalityCode, population: Double)]

        /// Reads the figures of files in `sql/data`.
        ///
        /// - Parameters:
        ///   - names: Rows `nombre,sexo,peso`.
        ///   - surnames: Rows `apellido,peso`.
        ///   - ages: Rows `age,men,women`.
        ///   - populations: Rows `code,population,…`.
        /// - Throws: The first row that cannot be read.
        public init(
            names: String, surnames: String, ages: String, populations: String
        ) throws(CatalogueError) {
            var women: [(String, Double)] = []
            var men: [(String, Double)] = []
            for row in try NumberTable(names, numbersFrom: 2).rows {
                if row.texts[1] == "F" {
                    women.append((row.texts[0], row.numbers[0]))
                } else {
                    men.append((row.texts[0], row.numbers[0]))
                }
            }
            womensNames = try Weighted(women)
            mensNames = try Weighted(men)
            self.surnames = try Weighted(
                try NumberTable(surnames, numbersFrom: 1).rows.map { ($0.texts[0], $0.numbers[0]) })
            self.ages = try Weighted(
                try NumberTable(ages, numbersFrom: 1).rows.flatMap { row in
                    let years = Int(row.texts[0]) ?? 0
                    return [((Sex.male, years), row.numbers[0]), ((Sex.female, years), row.numbers[1])]
                })
            municipalities = try NumberTable(populations, numbersFrom: 1).rows.compactMap { row in
                MunicipalityCode(rawValue: row.texts[0]).map { ($0, row.numbers[0]) }
            }
        }
    }

    private let figures: Figures
    private let municipalities: Weighted<MunicipalityCode>
    private let today: CalendarDate
    private var random: RepeatableRandom
    private var count: UInt64

    /// The people whom a seed gives.
    ///
    /// - Parameters:
    ///   - figures: What they are drawn from.
    ///   - seed: Which people. The first 99,999,989 of a seed have each a document of their own.
    ///   - today: The day on which they have their ages.
    ///   - places: The municipalities where they live, as many in each as its population asks; all, where none is
    ///     named.
    /// - Throws: ``CatalogueError`` where the figures have none of the places.
    public init(
        _ figures: Figures, seed: UInt64, today: CalendarDate, in places: Set<MunicipalityCode> = []
    ) throws(CatalogueError) {
        self.figures = figures
        self.today = today
        municipalities = try Weighted(
            figures.municipalities.filter { places.isEmpty || places.contains($0.code) }
                .map { ($0.code, $0.population) })
        random = RepeatableRandom(seed: seed)
        count = seed &* 0x9E37_79B9_7F4A_7C15 >> 16
    }

    /// The next person; there is always one more.
    public mutating func next() -> InventedPerson? {
        count &+= 1
        let (sex, years) = figures.ages.pick(&random)
        let birthDate = today.addingYears(-years) - Int(random.below(365))
        let names = sex == .female ? figures.womensNames : figures.mensNames
        let firstName = names.pick(&random)
        var secondName: String? = names.pick(&random)
        if secondName == firstName || random.below(100) < 15 { secondName = nil }
        let isForeign = random.below(100) < 2
        let firstSurname = figures.surnames.pick(&random)
        let secondSurname = isForeign && random.below(2) == 0 ? nil : figures.surnames.pick(&random)
        let contact = random.below(100)
        let serial = count % 99_999_989
        return InventedPerson(
            documentType: Self.documentType(
                months: birthDate.completedMonths(on: today), isForeign: isForeign),
            // 1.900 million and more are numbers that Colombia has not come to yet.
            documentNumber: String(1_900_000_000 + serial),
            firstSurname: firstSurname, secondSurname: secondSurname, firstName: firstName,
            secondName: secondName,
            birthDate: birthDate, sex: sex, municipality: municipalities.pick(&random),
            regime: random.below(100) < 47 ? .contributory : .subsidized,
            state: Self.state(random.below(100)),
            // No operator of Colombia has mobiles that begin with 399.
            phone: contact < 85 ? "399\(1_000_000 + random.below(9_000_000))" : nil,
            email: contact < 35
                ? "\(Self.mailName(firstName)).\(Self.mailName(firstSurname))\(serial)@correo.example" : nil)
    }

    private static func documentType(months: Int, isForeign: Bool) -> DocumentType {
        if isForeign { return .temporaryProtectionPermit }
        return switch months {
        case ..<84: .civilRegistry
        case ..<216: .identityCard
        default: .cedula
        }
    }

    private static func state(_ percent: UInt64) -> AffiliationState {
        switch percent {
        case ..<94: .active
        case ..<97: .suspended
        case ..<99: .retired
        default: .deceased
        }
    }

    private static func mailName(_ name: String) -> String { name.folded.filter { $0 != " " } }
}

/// A person whom ``InventedPeople`` made up.
public struct InventedPerson: Sendable, Hashable {
    /// The type of the document, as it is at that age.
    public let documentType: DocumentType
    /// The number of the document, which nobody has.
    public let documentNumber: String
    /// *Primer apellido.*
    public let firstSurname: String
    /// *Segundo apellido*, which some foreigners lack.
    public let secondSurname: String?
    /// *Primer nombre.*
    public let firstName: String
    /// *Segundo nombre.*
    public let secondName: String?
    /// The day of birth.
    public let birthDate: CalendarDate
    /// The sex.
    public let sex: Sex
    /// Where the person lives.
    public let municipality: MunicipalityCode
    /// The regime of affiliation.
    public let regime: Regime
    /// Whether the affiliation is in force.
    public let state: AffiliationState
    /// A mobile that rings nowhere.
    public let phone: String?
    /// An address that no mail reaches.
    public let email: String?
}

/// Numbers that look random and that a seed repeats (SplitMix64, S. Vigna).
struct RepeatableRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// A number below `bound`. The bias of the product is far below what a drawing of people can show.
    mutating func below(_ bound: UInt64) -> UInt64 { next().multipliedFullWidth(by: bound).high }
}

/// Values that are drawn as often as their weights say.
private struct Weighted<Value: Sendable>: Sendable {
    private let values: [Value]
    /// For each value the weights up to it, as parts of 2^64.
    private let bounds: [UInt64]

    init(_ weighted: [(Value, Double)]) throws(CatalogueError) {
        let total = weighted.reduce(0) { $0 + $1.1 }
        guard total > 0 else { throw .empty }
        values = weighted.map(\.0)
        var sum = 0.0
        bounds = weighted.map { _, weight in
            sum += weight
            return UInt64(min(sum / total, 1).nextDown * 0x1p64)
        }
    }

    func pick(_ random: inout RepeatableRandom) -> Value {
        let number = random.next()
        var (low, high) = (0, values.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if number < bounds[middle] { high = middle } else { low = middle + 1 }
        }
        return values[low]
    }
}

/// A table of a few columns of text and then columns of numbers, unquoted, under a header.
private struct NumberTable {
    let rows: [(texts: [String], numbers: [Double])]

    init(_ text: String, numbersFrom first: Int) throws(CatalogueError) {
        var rows: [(texts: [String], numbers: [Double])] = []
        for (index, line) in text.split(whereSeparator: \.isNewline).enumerated().dropFirst() {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            let numbers = fields.dropFirst(first).compactMap(Double.init)
            guard !numbers.isEmpty, numbers.count == fields.count - first else {
                throw .malformed(line: index + 1, column: nil)
            }
            rows.append((Array(fields.prefix(first)), numbers))
        }
        guard !rows.isEmpty else { throw .empty }
        self.rows = rows
    }
}

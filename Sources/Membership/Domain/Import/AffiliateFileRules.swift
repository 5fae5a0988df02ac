public import Kernel

/// What a file of affiliates is checked against, beside the file itself.
public struct AffiliateFileRules: Sendable {
    /// The age in years past which a date of birth is taken for a mistake. [design] The longest life that was
    /// proved had 122 years.
    public static let greatestAge = 125

    /// The day on which the file is read, in Colombia.
    public let today: CalendarDate
    /// The codes of the organisation itself where it is an insurer, the one to be supposed first; none where it is
    /// not: then each row has to name its insurer, since the people of an IPS have several.
    public let ownInsurers: [InsurerCode]
    /// The regime of each code of the catalogue of insurers.
    public let regimes: [InsurerCode: Regime]
    /// The first day of birth that is believed.
    let earliestBirth: CalendarDate
    let municipalities: MunicipalityTable

    /// Rules for the files of one organisation on one day, with the municipalities of `divipola`.
    public init(
        today: CalendarDate, ownInsurers: [InsurerCode], regimes: [InsurerCode: Regime], divipola: Divipola
    ) {
        self.today = today
        self.ownInsurers = ownInsurers
        self.regimes = regimes
        earliestBirth = today.addingYears(-Self.greatestAge)
        municipalities = MunicipalityTable(divipola)
    }

    /// Whether the header of a file has to name a column.
    func isRequired(_ column: AffiliateColumn) -> Bool {
        column.isAlwaysRequired || (column == .insurer && ownInsurers.isEmpty)
    }

    /// The insurer to be supposed where a row names none: the organisation's own code for the regime, else its
    /// first.
    func supposedInsurer(for regime: Regime?) -> InsurerCode? {
        ownInsurers.first { regimes[$0] == regime } ?? ownInsurers.first
    }

    /// The regime to be supposed where a row names neither regime nor insurer: that of all the organisation's own
    /// codes, where they have but one.
    var supposedRegime: Regime? {
        let own = Set(ownInsurers.map { regimes[$0] })
        return own.count == 1 ? own.first ?? nil : nil
    }
}

/// The codes of the municipalities (DIVIPOLA), to be asked millions of times.
struct MunicipalityTable: Sendable {
    let divipola: Divipola
    /// Whether a municipality has the code, by the number that its five digits spell.
    private var isCurrent = [Bool](repeating: false, count: 100_000)

    init(_ divipola: Divipola) {
        self.divipola = divipola
        for municipality in divipola.municipalities {
            if let number = Int(municipality.code.rawValue) { isCurrent[number] = true }
        }
    }

    /// Whether the five digits that spell `number` are the code of a municipality.
    func contains(_ number: Int) -> Bool { isCurrent[number] }
}

public import Kernel

/// Bylaws as a text with what it orders: a version, or a project that nobody adopted yet.
public struct BylawsText: Sendable, Hashable {
    /// Identifies it.
    public let id: ID<Bylaws>
    /// Its number among the versions of the alliance.
    public let version: Int
    /// Its title.
    public let title: String
    /// The day of approval; `nil` for a project.
    public let approvedOn: CalendarDate?
    /// From when it counts; of a project, from when it should, where that is said.
    public let from: CalendarDate?
    /// Its articles, in their order.
    public let articles: [BylawArticle]
    /// What it orders in figures.
    public let parameters: [BylawParameter.Name: BylawParameter]

    /// Whether nobody adopted it yet.
    public var isProject: Bool { approvedOn == nil }

    /// What it is called: «Versión 2» or «Proyecto, versión 3».
    public var name: String { isProject ? "Proyecto, versión \(version)" : "Versión \(version)" }
}

/// What bylaws say, as a person filled it in, and that it holds together.
public struct BylawsContent: Sendable, Hashable {
    /// The title of the document.
    public let title: String
    /// Its text.
    public let articles: [BylawArticle]
    /// What it orders in figures.
    public let parameters: [BylawParameter]

    /// Takes what a person filled in; where the document itself is there, it may say nothing here.
    ///
    /// - Throws: ``BylawsError``, the first thing that does not hold together.
    public init(
        _ title: String, articles: [BylawArticle], parameters: [BylawParameter], hasFile: Bool = false
    ) throws(BylawsError) {
        guard let title = title.trimmedOrNil else { throw .untitled }
        guard !articles.isEmpty || !parameters.isEmpty || hasFile else { throw .empty }
        var numbers: Set<String> = []
        for article in articles where !numbers.insert(article.number).inserted {
            throw .repeatedArticle(article.number)
        }
        var names: Set<BylawParameter.Name> = []
        for parameter in parameters {
            guard names.insert(parameter.name).inserted else { throw .repeatedParameter(parameter.name) }
            guard parameter.article != nil || parameter.norm != nil else {
                throw .uncitedParameter(parameter.name)
            }
            if let article = parameter.article, !numbers.contains(article) { throw .unknownArticle(article) }
        }
        let secondQuorum = !names.isDisjoint(with: [.secondQuorumShare, .secondQuorumCount])
        guard names.contains(.secondCallMinutes) == secondQuorum else { throw .halfSecondCall }
        self.title = title
        self.articles = articles
        self.parameters = parameters
    }
}

/// Two texts of bylaws side by side, article by article and figure by figure.
public struct BylawsComparison: Sendable, Hashable {
    /// What became of an article or a figure.
    public enum Change: Sendable, Hashable {
        /// It says the same.
        case same
        /// It says something else.
        case changed
        /// It is new.
        case added
        /// It is gone.
        case removed
    }

    /// An article on both sides.
    public struct Article: Sendable, Hashable {
        /// As it was; `nil` for a new one.
        public let before: BylawArticle?
        /// As it is; `nil` for one that is gone.
        public let after: BylawArticle?

        /// Its number.
        public var number: String { after?.number ?? before?.number ?? "" }

        /// What became of it.
        public var change: Change {
            guard let before else { return .added }
            guard let after else { return .removed }
            return before == after ? .same : .changed
        }

        /// The words of both sides, those that went and those that came marked.
        public var words: (before: [Word], after: [Word]) {
            Self.words(before?.body ?? "", after?.body ?? "")
        }

        private static func words(_ before: String, _ after: String) -> (before: [Word], after: [Word]) {
            func split(_ text: String) -> [Substring] { text.split(whereSeparator: \.isWhitespace) }
            let (old, new) = (split(before), split(after))
            let difference = new.difference(from: old)
            var removed: Set<Int> = []
            var inserted: Set<Int> = []
            for change in difference {
                switch change {
                case .remove(let offset, _, _): removed.insert(offset)
                case .insert(let offset, _, _): inserted.insert(offset)
                }
            }
            return (
                old.enumerated().map { Word(text: String($1), isChanged: removed.contains($0)) },
                new.enumerated().map { Word(text: String($1), isChanged: inserted.contains($0)) }
            )
        }
    }

    /// A word of an article, and whether it is on one side alone.
    public struct Word: Sendable, Hashable {
        /// The word.
        public let text: String
        /// Whether it is on this side alone.
        public let isChanged: Bool
    }

    /// A figure on both sides.
    public struct Parameter: Sendable, Hashable {
        /// What it is about.
        public let name: BylawParameter.Name
        /// As it was; `nil` where nothing was ordered.
        public let before: BylawParameter?
        /// As it is; `nil` where nothing is ordered.
        public let after: BylawParameter?

        /// What became of it.
        public var change: Change {
            guard let before else { return .added }
            guard let after else { return .removed }
            return before.value == after.value ? .same : .changed
        }
    }

    /// The text that came first.
    public let before: BylawsText
    /// The other.
    public let after: BylawsText

    /// Compares two texts.
    public init(_ before: BylawsText, with after: BylawsText) {
        self.before = before
        self.after = after
    }

    /// The articles in the order of the later text; those that are gone stand after the one that they followed.
    public var articles: [Article] {
        let old = Dictionary(before.articles.map { ($0.number, $0) }) { first, _ in first }
        let kept = Set(after.articles.map(\.number))
        var list = after.articles.map { Article(before: old[$0.number], after: $0) }
        for (index, article) in before.articles.enumerated() where !kept.contains(article.number) {
            let previous = before.articles[..<index].last { earlier in
                list.contains { $0.number == earlier.number }
            }
            let place = previous.flatMap { earlier in list.firstIndex { $0.number == earlier.number } }
            list.insert(Article(before: article, after: nil), at: place.map { $0 + 1 } ?? 0)
        }
        return list
    }

    /// The figures that either orders, in the order in which forms ask for them.
    public var parameters: [Parameter] {
        BylawParameter.Name.allCases.compactMap { name in
            let (old, new) = (before.parameters[name], after.parameters[name])
            return old == nil && new == nil ? nil : Parameter(name: name, before: old, after: new)
        }
    }

    /// How many articles and figures are not the same.
    public var changes: Int {
        articles.count { $0.change != .same } + parameters.count { $0.change != .same }
    }
}

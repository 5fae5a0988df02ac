// Distributing figure, D'Hondt.

extension Reckoning {
    /// Shares the seats by the distributing figure (`cifra repartidora`).
    ///
    /// Dividing by 1, 2, 3… up to the seats would never end for 10¹² of them. The start is each slate's part
    /// of the seats, rounded down: those are the results that are at least votes ÷ seats, and since that many
    /// are never more than the seats, they are among the highest. Fewer seats than slates are then left, and
    /// go one by one to the highest next result; equal results go together, and are a tie where they are more
    /// than the seats left. Each slate has one result of a given value, so a draw gives it one seat at most,
    /// also where the tie spans several seats.
    ///
    /// A slate without votes has only results of zero, which never come before another's.
    ///
    /// - Complexity: O(n log n) in the slates, whatever the seats.
    /// - SeeAlso: Constitución Política, art. 263.
    mutating func giveByFigure() {
        let slates = slatesPastThreshold()
        guard !slates.isEmpty else {
            steps.append(.votesSpent(seats: terms.seats))
            return
        }
        let sum = slates.reduce(0) { $0 + UInt64(votes($1)) }
        var left = terms.seats
        for index in slates {
            let product = UInt64(votes(index)).multipliedFullWidth(by: UInt64(terms.seats))
            seats[index] = Int(sum.dividingFullWidth(product).quotient)
            left -= seats[index]
        }
        var tied: [Int] = []
        var next = NextResults(slates.map { (index: $0, votes: votes($0), divisor: seats[$0] + 1) })
        while left > 0 {
            let highest = next.popHighest()
            guard highest.count <= left else {
                tied = highest
                break
            }
            for index in highest {
                seats[index] += 1
                next.insert((index: index, votes: votes(index), divisor: seats[index] + 1))
            }
            left -= highest.count
        }
        explainFigure(slates, tied: tied)
        if let equal = tied.first {
            tie = OpenTie(among: tied, seats: left, share: 1, level: .result(result(equal, seats[equal] + 1)))
        }
    }

    private func result(_ index: Int, _ divisor: Int) -> Fraction {
        Fraction(UInt128(votes(index)), over: UInt128(divisor))
    }

    private mutating func explainFigure(_ slates: [Int], tied: [Int]) {
        let tiedSlates = Set(tied)
        // The last result of each slate that is at least the figure, the tied ones included.
        func times(_ index: Int) -> Int { seats[index] + (tiedSlates.contains(index) ? 1 : 0) }
        guard
            let figure = slates.filter({ times($0) > 0 }).map({ result($0, times($0)) }).min()
        else { return }
        if terms.seats <= CountStep.rankedResultsLimit {
            let results = slates.flatMap { index in
                (0..<times(index)).map {
                    RankedResult(contender: contender(index), votes: votes(index), divisor: $0 + 1)
                }
            }
            steps.append(
                .rankedResults(
                    results.sorted {
                        $0.value != $1.value ? $0.value > $1.value : $0.contender < $1.contender
                    }))
        }
        steps.append(.distributingFigure(figure, place: terms.seats))
        for index in slates {
            steps.append(
                .seatsByFigure(
                    contender(index), votes: votes(index), figure: figure, times: times(index),
                    lastIsTied: tiedSlates.contains(index)))
        }
    }
}

/// The next result of each slate, the highest at hand: a binary heap.
private struct NextResults {
    typealias Result = (index: Int, votes: Int, divisor: Int)

    private var heap: [Result] = []

    init(_ results: [Result]) {
        heap.reserveCapacity(results.count)
        for result in results { insert(result) }
    }

    /// Whether a result is higher than another: `a ÷ b > c ÷ d` as `a × d > c × b`, in 128 bits.
    private static func isHigher(_ left: Result, _ right: Result) -> Bool {
        UInt128(left.votes) * UInt128(right.divisor) > UInt128(right.votes) * UInt128(left.divisor)
    }

    mutating func insert(_ result: Result) {
        heap.append(result)
        var child = heap.count - 1
        while child > 0, Self.isHigher(heap[child], heap[(child - 1) / 2]) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Removes the highest result and all that are equal to it, and returns their slates.
    mutating func popHighest() -> [Int] {
        guard let highest = heap.first else { return [] }
        var slates: [Int] = []
        while let first = heap.first, !Self.isHigher(highest, first) {
            slates.append(first.index)
            removeFirst()
        }
        return slates
    }

    private mutating func removeFirst() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var parent = 0
        while true {
            var highest = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < heap.count && Self.isHigher(heap[child], heap[highest]) {
                highest = child
            }
            guard highest != parent else { return }
            heap.swapAt(parent, highest)
            parent = highest
        }
    }
}

import Postgres
import TestSupport

/// The superuser, without anything to enter.
struct Anything: TransactionScope {
    static var role: DatabaseRole { TestCluster.superuser }
    var entry: SQL? { nil }
}

/// A scope that leaves a name in a setting, as the product's scopes do.
struct Named: TransactionScope {
    static var role: DatabaseRole { TestCluster.superuser }
    let name: String
    /// A plain function: what matters here is when it runs, not how a sharded database hears of it.
    var entry: SQL? { "select set_config('test.name', \(name), true)" }
}

/// A generator whose seed can be printed and given again.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// SplitMix64 (Steele, Lea and Flood, 2014).
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

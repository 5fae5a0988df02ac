import COpenSSL

/// Some large numbers of OpenSSL that live and die together, with the scratch space that its arithmetic wants.
///
/// They are made once for many operations, which then allocate nothing. For one thread at a time.
struct Registers: ~Copyable {
    private let numbers: [OpaquePointer]
    /// The `BN_CTX`.
    let scratch: OpaquePointer

    /// Numbers that are 0, wiped when they die.
    init(count: Int) {
        scratch = OpenSSL.allocated(BN_CTX_new())
        numbers = (0..<count).map { _ in OpenSSL.allocated(BN_new()) }
    }

    deinit {
        for number in numbers { BN_clear_free(number) }
        BN_CTX_free(scratch)
    }

    /// The `BIGNUM` at a place.
    subscript(index: Int) -> OpaquePointer { numbers[index] }
}

/// What OpenSSL answers.
enum OpenSSL {
    /// A pointer that was asked for.
    ///
    /// There is none only when memory has run out, where Swift itself ends the process too.
    static func allocated(_ pointer: OpaquePointer?) -> OpaquePointer {
        guard let pointer else { fatalError("OpenSSL found no memory") }
        return pointer
    }

    /// Asserts that a call succeeded.
    ///
    /// The calls wrapped here fail only without memory or on a modulus that is even or zero, and ours are constants.
    static func succeeded(_ result: Int32) {
        guard result == 1 else { fatalError("OpenSSL failed in arithmetic") }
    }
}

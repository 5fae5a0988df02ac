import Kernel

/// The small records that bind the others to an event (format, §4.3).
enum ArchiveData {
    /// `setup_data`: what the election begins with.
    struct Setup: Hashable {
        let election: HashDigest
        let trustees: HashDigest
        let credentials: HashDigest

        init(election: HashDigest, trustees: HashDigest, credentials: HashDigest) {
            self.election = election
            self.trustees = trustees
            self.credentials = credentials
        }

        init(canonical bytes: [UInt8]) throws(TextFault) {
            var reader = CanonicalReader(bytes)
            try reader.expect(#"{"election":"#)
            election = try reader.hash()
            try reader.expect(#","trustees":"#)
            trustees = try reader.hash()
            try reader.expect(#","credentials":"#)
            credentials = try reader.hash()
            try reader.expect("}")
            try reader.end()
        }

        var text: [UInt8] {
            var writer = CanonicalWriter()
            writer.literal(#"{"election":"#)
            writer.hash(election)
            writer.literal(#","trustees":"#)
            writer.hash(trustees)
            writer.literal(#","credentials":"#)
            writer.hash(credentials)
            writer.literal("}")
            return writer.bytes
        }
    }

    /// `owned`: whose the partial decryption is, counted from 1.
    struct Owned: Hashable {
        let owner: Int
        let payload: HashDigest

        init(owner: Int, payload: HashDigest) {
            self.owner = owner
            self.payload = payload
        }

        init(canonical bytes: [UInt8]) throws(TextFault) {
            var reader = CanonicalReader(bytes)
            try reader.expect(#"{"owner":"#)
            owner = try reader.integer(in: 1...Int(Int32.max))
            try reader.expect(#","payload":"#)
            payload = try reader.hash()
            try reader.expect("}")
            try reader.end()
        }

        var text: [UInt8] {
            var writer = CanonicalWriter()
            writer.literal(#"{"owner":"#)
            writer.integer(owner)
            writer.literal(#","payload":"#)
            writer.hash(payload)
            writer.literal("}")
            return writer.bytes
        }
    }

    /// `sized`: the encrypted tally with how many ballots and votes it adds up.
    struct Sized: Hashable {
        let ballots: Int
        let weight: Int
        let tally: HashDigest

        init(ballots: Int, weight: Int, tally: HashDigest) {
            self.ballots = ballots
            self.weight = weight
            self.tally = tally
        }

        init(canonical bytes: [UInt8]) throws(TextFault) {
            var reader = CanonicalReader(bytes)
            try reader.expect(#"{"num_tallied":"#)
            ballots = try reader.integer(in: 0...Int(Int32.max))
            try reader.expect(#","total_weight":"#)
            weight = try reader.weight()
            try reader.expect(#","encrypted_tally":"#)
            tally = try reader.hash()
            try reader.expect("}")
            try reader.end()
        }

        var text: [UInt8] {
            var writer = CanonicalWriter()
            writer.literal(#"{"num_tallied":"#)
            writer.integer(ballots)
            writer.literal(#","total_weight":"#)
            writer.weight(weight)
            writer.literal(#","encrypted_tally":"#)
            writer.hash(tally)
            writer.literal("}")
            return writer.bytes
        }
    }
}

/// The largest weight that is written as a number; larger ones are texts (format, §4.1).
private let largestPlainWeight = 1_073_741_823

extension CanonicalReader {
    fileprivate mutating func weight() throws(TextFault) -> Int {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
            return try integer(in: 0...largestPlainWeight)
        }
        let digits = try decimal(maximumDigits: 18)
        guard let weight = Int(String(decoding: bytes[digits], as: UTF8.self)), weight > largestPlainWeight
        else {
            throw TextFault(at: digits.lowerBound, expected: "un peso mayor que \(largestPlainWeight)")
        }
        return weight
    }
}

extension CanonicalWriter {
    fileprivate mutating func weight(_ weight: Int) {
        if weight <= largestPlainWeight { integer(weight) } else { quoted(String(weight).utf8) }
    }
}

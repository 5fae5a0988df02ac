extension ElectionDescription {
    /// No ballot of the election is longer, in octets: what is sent to a box, or stands in an archive, is read no further.
    ///
    /// Counted by the one shape of ballots (§4.7), with the longest texts of elements of the group and of numbers below *q*.
    public var longestBallot: Int {
        let element = group == Ed25519.name ? 64 : 617
        let digits = 78
        func octets(_ text: StaticString) -> Int { text.utf8CodeUnitCount }
        let proof = octets(#"{"challenge":"","response":""},"#) + 2 * digits
        let choice = octets(#"{"alpha":"","beta":""},"#) + 2 * element
        func list(of proofs: Int) -> Int { octets("[],") + proofs * proof }
        let envelope =
            octets(#"{"election_uuid":"","election_hash":"","credential":"","answers":[],"#)
            + octets(#""signature":{"hash":"","proof":}}"#)
            + uuid.utf8.count + 2 * fingerprint.utf8.count + element + proof
        return questions.reduce(envelope) { sum, question in
            let overall = question.allowedSums.count + (question.allowsBlank ? 1 : 0)
            return sum + octets(#"{"choices":[],"individual_proofs":[],"overall_proof":,"blank_proof":},"#)
                + question.choiceCount * (choice + list(of: 2)) + list(of: overall)
                + (question.allowsBlank ? list(of: 2) : 0)
        }
    }
}

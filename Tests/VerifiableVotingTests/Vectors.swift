import Foundation

/// `Samples/vectors.json`: values of the format that another program computed.
struct Vectors: Decodable {
    struct Credential: Decodable {
        let credential: String
        let secret: String
        let `public`: String
    }

    struct EncodedProof: Decodable, Equatable {
        let challenge: String
        let response: String
    }

    struct Encryption: Decodable {
        struct Pair: Decodable, Equatable {
            let alpha: String
            let beta: String
        }

        let S: String
        let y: String
        let r: Int
        let m: Int
        let fake: [Int]
        let w: Int
        let ciphertext: Pair
        let proof: [EncodedProof]
    }

    struct Group: Decodable {
        let derive_2_0: Credential?
        let derive_2_4: Credential
        let g: String
        let proof: Encryption

        enum CodingKeys: String, CodingKey {
            case derive_2_0 = "derive_2.0"
            case derive_2_4 = "derive_2.4"
            case g, proof
        }
    }

    let uuid: String
    let belenios2048: Group
    let ed25519: Group

    enum CodingKeys: String, CodingKey {
        case uuid
        case belenios2048 = "BELENIOS-2048"
        case ed25519 = "Ed25519"
    }

    static func load() throws -> Vectors {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "Samples/vectors.json")
        return try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: file))
    }

    func group(_ name: String) -> Group { name == "Ed25519" ? ed25519 : belenios2048 }
}

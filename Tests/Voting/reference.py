"""The format's arithmetic in Python, written from its description alone: what checks the browser's modules and does the
server's share of an election where `belenios-tool` does not know the group.
"""

import base64
import hashlib
import json
from collections import namedtuple
from pathlib import Path

samples = Path(__file__).parents[1] / "VerifiableVotingTests" / "Samples"


def canonical(value):
    """Compact JSON, members in the order given."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def b64(text):
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")


class Field:
    """BELENIOS-2048; its numbers are those of the sample."""

    name = "BELENIOS-2048"

    def __init__(self, p, q, g):
        self.p, self.q, self.generator, self.identity = p, q, g, 1

    def multiply(self, a, b):
        return a * b % self.p

    def power(self, base, exponent):
        return pow(base, exponent, self.p)

    def encode(self, a):
        return str(a)

    def decode(self, text):
        number = int(text)
        assert str(number) == text and 0 <= number < self.p and pow(number, self.q, self.p) == 1, "not in the group"
        return number

    def order_key(self, text):
        return int(text)


class Curve:
    """Ed25519; points are kept in affine coordinates and added in projective ones."""

    name = "Ed25519"
    p = 2**255 - 19
    q = 2**252 + 27742317777372353535851937790883648493
    d = -121665 * pow(121666, -1, p) % p
    identity = (0, 1)

    def __init__(self):
        self.generator = self.decode("66" * 31 + "58")

    def _sum(self, a, b):
        """The sum of X : Y : Z, by the curve's addition law with its denominators multiplied out."""
        (x1, y1, z1), (x2, y2, z2) = a, b
        z = z1 * z2 % self.p
        square, product = z * z % self.p, self.d * x1 * x2 * y1 * y2 % self.p
        below, above = square - product, square + product
        x = z * below * (x1 * y2 + x2 * y1) % self.p
        y = z * above * (y1 * y2 + x1 * x2) % self.p
        return x, y, below * above % self.p

    def _point(self, sum):
        inverse = pow(sum[2], -1, self.p)
        return sum[0] * inverse % self.p, sum[1] * inverse % self.p

    def multiply(self, a, b):
        return self._point(self._sum((*a, 1), (*b, 1)))

    def power(self, base, exponent):
        result = (0, 1, 1)
        for bit in bin(exponent)[2:]:
            result = self._sum(result, result)
            if bit == "1":
                result = self._sum(result, (*base, 1))
        return self._point(result)

    def encode(self, a):
        return f"{a[1] + ((a[0] & 1) << 255):064x}"

    def decode(self, text):
        number = int(text, 16)
        assert f"{number:064x}" == text
        y = number & (2**255 - 1)
        assert y < self.p
        square = (y * y - 1) * pow(self.d * y * y + 1, -1, self.p) % self.p
        x = pow(square, (self.p + 3) // 8, self.p)
        if x * x % self.p != square:
            x = x * pow(2, (self.p - 1) // 4, self.p) % self.p
        assert x * x % self.p == square, "not on the curve"
        point = (x if x & 1 == number >> 255 else self.p - x, y)
        assert self.power(point, self.q) == self.identity, "not in the group"
        return point

    def order_key(self, text):
        return bytes.fromhex(text)[::-1]


def group_named(name):
    if name == "Ed25519":
        return Curve()
    numbers = json.loads((samples / "groups.json").read_text())[name]
    return Field(*(int(numbers[each]) for each in "pqg"))


class Checker:
    """Checks of ballots and decryptions under one election."""

    def __init__(self, election_text):
        self.election = json.loads(election_text)
        self.group = group_named(self.election["group"])
        self.key = self.group.decode(self.election["public_key"])
        self.fingerprint = b64(election_text)

    def challenge(self, prefix, elements):
        return int(digest(prefix + ",".join(map(self.group.encode, elements))), 16) % self.group.q

    def committed(self, generator, element, challenge, response):
        """generator^response · element^challenge"""
        group = self.group
        return group.multiply(group.power(generator, response), group.power(element, challenge))

    def divided(self, beta, value):
        """β·g^−value"""
        return self.group.multiply(beta, self.group.power(self.group.generator, -value % self.group.q))

    def one_of(self, claims, proofs, prefix):
        """Whether the proof of one claim ((α, β), M) holds."""
        elements, total = [], 0
        assert len(claims) == len(proofs)
        for ((alpha, beta), value), proof in zip(claims, proofs):
            challenge, response = int(proof["challenge"]), int(proof["response"])
            total += challenge
            elements.append(self.committed(self.group.generator, alpha, challenge, response))
            elements.append(self.committed(self.key, self.divided(beta, value), challenge, response))
        return total % self.group.q == self.challenge(prefix, elements)

    def product(self, ciphertexts):
        alpha, beta = self.group.identity, self.group.identity
        for first, second in ciphertexts:
            alpha, beta = self.group.multiply(alpha, first), self.group.multiply(beta, second)
        return alpha, beta

    def text(self, ciphertext):
        return ",".join(map(self.group.encode, ciphertext))

    def answer(self, question, answer, context):
        choices = [(self.group.decode(each["alpha"]), self.group.decode(each["beta"])) for each in answer["choices"]]
        blank = question.get("blank", False)
        assert len(choices) == len(question["answers"]) + blank
        for choice, proofs in zip(choices, answer["individual_proofs"], strict=True):
            assert self.one_of([(choice, 0), (choice, 1)], proofs, f"prove|{context}|{self.text(choice)}|"), "individual"
        whole = f"{context}|{','.join(map(self.text, choices))}"
        total = self.product(choices[blank:])
        sums = [(total, count) for count in range(question["min"], question["max"] + 1)]
        if not blank:
            assert "blank_proof" not in answer
            assert self.one_of(sums, answer["overall_proof"], f"prove|{whole}|{self.text(total)}|"), "overall"
            return choices
        assert self.one_of([(choices[0], 0), (total, 0)], answer["blank_proof"], f"bproof0|{whole}|"), "blank"
        assert self.one_of([(choices[0], 1), *sums], answer["overall_proof"], f"bproof1|{whole}|"), "overall"
        return choices

    def ballot(self, text):
        """Checks a ballot whole, and returns its ciphertexts."""
        ballot = json.loads(text)
        assert canonical(ballot) == text
        assert list(ballot) == ["election_uuid", "election_hash", "credential", "answers", "signature"]
        assert (ballot["election_uuid"], ballot["election_hash"]) == (self.election["uuid"], self.fingerprint)
        credential = self.group.decode(ballot["credential"])
        assert credential != self.group.identity, "anybody can sign for it"
        hashed = b64(canonical({name: value for name, value in ballot.items() if name != "signature"}))
        proof = {name: int(value) for name, value in ballot["signature"]["proof"].items()}
        commitment = self.committed(self.group.generator, credential, **proof)
        assert ballot["signature"]["hash"] == hashed
        assert proof["challenge"] == self.challenge(f"sig|{hashed}|", [commitment]), "signature"
        context = f"{self.fingerprint}|{ballot['credential']}"
        return [
            self.answer(question, answer, context)
            for question, answer in zip(self.election["questions"], ballot["answers"], strict=True)
        ]

    def tally(self, ballots):
        """The product of each voter's last ballot, as numbers and as the text of the archive."""
        last = {json.loads(text)["credential"]: text for text in ballots}
        columns = [
            [self.product(each) for each in zip(*answers)] for answers in zip(*map(self.ballot, last.values()))
        ] or [
            [(self.group.identity,) * 2] * (len(each["answers"]) + each.get("blank", False))
            for each in self.election["questions"]
        ]
        named = [
            [{"alpha": self.group.encode(alpha), "beta": self.group.encode(beta)} for alpha, beta in question]
            for question in columns
        ]
        return namedtuple("Tally", "count ciphertexts text")(len(last), columns, canonical(named))

    def factors(self, tally, public_key, decryption, fingerprint=None):
        """Checks a partial decryption and returns its factors."""
        prefix = f"decrypt|{fingerprint or self.fingerprint}|{public_key}|"
        factors = [list(map(self.group.decode, question)) for question in decryption["decryption_factors"]]
        for question, row, proofs in zip(tally, factors, decryption["decryption_proofs"], strict=True):
            for (alpha, _), factor, proof in zip(question, row, proofs, strict=True):
                self.is_same_exponent(public_key, alpha, factor, proof, prefix)
        return factors

    def bound_factors(self, tally, public_key, decryption):
        """Checks a decryption as it is handed in, both proofs of each factor, and returns its factors."""
        factors = self.factors(tally, public_key, decryption)
        for question, row, proofs in zip(tally, factors, decryption["bound_proofs"], strict=True):
            for (alpha, _), factor, proof in zip(question, row, proofs, strict=True):
                claim = "|".join(map(self.group.encode, (alpha, factor)))
                self.is_same_exponent(
                    public_key, alpha, factor, proof, f"decrypt_bound|{self.fingerprint}|{public_key}|{claim}|")
        return factors

    def is_same_exponent(self, public_key, base, power, proof, prefix):
        numbers = {name: int(value) for name, value in proof.items()}
        commitments = [
            self.committed(self.group.generator, self.group.decode(public_key), **numbers),
            self.committed(base, power, **numbers),
        ]
        assert numbers["challenge"] == self.challenge(prefix, commitments), "decryption"

    def lagrange(self, number, delivered):
        """What the factor of member `number` is raised to, of those who delivered."""
        weight = 1
        for other in delivered:
            if other != number:
                weight = weight * other * pow(other - number, -1, self.group.q) % self.group.q
        return weight

    def result(self, tally, weighted):
        """The sums, from factors with the power that each is raised to."""
        counted = []
        for question, ciphertexts in enumerate(tally.ciphertexts):
            counted.append([])
            for position, (_, beta) in enumerate(ciphertexts):
                mask = self.group.identity
                for factors, weight in weighted:
                    mask = self.group.multiply(mask, self.group.power(factors[question][position], weight))
                values = (
                    count for count in range(tally.count + 1)
                    if self.group.multiply(mask, self.group.power(self.group.generator, count)) == beta
                )
                counted[-1].append(next(values))
        return counted

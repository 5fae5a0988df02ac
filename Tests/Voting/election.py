"""An election whose keys, credentials, ballots and decryptions the browser's modules make, counted in Python."""

import json
import secrets

from archive import Archive
from reference import Checker, canonical, digest, group_named


def trustees_text(ceremony, threshold):
    """trustees.json of one ceremony."""
    polynomials = ceremony["polynomials"]
    return canonical([["Pedersen", {
        "threshold": threshold,
        "certs": ceremony["certificates"],
        "coefexps": [each["coefexps"] for each in polynomials],
        "signatures": [each["signature"] for each in polynomials],
        "verification_keys": ceremony["keys"],
    }]])


class Election:
    """One election whose keys, credentials, ballots and decryptions the modules make."""

    def __init__(self, modules, group, questions, threshold, size, voters, terms=None):
        self.modules, self.group, self.threshold = modules, group, threshold
        self.uuid = "".join(secrets.choice("123456789ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(14))
        self.seeds = modules("codes", size)
        if threshold == size:
            keys = [modules("single", group, seed) for seed in self.seeds]
            self.keys, self.trustees = keys, canonical([["Single", key] for key in keys])
        else:
            self.made = modules("ceremony", group, threshold, self.seeds)
            self.keys, self.trustees = self.made["keys"], trustees_text(self.made, threshold)
        self.voters = modules("codes", voters)
        public = [modules("credential", group, self.uuid, code) for code in self.voters]
        self.credentials = canonical(sorted(public, key=group_named(group).order_key))
        bound = {"trustees": digest(self.trustees), "credentials": digest(self.credentials)}
        self.text = canonical({
            "version": 1, "description": "Prueba", "name": "Elección de la alianza de usuarios", "group": group,
            "public_key": modules("jointKey", group, self.trustees), "questions": questions, "uuid": self.uuid,
            "administrator": "Nadie", "credential_authority": "Nadie", **({} if terms is None else {"alianzas": {"version": 1, **bound, **terms}}),
        })
        self.checker = Checker(self.text)

    def cast(self, votes):
        """Ballots in the order of `votes`, pairs of a voter's number and answers."""
        done = self.modules("ballots", self.text, [[self.voters[voter], answers] for voter, answers in votes])
        times = [round(ballot["took"], 1) for ballot in done["made"]]
        print(f"{self.group}: tables {done['prepared']:.0f} ms, ballots {times} ms")
        return [ballot["text"] for ballot in done["made"]]

    def decryption(self, tally, number):
        owner = {"code": self.seeds[number - 1]}
        if self.threshold < len(self.seeds):
            owner |= {"certificates": self.made["certificates"], "polynomials": self.made["polynomials"], "index": number}
        return self.modules("decryption", self.group, self.checker.fingerprint, json.loads(tally.text), owner)

    def count(self, tally, delivered):
        """The partial decryptions of some trustees, and the sums."""
        parts = {number: self.decryption(tally, number) for number in delivered}
        weighted = []
        for number, part in parts.items():
            factors = self.checker.bound_factors(tally.ciphertexts, self.keys[number - 1]["public_key"], part)
            every = self.threshold == len(self.seeds)
            weighted.append((factors, 1 if every else self.checker.lagrange(number, delivered)))
        return parts, self.checker.result(tally, weighted)

    def archive(self, folder, ballots, parts, tally, result):
        made = Archive(folder / f"{self.uuid}.bel")
        made.set_up(self.text, self.trustees, self.credentials)
        for ballot in ballots:
            made.event("Ballot", ballot)
        if tally is not None:
            made.tallied(tally)
        for number, part in parts.items():
            made.decrypted(number, {name: part[name] for name in ("decryption_factors", "decryption_proofs")})
        if result is not None:
            made.event("Result", canonical({"result": result}))
        return made.path

"""The five counting rules from their description alone, with fractions.

Reads the lines of `alianzas election count` and prints what each answer has to say, without its steps.
"""
import json
import sys
from fractions import Fraction


def highest(keys, places):
    """Who is certain to be among the highest, who is tied for the rest, and how many places that rest is."""
    ranked = sorted(keys, key=lambda name: -keys[name])
    if places == 0:
        return [], [], 0
    if len(ranked) <= places or keys[ranked[places - 1]] != keys[ranked[places]]:
        return ranked[:places], [], 0
    last = keys[ranked[places]]
    certain = [name for name in ranked if keys[name] > last]
    return certain, [name for name in ranked if keys[name] == last], places - len(certain)


def answer(request):
    votes, blank, seats = request["votes"], request.get("blank", 0), request["seats"]
    valid = sum(votes.values()) + blank
    quotient = Fraction(valid, seats)
    said = {
        "id": request["id"],
        "seats": {},
        "ties": [],
        "vacant": 0,
        "quotient": f"{quotient.numerator}/{quotient.denominator}",
    }
    if valid == 0:
        return said | {"outcome": "void", "vacant": seats}
    if request.get("blank_majority") and Fraction(blank, valid) > Fraction(1, 2):
        return said | {"outcome": "blank_wins", "vacant": seats}

    standing = {name: number for name, number in votes.items() if number > 0}
    rule = request["rule"]
    if rule in ("cuociente", "cifra") and request.get("threshold"):
        needed = Fraction(request["threshold"]) * quotient
        reaching = {name: number for name, number in standing.items() if number >= needed}
        standing = reaching or standing

    sizes = request.get("sizes", {})
    won = dict.fromkeys(votes, 0)
    tied, places = [], 0
    if rule == "cuociente":
        for name in standing:
            won[name] = standing[name] // quotient
        residues = {name: standing[name] - won[name] * quotient for name in standing}
        certain, tied, places = highest(residues, seats - sum(won.values()))
        for name in certain:
            won[name] += 1
    elif rule == "cifra":
        results = {(name, by): Fraction(standing[name], by) for name in standing for by in range(1, seats + 1)}
        certain, equal, places = highest(results, seats)
        for name, _ in certain:
            won[name] += 1
        tied = [name for name, _ in equal]
    elif rule == "plurinominal":
        certain, tied, places = highest(standing, seats)
        for name in certain:
            won[name] = 1
    else:
        if rule == "mayoria_absoluta" and standing:
            base = valid if request.get("majority_of", "valid") == "valid" else valid - blank
            if max(standing.values()) <= Fraction(base, 2):
                finalists = {name: votes for name, votes in standing.items() if sizes.get(name, seats) > 0}
                if not finalists:
                    return said | {"outcome": "nobody", "seats": won, "ties": [], "vacant": seats}
                certain, tied, places = highest(finalists, 2)
                ties = [{"among": sorted(tied), "seats": places}] if tied else []
                return said | {"outcome": "runoff", "runoff": sorted(certain), "ties": ties}
        certain, tied, places = highest(standing, 1)
        for name in certain:
            won[name] = seats
        places = seats if tied else 0

    vacant = seats - sum(won.values()) - places
    for name in won:
        excess = max(0, won[name] - sizes.get(name, seats))
        won[name] -= excess
        vacant += excess
    if tied and all(won[name] >= sizes.get(name, seats) for name in tied):
        tied, vacant = [], vacant + places
    return said | {
        "outcome": "tie" if tied else "elected" if any(won.values()) else "nobody",
        "seats": won,
        "ties": [{"among": sorted(tied), "seats": places}] if tied else [],
        "vacant": vacant,
    }


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line)), ensure_ascii=False))

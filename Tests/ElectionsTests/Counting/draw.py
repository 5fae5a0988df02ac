"""The repeatable draw, from its description alone: reads one JSON draw a line, prints each order."""
import hashlib
import json
import sys
import unicodedata


def numbers(parts):
    text = "".join(line + "\n" for line in ["alianzas draw 1"] + parts)
    key = hashlib.sha256(text.encode()).digest()
    block = 0
    while True:
        digest = hashlib.sha256(key + block.to_bytes(8, "big")).digest()
        for start in range(0, 32, 8):
            yield int.from_bytes(digest[start : start + 8], "big")
        block += 1


def order(parts, among):
    source = numbers([unicodedata.normalize("NFC", part).strip(" ") for part in parts])
    left = sorted((unicodedata.normalize("NFC", name) for name in among), key=str.encode)
    drawn = []
    while left:
        fair = 2**64 // len(left) * len(left)
        number = next(source)
        while number >= fair:
            number = next(source)
        drawn.append(left.pop(number % len(left)))
    return drawn


for line in sys.stdin:
    draw = json.loads(line)
    print(json.dumps(order(draw["seed"], draw["among"]), ensure_ascii=False))

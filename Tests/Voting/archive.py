"""Writes the records of an election as `UUID.bel` (§4.3 of the format), and asks `belenios-tool` about it."""

import subprocess

from reference import canonical, digest


def header(name, size, time):
    fields = bytearray(512)
    fields[0 : len(name)] = name.encode()
    for offset, text in ((100, "0000644"), (108, "0000000"), (116, "0000000"), (124, f"{size:011o}"), (136, f"{time:011o}")):
        fields[offset : offset + len(text)] = text.encode()
    fields[148:156] = b" " * 8
    fields[156] = ord("0")
    fields[148:156] = f"{sum(fields):06o}\0 ".encode()
    return bytes(fields)


def records_of(path):
    """The texts of an archive's records, in their order."""
    content, start, texts = path.read_bytes(), 0, []
    while start < len(content):
        size = int(content[start + 124 : start + 135], 8)
        texts.append(content[start + 512 : start + 512 + size].decode())
        start += 512 + size + -size % 512
    return texts


class Archive:
    """An election's records, appended one by one."""

    time = 1_700_000_000

    def __init__(self, path):
        self.path, self.parent, self.height = path, None, 0
        self._append("BELENIOS", canonical({"version": 1, "timestamp": str(self.time)}))

    def _append(self, name, text):
        content = text.encode()
        with self.path.open("ab") as file:
            file.write(header(name, len(content), self.time) + content + bytes(-len(content) % 512))

    def data(self, text):
        self._append(f"{digest(text)}.data.json", text)
        return digest(text)

    def event(self, kind, *records):
        """Appends data and the event whose payload is the last of them."""
        payloads = [self.data(text) for text in records]
        event = {"parent": self.parent} if self.parent else {}
        event |= {"height": self.height, "type": kind}
        if payloads:
            event["payload"] = payloads[-1]
        self.parent, self.height = digest(canonical(event)), self.height + 1
        self._append(f"{self.parent}.event.json", canonical(event))

    def set_up(self, *texts):
        """Election, trustees and credentials."""
        hashes = dict(zip(("election", "trustees", "credentials"), map(digest, texts)))
        self.event("Setup", *texts, canonical(hashes))

    def tallied(self, tally):
        sized = {"num_tallied": tally.count, "total_weight": tally.count, "encrypted_tally": digest(tally.text)}
        self.event("EndBallots")
        self.event("EncryptedTally", tally.text, canonical(sized))

    def decrypted(self, owner, decryption):
        text = canonical(decryption)
        self.event("PartialDecryption", text, canonical({"owner": owner, "payload": digest(text)}))


def tool(*arguments, **options):
    """Runs `belenios-tool`."""
    return subprocess.run(["belenios-tool", *arguments], capture_output=True, text=True, timeout=600, **options)


def verified(path):
    """What the tool says of an archive that stands alone in its folder."""
    return tool("election", "verify", "--dir", str(path.parent))

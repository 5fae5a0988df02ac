"""Searches large amounts of memory and files for thousands of secrets in the forms that programs keep them in."""

import array
import base64
import ctypes
import functools
import mmap
import os
import shutil
import stat
import subprocess
import tempfile
from pathlib import Path

# What is compared first. Shorter secrets are not looked for: they would be found anywhere.
BEGINNING = 8


def number_forms(number, modulus):
    """The forms of a number of 256 bits: text, octets in either order, the words of a program, and Montgomery's form of it."""
    for value in (number, number * 2**256 % modulus):
        octets = value.to_bytes(32, "big")
        words = b"".join(octets[place:place + 8][::-1] for place in range(0, 32, 8))
        yield from (octets, octets[::-1], words)
    yield from text_forms(str(number))
    octets = number.to_bytes(32, "big")
    for each in (octets, octets[::-1]):
        yield from (each.hex().encode(), each.hex().upper().encode())
        yield from base64_forms(each)


def text_forms(text):
    """The forms of a text: itself, in hexadecimal digits, in Base64, as JavaScript and Windows hold it."""
    octets = text.encode()
    yield from (octets, octets.hex().encode(), text.encode("utf-16-le"))
    yield from base64_forms(octets)


def base64_forms(octets):
    """Base64 of some octets, wherever in a longer text they stand: without the signs that their neighbours change."""
    for shift in range(3):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            whole = encode(bytes(shift) + octets).rstrip(b"=")
            yield whole[0 if shift == 0 else shift + 1:-1]


@functools.cache
def compiled():
    """The part in C, compiled by the compiler that comes with Swift: Python would take hours for what it does in seconds."""
    compiler = Path(shutil.which("swift")).resolve().with_name("clang")
    with tempfile.TemporaryDirectory() as folder:
        library = f"{folder}/octets.so"
        subprocess.run([compiler, "-O2", "-shared", "-fPIC", "-o", library, Path(__file__).with_suffix(".c")], check=True)
        loaded = ctypes.CDLL(library)
    loaded.find_beginnings.restype = ctypes.c_size_t
    return loaded


class Search:
    """Secrets by how each of their forms begins."""

    MOST = 100_000

    def __init__(self, modulus):
        self.modulus = modulus
        self.names = {}
        self._forms = {}
        self._filter = ctypes.create_string_buffer(1 << 21)
        self._sorted = None

    def number(self, name, number):
        self._add(name, number_forms(number, self.modulus))

    def text(self, name, text):
        self._add(name, text_forms(text))

    def _add(self, name, forms):
        assert self._sorted is None, "what is searched for is known before the search"
        for form in forms:
            assert len(form) >= BEGINNING, (name, form)
            self.names[form] = name
            self._forms.setdefault(form[:BEGINNING], set()).add(form)

    def _beginnings(self):
        """The beginnings as numbers, ascending."""
        if self._sorted is None:
            self._sorted = array.array("Q", sorted(int.from_bytes(each, "little") for each in self._forms))
            compiled().file_beginnings(self._pointer(self._sorted), ctypes.c_size_t(len(self._sorted)), self._filter)
        return self._sorted

    @staticmethod
    def _pointer(numbers):
        return ctypes.c_void_p(numbers.buffer_info()[0])

    def found(self, octets):
        """The names of the secrets in some octets."""
        beginnings, places = self._beginnings(), array.array("Q", bytes(8 * self.MOST))
        count = compiled().find_beginnings(
            octets, ctypes.c_size_t(len(octets)), self._filter, self._pointer(beginnings), ctypes.c_size_t(len(beginnings)),
            self._pointer(places), ctypes.c_size_t(self.MOST))
        assert count <= self.MOST, "a secret begins as all things do"
        return {
            self.names[form] for place in places[:count] for form in self._forms[octets[place:place + BEGINNING]]
            if octets.startswith(form, place)}

    @staticmethod
    def _written(memory, start, end, piece=1 << 26, overlap=1 << 12):
        """The parts of a mapping that were ever written: the others are zeros."""
        for place in range(start, end, piece):
            try:
                octets = os.pread(memory.fileno(), min(piece + overlap, end - place), place)
            except OSError:
                continue
            if octets.count(0) < len(octets):
                yield octets

    def in_files(self, folder):
        """What the files of a folder hold: pairs of a path and a name; and how many octets were read."""
        found, size = set(), 0
        for directory, _, files in os.walk(folder):
            for file in files:
                path = os.path.join(directory, file)
                try:
                    status = os.stat(path, follow_symlinks=False)
                    if not stat.S_ISREG(status.st_mode) or status.st_size < BEGINNING:
                        continue
                    with open(path, "rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as octets:
                        size += len(octets)
                        found |= {(path, name) for name in self._in_pieces(octets)}
                except FileNotFoundError:
                    continue
        return found, size

    def _in_pieces(self, octets, piece=1 << 26, overlap=1 << 12):
        names = set()
        for start in range(0, len(octets), piece):
            names |= self.found(octets[max(0, start - overlap):start + piece])
        return names

    def in_memory(self, process, shared):
        """What a process holds in memory, as its core image would, and in files that have no name any more.

        Left out is what nobody can write, as the program's own text. `shared` are mappings that were read in other processes;
        those of this one are added.
        """
        names, size = set(), 0
        try:
            with open(f"/proc/{process}/maps") as maps, open(f"/proc/{process}/mem", "rb", buffering=0) as memory:
                for line in maps:
                    place, rights, _, device, inode, *_ = line.split()
                    if not rights.startswith("rw") or rights.endswith("s") and (device, inode) in shared:
                        continue
                    if rights.endswith("s"):
                        shared.add((device, inode))
                    for octets in self._written(memory, *(int(end, 16) for end in place.split("-"))):
                        size += len(octets)
                        names |= self.found(octets)
            for descriptor in os.listdir(f"/proc/{process}/fd"):
                path = f"/proc/{process}/fd/{descriptor}"
                if os.readlink(path).endswith(" (deleted)") and stat.S_ISREG(os.stat(path).st_mode):
                    with open(path, "rb") as opened:
                        names |= self.found(opened.read())
        except (FileNotFoundError, ProcessLookupError):
            # A connection of PostgreSQL that was closed meanwhile.
            pass
        return names, size

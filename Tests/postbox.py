"""A mail server for tests."""

import asyncio
import threading


class Postbox:
    """A mail server on this machine that keeps what it gets (RFC 5321, as far as it is needed)."""

    def __init__(self):
        self.letters = []
        self.loop = asyncio.new_event_loop()
        ready = threading.Event()

        async def serve():
            server = await asyncio.start_server(self.talk, "127.0.0.1", 0)
            self.port = server.sockets[0].getsockname()[1]
            ready.set()

        self.loop.create_task(serve())
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        ready.wait(10)

    async def talk(self, reader, writer):
        writer.write(b"220 buzon\r\n")
        while line := await reader.readline():
            word = line.split()[0].upper() if line.split() else b""
            if word == b"DATA":
                writer.write(b"354 siga\r\n")
                letter = b""
                while (line := await reader.readline()) not in (b".\r\n", b""):
                    letter += line
                self.letters.append(letter.decode())
                writer.write(b"250 recibido\r\n")
            elif word == b"QUIT":
                writer.write(b"221 adios\r\n")
                break
            else:
                writer.write(b"250 bien\r\n")
            await writer.drain()
        writer.close()

// WebKit's Web Inspector protocol, as WebKitGTK serves it on a socket of its own: messages by name, each with a body
// of GVariants. It tells what a page does, answers requests in the network's stead, and reaches into workers.
import { createConnection } from "node:net";

/** Of all messages these few are said here: what follows the name is two numbers of 64 bits, and perhaps a text. */
const numbers = (...values) => Buffer.from(BigUint64Array.from(values, BigInt).buffer);
const NUL = Buffer.from([0]);

/** WebDriver opens one window, whose page is the first thing that the first of the browser's processes has to show. */
const [CONNECTION, TARGET] = [1, 1];

/**
 * What playwright asks for when it connects to a browser that others have started: `send` takes a message for the page,
 * `onmessage` gets what comes of it, `onclose` is told that nothing comes any more.
 */
export class Inspector {
  #socket;
  #port;
  #come = Buffer.alloc(0);

  constructor(port) {
    this.#port = port;
  }

  open() {
    this.#socket = createConnection(this.#port, "127.0.0.1");
    this.#socket.on("data", (data) => this.#read(data));
    this.#socket.on("error", () => {}); // after which it is closed
    this.#socket.on("close", () => this.onclose?.());
    this.#say("SetupInspectorClient", NUL);
    this.#say("Setup", numbers(CONNECTION, TARGET));
  }

  send(message) {
    this.#say("SendMessageToBackend", Buffer.concat([numbers(CONNECTION, TARGET), Buffer.from(JSON.stringify(message)), NUL]));
  }

  close() {
    this.#socket?.destroy();
  }

  /** Before each message: how long it is, and that its numbers have their lowest byte first. */
  #say(name, body) {
    const named = Buffer.concat([Buffer.from(name), NUL, body]);
    const head = Buffer.alloc(5);
    head.writeUInt32BE(named.length, 0);
    head[4] = 1;
    this.#socket.write(Buffer.concat([head, named]));
  }

  #read(data) {
    this.#come = Buffer.concat([this.#come, data]);
    for (;;) {
      const length = this.#come.length < 5 ? Infinity : 5 + this.#come.readUInt32BE(0);
      if (this.#come.length < length) return;
      const message = this.#come.subarray(5, length);
      this.#come = this.#come.subarray(length);
      const end = message.indexOf(0);
      if (message.toString("latin1", 0, end) === "SendMessageToFrontend") this.onmessage?.(JSON.parse(message.toString("utf8", end + 1 + 16, message.length - 1)));
    }
  }
}

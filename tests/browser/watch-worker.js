// Follows the worker's own script: tells how many bytes its instance of the module takes, whenever it is asked.
import wasmOf from "../pkg/regularization_playground.js";
{
  const channel = new BroadcastChannel("memory");
  channel.onmessage = async ({ data }) => data === "how much" && channel.postMessage((await wasmOf()).memory.buffer.byteLength);
}

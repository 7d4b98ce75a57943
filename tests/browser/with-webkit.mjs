// Runs a command beside the WebDriver of WebKitGTK, which wasm-bindgen's test runner takes for Safari's:
//   node with-webkit.mjs cargo test --target wasm32-unknown-unknown --test web
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { serveWebKit } from "./webdriver.mjs";

const [command, ...given] = process.argv.slice(2);
const driver = await serveWebKit();
const env = { ...process.env, SAFARIDRIVER_REMOTE: driver.address, WASM_BINDGEN_TEST_WEBDRIVER_JSON: fileURLToPath(new URL("webkit.json", import.meta.url)),
  // a page that is busy answers nobody, and 20 seconds would be all it may be
  WASM_BINDGEN_TEST_TIMEOUT: "300", CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: "wasm-bindgen-test-runner" };
spawn(command, given, { env, stdio: "inherit" }).once("exit", async (code) => {
  await driver.close();
  process.exit(code ?? 1);
});

// Prints what Lighthouse says of each page of pages.txt, the median of three runs, and ends
// with 1 where it is less than what is asked for. `node audit.mjs PROGRAM [PAGE…]`.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const asked = { performance: 0.95, accessibility: 1, "best-practices": 1, seo: 1 };
const maxBytes = 25 * 1024; // of the first page at a first visit, compressed
const runs = 3;

const [program, ...named] = process.argv.slice(2);
const pages = named.length ? named : readFileSync(new URL("pages.txt", import.meta.url), "utf8").trim().split("\n");
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

// serve starts the program with an empty record and gives it with its address.
const serve = (data) => new Promise((started, failed) => {
  const server = spawn(program, ["serve", "--listen", "127.0.0.1:0", "--data", data, "--log-level", "error"], { stdio: ["ignore", "pipe", "inherit"] });
  server.once("error", failed).once("exit", (code) => failed(new Error(`the server ended with ${code}`)));
  createInterface(server.stdout).on("line", (line) => {
    const address = line.match(/http:\/\/\S+?(?= )/);
    if (address) started({ server, address: address[0] });
  });
});

// audit looks at a page once.
const audit = async (address, port) => {
  const { lhr } = await lighthouse(address, { port, logLevel: "error", onlyCategories: Object.keys(asked) });
  if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`);
  return lhr;
};

const data = mkdtempSync(join(tmpdir(), "testedon-lighthouse-"));
const { server, address } = await serve(data);
const chrome = await launch({ chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu"], logLevel: "error" });
let bad = 0;
try {
  console.log(["perf", "access", "practice", "seo", "shift", "KiB", "page"].join("\t"));
  for (const page of pages) {
    const seen = [];
    for (let i = 0; i < runs; i++) seen.push(await audit(address + page, chrome.port));
    const scores = Object.keys(asked).map((name) => median(seen.map((lhr) => lhr.categories[name].score)));
    const shift = median(seen.map((lhr) => lhr.audits["cumulative-layout-shift"].numericValue));
    const bytes = median(seen.map((lhr) => lhr.audits["total-byte-weight"].numericValue));
    console.log([...scores.map((score) => Math.round(score * 100)), shift.toFixed(3), (bytes / 1024).toFixed(1), page].join("\t"));
    const faults = Object.entries(asked).filter(([, least], i) => scores[i] < least).map(([name]) => name);
    if (shift > 0) faults.push("layout shift");
    if (bytes > maxBytes && page === pages[0]) faults.push("weight");
    if (!faults.length) continue;
    bad++;
    for (const audit of Object.values(seen[0].audits)) {
      if (audit.score !== null && audit.score < 0.9) console.log(`\t\t\t\t\t\t  ${audit.id}: ${audit.title} ${audit.displayValue ?? ""}`);
    }
    console.log(`\t\t\t\t\t\t  too little: ${faults.join(", ")}`);
  }
} finally {
  await chrome.kill();
  server.removeAllListeners("exit").kill();
  rmSync(data, { recursive: true, force: true });
}
process.exitCode = bad ? 1 : 0;

// The five questions by orval, as functions and as schemas of zod.
import { check, checkEnvironment, checkMany, find, type Verdict } from "../build/orval/client";
import * as zod from "../build/orval/zod";
import { base, same } from "./same";

export async function main() {
  const real = globalThis.fetch; // what orval writes asks addresses without a server
  globalThis.fetch = (url, options) => real(base + url, options);
  const asked = { product: "mi", release: "4.4.0", environment: { os: "RHEL 9", jdk: ["Corretto 21"] } };
  const got = await check({ product: "mi", release: "4.4.0", os: ["RHEL 9"], jdk: ["Corretto 21"] });
  if (got.status !== 200 || typeof got.data !== "object") throw new Error("GET: no answer");
  const verdict: Verdict = got.data.verdict;
  same("GET", verdict, "tested");
  zod.checkResponse.parse(got.data);
  const posted = await checkEnvironment(asked);
  same("POST", posted.status === 200 && typeof posted.data === "object" && posted.data.pass, true);

  const many = await checkMany({ items: [asked, { ...asked, release: "4.4.1" }] });
  if (many.status !== 200) throw new Error("many: no answer");
  zod.checkManyResponse.parse(many.data);
  same("many", many.data.items.map((i) => i.status), [200, 404]);
  same("many", many.data.items[0]?.answer?.verdict, "tested");
  same("many", many.data.items[1]?.problem?.candidates.includes("4.4.0"), true);

  const found = await find({ os: ["RHEL 9"], limit: 3 });
  same("find", found.status === 200 && typeof found.data === "object" && found.data.items.length, 3);

  const wrong = await check({ product: "mi", release: "4.4.1", os: ["RHEL 9"] });
  if (wrong.status === 200 || wrong.status === 304) throw new Error("problem: an answer");
  same("problem", [Number(wrong.status), wrong.data.candidates.includes("4.4.0"), wrong.data.hint !== ""], [404, true, true]);
}

// The five questions by @hey-api/openapi-ts.
import { check, checkEnvironment, checkMany, find, type Verdict } from "../build/heyapi";
import { client } from "../build/heyapi/client.gen";
import { base, same } from "./same";

client.setConfig({ baseUrl: base });

export async function main() {
  const asked = { product: "mi", release: "4.4.0", environment: { os: "RHEL 9", jdk: ["Corretto 21"] } };
  const got = await check({ query: { product: "mi", release: "4.4.0", os: ["RHEL 9"], jdk: ["Corretto 21"] } });
  const answer = got.data;
  const verdict: Verdict | undefined = typeof answer === "object" ? answer.verdict : undefined;
  same("GET", verdict, "tested");
  const posted = (await checkEnvironment({ body: asked })).data;
  same("POST", typeof posted === "object" && posted.pass, true);

  const many = (await checkMany({ body: { items: [asked, { ...asked, release: "4.4.1" }] } })).data;
  same("many", many?.items.map((i) => i.status), [200, 404]);
  same("many", many?.items[0]?.answer?.verdict, "tested");
  same("many", many?.items[1]?.problem?.candidates.includes("4.4.0"), true);

  const found = (await find({ query: { os: ["RHEL 9"], limit: 3 } })).data;
  same("find", typeof found === "object" && found.items.length, 3);

  const wrong = await check({ query: { product: "mi", release: "4.4.1", os: ["RHEL 9"] } });
  same("problem", [wrong.response?.status, wrong.error?.candidates.includes("4.4.0"), wrong.error?.hint !== ""], [404, true, true]);
}

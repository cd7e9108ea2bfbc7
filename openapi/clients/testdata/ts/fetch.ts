// The five questions by openapi-typescript and openapi-fetch.
import createClient from "openapi-fetch";
import type { paths, components } from "../build/fetch/schema";
import { base, same } from "./same";

const client = createClient<paths>({ baseUrl: base });

export async function main() {
  const asked = { product: "mi", release: "4.4.0", environment: { os: "RHEL 9", jdk: ["Corretto 21"] } };
  const got = await client.GET("/v1/check", { params: { query: { product: "mi", release: "4.4.0", os: ["RHEL 9"], jdk: ["Corretto 21"] } } });
  const verdict: components["schemas"]["Verdict"] | undefined = got.data?.verdict;
  same("GET", verdict, "tested");
  same("POST", (await client.POST("/v1/check", { body: asked })).data?.pass, true);

  const many = await client.POST("/v1/checks", { body: { items: [asked, { ...asked, release: "4.4.1" }] } });
  same("many", many.data?.items.map((i) => i.status), [200, 404]);
  same("many", many.data?.items[0]?.answer?.verdict, "tested");
  same("many", many.data?.items[1]?.problem?.candidates.includes("4.4.0"), true);

  const found = await client.GET("/v1/find", { params: { query: { os: ["RHEL 9"], limit: 3 } } });
  same("find", found.data?.items.length, 3);

  const wrong = await client.GET("/v1/check", { params: { query: { product: "mi", release: "4.4.1", os: ["RHEL 9"] } } });
  same("problem", [wrong.response.status, wrong.error?.candidates.includes("4.4.0"), wrong.error?.hint !== ""], [404, true, true]);
}

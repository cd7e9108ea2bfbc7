// Makes a Postman collection of the contract, in which every request has its examples, and
// runs it against a server. Parameters without an example ask for what only an earlier answer
// tells, a cursor or a revision, and are left out.
// usage: node postman.mjs CONTRACT ADDRESS
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const converter = require("openapi-to-postmanv2");
const newman = require("newman");

const [contract, address] = process.argv.slice(2);
const options = { folderStrategy: "Tags", parametersResolution: "Example", requestParametersResolution: "Example", exampleParametersResolution: "Example" };

function requests(items) {
  return items.flatMap((item) => (item.item ? requests(item.item) : [item]));
}

// made is what the converter writes for a value that it does not know.
const made = /^(<.*>|string)$/;

converter.convert({ type: "string", data: readFileSync(contract, "utf8") }, options, (fault, result) => {
  if (fault || !result.result) throw new Error(fault?.message ?? result.reason);
  const collection = result.output[0].data;
  const all = requests(collection.item);
  for (const { request } of all) {
    request.url.query = (request.url.query ?? []).filter((p) => !made.test(p.value));
    request.header = (request.header ?? []).filter((p) => !made.test(p.value));
  }
  collection.variable = [{ key: "baseUrl", value: address }];
  newman.run({ collection }, (fault, summary) => {
    if (fault) throw fault;
    const failed = summary.run.executions.filter((e) => e.response?.code !== 200);
    for (const { item, request, response } of failed) {
      console.error(`${response?.code} ${request.method} ${request.url.toString()} (${item.name})\n  ${String(response?.stream).slice(0, 300)}`);
    }
    console.log(`newman: ${summary.run.executions.length - failed.length} of ${all.length} requests answered 200`);
    process.exitCode = failed.length > 0 || summary.run.executions.length !== all.length ? 1 : 0;
  });
});

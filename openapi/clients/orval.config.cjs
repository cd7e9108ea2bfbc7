const input = { target: "../openapi.json" };
module.exports = {
  client: { input, output: { target: "testdata/build/orval/client.ts", client: "fetch", mode: "single", baseUrl: "" } },
  zod: { input, output: { target: "testdata/build/orval/zod.ts", client: "zod", mode: "single" } },
};

// A server of a later version of v1: it passes on what a server answers, with a member more
// in every answer, problem and component, and with a new word in lists that may grow.
// usage: node proxy.mjs ADDRESS; the first line it prints is its own address.
import http from "node:http";

const target = new URL(process.argv[2]);

// later are the members that have a word of an open list here.
const later = { match: true, code: true, require_by: true };

function grow(value) {
  if (Array.isArray(value)) return value.map(grow);
  if (value === null || typeof value !== "object") return value;
  const grown = Object.fromEntries(Object.entries(value).map(([name, member]) =>
    [name, later[name] && typeof member === "string" ? "word_to_come" : grow(member)]));
  return "verdict" in value || "code" in value || "items" in value ? { ...grown, member_to_come: { a: [1] } } : grown;
}

const server = http.createServer((request, response) => {
  const headers = { ...request.headers, host: target.host, "accept-encoding": "identity" };
  const asked = http.request({ host: target.hostname, port: target.port, path: request.url, method: request.method, headers }, (answer) => {
    const chunks = [];
    answer.on("data", (chunk) => chunks.push(chunk));
    answer.on("end", () => {
      let body = Buffer.concat(chunks);
      if (/json/.test(answer.headers["content-type"] ?? "") && body.length > 0) {
        body = Buffer.from(JSON.stringify(grow(JSON.parse(body))));
      }
      const kept = Object.entries(answer.headers).filter(([name]) => !["content-length", "transfer-encoding", "connection"].includes(name));
      response.writeHead(answer.statusCode, { ...Object.fromEntries(kept), "content-length": body.length });
      response.end(body);
    });
  });
  request.pipe(asked);
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));

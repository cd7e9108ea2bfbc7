// Asks the five questions by every client, one after the other.
import { main as fetch } from "./fetch";
import { main as heyapi } from "./heyapi";
import { main as orval } from "./orval";

(async () => {
  for (const [name, main] of Object.entries({ "openapi-fetch": fetch, "hey-api": heyapi, orval })) {
    await main();
    console.log(`${name}: five questions answered`);
  }
})().catch((fault) => {
  console.error(fault);
  process.exit(1);
});

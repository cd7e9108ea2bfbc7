// Tells the page around this frame how high it is, so that it can make room: when
// that changes, and when the page asks, which may have begun to listen later.
"use strict";

if (parent !== window) {
  const tell = () => parent.postMessage({ type: "testedon-height", height: document.documentElement.offsetHeight }, "*");
  new ResizeObserver(tell).observe(document.documentElement);
  addEventListener("message", (event) => {
    if (event.source === parent && event.data?.type === "testedon-height") tell();
  });
}

// Sends a form with files in the background, so that it tells how far it is, and the
// files stay chosen for a report to download.
{
  // meter shows how much is sent, how fast, and for how long it goes on.
  const meter = (form) => {
    const place = form.querySelector(".sending"), texts = place.dataset, [bar, text] = place.children, began = performance.now();
    const told = (bytes) => filled(texts.size, (bytes / 2 ** 20).toFixed(1));
    place.hidden = false;
    bar.removeAttribute("value");
    text.textContent = texts.begun;
    return ({ loaded, total }) => {
      const seconds = (performance.now() - began) / 1000, rate = loaded / seconds;
      bar.value = loaded / total;
      text.textContent = filled(texts.sending, Math.floor((100 * loaded) / total), told(total), told(rate), Math.ceil((total - loaded) / rate));
      if (loaded < total) return;
      bar.removeAttribute("value");
      text.textContent = filled(texts.sent, told(total));
    };
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-send]") || event.submitter?.name === "format") return;
    event.preventDefault();
    const request = new XMLHttpRequest(), place = form.querySelector(".sending");
    request.responseType = "document";
    request.upload.onprogress = meter(form);
    request.onload = () => {
      place.hidden = true;
      const page = request.response, shown = page?.getElementById("result") ?? page?.getElementById("main");
      if (!shown) { form.submit(); return; } // what comes is no page of this site
      const result = document.getElementById("result");
      result.replaceChildren(...shown.childNodes);
      document.getElementById("said").textContent = document.title = page.title;
      result.scrollIntoView();
    };
    request.onerror = () => {
      place.hidden = false;
      place.lastElementChild.textContent = place.dataset.failed;
    };
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "text/html");
    request.send(new FormData(form));
  });
}

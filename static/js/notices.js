// A fragment that fails puts a sentence and a way to try again into #notices; the page stays as it is.
(() => {
  const area = document.getElementById("notices");
  const sentence = ({ status, responseText }) => {
    const told = new DOMParser().parseFromString(responseText, "text/html").querySelector("[data-sentence]");
    if (told) return told.textContent;
    if (status === 403 || status === 404) return "You may not see this part any more. The page below is unchanged.";
    return `This part could not be read (${status}). The page below is unchanged.`;
  };

  const again = ({ elt, requestConfig, pathInfo }) => {
    // With the form's words in it: where a browser goes that follows the link itself.
    const whole = pathInfo?.finalRequestPath || requestConfig.path;
    const link = Object.assign(document.createElement("a"), { href: whole, textContent: "Try again" });
    link.addEventListener("click", (event) => {
      if (!elt.isConnected) return;
      event.preventDefault();
      clear(requestConfig.target.id);
      htmx.ajax("GET", pathInfo?.requestPath || requestConfig.path, { source: elt });
    });
    return link;
  };

  const clear = (part) => area.querySelector(`[data-part="${part}"]`)?.remove();

  const tell = (text, detail) => {
    const part = detail.requestConfig.target.id;
    const notice = document.createElement("div");
    notice.className = "note bad";
    notice.dataset.part = part;
    notice.append(Object.assign(document.createElement("p"), { textContent: text }));
    if (detail.requestConfig.verb === "get") notice.append(again(detail));
    clear(part);
    area.append(notice);
  };

  const on = (name, words) =>
    document.addEventListener(name, (event) => tell(words(event.detail), event.detail));
  on("htmx:responseError", (detail) => sentence(detail.xhr));
  on("htmx:sendError", () => "The portal could not be reached. The page below is unchanged.");
  on("htmx:timeout", () => "The answer took too long. The page below is unchanged.");
  document.addEventListener("htmx:afterSwap", (event) => clear(event.detail.requestConfig.target.id));
})();

// A fragment that fails puts a sentence and a way to try again into #notices; the page stays as it is.
(() => {
  const area = document.getElementById("notices");
  const sentence = (status) => {
    if (status === 403 || status === 404) return "You may not see this part any more. The page below is unchanged.";
    if (status === 429) return "Brightspace asks for a pause. The page below is unchanged.";
    return `This part could not be read${status ? ` (${status})` : ""}. The page below is unchanged.`;
  };

  const again = ({ elt, requestConfig, pathInfo }) => {
    // With the form's words in it: where a browser goes that follows the link itself.
    const whole = pathInfo?.finalRequestPath || requestConfig.path;
    const link = Object.assign(document.createElement("a"), { href: whole, textContent: "Try again" });
    link.addEventListener("click", (event) => {
      if (!elt.isConnected) return;
      event.preventDefault();
      area.replaceChildren();
      htmx.ajax("GET", pathInfo?.requestPath || requestConfig.path, { source: elt });
    });
    return link;
  };

  const tell = (text, detail) => {
    const notice = document.createElement("div");
    notice.className = "note bad";
    notice.append(Object.assign(document.createElement("p"), { textContent: text }));
    if (detail.requestConfig.verb === "get") notice.append(again(detail));
    area.replaceChildren(notice);
  };

  const on = (name, words) =>
    document.addEventListener(name, (event) => tell(words(event.detail), event.detail));
  on("htmx:responseError", (detail) => sentence(detail.xhr.status));
  on("htmx:sendError", () => "The portal could not be reached. The page below is unchanged.");
  on("htmx:timeout", () => "The answer took too long. The page below is unchanged.");
  document.addEventListener("htmx:afterSwap", () => area.querySelector(".bad")?.remove());
})();

// When a part of the page cannot be loaded: puts a notice into #notices, with a link that tries again. The page stays
// as it is. The texts are data- attributes of this script's element.
(() => {
  const texts = document.currentScript.dataset;
  const notices = document.getElementById("notices");

  const removeNoticeOf = (targetId) => notices.querySelector(`[data-target="${targetId}"]`)?.remove();

  const retryLink = ({ elt, requestConfig, pathInfo }) => {
    const link = document.createElement("a");
    // With the fields of the form that sent it: this is where the browser goes if it follows the link itself.
    link.href = pathInfo?.finalRequestPath || requestConfig.path;
    link.textContent = texts.tryAgain;
    link.addEventListener("click", (event) => {
      if (!elt.isConnected) return;
      event.preventDefault();
      removeNoticeOf(requestConfig.target.id);
      htmx.ajax("GET", pathInfo?.requestPath || requestConfig.path, { source: elt });
    });
    return link;
  };

  const addNotice = (message, detail) => {
    const { target, verb } = detail.requestConfig;
    const text = document.createElement("p");
    text.textContent = message;
    const notice = document.createElement("div");
    notice.className = "notice bad";
    notice.dataset.target = target.id;
    notice.append(text);
    if (verb === "get") notice.append(retryLink(detail));
    removeNoticeOf(target.id);
    notices.append(notice);
  };

  const messageOf = ({ status, responseText }) => {
    const fromServer = new DOMParser().parseFromString(responseText, "text/html").querySelector("[data-error-message]");
    if (fromServer) return fromServer.textContent;
    if (status === 403 || status === 404) return texts.notVisible;
    return texts.failed.replace("{status}", status);
  };

  document.addEventListener("htmx:responseError", ({ detail }) => addNotice(messageOf(detail.xhr), detail));
  document.addEventListener("htmx:sendError", ({ detail }) => addNotice(texts.unreachable, detail));
  document.addEventListener("htmx:timeout", ({ detail }) => addNotice(texts.timedOut, detail));
  document.addEventListener("htmx:afterSwap", ({ detail }) => removeNoticeOf(detail.requestConfig.target.id));
})();

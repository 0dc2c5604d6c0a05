// Asks the browser for a passkey and sends what it answers. Loaded by the pages that have such a form, and by no other.
(() => {
  "use strict";
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const each = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const made = ({ publicKey }) => navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: each(publicKey.excludeCredentials),
    },
  });
  const found = ({ publicKey }) => navigator.credentials.get({
    publicKey: { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: each(publicKey.allowCredentials) },
  });
  const told = (credential) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    if (credential.response.getTransports) response.transports = credential.response.getTransports();
    const { id, type, rawId } = credential;
    return { id, type, rawId: text(rawId), response, clientExtensionResults: credential.getClientExtensionResults() };
  };

  if (!window.PublicKeyCredential) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const [go, without, trouble] = ["go", "without", "trouble"].map((name) => form.querySelector(`[data-passkey-${name}]`));
    go.hidden = false;
    without.hidden = true;
    go.addEventListener("click", async () => {
      trouble.hidden = true;
      try {
        const options = JSON.parse(form.dataset.options);
        const credential = await (form.dataset.passkey === "create" ? made : found)(options);
        form.elements.credential.value = JSON.stringify(told(credential));
      } catch {
        trouble.hidden = false;
        return;
      }
      form.submit();
    });
  }
})();

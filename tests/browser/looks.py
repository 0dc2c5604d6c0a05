"""How each thing on a page is set, so that a page with fewer sheets can be held beside itself with all of them."""

from playwright.sync_api import Page

# Of things that are alike (a page has hundreds of cards) three are looked at. What lies below the screen is laid out.
UNLIKE = """async (both) => {
  const put = async (sheets) => {
    const links = [...document.querySelectorAll("link[rel=stylesheet]")], had = links.map((one) => one.href);
    for (const one of links) if (!sheets.some((path) => one.href.endsWith(path))) one.remove();
    await Promise.all(links.filter((one) => one.isConnected && !one.sheet).map((one) => new Promise((done) => {
      one.onload = done;
    })));
    const missing = sheets.filter((path) => !had.includes(location.origin + path));
    await Promise.all(missing.map((path) => new Promise((done) => {
      const link = { rel: "stylesheet", href: path, onload: done };
      document.head.append(Object.assign(document.createElement("link"), link));
    })));
    await document.fonts.ready;
  };
  for (const one of document.querySelectorAll("details")) one.open = true;
  for (const one of document.querySelectorAll(".day")) one.style.contentVisibility = "visible";
  const seen = {};
  const fresh = (one) => {
    const kind = [one.parentNode, one].map((each) => each.localName + each.className).join(" ");
    return (seen[kind] = (seen[kind] ?? 0) + 1) <= 3;
  };
  const things = [...document.body.querySelectorAll("*")].filter(fresh);
  const looks = () => things.flatMap((one) => [null, "::before", "::after"].flatMap((part) => {
    const style = getComputedStyle(one, part);
    return [...style].map((name) => `${one.outerHTML.split(">")[0]} ${part} ${name}: ${style.getPropertyValue(name)}`);
  }));
  await put(both[0]);
  const was = looks();
  await put(both[1]);
  const now = looks();
  return [Math.min(was.length, now.length), was.filter((line, at) => line !== now[at])];
}"""


def unlike(page: Page, *both: tuple[str, ...]) -> list[str]:
    """What is set otherwise by the one list of sheets than by the other."""
    count, found = page.evaluate(UNLIKE, [[f"/static/css/{name}" for name in sheets] for sheets in both])
    assert count > 10_000
    return [str(line) for line in found]

// What people do on the site, in a headless Chromium. Usage: node walks.mjs WALK URL
// UPRGRAPH_BROWSER_LIBRARIES is the folder that holds node_modules; UPRGRAPH_CHROMIUM the browser.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [walk, base] = process.argv.slice(2);
const folder = process.env.UPRGRAPH_BROWSER_LIBRARIES;
const { chromium } = createRequire(`${folder}/`)("playwright-core");

const DESKTOP = { viewport: { width: 1280, height: 900 }, colorScheme: "light" };
const PHONE = { viewport: { width: 390, height: 844 }, colorScheme: "light" };
const PHONE_DARK = { viewport: { width: 390, height: 844 }, colorScheme: "dark" };
const WIDE_QUERY = encodeURIComponent("SELECT * WHERE { ?thing ?property ?value } LIMIT 20");
const PAGES = [
  "/", "/about", "/states", "/states/KAZ", "/states/AFG", "/opinions/TERR-KAZ-296-2016", "/opinions/JUD-KAZ-337-2018",
  "/documents/election-report/KAZ-2016-03-20", "/documents/submission/odihr-KAZ-34", "/rights",
  "/rights/freedom-of-religion-or-belief", "/page/id/review/KAZ-20", "/page/id/opinion/TERR-KAZ-296-2016/finding/2",
  "/page/id/state/KAZ?facts=1", "/questions", "/questions/opinions-by-right", "/questions/opinions-by-right?right=foo",
  "/questions/acceptance-by-issue?sort=-share", "/questions/recommendations-at-review",
  "/questions/statistics-vs-benchmarks", "/questions/count-mismatches", "/search", "/search?q=religion", "/search?q=%22",
  "/search?q=torture&state=Kazakstan", "/editor", "/editor?plain=1", "/editor?query=SELECT",
  `/editor?plain=1&query=${WIDE_QUERY}`, "/nowhere", "/states/Kazakstan", "/ontology", "/code/response",
];

/** Press Tab until what has the focus fits a selector. */
async function tabTo(page, selector) {
  for (let pressed = 0; pressed < 250; pressed += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
  }
  assert.fail(`no number of Tabs leads to ${selector}`);
}

const focused = (page) => page.evaluate(() => document.activeElement.outerHTML.slice(0, 300));

/** Let axe look at every page. */
async function axe(open, options) {
  const script = readFileSync(`${folder}/node_modules/axe-core/axe.min.js`, "utf8");
  const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = [];
  for (const path of PAGES) {
    const page = await open({ ...options, bypassCSP: true }, path, null, "load");
    await page.evaluate(script);
    const { violations, passes } = await page.evaluate((tags) => axe.run(document, { runOnly: tags }), runOnly);
    assert.ok(passes.length > 10, path);
    for (const each of violations) found.push(`${path} ${each.id}: ${each.nodes.map((node) => node.html).join(" ")}`);
    await page.context().close();
  }
  assert.deepEqual(found, []);
}

const WALKS = {
  /** Home, the demo question, the opinion, the quoted words. */
  async "demo-question-by-keyboard"({ open }) {
    const page = await open(DESKTOP, "/");
    await page.keyboard.press("Tab");
    assert.match(await focused(page), /Skip to content/);
    await page.keyboard.press("Enter");
    await tabTo(page, "#ask-right");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("freedom of religion");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Kazakhstan");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL(/questions\/opinions-by-right\?right=freedom\+of\+religion&state=Kazakhstan/);
    assert.equal(await page.locator(".results tbody tr:not(.words)").count(), 2);
    assert.match(await page.locator("#answer").innerText(), /2 rows/);

    await tabTo(page, '.results a[href$="/opinions/TERR-KAZ-296-2016"]');
    await page.keyboard.press("Enter");
    await page.waitForURL(/opinions\/TERR-KAZ-296-2016/);
    await tabTo(page, '#finding-2 a[href^="#words-"]');
    await page.keyboard.press("Enter");
    const marked = page.locator("mark:target");
    assert.match(await marked.innerText(), /as well as the right to freedom of religion or belief/);
    await page.waitForFunction(() => {
      const box = document.querySelector("mark:target").getBoundingClientRect();
      return box.top >= 0 && box.top < innerHeight;
    });
    // From the words back to what rests on them: the reference stands just before the mark.
    await page.keyboard.press("Shift+Tab");
    await tabTo(page, 'a.chip[href="#finding-2"]');
    await page.keyboard.press("Enter");
    assert.equal(await page.locator(".card:target").getAttribute("id"), "finding-2");
  },

  async "rows-downloaded-by-keyboard"({ open }) {
    const page = await open(DESKTOP, "/questions/opinions-by-right");
    await tabTo(page, '.downloads a[href*="format=csv"]');
    const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
    assert.match(download.suggestedFilename(), /opinions-by-right/);
    const lines = readFileSync(await download.path(), "utf8").trim().split("\n");
    assert.match(lines[0], /^opinion,number,title/);
    assert.equal(lines.length, 3);
  },

  async "example-in-the-editor-by-keyboard"({ open }) {
    const page = await open(DESKTOP, "/editor");
    await tabTo(page, "#yasqe textarea");
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector("#answer");
    assert.match(await page.locator("#answer").innerText(), /2 rows/);
    assert.match(await page.locator("#yasqe .CodeMirror-line").first().innerText(), /Which opinions concern/);
    await tabTo(page, "#yasqe textarea");
    await page.keyboard.press("Escape");
    assert.match(await focused(page), /Run/);
  },

  async "example-in-the-plain-editor-by-keyboard"({ open }) {
    const page = await open({ ...DESKTOP, javaScriptEnabled: false }, "/editor");
    await page.locator("#query").focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#answer");
    assert.match(await page.locator("#answer").innerText(), /2 rows/);
  },

  async "names-are-completed"({ open }) {
    const page = await open(DESKTOP, "/");
    await page.locator("#ask-right").fill("");
    await page.locator("#ask-right").pressSequentially("worship");
    await page.waitForResponse(/\/suggest\?.*q=worship/);
    const listed = page.locator("#ask-right-list option");
    const values = await listed.evaluateAll((options) => options.map((option) => option.value));
    assert.ok(values.includes("freedom of religion or belief"));
    await page.goto(`${base}/questions/findings-in-document`);
    await page.locator("#field-document").fill("");
    await page.locator("#field-document").pressSequentially("judicial ethics");
    await page.waitForFunction(() =>
      [...document.querySelectorAll("#field-document-list option")].some((option) => option.value === "JUD-KAZ-337-2018"),
    );
  },

  async "mistakes-are-shown-at-the-field"({ open }) {
    const page = await open(DESKTOP, "/questions/opinions-by-right?right=freedom+of+religon", 422);
    assert.match(await focused(page), /class="mistakes"/);
    await tabTo(page, '.mistakes a[href="#field-right"]');
    await page.keyboard.press("Tab");
    assert.match(await focused(page), /freedom of religion/);
    const field = page.locator("#field-right");
    assert.equal(await field.getAttribute("aria-invalid"), "true");
    assert.equal(await field.inputValue(), "freedom of religon");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#answer");
    assert.match(await page.locator("#answer").innerText(), /2 rows/);
  },

  async "everything-is-read-without-scripts"({ open }) {
    const page = await open({ ...PHONE, javaScriptEnabled: false }, "/");
    await page.locator(".ask button").click();
    assert.match(await page.locator("#answer").innerText(), /2 rows/);
    await page.goto(`${base}/questions/acceptance-by-issue?sort=-share`);
    assert.ok((await page.locator("table.bars rect").count()) > 20);
    await page.setViewportSize(DESKTOP.viewport);
    await page.getByRole("link", { name: "issue" }).first().click();
    assert.match(page.url(), /sort=issue/);
    assert.equal(await page.locator("th[aria-sort=ascending]").innerText(), "issue▲");
    await page.goto(`${base}/opinions/TERR-KAZ-296-2016`);
    await page.locator('#finding-2 a[href^="#words-"]').click();
    assert.match(await page.locator("mark:target").innerText(), /freedom of religion or belief/);
    await page.goto(`${base}/search?q=religion`);
    assert.ok((await page.locator(".hits mark").count()) > 5);
  },

  async "charts-are-drawn"({ open }) {
    for (const options of [DESKTOP, PHONE_DARK]) {
      const page = await open(options, "/questions/acceptance-by-issue");
      await page.waitForSelector("figure.chart .drawn svg");
      assert.ok((await page.locator("figure.chart .drawn svg path").count()) > 20);
      assert.equal(await page.locator("figure.chart details").evaluate((each) => each.open), false);
    }
  },

  async "nothing-is-wider-than-a-phone"({ open }) {
    for (const path of PAGES) {
      const page = await open(PHONE, path, null, "load");
      const [wide, room] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      assert.ok(wide <= room, `${path} is ${wide} pixels wide`);
      await page.context().close();
    }
  },

  async "axe-finds-nothing-on-a-desk"({ open }) {
    await axe(open, DESKTOP);
  },

  async "axe-finds-nothing-on-a-phone-in-the-dark"({ open }) {
    await axe(open, PHONE_DARK);
  },
};

const browser = await chromium.launch({
  executablePath: process.env.UPRGRAPH_CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
const troubles = [];

/** Open a page of the site; what its scripts complain of, and what it asks of other places, is trouble. */
async function open(options, path, status = 200, waitUntil = "networkidle") {
  const page = await (await browser.newContext(options)).newPage();
  page.on("pageerror", (error) => troubles.push(`${path}: ${error.message}`));
  page.on("console", (message) => {
    const expected = /Failed to load resource: the server responded with a status of 4/.test(message.text());
    if (message.type() === "error" && !expected) troubles.push(`${path}: ${message.text()}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(base) && !request.url().startsWith("data:")) troubles.push(`${path}: ${request.url()}`);
  });
  const response = await page.goto(base + path, { waitUntil });
  if (status !== null) assert.equal(response.status(), status, path);
  return page;
}

try {
  await WALKS[walk]({ open });
  assert.deepEqual(troubles, []);
} finally {
  await browser.close();
}

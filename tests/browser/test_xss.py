"""Text is not markup: whatever a client, a respondent or a manager writes, no page runs it or asks others for it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote

import openpyxl
import pytest
from playwright.sync_api import Page

from okrkit.judge.audit import run_audit
from okrkit.judge.calibration.run import grading_of, judge_grading
from okrkit.keep.plan_file import save_plan
from okrkit.read import read_folder
from okrkit.show import audit_page as audit_pages
from okrkit.show.audit_page import PageContext
from okrkit.show.report import render_calibration, render_report
from okrkit.show.shareable import shareable
from okrkit.standard_file import client_brand
from okrkit.tables import Tables

from ..pictures import png  # noqa: TID252
from ..publish.attacked import KERNEL_PAGES, Attacked  # noqa: TID252
from ..publish.company import text_fields, write_company  # noqa: TID252
from .hunting import Hunt, begin_hunt
from .payloads import payloads

PAYLOADS = payloads()
FIELDS = text_fields()
ALL = "  ".join(PAYLOADS)
NAMES = [text for text in PAYLOADS if "/" not in text and len(text) < 80 and text.isprintable()]
LOGOS = [text for text in NAMES if ":" not in text and "\\" not in text]
ONE_LINE = " ".join(ALL.split())
ROWS = 30
TURNS = 6  # of the payloads over the fields, with the served apps; each row of a field has another


def said(turn: int):
    """What stands in a field: each row of each field another payload, all of them in turn."""

    def say(field: str, row: int) -> str:
        if field in ("standard.client", "standard.version"):
            return ALL.replace("\x01", "")
        start = FIELDS.index(field) * 7 if field in FIELDS else 0
        return PAYLOADS[(start + row + turn) % len(PAYLOADS)].replace("\x01", "")

    return say


def write_client(folder: Path, turn: int) -> Path:
    """The company with a logo: its name is one of the payloads, the picture's own text all of them."""
    write_company(folder, said(turn), ROWS)
    logo = f"{LOGOS[turn % len(LOGOS)]}.png"
    (folder / logo).write_bytes(png(comment=ALL))
    with (folder / "standard.toml").open("a", encoding="utf-8") as standard:
        standard.write(f'\n[brand]\ncolour = "#ffd200"\nlogo = {json.dumps(logo)}\n')
    return folder


def write_unreadable(folder: Path) -> None:
    """A folder where nothing can be read: payloads as values, headers, files and sheets."""
    folder.mkdir(parents=True, exist_ok=True)
    head = "key_result,date,status,value,has_plan\n"
    cells = [f'"{text.replace(chr(34), chr(34) * 2)}"' for text in PAYLOADS]
    (folder / "check_ins.csv").write_text(
        head + "".join(f"{c},{c},{c},{c},{c}\n" for c in cells), "utf-8"
    )
    (folder / "grades.csv").write_text(",".join(["key_result", *cells]) + "\nK1\n", "utf-8")
    brand = [f"{json.dumps(text)} = {json.dumps(text)}" for text in NAMES]
    brand += [f"colour = {json.dumps('#ffd200;} ' + ALL)}", 'logo = "logo.png"']
    (folder / "logo.png").write_text(f"<svg xmlns='http://www.w3.org/2000/svg'>{ALL}</svg>")
    settings = f"'{PAYLOADS[4]}' = 1\nscale = '{PAYLOADS[4]}'\n[brand]\n"
    (folder / "standard.toml").write_text(settings + "\n".join(brand), "utf-8")
    for text in NAMES:
        (folder / f"{text}.csv").write_text("a\n1\n", "utf-8")
        (folder / f"{text}.txt").write_text("a", "utf-8")
    book = openpyxl.Workbook()
    for text in NAMES[:40]:
        book.create_sheet("".join(sign for sign in text if sign not in r"[]:*?\'")[:31])
    book.save(folder / "book.xlsx")


def fill_plan(folder: Path, data: Path, turn: int) -> None:
    """Payloads as owners and comments of the plan."""
    steps = run_audit(read_folder(folder)).plan
    texts = ["".join(text.splitlines()).strip("\x01") for text in PAYLOADS]
    filled = []
    for row, step in enumerate(steps):
        text = texts[(row + turn) % len(texts)]
        filled.append(replace(step, owner=text[:120], comment=" ".join(texts[row % 9 :: 9])[:1000]))
    save_plan(folder, filled, home=data / "okrkit")


# Mistakes of other pages: with each, some of the texts run. With all of them, all do.
CARELESS = (
    lambda text: f"<p>{text}</p>",
    lambda text: f'<p title="{text}">x</p>',
    lambda text: f"<p title='{text}'>x</p>",
    lambda text: f"<p tabindex=1 title={text}>x</p>",
    lambda text: f'<body onload=__x onclick="{text}"><a href="{text}">x</a>',
    lambda text: f'<script>x = "{text}"</script>',
    lambda text: f"<script>x = '{text}'</script>",
    lambda text: f"<script>x = `{text}`</script>",
    lambda text: f"<script>({{x: [{text}]}})</script>",
    lambda text: f"<script>x => {{ // {text}\n}}</script>",
    lambda text: f"<!-- {text} --><textarea>{text}</textarea><style>{text}</style>",
    lambda text: f"<p>{unescape(unescape(text))}</p>",
    lambda text: f"<p>{unquote(unicodedata.normalize('NFKC', text))}</p>",
    lambda text: f"<p>{re.sub(r'.(x|u00)(3[ce])', lambda found: chr(int(found[2], 16)), text)}</p>",
    lambda text: f"<p>{text.replace(chr(0x200B), '').translate({0x2C2: '<', 0x2C3: '>'})}</p>",
    lambda text: f"<svg>{text}</svg>",
)
FRAMES = """async (markups) => {
  const loaded = markups.map((markup) => new Promise((done) => {
    const frame = document.createElement("iframe");
    frame.srcdoc = markup;
    frame.onload = () => {
      for (const one of frame.contentDocument?.links ?? []) one.click();
      setTimeout(done, 200);
    };
    setTimeout(done, 5000);
    document.body.append(frame);
  }));
  await Promise.all(loaded);
}"""


class Place:
    """Two clients, both served: one can be read, the other not at all."""

    def __init__(self, place: Path) -> None:
        self.acme = write_client(place / "acme", 0)
        self.broken = place / PAYLOADS[4].replace(
            "/", " "
        )  # without a name, a client's is its folder's
        write_unreadable(self.broken)
        folders = {"/acme/": self.acme, "/broken/": self.broken}
        self.served = Attacked(folders, place / "data", place / "stderr.txt")
        self.turn(0)
        self.served.start()

    def turn(self, number: int) -> None:
        """Other payloads in every field, in the plan and as the wave's name."""
        write_client(self.acme, number)
        fill_plan(self.acme, self.served.data, number)
        texts = [" ".join(text.split())[:190] for text in PAYLOADS]
        self.served.open_wave(
            "/acme/", f"{number} {texts[number % len(texts)]}".replace("\x01", "")
        )

    def manager(self, turn: int) -> str:
        """The id of a manager in the records as they are at a turn."""
        tables = read_folder(self.acme)
        return str(tables.grades["manager"].iloc[turn])


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    place = Place(tmp_path_factory.mktemp("xss"))
    yield place
    place.served.site.stop()


def entered(browser, place: Place, base: str, role: str, subject: str = "") -> tuple[Hunt, Page]:
    """A visitor who has opened the link and pressed Start."""
    hunt = begin_hunt(browser, place.served.host)
    page = hunt.page()
    page.goto(place.served.link(base, role, subject))
    hunt.look(page)
    page.get_by_role("button", name="Start").click()
    page.locator(".frame-head").wait_for()
    return hunt, page


def see_records(hunt: Hunt, page: Page, url: str) -> None:
    """Every page that shows the client's records, drawn to its end, in both views."""
    page.goto(f"{url}audit")
    page.locator(".plan-form, .frame-trouble, .problems").first.wait_for()
    hunt.look(page)
    page.goto(f"{url}calibration")
    page.locator("[data-part=judged] *, [data-part=top] *").first.wait_for()
    hunt.look(page)
    view = page.get_by_role("radio", name="Without names")
    if view.count() and view.is_visible():
        view.check()
        page.locator("[data-part=state]").get_by_text("Judged with").wait_for()
        hunt.look(page)
    page.goto(url)
    hunt.look(page)


def answer(hunt: Hunt, page: Page, url: str) -> None:
    """The five statements in a group, with every payload as a comment, sent; then seen again."""
    page.goto(f"{url}readiness")
    page.locator("[data-ready=yes]").wait_for()
    hunt.look(page)
    page.locator("input[name=mode][value=together]").check()
    for statement in range(1, 6):
        page.locator(f"input[name=s{statement}][value={'yes' if statement % 2 else 'no'}]").check()
        page.locator(f"textarea[name=c{statement}]").fill(ALL)
    page.reload()
    page.locator("[data-ready=yes]").wait_for()
    page.get_by_role("button", name="Send my answers").click()
    page.get_by_role("heading", level=1, name="You say yes to").wait_for()
    hunt.look(page)


def see_refusals(hunt: Hunt, page: Page, url: str) -> None:
    """Addresses there are not, with payloads in them, and the end of the visit."""
    for text in PAYLOADS[::20]:
        page.goto(f"{url}{quote(text, safe='')}?q={quote(text, safe='')}#{quote(text, safe='')}")
        hunt.look(page)
    page.goto(url)
    page.get_by_role("button", name="Leave").click()
    page.get_by_role("heading", name="You have left").wait_for()
    hunt.look(page)


def records(turn: int, place: Path) -> Tables:
    return read_folder(write_client(place, turn))


def reports(turn: int, place: Path) -> Iterator[str]:
    """The pages that are handed over as files: the audit with its plan, and both comparisons."""
    tables = records(turn, place)
    audit = run_audit(tables)
    result = judge_grading(grading_of(tables), tables.standard)
    texts = [PAYLOADS[(turn + row) % len(PAYLOADS)] for row in range(len(audit.plan))]
    plan = tuple(
        replace(step, owner=text, comment=text)
        for step, text in zip(audit.plan, texts, strict=True)
    )
    context = PageContext(audit.client, brand=client_brand(place))
    assert context.brand.logo
    yield render_report(replace(audit, plan=plan), calibration=result, context=context)
    yield render_calibration(result)
    yield render_calibration(shareable(result))


@pytest.mark.parametrize(
    "turns",
    [range(1), pytest.param(range(1, len(PAYLOADS)), marks=pytest.mark.long)],
    ids=["one", "all"],
)
def test_no_report_runs_or_asks_for_what_somebody_wrote(browser, tmp_path, turns):
    hunt = begin_hunt(browser, "none")
    page = hunt.page()
    for turn in turns:
        for report in reports(turn, tmp_path / "client"):
            file = tmp_path / "report.html"
            file.write_text(report, "utf-8")
            page.goto(file.as_uri())
            hunt.look(page)
    assert hunt.clean
    assert len(hunt.read) == len(PAYLOADS)  # in the client's name, if nowhere else
    hunt.context.close()


@pytest.mark.long
def test_at_least_120_of_what_is_tried_runs_where_text_is_taken_for_markup(browser):
    assert len(PAYLOADS) - len(silent_of(browser, dict(enumerate(PAYLOADS)), CARELESS)) >= 120


def silent_of(browser, tried, sinks):
    """Those of the payloads that do nothing on a page with any of these mistakes."""
    hunt = begin_hunt(browser, "careless.invalid")
    hunt.context.route("**/*", lambda route: route.abort())
    hunt.context.route("http://careless.invalid/", lambda route: route.fulfill(body="<body>"))
    silent = dict(tried)
    for sink in sinks:
        page = hunt.page()
        page.goto("http://careless.invalid/")
        page.evaluate(FRAMES, [sink(text) for text in silent.values()])
        page.close()
        asked = {int(number) for number in re.findall(r"invalid/(\d+)z", " ".join(hunt.asked))}
        silent = {
            number: text for number, text in silent.items() if number not in asked.union(hunt.ran)
        }
    hunt.context.close()
    return silent


def test_the_hunt_notices_pages_that_forget_to_escape(browser, tmp_path, monkeypatch):
    careless = audit_pages.ENVIRONMENT.overlay(autoescape=False, cache_size=0)
    monkeypatch.setattr(audit_pages, "ENVIRONMENT", careless)
    hunt = begin_hunt(browser, "none")
    hunt.context.route("http*://**/*", lambda route: route.abort())
    page = hunt.page()
    audit = run_audit(records(0, tmp_path))
    page.set_content(audit_pages.audit_page(audit, context=PageContext(audit.client)).whole())
    hunt.look(page)
    for _ in range(1200):
        if not hunt.ran:  # scripts run a moment later
            page.wait_for_timeout(100)
    hunt.context.close()
    assert hunt.ran
    assert hunt.foreign


@pytest.mark.long
@pytest.mark.parametrize("turn", range(TURNS))
def test_no_page_runs_or_asks_for_what_somebody_wrote(browser, place, turn):
    if turn:
        place.turn(turn * len(PAYLOADS) // TURNS)
    url = f"{place.served.site.url}acme/"
    for role in ("hr", "manager", "respondent"):
        subject = place.manager(turn) if role == "manager" else ""
        hunt, page = entered(browser, place, "/acme/", role, subject)
        if role == "hr":
            assert page.locator("img.frame-logo").count() == 1
            see_records(hunt, page, url)
            see_refusals(hunt, page, url)
        elif role == "respondent":
            answer(hunt, page, url)
        elif "own" in KERNEL_PAGES:
            page.locator(".okr.own, .frame-trouble").first.wait_for()
            hunt.look(page)
        assert hunt.clean
        assert hunt.read == set(range(len(PAYLOADS)))
        hunt.context.close()


@pytest.mark.long
def test_no_page_about_what_cannot_be_read_runs_or_asks_for_it(browser, place):
    hunt, page = entered(browser, place, "/broken/", "hr")
    see_records(hunt, page, f"{place.served.site.url}broken/")
    assert hunt.clean
    assert len(hunt.read) >= 20


@pytest.mark.long
def test_the_invitation_the_form_and_the_first_page_run_nothing_somebody_wrote(browser, place):
    hunt, page = entered(browser, place, "/acme/", "respondent")
    answer(hunt, page, f"{place.served.site.url}acme/")
    see_refusals(hunt, page, f"{place.served.site.url}acme/")
    assert hunt.clean
    assert hunt.read == set(range(len(PAYLOADS)))
    hunt.context.close()

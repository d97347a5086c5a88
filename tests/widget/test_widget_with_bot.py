"""The widget with the real bot, as `chatbot serve` starts it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.cli.command import Server
from tests.widget.browser import Chat
from tests.widget.fixtures import Visit
from tests.widget.host_site import HostSite

CRM = "What does a CRM specialist do?"


class Served:
    """A running bot that can be stopped and started again on its port."""

    def __init__(self, project: Path) -> None:
        self._project, self._port = project, "0"
        self._server: Server | None = None
        self.announced: list[str] = []

    @property
    def url(self) -> str:
        """Return its address."""
        assert self._server is not None
        return self._server.url

    def start(self) -> None:
        """Start it and read what it prints."""
        self._server = Server(self._project, "--port", self._port)
        self._server.wait_listening()
        assert self._server.process.stdout is not None
        self.announced = [self._server.process.stdout.readline().strip() for _ in range(3)]
        self._port = self.url.rpartition(":")[2]

    def stop(self) -> None:
        """Stop it."""
        if self._server is not None:
            self._server.stop()
            self._server = None


@contextmanager
def variables(**values: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in values.items():
            patch.setenv(name, value)
        yield


@pytest.fixture(scope="module")
def shop() -> Iterator[HostSite]:
    """Return a website that may use the bot."""
    made = HostSite("")
    made.server.start()
    yield made
    made.server.stop()


@pytest.fixture(scope="module")
def served(
    trained_project: Path, shop: HostSite, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """Return the bot; its state is its own."""
    made = Served(trained_project)
    state = str(tmp_path_factory.mktemp("state"))
    with variables(CHATBOT_STATE=state, CHATBOT_ALLOWED_ORIGINS=shop.server.url):
        made.start()
        shop.bot = made.url
        yield made
        made.stop()


@pytest.fixture
def talk(new_chat: Visit, shop: HostSite, served: Served) -> Chat:
    """Return the widget, open in a page of the shop with a strict policy."""
    return new_chat().go(shop.page(strict=True)).open()


def test_a_conversation_with_follow_ups(talk: Chat) -> None:
    assert talk.replies.count() >= 2
    talk.ask(CRM)
    assert "keeps past buyers coming back" in talk.answers()[-1]
    assert talk.page.locator(".answer li").count() >= 3
    assert "reviewed 20" in talk.page.locator(".source").last.inner_text()
    talk.ask("which tools does it use?")
    assert "CRM" in talk.answers()[-1]


def test_a_quick_reply_of_the_bot_is_answered(talk: Chat) -> None:
    talk.ask(CRM)
    wanted = talk.replies.first.inner_text()
    talk.replies.first.click()
    talk.settle()
    assert talk.said() == [CRM, wanted]
    assert talk.answers()[-1] not in talk.answers()[:-1]


def test_reload_and_page_change_go_on_where_they_were(talk: Chat, shop: HostSite) -> None:
    talk.ask(CRM)
    before = talk.answers()
    talk.page.reload()
    expect(talk.page.locator(".said")).to_have_count(1)
    assert talk.answers() == before
    talk.go(shop.page("/other", strict=True))
    expect(talk.page.locator(".said")).to_have_count(1)
    talk.ask("and its skills?")
    assert "CRM specialist" in talk.answers()[-1]


def test_starting_again_forgets_what_was_talked_about(talk: Chat) -> None:
    talk.ask(CRM)
    talk.button("Start again").click()
    talk.page.get_by_role("alertdialog").get_by_role("button", name="Start again").click()
    expect(talk.page.locator(".said")).to_have_count(0)
    talk.ask("and its skills?")
    assert "CRM specialist needs" not in talk.answers()[-1]


def test_about_the_real_bot(talk: Chat) -> None:
    talk.button("About this bot").click()
    expect(
        talk.page.locator("dd").filter(has_text=re.compile(r"^20\d\d-\d\d-\d\d$"))
    ).to_be_visible()
    expect(talk.page.locator("dd").filter(has_text="Apache-2.0")).to_be_visible()


@pytest.mark.parametrize(
    "text",
    ["<img src=x onerror=window.hit=1> what does a buyer do?", "<script>window.hit=1</script>"],
)
def test_a_script_in_a_question_is_shown_as_text(talk: Chat, text: str) -> None:
    talk.ask(text)
    assert talk.said() == [text]
    assert len(talk.answers()) == 2
    assert talk.page.evaluate("window.hit") is None


def test_a_server_stopped_and_started_again_in_mid_conversation(talk: Chat, served: Served) -> None:
    talk.expected.append("net::ERR_")
    talk.ask(CRM)
    served.stop()
    talk.ask("What tools does a CRM specialist use?")
    expect(talk.failure).to_contain_text("Your message is kept")
    served.start()
    talk.button("Try again").click()
    expect(talk.failure).to_have_count(0)
    talk.settle()
    assert len(talk.said()) == 2
    assert len(talk.answers()) == 3
    talk.page.reload()
    # Neither the message nor its answer is there twice, nor was the history lost.
    expect(talk.page.locator(".answer")).to_have_count(3)
    assert len(talk.said()) == 2


def test_a_token_that_is_not_the_servers_gets_a_new_conversation(
    talk: Chat, shop: HostSite
) -> None:
    talk.expected.append("401")
    talk.ask(CRM)
    talk.page.evaluate(
        """() => { for (const key of Object.keys(localStorage)) {
          localStorage.setItem(key, JSON.stringify({ token: "forged", unsent: [] })); } }"""
    )
    talk.ask("What does an editor do?")
    assert len(talk.answers()) == 3
    talk.page.reload()
    expect(talk.page.locator(".said")).to_have_count(1)


def test_too_many_messages_are_told_so(talk: Chat) -> None:
    talk.expected.append("429")
    for _ in range(60):
        if talk.failure.count():
            break
        talk.ask("thanks")
    expect(talk.failure).to_contain_text("That was a lot of messages")


def test_a_site_that_is_not_allowed_is_told_so(new_chat: Visit, served: Served) -> None:
    stranger = HostSite(served.url)
    stranger.server.start()
    chat = new_chat()
    chat.expected += ["403", "CORS", "net::ERR_FAILED"]
    chat.go(stranger.page())
    chat.launcher.click()
    expect(chat.failure).to_be_visible()
    stranger.server.stop()


def test_the_demo_page_shows_the_tag_and_the_widget(new_chat: Visit, served: Served) -> None:
    chat = new_chat().go(served.url)
    assert served.announced[0].endswith(f"{served.url}/")
    tag = " ".join(chat.page.locator("#tag").inner_text().split())
    assert tag == served.announced[2]
    chat.page.get_by_role("button", name="Which jobs need SQL?").click()
    expect(chat.page.locator(".said")).to_have_count(1)
    chat.settle()
    assert chat.said() == ["Which jobs need SQL?"]
    chat.page.get_by_label("Language").select_option("zh")
    expect(chat.page.get_by_role("heading", name="电商职业助手")).to_be_visible()
    assert 'data-language="zh"' in chat.page.locator("#tag").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_demo_page_is_accessible(new_chat: Visit, served: Served, scheme: str) -> None:
    chat = new_chat(color_scheme=scheme, bypass_csp=True).go(served.url)
    chat.launcher.wait_for()
    assert chat.findings() == []


def test_the_printed_tag_works_in_a_page_and_a_changed_script_does_not(
    new_chat: Visit, shop: HostSite, served: Served
) -> None:
    shop.tag = served.announced[2]
    chat = new_chat().go(f"{shop.server.url}/own").open()
    assert chat.complaints == []
    first = shop.tag.index("sha384-") + len("sha384-")
    shop.tag = shop.tag[:first] + ("B" if shop.tag[first] == "A" else "A") + shop.tag[first + 1 :]
    chat.expected.append("integrity")
    chat.page.goto(f"{shop.server.url}/own")
    chat.page.wait_for_load_state("networkidle")
    assert chat.page.locator("careers-chat").count() == 0
    assert len(chat.complaints) == 1

"""Pages on social networks: the network, the handle, and whether it is a company's or a person's page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from pipelines.reasons import Finding
from pipelines.verify.domains import registrable
from pipelines.verify.mailboxes import is_role, is_spelt_in
from pipelines.verify.outcome import Found, Status, refuse, settle
from pipelines.verify.text import is_placeholder, tidy
from pipelines.verify.website import candidates, canonical, host_and_path

COMPANY, PERSON, EITHER = "company_page", "person_page", "page"


@dataclass(frozen=True, slots=True)
class Network:
    """A network for business and how its pages are addressed.

    Attributes:
        platform: Its name.
        url: Canonical address of a page, with `{kind}` and `{handle}`.
        folders: Kind of page by the first segment of its path; the handle follows. The empty folder stands for
            networks on which the handle itself is the first segment.
        no_page: First segments that are never a page of somebody.
    """

    platform: str
    url: str
    folders: Mapping[str, str]
    no_page: frozenset[str] = frozenset()


_POSTS = frozenset({"status", "posts", "post", "p", "reel", "reels", "feed", "pulse", "jobs", "watch", "hashtag",
    "share",
                    "sharer", "intent", "search", "explore", "events", "groups", "login", "home", "i", "help", "about",
                    "shorts", "playlist", "results", "settings", "signup", "legal", "privacy", "embed", "pin", "topics",
                    "stories", "tv", "news", "communities", "notifications", "messages", "newsletters", "learning",
                    "sharer.php", "share.php", "dialog", "plugins", "tr", "photo.php", "story.php", "permalink.php",
                    "marketplace", "orgs", "sponsors", "features", "discover", "accounts", "directory"})  # fmt: skip

_X = Network("x", "https://x.com/{handle}", {"": EITHER}, _POSTS)
_YOUTUBE = Network("youtube", "https://www.youtube.com/{kind}{handle}",
                   {"channel": COMPANY, "c": COMPANY, "user": COMPANY, "": COMPANY}, _POSTS)  # fmt: skip
_LINKEDIN = Network("linkedin", "https://www.linkedin.com/{kind}/{handle}",
                    {"company": COMPANY, "school": COMPANY, "showcase": COMPANY, "organization": COMPANY,
                     "in": PERSON, "pub": PERSON}, _POSTS)  # fmt: skip
_XING = Network("xing", "https://www.xing.com/{kind}/{handle}",
                {"pages": COMPANY, "companies": COMPANY, "company": COMPANY, "profile": PERSON}, _POSTS)  # fmt: skip

NETWORKS: Mapping[str, Network] = {
    "linkedin.com": _LINKEDIN,
    "xing.com": _XING,
    "x.com": _X,
    "twitter.com": _X,
    "youtube.com": _YOUTUBE,
    "facebook.com": Network("facebook", "https://www.facebook.com/{handle}", {"": COMPANY, "pages": COMPANY}, _POSTS),
    "instagram.com": Network("instagram", "https://www.instagram.com/{handle}", {"": COMPANY}, _POSTS),
    "github.com": Network("github", "https://github.com/{handle}", {"": EITHER}, _POSTS),
    "crunchbase.com": Network("crunchbase", "https://www.crunchbase.com/{kind}/{handle}",
                              {"organization": COMPANY, "company": COMPANY, "person": PERSON}, _POSTS),
    "viadeo.com": Network("viadeo", "https://www.viadeo.com/{kind}/{handle}",
                          {"company": COMPANY, "profile": PERSON}, _POSTS),
    "angel.co": Network("wellfound", "https://wellfound.com/company/{handle}", {"company": COMPANY}, _POSTS),
    "wellfound.com": Network("wellfound", "https://wellfound.com/company/{handle}", {"company": COMPANY}, _POSTS),
    "researchgate.net": Network("researchgate", "https://www.researchgate.net/{kind}/{handle}",
                                {"institution": COMPANY, "profile": PERSON}, _POSTS),
    "vimeo.com": Network("vimeo", "https://vimeo.com/{handle}", {"": COMPANY}, _POSTS),
}  # fmt: skip
"""Networks for business, by registrable domain."""

PRIVATE = frozenset({
    "vk.com", "ok.ru", "snapchat.com", "tiktok.com", "threads.net", "threads.com", "reddit.com", "tumblr.com",
    "pinterest.com", "telegram.org", "t.me", "telegram.me", "wa.me", "whatsapp.com", "discord.gg", "discord.com",
    "onlyfans.com", "strava.com", "flickr.com", "twitch.tv", "soundcloud.com", "last.fm", "goodreads.com", "quora.com",
    "myspace.com", "badoo.com", "tinder.com", "weibo.com", "wechat.com", "signal.me", "bsky.app", "steamcommunity.com",
})  # fmt: skip
"""Networks on which people are private."""

_HANDLE = re.compile(r"^@?[\w.\-]{1,100}$")
_VANITY = re.compile(r"[^\W\d_]+\.[^\W\d_]+(\.?\d+)?")
_PRIVATE_PAGES = frozenset({"profile.php", "people", "friends"})


def judge(value: str) -> list[Found]:
    """Finds the business pages in a raw value.

    Args:
        value: An address, with or without scheme; may hold several.
    """
    if is_placeholder(tidy(value)):
        return [refuse(Finding.PLACEHOLDER)]
    settled = settle([_judge_one(canonical(one)) for one in candidates(value)]) or [refuse(Finding.SYNTAX)]
    return [one.plus(Finding.SEVERAL) if len(settled) > 1 else one for one in settled]


def reads_as_a_persons(handle: str, own: Iterable[str]) -> bool:
    """Whether a handle is a given and a family name, as networks make it of who joins: `lena.quell.7`.

    Args:
        handle: What names the page on its network, in lower case.
        own: What the organisation is called and where it is: `zorbury.berlin` is its own.
    """
    if not _VANITY.fullmatch(handle):
        return False
    first, last, *_ = re.split(r"[.\d]+", handle)
    told = is_role(handle) or is_role(first) or all(is_spelt_in(word, own) for word in (first, last))
    return not told


def _judge_one(site: Found) -> Found:
    if not site.value:
        return site
    host, segments = host_and_path(site.value)
    domain = registrable(host)
    if domain in PRIVATE:
        return refuse(Finding.PRIVATE_NETWORK)
    network = NETWORKS.get(domain)
    if network is None:
        return refuse(Finding.NOT_A_PAGE)
    if network.platform == "facebook" and segments and segments[0].lower() in _PRIVATE_PAGES:
        return refuse(Finding.PRIVATE_NETWORK)
    return _page(network, segments)


def _page(network: Network, segments: list[str]) -> Found:
    folder = segments[0].lower() if segments else ""
    if folder in network.folders and folder:
        handle, rest = (segments[1], segments[2:]) if len(segments) > 1 else ("", [])
    elif "" in network.folders:
        handle, rest, folder = (segments[0] if segments else ""), segments[1:], ""
    else:
        return refuse(Finding.NOT_A_PAGE)
    # Handles ignore capitals except in YouTube's channel ids.
    handle = unquote(handle) if folder == "channel" else unquote(handle).lower()
    handle = handle.rstrip(".")
    if not _HANDLE.match(handle) or handle.lower() in network.no_page or _is_post(network, rest):
        return refuse(Finding.NOT_A_PAGE)
    return _found(network, folder, handle)


def _is_post(network: Network, rest: list[str]) -> bool:
    """Whether the path leads on to something that the page's owner has posted."""
    depth = 1 if network.platform == "github" else 2
    return (network.platform == "github" and len(rest) >= depth) or any(one.lower() in _MATTER for one in rest)


_MATTER = frozenset({"status", "posts", "post", "p", "photos", "videos", "reel", "events", "repositories", "jobs"})


def _found(network: Network, folder: str, handle: str) -> Found:
    handle = handle if network.platform == "youtube" else handle.removeprefix("@")
    kind = f"{folder}/" if network.platform == "youtube" and folder else folder
    url = network.url.format(kind=_FOLDERS.get((network.platform, folder), kind), handle=handle)
    page_kind = network.folders[folder]
    details = {"platform": network.platform, "handle": handle.removeprefix("@"), "page_kind": page_kind}
    return Found(url, Status.VALID, details=details)


_FOLDERS = {("linkedin", "organization"): "company", ("xing", "companies"): "pages", ("xing", "company"): "pages",
            ("crunchbase", "company"): "organization", ("linkedin", "pub"): "in"}  # fmt: skip
"""Old names of folders that today's addresses have under another."""

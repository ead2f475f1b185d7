"""The Chinese interface speaks the words of the trade, each thing by one name."""

from __future__ import annotations

import pytest

from channel_desk.i18n import Language
from channel_desk.paths import resources

WORDS = {
    "Distributor": "经销商",
    "Distributor file": "客户档案",
    "General distributor": "总经销",
    "Second-tier": "二批",
    "Retailer": "零售终端",
    "Contact": "联系人",
    "Visit": "拜访",
    "Before": "拜访前",
    "During": "拜访中",
    "After": "拜访后",
    "Visit brief": "拜访简报",
    "Promise": "承诺",
    "Training": "培训",
    "Evidence": "证据",
    "No evidence": "无证据",
    "Proof or note": "凭证",
    "Objections": "异议",
}
#: What people also say, and what it is called here.
OTHERS = {
    "串货": "窜货",
    "经销商档案": "客户档案",
    "钥匙": "密钥",
    "凭据": "证据",
    "渠道工作台": "Channel Desk",
    "回车": "Enter",
}
KINDS = {".po", ".md", ".json"}


def test_that_each_thing_has_its_word(language_zh: Language) -> None:
    said = {english: language_zh.tr(english) for english in WORDS}
    assert {english: word for english, word in said.items() if not word.startswith(WORDS[english])} == {}


@pytest.mark.parametrize("other", OTHERS)
def test_that_no_text_calls_it_otherwise(other: str) -> None:
    texts = [path for path in resources().rglob("*") if path.suffix in KINDS]
    assert len(texts) > 40
    assert [path.name for path in texts if other in path.read_text("utf-8")] == []

"""A made-up region of any size, for measuring: names, people, visits and promises as a channel manager has them.

The rows are what the storage keeps, column by column; the same seed makes the same rows.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from channel_desk.domain.commitments import Commitment, CommitmentStatus, Direction
from channel_desk.domain.contacts import Contact, DecisionRole
from channel_desk.domain.distributors import ChannelType, Distributor, Status, Tier
from channel_desk.domain.record import CommitmentId, ContactId, DistributorId, VisitId
from channel_desk.domain.visits import Answer, Purpose, Visit, VisitStatus

TODAY = date(2026, 9, 22)
NOW = datetime(2026, 9, 22, 1, 30, tzinfo=UTC)

_PLACES = [
    line.split()
    for line in """
    湖南 华中 长沙 株洲 湘潭 衡阳 岳阳 常德 益阳 邵阳 郴州 娄底
    湖北 华中 武汉 宜昌 黄石 襄阳 荆州 十堰 孝感 荆门
    河南 华中 郑州 洛阳 南阳 开封 信阳 新乡 许昌 商丘
    江西 华东 南昌 九江 赣州 上饶 宜春
    浙江 华东 杭州 宁波 温州 乐清 嘉兴 绍兴 台州 义乌
    江苏 华东 南京 苏州 无锡 常州 徐州 扬州
    广东 华南 广州 深圳 佛山 东莞 中山 珠海 惠州
    广西 华南 南宁 柳州 桂林
    福建 华南 福州 厦门 泉州
    四川 西南 成都 绵阳 德阳 宜宾
    重庆 西南 重庆
    云南 西南 昆明 大理
    陕西 西北 西安 宝鸡 咸阳
    山东 华北 济南 青岛 烟台 潍坊
    河北 华北 石家庄 保定 唐山
    辽宁 东北 沈阳 大连
    """.strip().splitlines()
]
_FIRST = (
    "湘岳恒嵩卧洞华雁牡朗汴鸿宝淮建夷浔长金大新永盛隆兴泰德瑞祥和顺安利康乐信诚明光远达"
    "通宏伟嘉佳美丰裕昌荣福源盈亿万中国正东方南北天地海江山川云龙凤"
)
_SECOND = "能源龙庭诺城丹州梁水庆滨宁陵阳沙凯博腾辉强胜创科汇聚联合众成立业升进力特雅洁亮彩晶星月日辰宇航飞腾跃"
_TRADE = [
    "机电设备",
    "电气工程",
    "电气",
    "电料商行",
    "电料",
    "机电",
    "灯饰",
    "照明",
    "水电物资",
    "电力器材",
    "灯具",
    "水电",
    "五金交电",
    "建材",
    "装饰材料",
    "贸易",
    "商贸",
    "实业",
    "科技",
    "电子",
    "智能科技",
    "物资",
    "供应链",
]
_FORM = ["有限公司", "有限公司", "有限公司", "有限责任公司", "商行", "经营部", "集团有限公司", "股份有限公司", ""]
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁于蒋蔡"
    "余杜叶程苏魏吕丁任沈姚卢姜崔单仇解查盖区"
)
_GIVEN = "建平宁楠强伟芳娜敏静丽军勇磊洋艳杰娟涛明超秀霞刚桂英玉萍红梅志文海燕鹏飞宇辰浩然子轩雨欣梓涵一诺"
_TITLES = ["总经理", "采购主管", "采购经理", "财务", "仓库主管", "销售经理", "老板", "老板娘", "法人代表", "店长"]
_NOTES = """
    老板重义气，喜欢钓鱼
    仓库在城北，进货看返利
    竞品给了 3 个点的季度返利
    付款慢，每次要催两遍
    店面翻新中，样品架要补
    转到湖南的货已退回
    额度用了八成，想再放宽
    老客户，账期一直是 30 天
    希望我们派人驻点带队伍
    上次的窜货还没了结
""".strip().splitlines()
_SAID = """
    罗总在比较两家，先把欠的答复给他，再谈四季度
    库存够卖 20 天，白色款缺货
    对促销力度不满意，要求多给赠品
    答应月底前付清上季度货款
    终端名单下周给，第一批 12 家
    想做样板店，问装修补贴
    新来的采购主管不了解我们的产品线
    价格被邻市冲货影响，要求我们管一管
    培训反馈好，销售员开始主推高端款
    提出账期延长到 60 天，没有答应
""".strip().splitlines()
_PROMISES = """
    补 6 月窜货损失的书面答复
    提供许昌 12 家终端名单
    送 20 套样品到仓库
    月底前付清货款
    安排一场产品培训
    报第四季度补货计划
    寄出授权书原件
    核报二季度市场费用
    派两名导购驻店一个月
    退回破损的 8 箱灯具
""".strip().splitlines()


@dataclass
class Region:
    """``size`` distributors with what belongs to them."""

    size: int
    seed: int = 20260922
    visits_each: float = 1.5
    promises_each: float = 1.0
    _random: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def distributors(self) -> Iterator[Distributor]:
        pick = self._random
        for number in range(1, self.size + 1):
            province, region, *cities = pick.choice(_PLACES)
            city = pick.choice(cities)
            brand = pick.choice(_FIRST) + pick.choice(_SECOND)
            if self.size > 5000:
                brand += pick.choice(_SECOND)
            trade = pick.choice(_TRADE)
            place = pick.choice((province, city, city, ""))
            yield Distributor(
                id=DistributorId(number),
                public_id=f"{pick.getrandbits(128):032x}",
                code=f"CD-{number:05d}",
                name=f"{place}{brand}{trade}{pick.choice(_FORM)}",
                short_name=f"{place}{brand}{trade}" if pick.random() < 0.6 else "",
                legal_person=self.person() if pick.random() < 0.3 else "",
                country="中国",
                province=province,
                city=city,
                address=f"{province}省{city}市{pick.choice(_FIRST)}{pick.choice(_SECOND)}路 {pick.randint(1, 999)} 号",
                region=region,
                channel_type=pick.choice([*ChannelType, None]),
                tier=pick.choices([*Tier, None], (15, 30, 45, 10))[0],
                status=pick.choices(list(Status), (8, 5, 5, 64, 8, 4, 6))[0],
                phone=f"0{pick.randint(10, 999)}-{pick.randint(2000000, 89999999)}" if pick.random() < 0.4 else "",
                note=pick.choice(_NOTES).strip() if pick.random() < 0.6 else "",
                credit_limit_minor=pick.randint(1, 60) * 1_000_000,
                terms_days=30,
                confirmed_on=TODAY - timedelta(days=pick.randint(0, 240)) if pick.random() < 0.9 else None,
                created_at=NOW,
                updated_at=NOW,
            )

    def person(self) -> str:
        pick = self._random
        return pick.choice(_SURNAMES) + "".join(pick.choices(_GIVEN, k=pick.choice((1, 2, 2))))

    def contacts(self) -> Iterator[Contact]:
        pick = self._random
        number = 0
        for distributor in range(1, self.size + 1):
            for position in range(pick.choice((1, 1, 1, 2))):
                number += 1
                phone = f"1{pick.choice('3578')}{pick.randint(0, 999_999_999):09d}"
                yield Contact(
                    id=ContactId(number),
                    public_id=f"{pick.getrandbits(128):032x}",
                    distributor_id=DistributorId(distributor),
                    name=self.person(),
                    title=pick.choice(_TITLES),
                    phone=f"{phone[:3]} {phone[3:7]} {phone[7:]}" if pick.random() < 0.5 else phone,
                    decision_role=DecisionRole.DECISION_MAKER if position == 0 else None,
                    position=position,
                )

    def visits(self) -> Iterator[Visit]:
        pick = self._random
        for number in range(1, int(self.size * self.visits_each) + 1):
            start = NOW + timedelta(days=pick.randint(-300, 30), hours=pick.randint(0, 8))
            past = start < NOW
            yield Visit(
                id=VisitId(number),
                public_id=f"{pick.getrandbits(128):032x}",
                distributor_id=DistributorId(pick.randint(1, self.size)),
                starts_at=start,
                ends_at=start + timedelta(minutes=90),
                purpose=pick.choice(list(Purpose)),
                status=VisitStatus.CLOSED if past else VisitStatus.PLANNED,
                summary=pick.choice(_SAID).strip() if past else "",
                created_at=NOW,
                updated_at=NOW,
            )

    def answers(self) -> Iterator[Answer]:
        pick = self._random
        for number in range(1, int(self.size * self.visits_each / 3) + 1):
            yield Answer(
                id=number, visit_id=VisitId(number * 3), code=207, note=pick.choice(_SAID).strip(), answered_at=NOW
            )

    def commitments(self) -> Iterator[Commitment]:
        pick = self._random
        for number in range(1, int(self.size * self.promises_each) + 1):
            yield Commitment(
                id=CommitmentId(number),
                public_id=f"{pick.getrandbits(128):032x}",
                distributor_id=DistributorId(pick.randint(1, self.size)),
                direction=pick.choice(list(Direction)),
                text=pick.choice(_PROMISES).strip(),
                due_on=TODAY + timedelta(days=pick.randint(-60, 60)) if pick.random() < 0.8 else None,
                status=pick.choices([CommitmentStatus.OPEN, CommitmentStatus.FULFILLED], (6, 4))[0],
                created_at=NOW,
                updated_at=NOW,
            )


def plain(value: object) -> object:
    """``value`` as the driver stores it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    return value

"""The words people write above the columns of a customer list, by field; traditional characters count as simplified."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from channel_desk.domain.cells import without_invisible
from channel_desk.domain.import_fields import FAMILY_NAME, GIVEN_NAME, ROW_NUMBER, Kind, target_of
from channel_desk.domain.import_units import MoneyUnit, is_unit_of, money_unit
from channel_desk.domain.readings import simplified

_WORDS: Final = {
    ROW_NUMBER: (
        "序号 序 编号序号 行号 行 no no. # s/n sn serial serialno seq sno slno srno lineno row rownumber rowno nr "
        "index 项次"
    ),
    "code": (
        "客户编码 客户编号 客户代码 客户代号 客户号 客户id 编码 编号 代码 经销商编码 经销商编号 经销商代码 经销商代号 "
        "经销商id 商户编号 渠道编码 渠道编号 往来单位编码 单位编号 customerid customerno customernumber customercode "
        "售达方编码 售达方编号 "
        "custid custno custcode code id accountno accountnumber accountcode accountid dealercode dealerid dealerno "
        "distributorcode distributorid distributorno partnerid partnercode clientid clientcode clientno kundennr "
        "kundennummer kdnr debitor debitornr vendorcode sapcode sapno erpcode erpid "
        "bpcode cardcode acctno acctid acctnumber"
    ),
    "name": (
        "经销商名称 经销商 客户名称 客户 公司名称 公司 企业名称 企业 单位名称 名称 全称 客户全称 公司全称 单位全称 "
        "经销商全称 渠道名称 渠道商 代理商 代理商名称 商户名称 商户 店名 门店名称 往来单位 往来单位名称 供货客户 "
        "售达方 售达方名称 soldto soldtoparty soldtopt "
        "工作单位 所在单位 所在公司 单位全名 经销单位 companyname company customername customer name fullname "
        "distributor distributorname dealer dealername account accountname client clientname partner partnername "
        "businessname organisation organization firm firma firmenname kunde kundenname legalname partyname firmname "
        "agencyname cardname raisonsociale nomdelentreprise nomdelasociété société nomdelasociete societe entreprise "
        "nomduclient distributeur revendeur razónsocial razonsocial empresa nombredelaempresa nombrecomercial cliente "
        "nombredelcliente distribuidor unternehmen händler firmenbezeichnung handelsname"
    ),
    "short_name": (
        "简称 客户简称 公司简称 经销商简称 单位简名 短名 别名 shortname short alias nickname abbreviation displayname "
        "searchname"
    ),
    "former_name": "曾用名 原名 原名称 曾用名称 formername previousname oldname formerly",
    "legal_person": "法人 法人代表 法定代表人 企业法人 法人姓名 老板 店主 legalperson legalrepresentative proprietor",
    "licence_no": (
        "营业执照 营业执照号 执照号 税号 纳税人识别号 统一社会信用代码 社会信用代码 信用代码 税务登记号 纳税登记号 "
        "统一编号 licence licenceno license licenseno businesslicence businesslicense taxno taxid taxnumber vat vatno "
        "vatregno vatid vatnumber registrationno ustid ustidnr regno gst gstno gstin"
    ),
    "founded_on": (
        "成立日期 成立时间 注册日期 注册时间 创立日期 founded foundedon founding dateoffoundation established "
        "incorporated"
    ),
    "country": "国家 国家/地区 country countryname countrycode countryregion land nation pays país",
    "place": (
        "省市 省市区 省市县 省市区县 所在省市 所在省市区 所属省市 所属省市区 所在地 所在地区 所属地 provincecity "
        "provinceandcity statecity stateandcity"
    ),
    "province": (
        "省 省份 省/直辖市 省市自治区 所在省 所属省 所属省份 所在省份 省区 州 province state stateprovince stateregion "
        "county bundesland prefecture"
    ),
    "city": (
        "市 城市 所在城市 地市 地级市 所属市 所属城市 所在市 市/州 县市 city town ort stadt municipality ville ciudad "
        "localité"
    ),
    "district": "区 县 区县 区/县 县区 市县 所在区县 district borough subdistrict",
    "address": (
        "地址 详细地址 公司地址 客户地址 联系地址 办公地址 注册地址 经营地址 营业地址 通讯地址 单位地址 收货地址 "
        "送货地址 仓库地址 门市地址 地 址 公司住所 住所 address addr address1 street streetaddress companyaddress "
        "officeaddress fulladdress anschrift strasse adresse addressline1 straße dirección direccion domicilio"
    ),
    "postal_code": (
        "邮编 邮政编码 邮递区号 postalcode postcode zip zipcode plz zippostalcode pincode pin codepostal códigopostal"
    ),
    "region": "大区 区域 所属区域 片区 战区 所属大区 地区 销售区域 region salesregion area zone regionname",
    "territory": "负责区域 辖区 经销区域 覆盖区域 经营区域 代理区域 territory salesterritory coveragearea",
    "channel_type": (
        "渠道类型 渠道类别 类型 客户类型 客户类别 经销商类型 业态 渠道 渠道属性 channeltype channel type customertype "
        "dealertype distributortype category customercategory segment"
    ),
    "level": (
        "级别 层级 渠道级别 渠道层级 经销商级别 代理级别 经销级别 级 代理层级 level channellevel distributorlevel "
        "dealerlevel hierarchy"
    ),
    "tier": (
        "客户分级 客户等级 等级 分级 客户级别 abc abc分类 abc分级 客户分类 重要程度 重要性 分类 星级 tier grade class "
        "customerclass klasse rank abcclass rating"
    ),
    "status": "状态 合作状态 客户状态 经销商状态 status state/status lifecycle customerstatus accountstatus stage",
    "status_reason": (
        "原因 状态原因 状态说明 终止原因 暂停原因 停止合作原因 终止合作原因 流失原因 解约原因 停货原因 冻结原因 reason "
        "statusreason reasonforstatus reasonofstatus terminationreason suspensionreason lostreason endreason"
    ),
    "phone": (
        "公司电话 座机 固话 固定电话 总机 办公电话 单位电话 客户电话 公司座机 市话 companyphone officephone "
        "landline mainphone switchboard businessphone telephone2 officetel"
    ),
    "contact.name": (
        "联系人 联系人姓名 姓名 主要联系人 主联系人 首要联系人 负责联系人 对接人 联络人 联系人名称 店长 负责人姓名 "
        "联络人姓名 收货人 收货人姓名 收件人 收件人姓名 "
        "contact contactname contactperson person ansprechpartner primarycontact "
        "keycontact contactfullname nomducontact interlocuteur contacto personadecontacto nombredelcontacto "
        "kontaktperson kontakt"
    ),
    FAMILY_NAME: "姓 姓氏 lastname surname familyname nachname apellido apellidos",
    GIVEN_NAME: "名 firstname givenname forename vorname prénom",
    "contact.title": (
        "职务 职位 岗位 头衔 联系人职务 联系人职位 职称 contacttitle title jobtitle position role function "
        "contactposition"
    ),
    "contact.phone": (
        "手机 手机号 手机号码 手机电话 移动电话 联系电话 联系方式 电话 电话号码 联系人电话 联系人手机 联系手机 "
        "电话/手机 手机/电话 联络电话 连络电话 行动电话 phone phoneno phonenumber telephone tel telno mobile mobileno "
        "mobilephone mobilenumber cell cellphone contactphone contactnumber contactno contacttel contactmobile telefon "
        "handy mob mobno telmobile mobiletel téléphone portable teléfono telefono móvil telefonnummer telefonnr"
    ),
    "contact.phone_2": (
        "电话2 手机2 备用电话 备用手机 其他电话 其它电话 第二电话 phone2 mobile2 tel2 alternatephone otherphone "
        "directline directphone directdial durchwahl secondphone secondaryphone"
    ),
    "contact.fax": "传真 传真号 传真号码 公司传真 fax faxno faxnumber telefax",
    "contact.chat_id": "微信 微信号 微信id qq qq号 wechat wechatid chat chatid whatsapp lineid",
    "contact.email": (
        "邮箱 电子邮箱 电子邮件 邮件 联系邮箱 电邮 email e-mail mail emailaddress 信箱 courriel correo "
        "correoelectrónico"
    ),
    "contact.birthday_on": "生日 出生日期 联系人生日 birthday dateofbirth dob birthdate",
    "contact.interests": "爱好 兴趣 兴趣爱好 interests hobbies",
    "contact.note": "联系人备注 contactnote contactnotes contactremarks",
    "stores": (
        "自有门店 自有门店数 自营门店 门店数 门店数量 店铺数 直营店数 ownedstores stores storecount numberofstores "
        "ownstores"
    ),
    "outlets": (
        "网点数 网点 覆盖网点 覆盖网点数 终端数 终端数量 终端网点数 覆盖终端 覆盖终端数 outlets coveredoutlets "
        "outletcount numberofoutlets"
    ),
    "staff": "员工数 员工人数 人数 员工 职工人数 人员规模 staff employees headcount numberofemployees",
    "sales_people": (
        "业务员数 业务员人数 销售人数 销售人员 销售人员数 业务人员 业务人员数 salespeople salesforce salesstaff "
        "salesreps numberofsalespeople"
    ),
    "vehicles": "车辆 车辆数 送货车辆 配送车辆 车辆数量 vehicles trucks vehiclecount deliveryvehicles",
    "warehouse_m2": "仓库面积 仓储面积 仓库 库房面积 warehouse warehousearea warehousem2 warehousesize",
    "other_brands": (
        "代理品牌 其他品牌 经营品牌 竞品 竞品品牌 兼营品牌 otherbrands brands competingbrands brandscarried"
    ),
    "industries": (
        "行业 所属行业 服务行业 主营 主营品类 经营品类 主要经营 主营行业 主营业务 经营范围 主营产品 industry "
        "industries sector"
    ),
    "decision_chain": "决策链 决策流程 decisionchain",
    "habits": "习惯 偏好 客户习惯 habits preferences",
    "owner": (
        "负责人 客户经理 渠道经理 业务员 业务代表 销售员 业务经理 销售经理 区域经理 销售代表 我方负责人 归属人 "
        "专管业务员 所属业务员 跟进人 跟单员 责任人 owner accountmanager salesrep salesperson salesrepresentative "
        "manager responsible accountowner keyaccountmanager kam rep am salesman salesexecutive areamanager "
        "regionalmanager"
    ),
    "owner_level": "负责级别 负责人级别 ownerlevel",
    "lead_source": "来源 客户来源 线索来源 渠道来源 source leadsource origin",
    "since_on": (
        "合作日期 合作时间 合作开始日期 合作开始时间 合作起始日期 合作起始时间 开始合作日期 开始合作时间 首次合作日期 "
        "首次合作时间 开户日期 开户时间 建档日期 建档时间 入网日期 签约日期 签约时间 加盟日期 合作日 起始日期 合作起始 "
        "发展日期 since customersince partnersince startdate start cooperationdate dateofcooperation joined joindate "
        "onboarded relationshipsince opened seit kundeseit clientdepuis firstorder 首次合作"
    ),
    "contract_from": (
        "合同开始 合同开始日期 合同起始日期 合同起 合同起始 合同生效日期 协议开始日期 agreementstart contractfrom "
        "contractstart contractstartdate"
    ),
    "contract_to": (
        "合同结束 合同结束日期 合同到期日 合同到期日期 合同到期 合同止 合同终止日期 协议到期日期 到期日 agreementend "
        "contractto contractend contractuntil contractenddate contractexpiry expirydate"
    ),
    "contract_territory": (
        "合同区域 授权区域 合同授权区域 独家区域 contractterritory authorisedterritory authorizedterritory"
    ),
    "currency": "币种 货币 结算币种 币别 结算币别 currency curr",
    "annual_sales_minor": (
        "年销售额 年销售 销售额 年度销售额 全年销售额 年销量额 年营业额 营业额 去年销售额 上年销售额 年销额 年业绩 "
        "业绩 年回款 年进货额 进货额 annualsales sales revenue annualrevenue turnover annualturnover yearlysales "
        "salesvolume umsatz jahresumsatz salesamount chiffredaffaires ventasanuales"
    ),
    "credit_limit_minor": (
        "信用额度 授信额度 额度 信用额 授信 赊销额度 铺货额度 铺底额度 信用限额 creditlimit creditline limit "
        "kreditlimit"
    ),
    "terms_days": (
        "账期 帐期 账期天数 付款账期 信用期 信用期限 付款期限 结算周期 回款周期 付款天数 结算方式 付款方式 "
        "付款条件 付款条款 payment paymentmethod zahlung zahlungsbedingung zahlungsbedingungen zahlungsziel "
        "terms paymentterms termsdays creditdays creditterms paymentdays creditperiod"
    ),
    "tags": "标签 客户标签 tags labels keywords",
    "note": (
        "备注 说明 备注说明 附注 其他 其它 补充说明 客户备注 情况说明 note notes remark remarks comment comments "
        "description bemerkung memo"
    ),
}
#: Heading key to field key.
FIELD_WORDS: Final = MappingProxyType({word: key for key, words in _WORDS.items() for word in words.split()})
_OTHER: Final = (
    "销量 数量 单价 金额 产品 型号 规格 品牌 月份 季度 一月 二月 三月 1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 "
    "12月 日期 创建人 创建时间 修改时间 更新时间 开户行 银行账号 账号 发票抬头 余额 欠款 应收 返点 折扣 date "
    "product quantity price amount created updated bank balance website url"
)
#: Words that are headings of nothing we keep; they still show that a row is the heading row.
OTHER_WORDS: Final = frozenset(_OTHER.split())
_MARKS = re.compile(r"[\s*＊:：。_\-.'’\"“”†√★☆!！?？、/\\]+")
#: Longer texts are prose and no heading; patterns are not tried on them.
LONGEST_HEADING: Final = 300
#: Signs in front of a heading or behind it that draw the eye, and the words for what has to be filled in.
_SIGNS: Final = r"[\s*●○◎◆◇■□▲△▼▽↓↑→←☑✓✔※▪•\-–,;:]"
_TO_FILL_IN = re.compile(
    r"(?:(?:is\s+)?\b(?:required|mandatory|optional|pflichtfeld|pflicht|obligatoire|obligatorio)\b|必填项?|选填项?"
    rf"|{_SIGNS})+$|^(?:#(?=\w)|{_SIGNS})+"
)
_BRACKETS = re.compile(r"[(（\[【<《〔{]([^)）\]】>》〕}]*)[)）\]】>》〕}]")
#: What Kingdee writes behind a heading: 名称#中文(简体), 结算币别#编码.
_LANGUAGE_OR_PART = re.compile(r"(?<=[\u3400-\u9fff)])#[\u3400-\u9fff][^#]*$")
_YEAR_BEHIND = re.compile(r"(?:fy)?(?:20\d\d年?|(?<=fy)\d\d)$")
_YEAR = re.compile(r"(?:(?<!\d)20|\bfy\s*)(\d\d)(?!\d)")
#: Where a unit may begin behind a heading: after a blank or a stroke, or 万 and ㎡ themselves.
_UNIT_BEGINS = re.compile(r"\s+in\s+|[\s/,:]+|(?<=\S)(?=[千万萬百亿億]|m2)")
_UNIT_SAID = re.compile(
    r"(?:^|[^\u3400-\u9fff])(?:金额|金額|货币|貨幣|计量|計量)?(?:单位|單位)\s*:?\s*([^,;、/)\]】]+)"
    r"|\b(?:unit\s*:?|(?:amounts?|figures|values)\s*:?\s*(?:are\s+)?in\b)\s*([^,;/)\]]+)",
)


def table_unit(text: str) -> MoneyUnit | None:
    """The unit that a line above the table sets for all its amounts (单位：万元); None when it sets none."""
    plain = unicodedata.normalize("NFKC", text[:100]).strip().casefold()
    found = _UNIT_SAID.search(plain)
    if found is None:
        alone = money_unit(plain.strip("() "))
        return alone if alone and alone.factor > 1 and alone.currency else None
    said = (found[1] or found[2]).strip()
    return money_unit(said) or money_unit(said.split()[0] if said else "")


class HeadingKey(NamedTuple):
    """A heading without marks and units; ``factor`` is what its unit multiplies amounts with, 0 without."""

    key: str
    factor: int


def heading_key(heading: str) -> HeadingKey:
    """``年销售额(万元)`` is 年销售额 and 10,000; ``Company Name *`` is companyname."""
    name, units = _parted(heading)
    money = heading_money(units)
    return HeadingKey(_MARKS.sub("", name), money.factor if money else 0)


def heading_units(heading: str) -> tuple[str, ...]:
    """What stands beside a heading and may be its unit: in brackets, or behind it."""
    return _parted(heading)[1]


def heading_money(units: tuple[str, ...]) -> MoneyUnit | None:
    """The unit of money among the words beside a heading."""
    return next(filter(None, map(money_unit, units)), None)


def _without_pictures(text: str) -> str:
    """Without the signs and small pictures that draw the eye to a heading."""
    return text if text.isascii() else "".join(c for c in text if unicodedata.category(c) != "So" and c != "\ufe0f")


@lru_cache(maxsize=4096)
def _parted(heading: str) -> tuple[str, tuple[str, ...]]:
    """A heading without its unit, and the words that may be the unit."""
    if len(heading) > LONGEST_HEADING:
        return heading, ()
    text = _without_pictures(without_invisible(unicodedata.normalize("NFKC", heading))).strip().casefold()
    text = _LANGUAGE_OR_PART.sub("", text)
    units = [part.strip() for inside in _BRACKETS.findall(text) for part in re.split(r"[,;、/]", inside)]
    text = _BRACKETS.sub(" ", text) if _BRACKETS.sub("", text).strip(" *") else _BRACKETS.sub(r"\1", text)
    text = simplified(_TO_FILL_IN.sub("", text))
    for begin in _UNIT_BEGINS.finditer(text):
        name, unit = text[: begin.start()], text[begin.end() :].strip()
        if is_unit_of(_SQUEEZED.get(_MARKS.sub("", name), ""), unit):
            return name, (*filter(None, units), unit)
        if begin[0].strip() and money_unit(unit):
            return name, (*filter(None, units), unit)
    return text, tuple(filter(None, units))


_SQUEEZED: Final = MappingProxyType({_MARKS.sub("", word): key for word, key in FIELD_WORDS.items()})


def field_of(heading: str) -> str | None:
    """The field a heading names, or None; ``row_number`` for counting columns."""
    key = heading_key(heading).key
    if not key:
        return ROW_NUMBER if heading.strip() in {"#", "No.", "No"} else None
    found = _SQUEEZED.get(key)
    if found:
        return found
    bare = re.sub(r"^(?:20\d\d|去|上|本|今|全)年度?", "", key)
    if bare != key and (_SQUEEZED.get(bare) or _SQUEEZED.get(f"年{bare}")):
        return _SQUEEZED.get(bare) or _SQUEEZED.get(f"年{bare}")
    amount = _SQUEEZED.get(_YEAR_BEHIND.sub("", key))
    target = target_of(amount or "")
    return amount if target is not None and target.field.kind is Kind.AMOUNT else None


def year_of(heading: str) -> int:
    """The year that a heading names; a late one for a heading without: that one is of today."""
    years = [2000 + int(year) for year in _YEAR.findall(heading.casefold())]
    return max(years, default=9999)


#: How the people of a row are counted.
_NUMERALS: Final = MappingProxyType(dict(zip("①②③④⑤一二三四五", (1, 2, 3, 4, 5) * 2, strict=True)))


def numbered(heading: str) -> tuple[str, int]:
    """``联系人2`` is 联系人 and 2, ``Contact 3 Phone`` is Contact Phone and 3; 1 without a number."""
    spare = re.fullmatch(
        r"(?:备用|候补|second(?:ary)?|alternate)\s*(联系人|contact(?:\s+(?:name|person))?)", heading, re.IGNORECASE
    )
    if spare is not None:
        return spare[1], 2
    match = re.fullmatch(r"()第?([1-5一二三四五])(\D+)", heading.strip())
    if match is None:
        match = re.fullmatch(r"(.*?\D)\s*([1-5①②③④⑤一二三四五])\s*(\D*)", heading.strip())
    if match is None:
        return heading, 1
    number = _NUMERALS.get(match[2]) or int(match[2])
    return match[1].strip() + match[3].strip(), number

"""Which characters of a text are a personal name, by what stands round them; for masking, not for knowledge.

Found: names that a report has shortened itself (张某某, 李某, 王XX, 赵**); names after a title, an office or
a role (局长王建国, 责任人：李四、王五); names before 同志, 先生, 女士, before their sex (张三，男), before
their office (李四（时任局长）) and before what is said at a meeting (王五强调); and each further place of a
name that was found in the same text.
Not found: names beside which nothing of that stands (王五挪用公款), rare surnames, names of minorities and of
foreigners, names that a line break or markup cuts in two. Now and then a word is taken for a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from extract.rules import load_verbs

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜"
    "叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶"
    "贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔文安牛樊葛邢关施柯柳骆温庄章童詹岳齐庞颜倪殷"
    "俞梅辛管耿翟焦路左包申鲁祝甘凌霍丘游裴欧伍柴阮甄成蒙盛季尚应鲍卓卫华车房聂费穆古姬柏"
    "单娄靳项冉苗祁阳"
)
_DOUBLE = (
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木|闻人|独孤|南宫|钟离|宇文|长孙|申屠|澹台"
)
#: Those that are oftener a verb, an adverb, a preposition or the beginning of a word.
_DOUBTFUL = frozenset("任关于向常高安应成管包万方单左白项路文石金车房华卫古江林田")
#: Of these, those of which a name of two characters is to be believed after a colon only.
_VERBS = frozenset("任关于向常应成管包路")
_ONE = f"(?:{_DOUBLE}|[{_SURNAMES}])"
_HAN = r"[\u4e00-\u9fff]"
_GIVEN = r"(?!某)[\u4e00-\u9fff]"
_TITLE = (
    "书记|[局县市镇乡区省州部厅处科股所站院校园会社队组班段厂矿行村庭司台馆店库连排]长|检察长|董事长|监事长|审计长|主任|主席|"
    "委员|常委|政委|指导员|经理|董事|监事|总监|总工(?!程)|工程师|厂医|会计|出纳|库管员|保管员|驾驶[员人]|司机|押运员|操作[工员]|"
    "[电焊钳瓦木架]工(?!程)|安全员|技术员|采购员|管理员|监理员|施工员|资料员|质检员|负责人|责任人|代表人|法人|控制人|经办人|承办人|"
    "联系人|签发人|审核人|复核人|编制人|承包人|当事人|举报人|投诉人|受益人|嫌疑人|被告人|肇事者|包工头|老板|店主|村民|居民|职工|"
    "员工|干部|党员|教师|教授|医生|医师|护士|学生|死者|伤者|遇难者|成员|主审|组员|专家|秘书|文书|其[妻夫子女父母弟兄]|"
    "(?:出席|列席|参加|主持|记录|审核|编制|填报|签发|审批|审定|校对)人?(?=[：:])"
)
#: Words that may follow a name at once; a comma or the end of a line are as good.
_AFTER = (
    "同志|先生|女士|等|在|因|未|对|擅|违|利用|涉嫌|说|表示|介绍|称|的|为|是|与|和|及|兼|带|主持|负责|签|审批|批准|指使|要求|被|将|"
    "以|私|挪|收受|侵|套取|虚|参加|出席|作|就|到|已|曾|多次|均|也|不|没|给予|予以|进行|任职|任期|离任|担任|死亡|受伤|当场|个人|本人|警告|记过|撤职|免职|批评|诫勉|严重|"
    "违规|违法|违纪|安排|组织|贪污|受贿|酒后|无证|擅自"
)
_STRONG = r"[\s，。、；：！？（）《》【】“”‘’…—,.;:!?()\[\]\"'\\<>/|&]|$"
#: One that the report has shortened; what follows 某 may make it a place or a day.
_SHORTENED = re.compile(
    rf"(?<![A-Za-z0-9×])(?P<name>{_ONE}(?:某{{1,2}}{_HAN}?(?=同志|先生|女士)|某{{1,2}}|[×xX*＊○〇]{{1,2}}))"
    r"(?![某×xX*＊○〇A-Za-z0-9]|公司|单位|[省市县区乡镇村局厂矿校院所站路街楼层号年月日天种类些个项处段条次])"
)
_AFTER_TITLE = re.compile(
    rf"(?P<title>{_TITLE})(?P<colon>[：:]\s?|\s)?(?P<name>{_DOUBLE}{_HAN}{{1,2}}|[{_SURNAMES}]{_GIVEN}{{1,2}}?)"
    rf"(?={_STRONG}|{_AFTER})"
)
_NEXT = re.compile(rf"(?:[、和与及，,]\s?|\s)(?P<name>{_ONE}{_HAN}{{1,2}})(?={_STRONG})")
_LEFT = r"(?:^|(?<=[\s，。、；：！？（）《》【】“”,.;:!?()\[\]\"\\>])|(?<=[由经对与和及向受]))"
_PERSON = rf"(?P<name>{_DOUBLE}{_HAN}{{1,2}}|[{_SURNAMES}]{_GIVEN}{{1,2}})"
_BEFORE_SIGN = re.compile(
    rf"{_LEFT}{_PERSON}"
    rf"(?=同志|先生|女士|[，,（(]\s?[男女][，,、）)]|[（(，,]\s?(?:时任|原任|现任|曾任|系|原)[^，。；]{{0,20}}?(?:{_TITLE}))"
)
#: Who speaks at a meeting, at the beginning of a sentence.
_BEFORE_SPEECH = re.compile(
    rf"{_LEFT}{_PERSON}"
    r"(?=(?:还|又|最后|随后|同时)?(?:强调|指出|表示|坦言|要求)[，,：:]?)"
)
#: What names of offices end with, and persons seldom.
_OFFICE = re.compile(r"[办局科处室部站所组委厂队会院岗制]$")


def find_names(text: str) -> Iterator[tuple[int, int]]:
    """Half-open places of the names in a text, in no order; they may overlap."""
    for match in _SHORTENED.finditer(text):
        yield match.span("name")
    found: set[str] = set()
    for match in _AFTER_TITLE.finditer(text):
        if _is_name(match["name"], sure=bool(match["colon"])):
            found.add(match["name"])
            at = match.end()
            while (more := _NEXT.match(text, at)) and _is_name(more["name"], sure=False):
                found.add(more["name"])
                at = more.end()
    for match in _BEFORE_SIGN.finditer(text):
        if _is_name(match["name"], sure=True):
            found.add(match["name"])
    for match in _BEFORE_SPEECH.finditer(text):
        if _is_name(match["name"], sure=False):
            found.add(match["name"])
    if found:
        for match in re.finditer("|".join(sorted(map(re.escape, found), key=len, reverse=True)), text):
            yield match.span()


def mask(text: str) -> str:
    """The text with 某 for each character of a name: as long, so that all offsets hold."""
    masked = list(text)
    for start, end in find_names(text):
        masked[start:end] = "某" * (end - start)
    return "".join(masked)


def _is_name(name: str, *, sure: bool) -> bool:
    """`sure`: what stands beside it is strong enough for a name that is a word as well (张力)."""
    doubtful = name[0] in _DOUBTFUL
    if _OFFICE.search(name) or re.search(_TITLE, name):
        return False
    if name[0] in _VERBS and not sure and (len(name) == 2 or name[1:] in load_verbs()):
        return False
    if name in _words() and (doubtful or not sure):
        return False
    return not (doubtful and name[:2] in _words())


@cache
def _words() -> frozenset[str]:
    lines = (files("api") / "access" / "words.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())

"""10,000 resolutions' worth of text into clauses with verbs, percentages and deadlines, against regular expressions in Python."""
import os
import random
import re
import tempfile
import time

from common import DATA, PROGRAM, closing, require_equal, run_child

CORE = PROGRAM.parent / "bench" / "resolutions_core"
COUNT, PEER_COUNT, REPEATS = 10000, 1000, 3
SEEDS = [DATA.parent / "seed" / name for name in ("A_RES_78_231.en.txt", "A_RES_68_6.zh.txt")]
PLACES = ["Spain", "Ethiopia", "Mexico", "India", "Norway", "Kenya", "Brazil", "Samoa", "Ghana", "Fiji"]
SESSIONS = ["seventy-ninth", "eightieth", "eighty-first", "eighty-second", "ninetieth", "ninety-first"]
CHINESE_SESSIONS = ["六十九", "七十", "七十一", "七十二", "八十"]


def varied(text, chinese, rng):
    """Other shares, years, sessions and places, so that no two texts are the same."""
    share = f"0.{rng.randint(51, 99)}"
    if chinese:
        text = text.replace("到 2015 年", f"到 {rng.randint(2015, 2029)} 年").replace("0.7%", share + "%")
        text = text.replace("第六十九届", f"第{rng.choice(CHINESE_SESSIONS)}届").replace("不足 850 天", f"不足 {rng.randint(100, 999)} 天")
        return text.replace("2014 年 9 月之前", f"2014 年 {rng.randint(1, 12)} 月之前")
    text = text.replace("by 2030", f"by {rng.randint(2025, 2050)}").replace("0.7 per cent", share + " per cent")
    text = text.replace("seventy-ninth session", rng.choice(SESSIONS) + " session")
    for place in ("Spain", "Ethiopia", "Mexico"):
        text = text.replace(f"Government of {place}", f"Government of {rng.choice(PLACES)}")
    return text.replace("0.15 to 0.20", f"0.{rng.randint(11, 19)} to 0.2{rng.randint(0, 9)}")


# The peer: what a script of regular expressions needs for the same counts on texts like these.
VERBS = ("takes note|notes|recalls|emphasizes|welcomes|invites|highlights|reiterates|urges|encourages|calls|decides|requests|"
         "recognizes|looks forward|stresses|reaffirms")
FIRST_VERB = re.compile(rf"(?:(?:also|further|strongly|once again) )*(?:{VERBS})\b", re.I)
NUMBERED = re.compile(r"^(\d{1,3})\.\s+(?=\S)")
PAGE = re.compile(r"^\s*(?:\d+/\d+\s+\d\d-\d{5}|\d\d-\d{5}\s+\d+/\d+|.*A/RES/78/231|Follow-up to and implementation.*|\s+Follow-up to and implementation.*)\s*$")
NOTE_RULE = re.compile(r"^\s*_{5,}\s*$")
PERCENT = re.compile(r"\d+(?:\.\d+)?(?: to \d+(?:\.\d+)?)? per cent")
DEADLINE = re.compile(r"\bby 20\d\d\b|no later than 1 ?\d [A-Z][a-z]+ 20\d\d|\b(?:at|of) its [a-z]+(?:-[a-z]+)? session")
ADVERBS = "(?:还|又|今天|再次|并|也|坚定不移地|在此)*"
CHINESE_VERB = re.compile(rf"我们{ADVERBS}(?:重申|欢迎|感到关切|意识到|认识到|决心|将(?!工作)|强调|呼吁|决定|承认|期待|促请|敦促|请)")
CHINESE_PERCENT = re.compile(r"\d+(?:\.\d+)?%(?: ?[到至] ?\d+(?:\.\d+)?%)?")
CHINESE_DEADLINE = re.compile(r"到 \d{4} 年(?!后)|\d{4} 年最后期限|\d{4} 年 \d+ 月之前|\d{4} 年年底之前|第[一二三四五六七八九十]+届会议(?!$)")


def english_paragraphs(text):
    paragraphs, notes, number = [], False, 0
    for line in text.split("\n"):
        if NOTE_RULE.match(line):
            notes = True
        elif PAGE.match(line):
            notes = False
        elif not notes:
            line = line.strip()
            start = NUMBERED.match(line)
            if start and int(start[1]) == number + 1:
                number += 1
                paragraphs.append([line[start.end():]])
            elif re.match(r"^\([a-z]\) ", line):
                paragraphs.append(None)
            elif line and paragraphs and paragraphs[-1] is not None:
                paragraphs[-1].append(line)
    return [" ".join(paragraph) for paragraph in paragraphs if paragraph is not None]


def chinese_paragraphs(text):
    paragraphs = []
    for line in text.split("\n"):
        start = NUMBERED.match(line)
        if start and int(start[1]) == len(paragraphs) + 1:
            paragraphs.append(line[start.end():])
        elif line and paragraphs and not re.match(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]", line) and "日" != line[-1]:
            paragraphs[-1] += line
    return paragraphs


def peer(texts):
    counts = [0, 0, 0, 0]
    for text in texts:
        chinese = "大会" in text
        paragraphs = chinese_paragraphs(text) if chinese else english_paragraphs(text)
        verb, percent, deadline = (CHINESE_VERB, CHINESE_PERCENT, CHINESE_DEADLINE) if chinese else (FIRST_VERB, PERCENT, DEADLINE)
        for paragraph in paragraphs:
            counts[0] += 1
            counts[1] += (verb.search if chinese else verb.match)(paragraph) is not None
            counts[2] += len(percent.findall(paragraph))
            counts[3] += len(deadline.findall(paragraph))
    return counts


def main():
    rng = random.Random(20130925)
    seeds = [path.read_text(encoding="utf-8") for path in SEEDS]
    texts = [varied(seeds[i % 2], i % 2 == 1, rng) for i in range(COUNT)]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "texts")
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write("\x1e".join(texts))
        runs = [[float(part) for part in run_child([CORE, path, COUNT])[2].split()] for _ in range(REPEATS)]
        few = [float(part) for part in run_child([CORE, path, PEER_COUNT])[2].split()]
    ours = min(runs, key=lambda run: run[0] + run[1])
    speed = ours[2] / (ours[0] + ours[1]) / 1e6
    print(f"{int(ours[3]):,} texts, {ours[2] / 1e6:.0f} MB, one core: {speed:.0f} MB/s (parsing {ours[2] / ours[0] / 1e6:.0f}, "
          f"reading {ours[2] / ours[1] / 1e6:.0f}); {int(ours[4]):,} paragraphs, {int(ours[5]):,} with a verb, {int(ours[6]):,} "
          f"percentages, {int(ours[7]):,} deadlines")
    start = time.process_time()
    theirs = peer(texts[:PEER_COUNT])
    seconds = time.process_time() - start
    for name, mine, other in zip(("paragraphs", "verbs", "percentages", "deadlines"), few[4:], theirs):
        require_equal(name, mine, float(other))
    peer_speed = few[2] / seconds / 1e6
    print(f"Python's re on the first {PEER_COUNT:,} of them: {peer_speed:.1f} MB/s, the same counts")
    if speed < 50:
        print("below the aim of 50 MB/s")
    closing("resolutions", [("re", speed / peer_speed)])


main()

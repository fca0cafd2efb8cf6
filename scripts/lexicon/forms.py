"""Inflected forms of English words."""

# ruff: noqa: E501, SIM905, C402

_NOUNS: dict[str, str] = dict(
    (str(pair).split(":")[0], str(pair).split(":")[1])
    for pair in """man:men woman:women child:children foot:feet tooth:teeth goose:geese mouse:mice louse:lice ox:oxen
    wolf:wolves knife:knives wife:wives life:lives leaf:leaves loaf:loaves half:halves calf:calves thief:thieves
    shelf:shelves self:selves elf:elves hoof:hooves scarf:scarves sheep:sheep deer:deer fish:fish series:series
    species:species crisis:crises analysis:analyses basis:bases thesis:theses axis:axes hypothesis:hypotheses
    phenomenon:phenomena criterion:criteria datum:data bacterium:bacteria medium:media matrix:matrices
    vertex:vertices index:indices person:people""".split()
)
_VERBS = """be is am are was were been being|have has had having|do does did done doing|go goes went gone going
say says said saying|make makes made making|get gets got gotten getting|see sees saw seen seeing
know knows knew known knowing|take takes took taken taking|come comes came coming|think thinks thought thinking
give gives gave given giving|find finds found finding|tell tells told telling|feel feels felt feeling
leave leaves left leaving|keep keeps kept keeping|begin begins began begun beginning|bring brings brought bringing
write writes wrote written writing|sit sits sat sitting|stand stands stood standing|lose loses lost losing
pay pays paid paying|meet meets met meeting|run runs ran running|set sets setting|learn learns learned learnt learning
lead leads led leading|hold holds held holding|hear hears heard hearing|speak speaks spoke spoken speaking
read reads reading|grow grows grew grown growing|fall falls fell fallen falling|send sends sent sending
build builds built building|understand understands understood understanding|draw draws drew drawn drawing
break breaks broke broken breaking|spend spends spent spending|cut cuts cutting|rise rises rose risen rising
drive drives drove driven driving|buy buys bought buying|wear wears wore worn wearing|choose chooses chose chosen choosing
seek seeks sought seeking|throw throws threw thrown throwing|catch catches caught catching|fight fights fought fighting
sell sells sold selling|teach teaches taught teaching|eat eats ate eaten eating|sing sings sang sung singing
strike strikes struck stricken striking|hang hangs hung hanged hanging|shake shakes shook shaken shaking
ride rides rode ridden riding|feed feeds fed feeding|shoot shoots shot shooting|drink drinks drank drunk drinking
hit hits hitting|fly flies flew flown flying|spread spreads spreading|sleep sleeps slept sleeping|swim swims swam swum swimming
put puts putting|let lets letting|shut shuts shutting|hurt hurts hurting|cost costs costing|cast casts casting
steal steals stole stolen stealing|swear swears swore sworn swearing|tear tears tore torn tearing|bear bears bore borne born bearing
bite bites bit bitten biting|hide hides hid hidden hiding|forget forgets forgot forgotten forgetting|forgive forgives forgave forgiven forgiving
freeze freezes froze frozen freezing|wake wakes woke woken waking|blow blows blew blown blowing|sink sinks sank sunk sinking
dig digs dug digging|stick sticks stuck sticking|win wins won winning|bend bends bent bending|lend lends lent lending
sweep sweeps swept sweeping|weep weeps wept weeping|creep creeps crept creeping|leap leaps leapt leaped leaping
lie lies lay lain lied lying|lay lays laid laying|flee flees fled fleeing|slay slays slew slain slaying|die dies died dying
bind binds bound binding|grind grinds ground grinding|swing swings swung swinging|cling clings clung clinging|spring springs sprang sprung springing
deal deals dealt dealing|dream dreams dreamed dreamt dreaming|burn burns burned burnt burning|mean means meant meaning
become becomes became becoming|overcome overcomes overcame overcoming|light lights lit lighted lighting|slide slides slid sliding"""
_LISTS: list[str] = str(_VERBS).replace("\n", "|").split("|")
_IRREGULAR: dict[str, list[str]] = {form.split()[0]: form.split() for form in _LISTS}

_DOUBLED = frozenset(
    """stop drop hop chop clap slap tap trap wrap step slip trip ship skip whip grab rob stab rub nod plan ban pin scan
    grin spin stir star bar hug drag beg jog plug mix admit permit commit submit omit prefer refer occur forbid regret
    fit quit pat chat knit rot sob dip rip zip clip flip grip drip bat bet cram slam trim swim hum drum skim spot plot
    equip control compel expel propel patrol cancel travel fan don pet shed wed""".split()
)

_ALONE = frozenset(
    """afraid glad joyful good bad worst superb awful evil petite minute thin old modern rapid sudden frozen bitter
    dim robust main major minor key chief right fake""".split()
)
"""Adjectives without comparatives, or with others than the rules give."""


def noun(word: str) -> list[str]:
    """Singular and plural."""
    if word in _NOUNS:
        return [word, _NOUNS[word]]
    if word.endswith("man") and len(word) > 4:
        return [word, word[:-2] + "en"]
    return [word, _s(word)]


def verb(word: str) -> list[str]:
    """Infinitive, -s, past, participles."""
    if word in _IRREGULAR:
        return list(_IRREGULAR[word])
    stem = word + word[-1] if word in _DOUBLED else word.removesuffix("e")
    if word.endswith("ee"):
        stem = word
    past = stem[:-1] + "ied" if word.endswith("y") and word[-2:-1] not in "aeiou" else stem + "ed"
    if word.endswith("ee"):
        past = word + "d"
    return [word, _s(word), past, stem + "ing"]


def adjective(word: str) -> list[str]:
    """With comparative and superlative where the word is short."""
    if (
        word in _ALONE
        or len(word) > 6
        or word[-2:] in ("ed", "ic", "al", "us", "ve", "ng", "nt", "re")
    ):
        return [word]
    if word.endswith("y"):
        return [word, word[:-1] + "ier", word[:-1] + "iest"]
    if len(word) == 3 and word[-1] in "gtdn":
        return [word, word + word[-1] + "er", word + word[-1] + "est"]
    stem = word.removesuffix("e")
    return [word, stem + "er", stem + "est"]


def _s(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"


FORMS = {"n": noun, "v": verb, "a": adjective, "=": lambda word: [word]}

"""The words titles are made with: our own choice, plain English."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SCENES = _words(
    """
    afternoon age alley angel anniversary apartment arcade attic autumn avenue balcony battle bay
    beach bedroom bells bird birthday blossom boat bonfire border boulevard bridge bus butterfly
    cabin cafe camp campfire candle canyon carnival carousel castle cat cathedral cave celebration
    ceremony chase child childhood chimes christmas church circus city cliff clock cloud coast
    coastline constellation corner countdown country countryside courtyard creek crossing dawn day
    daydream december desert detective dinner dinosaur distance dog door dragon dream drive duel
    dusk dust earth easter echo empire eve evening expedition factory fair fairground fairy faith
    farewell farm festival field fire firefly fireplace fireworks flame flight flood flower fog
    forest fountain friday friend friendship frontier frost funeral galaxy garden ghost glacier
    goodbye graduation grandfather grandma grandmother grandpa grave ground halloween harbor
    harbour harvest haven heart heartbeat heartbreak heat heaven hero highway hill holiday home
    homecoming homeland hope horizon horse hour house hunt hurricane ice iceberg island january
    journey july june jungle kingdom kitchen knight lagoon lake lamp land lantern leaf leaves
    letter library light lighthouse lightning lights loneliness lover market mars meadow memories
    memory mermaid midnight midsummer mirror mission mist monday monsoon monster moon moonlight
    moonrise morning mother mountain museum neon night nightfall noon november nowhere oasis ocean
    october orchard outpost palace parade paradise paris park party path picnic pier pirate plains
    planet platform pond porch port prairie prayer prince princess procession promise quest race
    rain rainbow raindrop rainforest rebellion reef refuge regret reunion revolution ride river
    riverside road robot romance roof rooftop room rooms rose ruins runaway sadness sail sailor
    saturday savanna school sea seaside season secret september shadow shed ship shore shoreline
    silence skies sky skyline skyscraper smile smoke snow snowfall snowflake soldier solstice space
    spaceship spring square stairs star starlight starship station storm stranger street suburb
    subway summer sun sunday sunlight sunrise sunset sunshine swamp tavern tears temple tent
    theater theatre thunder thunderstorm tide tiger timelapse tokyo tomorrow tower town trail train
    traveller treehouse trees triumph tunnel twilight underground underworld universe valley venus
    victory village volcano voyage walk war warehouse warrior water waterfall waters wave waves
    weather wedding weekend whale wilderness wind window winds wings winter witch wolf wolves wood
    woods world year yesterday youth zoo
    """
)
"""Heads of phrases that draw a picture: places, times, weather, journeys, creatures, occasions."""

KIN = _words(
    """
    aunt baby boyfriend brother cousin dad daddy daughter family father fiance fiancee friend
    friends girlfriend gran granddad grandfather grandma grandmother grandpa granny husband mama
    mom mother mum nephew niece papa parents partner sister son uncle wife
    """
)
"""Whom a song may be for."""

SMALL = _words(
    "a across after an and at before between by for from in into of on or over past the through"
    " till to toward towards under until with without"
)
"""Written small within a title."""

BRIDGES = (SMALL | _words("up down my our your his her their")) - {"or", "with", "without"}
"""Hold a phrase together: "duel at noon", "battle for the northern kingdom"."""

PLACING = frozenset({"of", "in", "on", "at", "under", "over", "through", "across", "between"})
"""Say where something is, so both of its sides belong to one picture."""

CRAFT = _words(
    """
    advert anthem anything background backing band bar bars beat beats blend bpm bridge build chord
    chords chorus clip commercial composition cover documentary double duo ending endings ensemble
    everything fade feel feeling film game genre half hook hz instrument instrumental instruments
    intro jam jingle key loop lyric lyrics major measure measures melodies melody meter metre minor
    minute minutes mix mood movie music number orchestra outro part parts piece pieces progression
    quartet quintet rhythm rhythms riff second seconds section sections signature solo something
    song songs sound sounds soundtrack story style tempo theme tone track tracks trailer trio tune
    tunes type verse verses version vibe vibes video vocal vocals voice voices
    """
)
"""Speak of the song as a thing that is made, and not of what it tells."""

CLAUSES = _words(
    """
    am and are because been being but can could did do does don't had has have how i i'd i'm i've
    if is isn't it's its may must or shall should that that's then they was we were what when where
    which while who whose why will won't would yet you'll you're
    """
) - {"and", "being", "its"}
"""Begin a sentence within the sentence, which a title leaves out."""

OTHERS = _words(
    """
    about abt actually again all alone also always any around as be being best big brushed call
    called compose create doing double each eight else ends epic ever every fast feat featuring
    feels few fits five flat four full generate get gets gimme give goes got grow grows he her here
    high him his huge hundred inspired it its join joins just keep kind know less let let's like
    little long longer lot lots loud low made make makes making many maybe me mean means medium
    meets more most much my named need needs nine no none not nothing now off one only other ought
    our piece play played playing plays please pls plus produce quite rather really remember same
    sang seven she short sing sings six slow slowly so some starts still such swinging takes tell
    ten than thanks there thing things this those three too twice two typical use used uses usual
    very walking wanna want wanted wants way well wish without write you your yourself
    """
)
"""Words of asking and of measuring, which tell no story."""

LIKE_ADVERBS = _words("early family holy lonely lovely silly ugly")
"""End as adverbs do, and are none."""

ADJECTIVES = {
    ("bright", "lively"): "Golden Electric Wild Sunlit Endless Dancing Brilliant",
    ("bright", "calm"): "Gentle Warm Amber Easy Floating Quiet Tender",
    ("dark", "lively"): "Burning Broken Midnight Restless Falling Iron Savage",
    ("dark", "calm"): "Empty Faded Distant Lonely Silent Pale Fallen",
    ("neutral", "lively"): "Silver Scarlet Copper Open Electric Hidden Crimson",
    ("neutral", "calm"): "Paper Hidden Early Silver Drifting Slow Blue",
}
"""By how bright and how lively a song is."""

IMAGES = {
    "afrobeat": "Market|Sun|Procession|Crossroads|Harvest|Festival",
    "ambient": "Tide|Horizon|Weather|Snowfall|Orbit|Stillness",
    "ballad": "Letter|Window|Promise|Room|Goodbye|Mirror",
    "blues": "Highway|Water|River|Crossroads|Motel|Freight Train",
    "bossa_nova": "Balcony|Shoreline|Terrace|Afternoon|Lagoon|Breeze",
    "chiptune": "Castle|Dungeon|Pixel|Arcade|Joystick|Quest",
    "cinematic": "Kingdom|Frontier|Empire|Dawn|Summit|Odyssey",
    "classical": "Garden|Procession|Reverie|Courtyard|Portrait|Landscape",
    "country": "Porch|Highway|Prairie|Dust|Creek|County Line",
    "disco": "Mirrorball|Saturday|Spotlight|Dancefloor|Heatwave|Fever",
    "drum_and_bass": "Velocity|Current|Skyline|Tunnel|Rush|Gravity",
    "dubstep": "Static|Collapse|Voltage|Undertow|Monolith|Fracture",
    "folk": "Meadow|Lantern|Hollow|Orchard|Sparrow|Hearth",
    "funk": "Strut|Sidewalk|Groove|Swagger|Streetcar|Boulevard",
    "gospel": "Morning|River|Mountain|Glory|Harvest|Homecoming",
    "hip_hop": "Corner|Avenue|Skyline|Blueprint|Rooftop|Crown",
    "house": "Sunrise|Terrace|Rooftop|Pulse|Weekend|Paradise",
    "jazz_swing": "Avenue|Nocturne|Corner|Streetlight|Matinee|Nightcap",
    "latin_salsa": "Plaza|Carnival|Lantern|Courtyard|Festival|Flame",
    "lofi_hip_hop": "Rain|Notebook|Streetlight|Window|Cassette|Afternoon",
    "metal": "Throne|Furnace|Serpent|Tempest|Eclipse|Wasteland",
    "pop": "Summer|Heartbeat|Skyline|Confetti|Polaroid|Daydream",
    "punk": "Riot|Alley|Basement|Curfew|Sirens|Pavement",
    "reggae": "Island|Harbour|Sunday|Roots|Horizon|Hammock",
    "reggaeton": "Heatwave|Bonfire|Rooftop|Flame|Balcony|Summer",
    "rnb_soul": "Velvet|Candle|Moonlight|Perfume|Honey|Evening",
    "rock": "Highway|Engine|Horizon|Thunder|Runaway|Amplifier",
    "synthwave": "Chrome|Boulevard|Skyline|Sunset|Arcade|Nightdrive",
    "techno": "Circuit|Warehouse|Pulse|Concrete|Signal|Machine",
    "trance": "Ascent|Horizon|Aurora|Infinity|Skyline|Daybreak",
    "trap": "Penthouse|Smoke|Diamond|Headlights|Crown|Mirage",
    "waltz": "Ballroom|Carousel|Chandelier|Masquerade|Snowfall|Candlelight",
}
"""What a style lets one see."""

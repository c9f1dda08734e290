"""Names of places in several languages, and how their words are shortened. Data only."""

from __future__ import annotations

PLACE_WORDS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
"""Words of localities that are shortened, and the whole ones."""

_CITIES = {
    "munich": "munchen,muenchen,monaco di baviera", "cologne": "koln,koeln,colonia",
    "vienna": "wien,vienne,viena,vieden,becs", "nuremberg": "nurnberg,nuernberg,norimberga,norymberga",
    "hanover": "hannover", "brunswick": "braunschweig", "geneva": "geneve,genf,ginevra,ginebra,genewa",
    "zurich": "zuerich,zurigo", "basel": "basle,bale", "bern": "berne,berna", "lucerne": "luzern",
    "milan": "milano,mailand,mediolan", "rome": "roma,rom,rzym", "turin": "torino,turyn",
    "florence": "firenze,florenz,florencia,florencja", "venice": "venezia,venedig,venise,wenecja",
    "naples": "napoli,neapel,napoles", "genoa": "genova,genua,genes", "padua": "padova",
    "lisbon": "lisboa,lissabon,lisbonne,lisbona", "seville": "sevilla", "saragossa": "zaragoza",
    "prague": "praha,prag,praga", "warsaw": "warszawa,warschau,varsava,varsovie,varsovia,varsavia",
    "krakow": "cracow,krakau,cracovie,cracovia", "wroclaw": "breslau", "gdansk": "danzig", "poznan": "posen",
    "copenhagen": "kobenhavn,kopenhagen,copenhague,copenaghen", "gothenburg": "goteborg,goeteborg",
    "brussels": "bruxelles,brussel,brussels,bruselas,bruksela,bruxelas", "antwerp": "antwerpen,anvers,amberes,anversa",
    "ghent": "gent,gand", "bruges": "brugge", "liege": "luttich,luik",
    "hague": "den haag,the hague,s gravenhage,la haye,l aja", "moscow": "moskva,moskau",
    "kyiv": "kiev,kyyiv,kyjiw,kijow", "lviv": "lvov,lwow,lemberg,lwiw", "odesa": "odessa",
    "saint petersburg": "sankt peterburg,sankt petersburg", "bucharest": "bucuresti,bukarest,bucarest",
    "belgrade": "beograd,belgrad,belgrado", "athens": "athina,athen,atenas,atene,ateny,athenes",
    "thessaloniki": "salonika,saloniki,salonica", "beijing": "peking", "guangzhou": "canton", "nanjing": "nanking",
    "mumbai": "bombay", "kolkata": "calcutta", "chennai": "madras", "bengaluru": "bangalore", "yangon": "rangoon",
    "ho chi minh city": "saigon", "cairo": "al qahirah", "alexandria": "al iskandariyah", "damascus": "dimashq",
    "mexico city": "ciudad de mexico", "new york": "new york city,nyc,nueva york", "luxembourg": "luxemburg",
    "strasbourg": "strassburg,strasburgo,estrasburgo", "bratislava": "pressburg,pozsony", "helsinki": "helsingfors",
    "turku": "abo", "aachen": "aix la chapelle", "london": "londres,londra,londyn,londen",
    "hamburg": "amburgo,hamburgo,hambourg", "dresden": "dresda,drezno,dresde", "leipzig": "lipsia,lipsk",
    "berlin": "berlino", "paris": "parigi,paryz", "dublin": "dublino,baile atha cliath", "galway": "gaillimh",
    "cork": "corcaigh", "stockholm": "stoccolma,estocolmo,sztokholm", "edinburgh": "edimbourg,edimburgo,edynburg",
    "frankfurt": "francoforte,francfort,frankfurt am main,frankfurt a m", "stuttgart": "stoccarda",
    "mainz": "magonza,mayence", "trier": "treves,treviri", "regensburg": "ratisbona,ratisbonne",
    "marseille": "marsiglia,marsella,marseilles", "lyon": "lione,lyons", "nice": "nizza,niza", "bordeaux": "burdeos",
    "sofia": "sofiya,sofija", "plovdiv": "plowdiw", "brno": "brunn", "ostrava": "ostrau",
    "s hertogenbosch": "den bosch,bois le duc", "aarhus": "arhus", "tampere": "tammerfors", "espoo": "esbo",
    "a coruna": "la coruna,corunna", "porto": "oporto", "patras": "patra", "piraeus": "pireas,peiraias",
    "zagreb": "agram", "ljubljana": "laibach", "maribor": "marburg an der drau", "szeged": "segedin",
    "gyor": "gyoer", "pecs": "funfkirchen", "bologna": "bolonia",
}  # fmt: skip
EXONYMS = {other: city for city, others in _CITIES.items() for other in others.split(",")}
"""Names of cities in other languages, folded, and the one that stands for all."""

"""Languages by code and by the names people write: "Chinese (Mandarin)" is zh, "ESP" is nobody's guess."""

import re

NAMES = {
    "en": "English", "es": "Spanish", "zh": "Chinese", "tl": "Tagalog", "vi": "Vietnamese", "ar": "Arabic", "fr": "French",
    "ko": "Korean", "ru": "Russian", "de": "German", "ht": "Haitian Creole", "hi": "Hindi", "pt": "Portuguese", "it": "Italian",
    "pl": "Polish", "yi": "Yiddish", "ja": "Japanese", "fa": "Farsi", "gu": "Gujarati", "te": "Telugu", "bn": "Bengali",
    "ta": "Tamil", "ur": "Urdu", "pa": "Punjabi", "he": "Hebrew", "hy": "Armenian", "hmn": "Hmong", "km": "Khmer", "lo": "Lao",
    "th": "Thai", "uk": "Ukrainian", "so": "Somali", "am": "Amharic", "sw": "Swahili", "ne": "Nepali", "my": "Burmese",
    "sm": "Samoan", "nv": "Navajo", "ase": "American Sign Language", "el": "Greek", "ro": "Romanian", "sq": "Albanian",
    "bs": "Bosnian", "sr": "Serbian", "hr": "Croatian", "hu": "Hungarian", "cs": "Czech", "sk": "Slovak", "tr": "Turkish",
    "ku": "Kurdish", "ps": "Pashto", "prs": "Dari", "id": "Indonesian", "ml": "Malayalam", "mr": "Marathi", "kn": "Kannada",
    "ti": "Tigrinya", "yo": "Yoruba", "ig": "Igbo", "rw": "Kinyarwanda", "ilo": "Ilocano", "mn": "Mongolian", "nl": "Dutch",
    "sv": "Swedish", "cv": "Chuvash", "kea": "Cape Verdean Creole", "chk": "Chuukese", "mh": "Marshallese", "to": "Tongan",
}  # fmt: skip

_ALSO = {
    "mandarin": "zh", "cantonese": "zh", "taiwanese": "zh", "chinese": "zh", "mandarin chinese": "zh", "filipino": "tl", "pilipino": "tl",
    "español": "es", "espanol": "es", "castilian": "es", "haitian": "ht", "creole": "ht", "kreyol": "ht", "kreyòl": "ht", "persian": "fa",
    "cambodian": "km", "laotian": "lo", "asl": "ase", "sign language": "ase", "american sign": "ase", "bengali bangla": "bn",
    "bangla": "bn", "panjabi": "pa", "français": "fr", "deutsch": "de", "brazilian portuguese": "pt", "swahili kiswahili": "sw",
    "eng": "en", "spa": "es", "zho": "zh", "chi": "zh", "vie": "vi", "rus": "ru", "kor": "ko", "fra": "fr", "fre": "fr", "ara": "ar",
    "tgl": "tl", "por": "pt", "pol": "pl", "deu": "de", "hat": "ht",
}  # fmt: skip

_CODES = {name.lower(): code for code, name in NAMES.items()} | _ALSO | {code: code for code in NAMES}


def code_of(said: str) -> str | None:
    """The code of a language as somebody wrote it, or None: unknown stays unknown."""
    plain = said.strip().lower()
    if plain in _CODES:
        return _CODES[plain]
    base = re.split(r"[-_(/]", plain)[0].strip()
    inside = re.search(r"\(([^)]*)\)", plain)
    return _CODES.get(base) or _CODES.get(inside[1].strip() if inside else "")


def name_of(code: str) -> str:
    """The English name of a language; an unknown code is shown as it is."""
    return NAMES.get(code, code)

"""Names for a city of made-up people. No list was copied: surnames of those in need are put together from parts.

Staff and those in need share no surname, and none of them is a street, a service or an agency of Rivermouth:
whoever looks for somebody's name in a stolen database finds either nothing or a leak (tests/demo).
"""

from random import Random

_HEADS = ("Ald", "Bran", "Cor", "Dun", "Ever", "Fen", "Garr", "Hol", "Ing", "Jor", "Kel", "Lam", "Nor", "Oster", "Pend", "Quen", "Ros", "Sel", "Thorn", "Ulm", "Var", "Wes")  # fmt: skip
_TAILS = ("brant", "combe", "dahl", "erby", "fold", "garth", "hart", "ley", "mere", "stead", "wick", "worth")
_CABEZAS = ("Cas", "Val", "Mon", "Fuen", "Cer", "Alma", "Bel", "Car", "Per", "Sor")
_COLAS = ("tevar", "taneda", "quero", "zuela", "dorra", "calona", "lastre", "mendra", "rubias")
_THUAN = ("Dinhloc", "Phamvu", "Trieulam", "Ngosang", "Vutran", "Leminh")

FAMILY = {
    "en": tuple(head + tail for head in _HEADS for tail in _TAILS),
    "es": tuple(head + tail for head in _CABEZAS for tail in _COLAS),
    "vi": _THUAN,
    "ru": ("Sorokavin", "Belozarov", "Lugantsev", "Morozhin"),
    "so": ("Warsande", "Abdimar", "Gulaydo"),
}

GIVEN = {
    "female": (
        "Alma Amber Anita April Bea Bonnie Brianna Carla Cheryl Crystal Daisy Darlene Denise Destiny Eliza Erin Faith Gail Gina Hazel"
        " Heather Holly Imani Iris Jada Janelle Jenna Joy Kara Keisha Kendra Latoya Leah Lena Lorna Mabel Maya Misty Monique Nadia Nia"
        " Opal Paige Pearl Renee Rhonda Ruth Sable Shawna Sierra Stacy Tamara Tasha Tina Trish Vera Wanda Yolanda Zora"
    ).split(),
    "male": (
        "Abel Andre Arlo Bart Beau Boyd Brent Calvin Cedric Chester Clint Cody Curtis Dale Damon Darnell Derek Donnie Dwight Earl Eddie"
        " Emmett Floyd Gage Glenn Grady Hank Isaac Jamal Jarvis Jerome Jesse Kirk Lamar Lance Leon Levi Lonnie Mack Marcus Miles Myron"
        " Nate Otis Percy Quincy Randall Reggie Rex Roy Rusty Seth Shane Silas Tate Terrell Todd Travis Tyrone Vernon Wade Wendell Zeke"
    ).split(),
    "es": "Adela Ana Beto Carmen Celia Chuy Delia Elvia Emilio Fermin Gloria Hector Irma Jaime Lalo Lidia Lupe Nacho Noe Paco Rocio Tino".split(),
    "vi": "Anh Bao Hanh Khanh Mai Tuan".split(),
    "ru": "Darya Galina Kolya Misha Oksana Slava".split(),
    "so": "Asha Hodan Liban Nasir".split(),
}

CALLED = "Ace Bear Bird Biscuit Cricket Dot Duke Fish Gravy Lucky Moss Patches Pops Red Shorty Slim Smokey Sparrow Tiny Tugboat".split()

STAFF = (
    "Abbot Adair Bexley Birch Boone Burke Byrne Calder Chase Cobb Coyle Crane Cross Dalton Darrow Drake Dyer Eaton Ellery Fairfax"
    " Farrow Finch Flint Foley Frost Gale Garner Gentry Gibbs Glass Goddard Gough Grimes Haddon Hale Hatch Hayward Heath Holt Hoyt"
    " Hurst Ibarra Ivers Jessup Judd Kane Keane Kerr Kidd Knox Lacey Lang Lerner Locke Lund Lyle Mabry Maddox Mansur McRae Mercer"
    " Moody Nash Neely Novak Oakes Okafor Ortega Osei Otero Pace Peck Penn Pratt Price Quill Rand Reddy Rhodes Rooney Rowe Sato"
    " Sayer Shaw Sloan Snow Stark Stone Sutter Tate-Wu Teague Thorpe Trask Tully Usher Vance Vega Voss Wade-Cole Walsh Ware West"
    " Whitlock Wolfe Wyatt Yates Yoder Yoon Zell"
).split()  # fmt: skip


def given(rng: Random, language: str, sex: str) -> str:
    """A first name."""
    return rng.choice(GIVEN[language if language in GIVEN else "female" if sex == "female" else "male"])


def family(rng: Random, language: str) -> str:
    """A surname nobody else in the city has but those of the same family."""
    return rng.choice(FAMILY.get(language, FAMILY["en"]))


def phone(rng: Random) -> str:
    """A number that reaches nobody (555-0100 to 555-0199 are kept for stories)."""
    return f"360-555-{rng.randint(100, 199):04d}"

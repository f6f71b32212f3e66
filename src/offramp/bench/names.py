"""Made-up people by the million, with names as common and as rare as names are: a few shared by many, many shared by few.

The lists are written by hand, commonest first; a long tail of surnames is put together from parts. How common a
name is follows a Zipf-like law fitted to what censuses show: the commonest surname about eight in a thousand.
Phones have area codes that begin with 1, which nobody has.
"""

import bisect
import itertools
import random
from datetime import date, timedelta

from offramp.records.identity import Birth, Contact, Identity

MEN = """
james michael robert john david william richard joseph thomas christopher charles daniel matthew anthony mark jose
steven andrew paul joshua kenneth kevin brian luis juan carlos timothy ronald jason jeffrey ryan jacob george edward
gary nicholas eric jonathan stephen jesus larry justin scott brandon miguel benjamin samuel gregory alexander patrick
frank francisco raymond jack dennis jorge jerry tyler aaron antonio adam nathan pedro henry manuel zachary douglas
alejandro peter kyle noah ethan jeremy christian walter keith austin roger terry sean gerald carl dylan harold jordan
rafael jesse bryan lawrence arthur gabriel bruce logan billy joe alan eduardo fernando willie wayne roberto randy
javier vincent ramon mason roy eugene bobby ricardo ralph louis philip russell mario sergio johnny bradley travis
victor martin oscar ruben craig shawn curtis todd stanley leonard dale marcus rodney clarence cody hector angel ernest
omar jared ivan raul jaime fred lee arturo marvin enrique derek melvin cory alfredo glenn dustin erik danny leon julio
trevor armando ray tony salvador elijah chad isaac theodore casey clifford warren calvin gilbert tyrone rene darrell
wesley guillermo brett maurice felix kurt milton edgar terrance nelson alberto ernesto dwayne ismael gustavo xavier
darius malik jamal devin cesar saul abel marco andre roman dominic quentin noel rodolfo ignacio damian hugo simon
""".split()  # fmt: skip

WOMEN = """
mary maria jennifer patricia linda elizabeth jessica susan sarah karen ashley barbara lisa nancy michelle sandra emily
kimberly amanda melissa donna carol stephanie rebecca deborah laura sharon cynthia dorothy amy kathleen angela shirley
brenda pamela emma anna nicole samantha katherine christine rachel ana carolyn janet rosa margaret virginia maria
diane julie heather teresa gloria evelyn catherine victoria ruth cheryl joyce kelly christina lauren andrea joan martha
olivia jacqueline megan guadalupe hannah judith frances ann jean alice madison doris sofia kathryn abigail julia sara
grace denise amber brittany danielle marilyn natalie beverly diana theresa isabella alexis kayla charlotte tiffany
crystal marie silvia veronica carmen yolanda erica adriana monica vanessa alicia gabriela leticia claudia norma juana
alejandra tina tracy wendy tammy lorraine tonya kim rhonda leslie april valerie jamie juanita dana robin peggy erin
lucy melanie irma elena beatriz dolores esther jill sherry anita regina ebony latoya keisha shanice tamara yvonne
monique jasmine destiny gina felicia rosemary sheila edith rita holly renee lori kristen miranda daniela mariana paula
susana cristina luz margarita josefina rocio maribel araceli irene consuelo raquel cecilia karla bianca naomi ruby
bonnie hazel stella violet aubrey paige brooke morgan shelby whitney candace tabitha marisol ximena fatima leah
""".split()  # fmt: skip

SURNAMES = """
smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson anderson
thomas taylor moore jackson martin lee perez thompson white harris sanchez clark ramirez lewis robinson walker young
allen king wright scott torres nguyen hill flores green adams nelson baker hall rivera campbell mitchell carter roberts
gomez phillips evans turner diaz parker cruz edwards collins reyes stewart morris morales murphy cook rogers gutierrez
ortiz morgan cooper peterson bailey reed kelly howard ramos kim cox ward richardson watson brooks chavez wood james
bennett gray mendoza ruiz hughes price alvarez castillo sanders patel myers long ross foster jimenez powell jenkins
perry russell sullivan bell coleman butler henderson barnes gonzales fisher vasquez simmons romero jordan patterson
alexander hamilton graham reynolds griffin wallace moreno west cole hayes bryant herrera gibson ellis tran medina
aguilar stevens murray ford castro marshall owens harrison fernandez mcdonald woods washington kennedy wells vargas
henry chen freeman webb tucker guzman burns crawford olson simpson porter hunter gordon mendez silva shaw snyder mason
dixon munoz hunt hicks holmes palmer wagner black robertson boyd rose stone salazar fox warren mills meyer rice schmidt
garza daniels ferguson nichols stephens soto weaver ryan gardner payne grant dunn kelley spencer hawkins arnold pierce
vazquez hansen peters santos hart bradley knight elliott cunningham duncan armstrong hudson carroll lane riley andrews
alvarado ray delgado berry perkins hoffman johnston matthews pena richards contreras willis carpenter lawrence sandoval
guerrero george chapman rios estrada ortega watkins greene nunez wheeler valdez harper burke larson santiago maldonado
morrison franklin carlson austin dominguez carr lawson jacobs obrien lynch singh vega bishop montgomery oliver jensen
harvey williamson gilbert dean sims espinoza howell li wong reid hanson le mccoy garrett burton fuller wang weber welch
rojas lucas marquez fields park yang little banks padilla day walsh bowman schultz luna fowler mejia davidson acosta
brewer may holland juarez newman pearson curtis cortez douglas schneider joseph barrett navarro figueroa keller avila
wade molina stanley hopkins campos barnett bates chambers caldwell beck lambert miranda byrd craig ayala lowe frazier
powers neal leonard gregory carrillo sutton fleming rhodes shelton schwartz norris jennings rios watts duran walters
cohen mcdaniel moran parks steele vaughn becker holt deleon barker terry hale leon hail benson haynes horton miles lyons
pham graves bush thornton wolfe warner cabrera mckinney mann zimmerman dawson lara fletcher page mccarthy love robles
cervantes solis erickson reeves chang klein salinas fuentes baldwin daniel simon velasquez hardy higgins aguirre lin
cummings chandler sharp barber bowen ochoa dennis robbins liu ramsey francis griffith paul blair oconnor cardenas
pacheco cross calderon quinn moss swanson chan rivas khan rodgers serrano fitzgerald rosales stevenson christensen
manning gill curry mclaughlin harmon mcgee gross doyle garner newton burgess reese walton blake trujillo adkins brady
goodman roman webster goodwin fischer huang potter delacruz montoya todd wu hines mullins castaneda malone cannon tate
mack sherman hubbard hodges zhang guerra wolf valencia saunders franco rowe gallagher farmer hammond hampton townsend
ingram wise gallegos clarke barton schroeder maxwell waters logan camacho strickland norman person colon parsons frank
harrington glover osborne buchanan casey floyd patton ibarra ball tyler suarez bowers orozco salas cobb gibbs andrade
""".split()  # fmt: skip

HEADS = """ash ald black brad bright brook bur carl chest clay clif cold crest dal dar el fair far fen glen gold graf
green grims had hal ham har haw hay hazel hol hunt kel ken kings lang leigh lind long mal mar mill mor nor oak old ot
pem pen pres quin rad raven red rich rock rose rush ruth sal sand shel sil stan stock sud sum thorn tor wal war water
west whit wil win wood worth yar ber fried gut hof kauf licht neu roth schim stein wein zim bar bel cas cor del esc
fig gal guer jar lar mon nav olm pal quint riv sal tor val vil zam kow now wis zal mal dob krol""".split()  # fmt: skip
TAILS = """ton ham ley field ford well worth son man wood ridge stone brook ford shaw combe hurst wick more land den
dale gate house kirk lock mere mont pool sted thwaite berg stein mann hauser baum feld bach meyer ler wald ado ales
ante ares ero illo inez ola oro osa uela ez era ana ino ski wicz czyk ak ek owska ova enko ian oğlu
""".replace("oğlu", "oglu").split()  # fmt: skip

STREETS = """main oak pine maple cedar elm washington lake hill walnut spring north ridge church willow park river
sunset highland lincoln jackson cherry forest meadow center chestnut dogwood hickory mill franklin jefferson madison
spruce adams birch poplar magnolia laurel valley broadway harbor ferry canal foundry orchard quarry mercer tanner
""".split()  # fmt: skip
KINDS = ("street", "avenue", "road", "drive", "lane", "court")
TODAY = date(2025, 1, 1)


class Zipf:
    """Draws from a list, the first most often. The weight of rank r is (r + shift) to the power of -steep."""

    def __init__(self, words: list[str], *, shift: float, steep: float):
        self.words = words
        self.sums = list(itertools.accumulate((rank + shift) ** -steep for rank in range(1, len(words) + 1)))

    def draw(self, luck: random.Random) -> str:
        return self.words[bisect.bisect(self.sums, luck.random() * self.sums[-1])]


def _tail() -> list[str]:
    made = sorted({head + tail for head in HEADS for tail in TAILS} - set(SURNAMES))
    random.Random("surnames").shuffle(made)
    return made


class People:
    """A stream of made-up people: the same seed gives the same people."""

    def __init__(self, seed: int = 1):
        self.luck = random.Random(seed)
        self.men, self.women = (
            Zipf(list(dict.fromkeys(names)), shift=8, steep=1.0) for names in (MEN, WOMEN)
        )
        self.surnames = Zipf(list(dict.fromkeys(SURNAMES)) + _tail(), shift=12, steep=0.85)

    def one(self) -> Identity:
        """Somebody with a first and last name, a birth date, a phone and an address; a tenth also an alias."""
        luck = self.luck
        first = (self.men if luck.random() < 0.65 else self.women).draw(luck)
        born = TODAY - timedelta(days=int(365.25 * luck.triangular(18, 75, 32)) + luck.randrange(365))
        aliases = (f"{first.title()} {self.surnames.draw(luck).title()}",) if luck.random() < 0.1 else ()
        return Identity(
            first=first.title(),
            last=self.surnames.draw(luck).title(),
            aliases=aliases,
            birth=Birth(born.year, born.month, born.day),
            phones=(Contact(f"(1{luck.randrange(100):02}) {luck.randrange(200, 1000)}-{luck.randrange(10_000):04}"),),
            addresses=(
                Contact(
                    f"{luck.randrange(1, 2500)} {luck.choice(STREETS).title()} {luck.choice(KINDS).title()}"
                ),
            ),
        )

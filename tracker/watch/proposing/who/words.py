"""The words by which one sees whether a name is a company, a public body, a person, a place or a campaign."""

# ruff: noqa: E501 - a list of words is read more easily on few lines

import re

COMPANY_NOUN = (
    r"(?:compan(?:y|ies)|firms?|vendors?|retailers?|start-?ups?|corporation|giant|makers?|manufacturers?|chains?|business(?:es)?|suppliers?|sellers?|developers?|providers?|operators?|contractors?|app|website|site|platform|brand"
    r"|carriers?|grocer|supermarkets?|pharmacy|subsidiary|unit|arm|outfit|house|publisher|broker|conglomerate|group|studio|club|owner|bank|insurer|airline|landlord|employer|non-?profit|social network|search engine|utility|hotelier|casino|stadium|distributor|integrator|reseller|tracker|purveyor|label|watchmaker|merchant|marketplace|bookmaker|railway|agency holding)"
)
# Words that end the name of a company.
COMPANY_ENDING = re.compile(
    r"\b(?:Inc|Incorporated|Ltd|Limited|Corp|Corporation|LLC|PLC|plc|GmbH|AG|SA|BV|Oy|AB|AI|Tech|Technology|Technologies|Systems|Solutions|Labs|Security|Biometrics|Safety|Software|Analytics|Robotics|Networks|Industries"
    r"|Holdings|Dynamics|Vision|Sciences|Optics|Imaging|Aerospace|Defen[cs]e|Electronics|Data|Intelligence|Retail|Stores|Supermarkets|Pharmacy|Leisure|Platforms|Enterprises?|Global|Interactive|Mobile|Wireless|Telecom|Communications|Media|Partners|Ventures|Group|Cloud|Motors|Forensics|Sensing|Surveillance|Cameras|Drones|Air|Airlines|Hotels|Bank|Insurance)\.?$"
)
NOT_A_COMPANY_NOUN = r"(?:campaign(?:ers?| group)?|advoca(?:te|cy)\w*|consumer group|charity|union|coalition|civil (?:liberties|rights)|rights (?:group|organi[sz]ation)|privacy group|think[ -]tank|watchdog|newspaper|magazine|researchers?|activists?|union|professor|senator|lawmaker|attorney|lawyer|activist|columnist|residents?|protesters?)"
PUBLIC_WORD = re.compile(
    r"\b(?:Council\w*|Commission\w*|Department|Office|Court|Authority|Ministry|Agency|Police|Bureau|Board|Senate|Parliament|Legislature|Committee|Congress|Administration|County|City|District|Government|Assembly|Supervisors|Sheriff\w*|Tribunal"
    r"|Customs|Enforcement|Immigration|Border|Revenue|Homeland|Defen[cs]e Department|Constabulary|Force|Service|Forces|Navy|Army|Treasury|Pentagon|Federal|National|State|Royal|Town|Village|Borough|Prosecutor\w*|Secretary|House|Garante|CNIL|ICO|ICE|CBP|FBI|NYPD|LAPD|DHS|IRS|FTC|RCMP|Met|Mounties|Union|GDPR|BIPA|UN|EU|US|USA|UK|DPA|NIST|NHS)\b"
)
NOT_COMPANY_WORD = re.compile(
    r"\b(?:Act|Bill|Ordinance|Code|Statute|Law|Article|Section|Rule|Directive|Resolution|Item|Chapter|Version|University|College|School\w*|Institute|Foundation|Alliance|Association|Coalition|Centre|Center|Federation|Forum|Watch|Amnesty|ACLU|EFF|EPIC|Liberty|Choice"
    r"|Times|Post|Herald|Ledger|Journal|Tribune|Gazette|Reuters|Press|Street|Avenue|Road|Park|Airport|Hospital|Church|Bridge|Republicans?|Democrats?|Party|Mr|Ms|Mrs|Dr|Prof|Sgt|Lt|Capt|Chief|Mayor|Gov|Governor|Sen|Rep|Cllr|Coun|Councillor|Judge|Justice|Trustee|Supt|Superintendent|Insp|Inspector|Constable|Detective|Officer|Director|Sheriff|Minister|President|Commissioner|Christmas|Easter|Super Bowl|New Year)\b"
)


def listed(words: str) -> frozenset[str]:
    """The words of a text of a few lines: a list with one word a line would hide the room it stands in."""
    return frozenset(words.split())


PLACES = listed(
    """
    alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois
    indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri
    montana nebraska nevada hampshire jersey mexico york carolina dakota ohio oklahoma oregon pennsylvania rhode
    tennessee texas utah vermont virginia washington wisconsin wyoming america canada britain england scotland wales
    ireland australia zealand france germany italy spain portugal netherlands belgium austria switzerland sweden
    norway denmark finland poland greece serbia russia belarus ukraine turkey israel palestine egypt kenya nigeria
    uganda ethiopia india pakistan bangladesh china taiwan japan korea singapore malaysia indonesia philippines
    thailand vietnam brazil argentina chile colombia peru mexico morocco tunisia africa asia europe london paris
    berlin madrid rome milan brussels amsterdam vienna athens oslo helsinki stockholm copenhagen dublin belfast
    edinburgh glasgow cardiff manchester leeds birmingham liverpool bristol sydney melbourne brisbane perth adelaide
    auckland wellington ottawa toronto montreal vancouver calgary edmonton winnipeg quebec ontario alberta manitoba
    saskatchewan chicago boston detroit seattle portland denver austin dallas houston atlanta miami baltimore
    philadelphia pittsburgh cleveland columbus minneapolis milwaukee orlando oakland sacramento phoenix tucson
    albany richmond norfolk nairobi beijing moscow minsk belgrade tokyo seoul delhi mumbai bangkok jakarta manila
    lisbon geneva zurich budapest prague warsaw bucharest sofia zagreb linz redmond san santa los las fort saint st
    port north south east west new hong kong united
    """
)
# Words that begin a sentence with a capital and are no name.
NOT_NAMES = listed(
    """
    the a an in on at for it its we our they this that these those when while after since until unlike under as if
    but and or so no not what who why how where which whose whoever nobody everybody somebody january february march
    april may june july august september october november december monday tuesday wednesday thursday friday saturday
    sunday today yesterday tomorrow mr ms mrs dr gov governor mayor senator sen rep president prime minister
    councilors councillors councilors members lawmakers officers police city state county council congress senate
    american americans government company companies one two three four five six seven eight nine ten eleven twelve
    like add guests owners users customers both all each every either neither most many some several few other others another any such same more less
    critics backers reporters states there here photo image caption current effect officials residents staff
    documents records emails minutes campaigners advocates activists shares sales customers users clients vendors
    businesses schools departments agencies deputies supervisors trustees commissioners judges ministers regulators
    prosecutors parents pupils students teachers workers employees drivers shoppers voters neighbours neighbors
    cameras drones readers his her their my your he she him i you let then now next last first second third finally
    earlier later meanwhile still also only even just yet again once perhaps instead however though although because
    before during between from to by with without within over into about against near according asked told said says
    speaking writing present absent item items section chapter article version update updated note notes notice news
    read more see also is are was were has have had does do did can could will would should must might shall please
    contact download subscribe yes well right would chief executive spokesman spokeswoman spokesperson founder
    director head lawyers local federal national regional public private law laws ordinance act bill order rule
    rules policy policies statement petition opinion editorial letter interview question questions answer answers
    data privacy face facial existing new old current former future under approved enacted effective scope term
    terms definitions purpose background summary details status topic statute general introduction exceptions
    exemptions agreement contract republicans democrats conservatives labour liberals greens tories ministers mps
    peers senators representatives delegates aldermen selectmen justice court courts chinese israeli british german
    french italian australian canadian dutch european swiss swedish danish norwegian finnish polish greek russian
    indian japanese korean kenyan american bit it.s that.s what.s there.s here.s don.t we.re we.ve they.re
    """
)
GIVEN_NAMES = listed(
    """
    james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark
    donald steven steve paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey jeff ryan
    jacob gary nicholas nick eric jonathan stephen larry justin scott brandon benjamin ben samuel sam gregory greg
    frank alexander alex raymond patrick jack dennis jerry tyler aaron jose adam henry nathan douglas peter zachary
    kyle walter ethan mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty
    margaret sandra ashley kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca
    sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen samantha katherine kate
    christine debra rachel carolyn janet catherine maria heather diane ruth julie olivia joyce virginia victoria
    kelly lauren christina joan evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa ann sara
    madison kathryn janice jean abigail alice julia judy sophia grace denise amber doris marilyn danielle beverly
    isabella theresa diana natalie brittany charlotte arvind barry rick andy tim sundar satya mike dana carly priya
    rhona neil ed mair lena chuck garrett kent keith dilys ruud hoan jamie brad demis phil phillip domenic alexi
    ralph cory eva omar ali mohammed ahmed fatima chris joe dan tom bill bob jim lori fiona ian gavin hamish callum
    alan colin graham duncan angus bruce craig stuart nigel simon martin philip ingrid lars sven bjorn hans klaus
    jurgen pierre jean-luc marie sophie claire luc giulia marco luca paolo ana carlos juan luis damien damian roy
    natasha gary silkie vanessa priti nick lynn samantha meredith trevor victor vincent wayne warren wesley hugh
    howard harold harry harriet hazel holly ivy iris irene ingrid jade jane janine jasmine jill joanna joanne jodie
    josie june kara karl katie kayla keisha kelvin kerry kirsten kurt kylie lana lara larissa leah leo leon leonard
    lewis liam lily linus liz lloyd logan lola louis louise lucas lucy luke lydia mabel maggie malcolm marcus margot
    marian marissa marjorie marsha martina marvin mathias maurice max maxine melanie melvin mia micah mick mila
    miles milo mohamed molly monica morgan muriel myra nadia nadine naomi natalia ned nina nora norma norman oliver
    oscar otto owen paige pam pat paula pauline pearl peggy penny perry pete petra phoebe polly priscilla quentin
    rafael ray reggie renee rex rhys ricardo rita rob roberta robin rod roger roland ron rosa rose ross rowan rupert
    russell sabrina sally sandy sanjay sara saul sean sebastian selina serena shane shannon sheila sidney silvia
    sonia spencer stan stella stewart sue suzanne sylvia tamara tanya tara ted terence terry theo tina tobias toby
    todd tony tracy troy ursula valerie vera vernon vivian wanda wendy will yasmin yvonne zoe abdul aisha akira amir
    anil anita anjali arjun arun ashok deepak devi dmitri farid farah gita hamid hassan hussein ibrahim imran jamal
    javier jorge jose kamal karim khalid kofi kwame lakshmi leila magnus malik manuel marek mariam mateo mehmet mei
    mikhail mina mustafa nadeem nikhil nikolai noor olu pablo pavel pooja rahul raj rajesh ramon ravi rosario sanjiv
    sergei shreya sunil suresh tariq tomas usman vijay vikram vladimir wang xavier yousef yusuf zainab zhang pedro
    miguel diego elena ivan olga natasha yuki kenji wei li
    """
)

"""Codes of two and three letters (ISO 3166-1) and English names of the countries with trial sites.

One line a country: two letters, three letters, names. A country that is missing here keeps its
spelling.
"""

LINES = """
AE ARE United Arab Emirates|UAE
AR ARG Argentina
AT AUT Austria
AU AUS Australia
BA BIH Bosnia and Herzegovina|Bosnia-Herzegovina
BE BEL Belgium
BG BGR Bulgaria
BR BRA Brazil|Brasil
BY BLR Belarus
CA CAN Canada
CH CHE Switzerland
CL CHL Chile
CN CHN China|People's Republic of China
CO COL Colombia
CR CRI Costa Rica
CY CYP Cyprus
CZ CZE Czech Republic|Czechia
DE DEU Germany|Deutschland
DK DNK Denmark
DO DOM Dominican Republic
EC ECU Ecuador
EE EST Estonia
EG EGY Egypt
ES ESP Spain
FI FIN Finland
FR FRA France
GB GBR United Kingdom|UK|Great Britain
GE GEO Georgia
GR GRC Greece
GT GTM Guatemala
HK HKG Hong Kong
HR HRV Croatia
HU HUN Hungary
ID IDN Indonesia
IE IRL Ireland
IL ISR Israel
IN IND India
IS ISL Iceland
IT ITA Italy
JO JOR Jordan
JP JPN Japan
KE KEN Kenya
KR KOR South Korea|Korea|Republic of Korea|Korea, Republic of
KZ KAZ Kazakhstan
LB LBN Lebanon
LT LTU Lithuania
LU LUX Luxembourg
LV LVA Latvia
MA MAR Morocco
MD MDA Moldova
MK MKD North Macedonia|Macedonia
MX MEX Mexico
MY MYS Malaysia
NA NAM Namibia
NG NGA Nigeria
NL NLD Netherlands|The Netherlands
NO NOR Norway
NZ NZL New Zealand
PE PER Peru
PH PHL Philippines
PK PAK Pakistan
PL POL Poland
PR PRI Puerto Rico
PT PRT Portugal
RO ROU Romania
RS SRB Serbia
RU RUS Russia|Russian Federation
SA SAU Saudi Arabia
SE SWE Sweden
SG SGP Singapore
SI SVN Slovenia
SK SVK Slovakia|Slovak Republic
TH THA Thailand
TN TUN Tunisia
TR TUR Turkey|Türkiye
TW TWN Taiwan
UA UKR Ukraine
UG UGA Uganda
US USA United States|United States of America|U.S.A.|U.S.
VN VNM Vietnam|Viet Nam
ZA ZAF South Africa
"""


def _spellings() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in LINES.strip().splitlines():
        two, three, names = line.split(" ", 2)
        for name in (two, three, *names.split("|")):
            found[name.casefold()] = three
    return found


# Every spelling, without case, to the code of three letters.
COUNTRIES = _spellings()

"""The words by which columns and texts are judged. Data only; all in lower case."""


def _set(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


STAFF = _set(
    "investigator investigators pi cra cras monitor coordinator owner author approver reviewer",
    " assignee assigned responsible contact manager lead staff employee by user users person",
    " auditor trainer trainee prepared sponsor crc programmer coder signatory invid",
)
PEOPLE = _set("subject patient participant subj pt volunteer")
FREE_TEXT = _set(
    "comment comments remark remarks note notes narrative narratives description explanation",
    " reason reasons detail details text texts verbatim summary specify rationale message query",
    " blocker response",
)
BIRTH_TITLES = frozenset({"dob", "dateofbirth", "birthdate", "birthday", "brthdtc", "brthdat"})
NAME_TITLES = frozenset(
    {"firstname", "lastname", "surname", "givenname", "familyname", "fullname", "forename"}
)
PHONE_TITLES = frozenset({"phone", "telephone", "mobile", "phonenumber", "telephonenumber"})

# No person: what follows a first name in the name of a place, a disease or a test.
NO_SURNAME = _set(
    "hospital clinic center centre university medical institute day visit cycle street road week",
    " disease syndrome sign test scale score sarcoma house research health hopkins foundation",
    " form page site subject patient study lab laboratory the and or was is has not",
)

# First names that are no common words, places or eponyms in the languages of the reports.
FIRST_NAMES = _set(
    "aaron abdul adam adriana agnes ahmed aisha alain alan albert alejandro aleksander alessandro",
    " alex alexander alexandra alexei alfredo ali alice alicia alina alison amanda amelie amir amy",
    " ana anastasia anders andrea andreas andrei andrew angela anita anja ann anna anne annette",
    " anthony antoine anton antonio arjun arthur astrid barbara beatrice beatriz benjamin bernard",
    " bernd bianca bjorn bob boris brandon brenda brian brigitte bruno camille carla carlos carmen",
    " carol caroline catherine cecilia chiara christian christina christine christoph christopher",
    " claire clara claudia colin corinne cristina cynthia dagmar daniel daniela danielle david",
    " deborah denise dennis diana diego dieter dimitri dmitri dominik donald donna doris dorothy",
    " edith eduardo edward elena elias elisabeth elizabeth ella ellen emily emma enrique eric erik",
    " ernst esther eugene eva evelyn fabian fabio fatima felipe felix fernando filip fiona",
    " francesca francesco francisco francois frederic friedrich fritz gabriel gabriela gabriele",
    " george georg gerard gerhard giulia giuseppe gloria gonzalo gregory guillaume gunther gustav",
    " hanna hannah hans harald harold hassan heidi heinrich helen helena helga henrik henry",
    " hiroshi hugo ibrahim ignacio igor ingrid irene irina isabel isabella ivan jacob jacqueline",
    " jakob james jan jane janet jason javier jean jeffrey jennifer jens jeremy jessica joachim",
    " joan joanna joao johan johann johanna john johnny jonathan jorge jose josef joseph joshua",
    " juan judith julia julian juliana julie jurgen justin karen karin karl katarina kate",
    " katharina",
    " katherine kathleen katja keith kelly kenji kenneth kevin klaus kristina lars laura lauren",
    " laurent lea leon leonardo linda lisa lorenzo louis louise luca lucas lucia lucie luis luisa",
    " lukas magdalena manuel manuela marc marcel marco marcus margaret maria marie marina mario",
    " marion markus marta martha martin martina mary mathieu matteo matthew matthias maureen",
    " mauricio megan mehmet melanie melissa michael michel michelle miguel mikhail mohamed",
    " mohammed",
    " monica monika muhammad nadia nancy natalia natalie natasha nathalie nicholas nicola nicolas",
    " nicole nikolai nina norbert olga oliver olivia oscar pablo pamela patricia patrick paul",
    " paula",
    " pauline pedro peter petra philip philippe pierre pietro rachel rafael rainer ralf ramon",
    " rebecca regina renate ricardo richard robert roberto roger roland ronald rudolf ruth ryan",
    " sabine samantha samuel sandra sara sarah sebastian serge sergei sergio sharon silvia simon",
    " simone sofia sonia sophie stefan stefanie stephan stephanie stephen steven susan susanne",
    " svetlana sylvia takeshi tamara tatiana teresa theresa thomas timothy tobias ulrich ursula",
    " valentina vanessa vera veronica viktor vincent vladimir walter werner wilhelm william",
    " wolfgang xavier yasmin yolanda yuki yusuf yvonne",
)

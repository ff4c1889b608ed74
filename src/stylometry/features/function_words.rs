//! Function words: the closed classes, which a writer uses without thinking of them.

/// The function words of a language (ISO 639-1): articles, pronouns, prepositions, conjunctions, auxiliaries,
/// particles and adverbs of the closed classes, as keys in lower case; none where there is no list.
///
/// The lists are rhetor's own. Contracted forms are there with their apostrophe.
pub fn function_words(language: &str) -> Option<Vec<&'static str>> {
    LISTS.iter().find(|(code, _)| *code == language).map(|(_, list)| list.split_whitespace().collect())
}

const LISTS: &[(&str, &str)] = &[
    (
        "en",
        "a about above across after afterwards again against ago all almost alone along already also although \
         always am amid among amongst an and another any anybody anyone anything anywhere are aren't around as at \
         away back be because been before behind being below beneath beside besides between betwixt beyond both but \
         by can can't cannot could couldn't despite did didn't do does doesn't doing don't done down during each \
         either else elsewhere enough ere even ever every everybody everyone everything everywhere except few for \
         forth from further had hadn't has hasn't hath have haven't having he hence her here hers herself him himself \
         his hither how howbeit however i if in indeed inside instead into is isn't it its itself just least less lest \
         like many may me might mine more moreover most much must my myself near nay neither never nevertheless next no \
         nobody none nor not nothing notwithstanding now nowhere o'er of off often on once one only onto or other others \
         otherwise ought our ours ourselves out outside over own per perhaps quite rather round same save seldom several \
         shall shan't she should shouldn't since so some somebody someone something sometimes somewhere soon still such \
         than that the thee their theirs them themselves then thence there therefore these they thine this thither those \
         thou though through throughout thus thy till to together too toward towards under underneath unless unlike until \
         unto up upon us very via was wasn't we were weren't what whatever whatsoever when whence whenever where whereas \
         whereby wherefore wherein whereof whereupon wherever whether which whichever while whilst whither who whoever \
         whom whomsoever whose whosoever why will with within without won't would wouldn't ye yea yes yet you your yours \
         yourself yourselves",
    ),
    (
        "de",
        "ab aber alle allem allen aller allerdings alles als also am an ander andere anderen anderer anders auch auf aus \
         außer außerdem bald bei beide beiden beim bereits bevor bin bis bist bloß da dabei dadurch dafür dagegen daher \
         dahin damals damit danach daneben dann daran darauf daraus darf darin darüber darum darunter das daß dass davon \
         davor dazu dein deine deinem deinen deiner dem den denen denn dennoch der deren derer des deshalb desselben \
         dessen dich die dies diese dieselbe diesem diesen dieser dieses dir doch dort du durch dürfen durfte eben ebenso \
         ehe eher ein eine einem einen einer eines einige einigen einiger einmal endlich entweder er erst es etwa etwas \
         euch euer eure eurem euren fast für gar gegen genug gerade gern gewesen gleich habe haben hat hatte hatten hätte \
         hätten her hier hin hinein hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im immer in indem indessen \
         ins ist ja je jede jedem jeden jeder jedes jedoch jene jenem jenen jener jenes jetzt kann kannst kaum kein keine \
         keinem keinen keiner können konnte konnten könnte man manche manchem manchen mancher manchmal mehr mein meine \
         meinem meinen meiner mich mir mit möchte mögen mochte müssen muß muss mußte musste nach nachdem nämlich neben \
         nein nicht nichts nie niemals niemand noch nun nur ob obgleich obwohl oder oft ohne schon sehr sei seid sein seine \
         seinem seinen seiner seines seit selber selbst sich sie sind so sobald solche solchem solchen solcher soll sollen \
         sollte sollten sondern sonst sowie statt trotz über um und uns unser unsere unserem unseren unter viel viele vielen \
         vielleicht vom von vor während wann war wäre wären waren warst warum was weder wegen weil weit welche welchem \
         welchen welcher welches wenig wenige wenn wer werde werden wem wen wessen wie wieder will wir wird wo wobei wohl \
         wollen wollte worden wurde würde wurden würden zu zum zur zwar zwischen",
    ),
    (
        "fr",
        "à afin ai aie ainsi alors an après as assez au aucun aucune auprès auquel aussi aussitôt autant autour autre autres \
         aux avaient avais avait avant avec avez avoir avons ayant beaucoup bien car ce ceci cela celle celles celui \
         cependant ces cet cette ceux chacun chacune chaque chez ci comme comment contre d'abord d'ailleurs dans de déjà \
         depuis derrière des dès deux devant doit donc dont du durant elle elles en encore enfin ensuite entre envers es est \
         et étaient étais était étant été être eu eut eux fait faut fût fut guère hors ici il ils jamais je jusque jusqu'à l'on \
         la là laquelle le lequel les lesquelles lesquels leur leurs lorsque lui ma mais malgré me même mêmes mes mien moi \
         moins mon ne ni non nos notre nôtre nous nul nulle on ont or ou où par parce parfois parmi pas pendant personne peu \
         peut peux plus plusieurs plutôt point pour pourquoi pourtant près presque puis puisque qu'il qu'elle qu'on qu'un \
         quand quant que quel quelle quelles quelque quelques quels qui quoi quoique rien sa sans sauf se selon sera serait \
         ses seulement si sien sinon soi soient sois soit sommes son sont souvent sous suis sur surtout ta tandis tant te tel \
         telle telles tels tes toi ton toujours tous tout toute toutefois toutes très trop tu un une va vais vers voici voilà \
         vos votre vôtre vous y",
    ),
    (
        "es",
        "a acaso además ahí ahora al algo alguien algún alguna algunas alguno algunos allá allí ambos ante antes apenas aquel \
         aquella aquellas aquello aquellos aquí así aun aún aunque bajo bien cada casi como cómo con conmigo contigo contra \
         cual cuál cuales cualquier cuando cuándo cuanto cuánto cuya cuyo de debe del demás dentro desde después donde dónde \
         durante e el él ella ellas ello ellos en entonces entre era eran eras es esa esas ese eso esos esta está estaba estaban \
         estado están estar estas éste este esto estos fue fuera fueron fui ha había habían haber hace hacia han has hasta hay \
         he hubo incluso jamás junto la las le les lo los luego mas más me mediante menos mi mí mía mientras mío mis mismo misma \
         mucho mucha muchos muy nada nadie ni ningún ninguna ninguno no nos nosotros nuestra nuestras nuestro nuestros nunca o os \
         otra otras otro otros para pero poco por porque pues que qué quien quién quienes quizá se sea según ser si sí sido siempre \
         sin sino sobre sois sola solo sólo somos son soy su sus suya suyo tal también tampoco tan tanta tanto te tenía ti tiene toda \
         todas todavía todo todos tras tu tú tus tuya tuyo u un una unas uno unos usted ustedes vosotros vuestra vuestro y ya yo",
    ),
    (
        "it",
        "a abbia ad affinché agli ai al alcun alcuna alcuni alla alle allo allora altra altre altri altro anche ancora anzi appena \
         assai avanti avea avendo aver avere aveva avevano avuto bene benché c'è che chi ci ciascuno ciò cioè circa col come con \
         contro così cui da dagli dai dal dalla dalle davanti degli dei del dell della delle dello dentro di dopo dove dunque e è \
         ebbe ecco ed egli ella era erano eravamo eri ero essa esse essendo essere essi esso fin finché fino forse fra fu furono \
         già gli ha hai hanno ho i il in infatti insieme intanto invece io la là le lei lo loro lui ma mai me medesimo mentre mi mia \
         mie miei mio molti molto ne né neanche negli nei nel nella nelle nemmeno nessun nessuna nessuno niente noi non nostra nostre \
         nostri nostro nulla o od ogni ognuno oltre oppure ora ossia per perché però più piuttosto poco poi poiché presso prima può \
         pur pure qua qual quale quali qualche quando quanta quanti quanto quasi quei quel quella quelle quelli quello questa queste \
         questi questo qui quindi sarà sarebbe se sé sebbene secondo sei sempre senza si sì sia siano siccome siete sino solo sono \
         sopra sotto sta stata stato stesso su sua subito sue sugli sui sul sulla sulle suo suoi tale tali tanto te ti tra troppo tu \
         tua tue tuo tutta tutte tutti tutto un una uno vi voi vostra vostro",
    ),
    (
        "la",
        "a ab ac ad adeo adhuc admodum adversus aliquando aliqui aliquid aliquis alius alia aliud alii alio an ante antea antequam \
         apud at atque aut autem circa circum cis contra coram cum cur de deinde denique dum e ego ea eae eam eas ei eis enim eo \
         eorum eos erant erat ergo erit esse essent esset est et etenim etiam etsi ex extra forte fortasse fuerat fuerit fuerunt \
         fuisse fuit hac hae haec hanc has haud hi hic hinc his hoc horum hos huc huic huius hunc iam ibi id idem ideo igitur ille \
         illa illam illas illae illi illis illius illo illos illud illum in inde infra inter interea interim intra ipsa ipsam ipse \
         ipsi ipsis ipsius ipso ipsos ipsum is ita itaque item iterum iuxta iste ista istud licet magis me mei meo meum mihi minus \
         modo mox nam namque nec necdum neque ne nemo nihil nil nisi nobis non nondum nos noster nostra nostri nostro nostrum \
         numquam nunc ob omnino omnes omnia omnibus omnis per plerumque plus post postea postquam potius prae praeter prius pro \
         procul prope propter qua quae quaedam quam quamquam quamvis quando quantum quare quas quasi quibus quid quidam quidem quin \
         quis quo quod quodam quomodo quoniam quoque quorum quos rursus saepe satis se secundum sed semper seu si sibi sic sicut sin \
         sine sint sit sive sub subter sum sumus sunt super supra suo suos suum sua suae suam tam tamen tamquam tandem tantum te tibi \
         trans tu tum tunc tuo tuum ubi ubique ullus ultra umquam unde usque ut uti utique utrum vel velut vero vos vobis vix \
         uel uelut uero uos uobis uix",
    ),
    (
        "pt",
        "a afim ainda algum alguma algumas alguns alguém ali além ambos antes ao aos apenas apesar após aquela aquelas \
         aquele aqueles aqui aquilo as assim através até aí bastante bem cada caso certa certas certo certos cima com \
         comigo como conforme connosco conosco consigo contigo contra contudo cuja cujas cujo cujos cá da dali daquela \
         daquelas daquele daqueles daquilo das daí de debaixo dela delas dele deles demais dentro depois desde dessa \
         dessas desse desses desta destas deste destes diante disso disto do donde dos durante e ela elas ele eles em \
         embora enfim enquanto entre entretanto então era eram eras essa essas esse esses esta estas estava estavam este \
         estes esteve estou está estão eu foi fomos for fora foram fosse fossem fui haja havia haviam hei hoje houve há \
         hão isso isto jamais já lhe lhes lo logo longe lá mais mal mas me mediante meio menos mesma mesmas mesmo mesmos \
         meu meus mim minha minhas muita muitas muito muitos na nada naquela naquelas naquele naqueles nas nela nelas \
         nele neles nem nenhum nenhuma nessa nessas nesse nesses nesta nestas neste nestes ninguém nisso nisto no nos \
         nossa nossas nosso nossos num numa nunca não nós o onde ora os ou outra outras outro outrora outros para pela \
         pelas pelo pelos perante perto pois por porque porquê portanto porém pouca poucas pouco poucos pra própria \
         próprio quais qual qualquer quando quanta quantas quanto quantos quase que quem quer quiçá quão quê se \
         segundo seja sejam sem sempre senão ser seria será serão seu seus si sido sob sobre sois somente somos sou sua \
         suas são tais tal talvez também tampouco tanta tantas tanto tantos te tem temos tendo tenha tenho ter terá teve \
         ti tido tinha tinham toda todas todavia todo todos tu tua tuas tudo tão têm um uma umas uns vai você vocês vos \
         vossa vossas vosso vossos vão vós à às é és",
    ),
    (
        "nl",
        "aan achter af al alle alleen alles als alsof altijd ander andere anderen anders bij binnen boven buiten daar \
         daarbij daardoor daarin daarmee daarna daarom daarop daarover daartoe daaruit daarvan daarvoor dan dat de deden \
         deed den der dergelijke des deze die dien dikwijls dit doch doen doet door dus echter een eenige eens eerst elk \
         elkaar elke en enige enkele er erg ergens even evenals eveneens evenwel ge geen gehad gene genoeg geweest \
         geworden gij haar had hadden hare heb hebben hebt heeft heel hem hen het hetgeen hetzelfde hier hierdoor hierin \
         hiermee hij hoe hoewel hun hunne ie ieder iedere iedereen iemand iets ik immers in indien is ja je jegens jij \
         jou jouw jullie kan kon konden kunnen langs liever maar me mede mee meer meest men met mij mijn mijne mits mocht \
         mochten moest moesten moet moeten mogen na naar naast nabij namelijk nauwelijks nee neen nergens niemand niet \
         niets nimmer noch nog nogal nooit nu of ofschoon om omdat omtrent ondanks onder ons onze ook op opdat over \
         overal reeds rondom samen sedert sinds slechts soms steeds te tegen ten tenzij ter terwijl thans toch toe toen \
         tot totdat tusschen tussen u uit uw uwe vaak van vanaf vanwege veel vele verder vol volgens voor vooral voorbij \
         voordat waar waaraan waarbij waardoor waarin waarmee waarom waarop waartoe waaruit waarvan waarvoor wanneer want \
         waren was wat we weer wegens weinig wel welk welke werd werden wie wiens wier wij wil wilde wilden willen word \
         worden wordt zal ze zeer zei zeker zelf zelfs zich zichzelf zij zijn zijne zo zoals zodat zonder zoo zoodat zou \
         zouden zowel zulk zulke zullen",
    ),
    (
        "ru",
        "а ах без более больше будем будет будешь будто буду будут будучи бы был была были было быть в вам вами вас ваш \
         ваша ваше вашего вашей вашем вашему вашею ваши вашим вашими ваших вашу вдруг ведь весь весьма вне во возле \
         вокруг вот впрочем вроде все всегда всего всей всем всеми всему всех всею вследствие всю вся всякая всякий \
         всякого всё всём вы где да даже для до довольно его едва ее ей ему если есть еще ещё ею её же за затем зато \
         зачем здесь и ибо из из-за из-под изо или им ими иногда иной их к каждая каждого каждый кажется как какая какие \
         каким каких какого какое какой какую ко когда кого кое-что кому которая которого которое которой котором \
         которому которую которые который которым которыми которых кроме кругом кто кто-то куда ли либо лишь любой меж \
         между меня мимо мне много мной мною мог могла могли могу могут мое моего моей моем моему моею может можно мои \
         моим моими моих мой мою моя моё моём мы на над надо нам нами нас наш наша наше нашего нашей нашем нашему наши \
         нашим нашими наших нашу не него нее ней некоторые некоторый нельзя нем немного нему нет неужели нею неё ни \
         нибудь никак никакой никогда никого никому никто ним ними них ничего ничто но ну нынче нём о об оба обе обо \
         однако около он она они оно опять от откуда ото отсюда оттого отчего очень перед передо по под подле подо пока \
         после потом потому почему почти поэтому пред прежде при притом про против пускай пусть раз разве с сам сама \
         самая сами самим самих само самого самое самой самом самому саму самые самый свое своего своей своем своему \
         своею свои своим своими своих свой свою своя своё своём себе себя сего сей сквозь сколько слишком снова со собой \
         собою совсем среди столь столько сюда та так такая также таки такие таким таких такого такое такой такую там \
         твоего твоей твои твой твою твоя тебе тебя тем теми теперь тех то тобой тобою тогда того тоже той только том \
         тому тот тотчас точно тою ту туда тут ты у уж уже хоть хотя чего чей чем чему через что что-то чтоб чтобы чуть \
         чья чём эта эти этим этими этих это этого этой этом этому этот этою эту я",
    ),
    (
        "pl",
        "a aby albo ale ależ ani aż bardziej bardzo bez bo bowiem by byli być był była było były będzie będą będę cały \
         chociaż choć ci ciebie cię co cokolwiek coś czasem czego czegoś czemu czy czyj czyli czym dla dlaczego dlatego \
         do dokąd dopiero dotąd dość dużo dziś gdy gdyby gdyż gdzie gdzieś go i ich ile im inna inne innego innej inny \
         innych iż ja jak jaka jakaś jakby jaki jakich jakie jakiego jakiej jakim jakiś jako jakoś jakże je jeden jedna \
         jednak jednakże jednego jednej jedno jego jej jemu jest jestem jesteś jesteśmy jeszcze jeśli jeżeli już ją każda \
         każde każdego każdej każdy kiedy kiedyś kilka kim kogo kogoś komu kto ktokolwiek ktoś która które którego której \
         któremu który których którym którymi którzy którą ku lecz ledwie lub ma mają mam mi mię mnie mną mogą \
         mogła moi moich moim moja moje mojego mojej mojemu może można my mógł mój na nad nade nam nami nas nasz nasza \
         nasze naszego naszej naszych naszym natomiast nawet nic nich niczego niczym nie niech niego niej niektóre \
         niektórzy niemu nigdy nikogo nikomu nikt nim nimi nią niż no o ob oba obok od ode on ona one oni ono oprócz oraz \
         oto owa owe po pod podczas pode podobnie pomimo pomiędzy ponad ponieważ poprzez potem poza pośród prawie \
         przecie przecież przeciw przed przede przedtem przez przeze przy raz razem również sam sama same samego samej \
         samo siebie się skąd sobie sobą spod spoza swego swej swoich swoim swoja swoje swojego swojej swoją swych \
         swym swój są ta tak taka taki takich takie takiego takiej także tam tamta tamten te tego tej temu ten też to \
         tobie tobą toteż trochę tu tutaj twoja twoje twojego twojej twój ty tych tyle tylko tym tymi tą u w wam wami was \
         wasz wasza wasze we według więc wobec wokół wprawdzie wszyscy wszystek wszystka wszystkich wszystkie wszystkiego \
         wszystkim wszystko wtedy wtem wy wśród z za zaledwie zamiast zanim zaraz zatem zawsze zaś ze znowu znów zresztą \
         zza ów żaden żadna żadne żadnego żadnej że żeby żem",
    ),
    (
        "sv",
        "aldrig all alla allt alltid allting alltså andra annan annat antingen att av bakom bara bland blev bli blir \
         blivit borde bort borta båda både bör de deg dem den denna denne dess dessa desse dessutom det detta dig din \
         dina dit ditt dock du där därav därefter därför däri därifrån därmed därpå därtill därvid då efter eftersom ej \
         eller emedan emellan emellertid emot en enda endast ens er era ert ett fast fastän fram framför framåt från för \
         före förr förrän först förutom genast genom gentemot ha hade haft han hans har hellre henne hennes hit hittills \
         hon honom hos hur huru huruvida här härmed i ibland icke igen igenom in inga ingen ingenting inget innan \
         innanför inne inom inte intill ja jag jo ju just kan kanske knappt kring kunde kunna kunnat lika liksom likväl \
         man med medan mej mellan men mer mera mest mig min mina mindre minst mitt mot mycket måste ned nedan nej ner ni \
         nog nu nyss när nära nästan någon någonsin någonstans någonting något några och också ofta om omkring oss på \
         redan runt samma samt sedan sen sig sin sina sitt själv själva självt ska skall skola skulle slutligen snart som \
         somliga så sådan sådana sådant således till tills tillsammans trots tvärs undan under upp uppe uppåt ur ut utan \
         utanför ute utom utåt vad var vara varandra vardera vare varefter varenda varför vari varifrån varit varje \
         varken varmed varpå vars vart vartill vem vems vi vid vidare vilka vilken vilket vill ville visst väl vår våra \
         vårt än ända ändå ännu är även åt åter återigen ömse över överallt övrig",
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::text::fold;

    #[test]
    fn lists_are_keys() {
        for (code, _) in LISTS {
            let words = function_words(code).unwrap();
            assert!(words.len() > 150, "{code}");
            for word in &words {
                assert_eq!(fold(word), *word, "{code}");
            }
            let different: BTreeSet<_> = words.iter().collect();
            assert!(different.len() + 5 > words.len(), "{code}");
        }
        assert_eq!(function_words("xx"), None);
    }
}

//! Sentence ends in the languages with word lists, by their own abbreviations.

use super::language::Language;
use super::sentences::for_each_sentence;

#[track_caller]
fn check(code: &str, expected: &[&str]) {
    let language = Language::of(code).unwrap();
    let text = expected.join(" ");
    let mut sentences = Vec::new();
    for_each_sentence(&text, 0..text.len(), &language, |range| sentences.push(&text[range]));
    assert_eq!(sentences, expected, "{code}");
}

#[test]
fn french() {
    check("fr", &["M. Berthier et Mme Lenoir vinrent à St. Cloud, chez Mgr. Faure.", "Ils burent."]);
    check("fr", &["Voir t. IV, chap. 3, p. 12 et cf. Ménage.", "Rien n’y manque."]);
    check("fr", &["César mourut en 44 av. J.-C.", "Son fils vengea sa mort.", "Ce fut long."]);
    check("fr", &["Il vendit du fer, du bois, etc.", "Berthier les acheta."]);
}

#[test]
fn german() {
    check("de", &["Hr. Dr. Lüders kam mit Frl. Brandt nach St. Peter.", "Es war spät."]);
    check("de", &["Manche Tiere, z. B. Hunde, bellen, vgl. Kap. 3 und Bd. IV, S. 12.", "Andere nicht."]);
    check("de", &["Er las die Briefe, Akten usw.", "Danach schlief er."]);
    check("de", &["Das sage ich dir.", "Die Frau mag.", "Komm um.", "Sie sah Franz.", "Niemand sprach."]);
}

#[test]
fn spanish() {
    check("es", &["El Sr. Robles y la Sra. Peña vieron a D. Tomás en la Avda. Norte.", "Llovía."]);
    check("es", &["Véase la pág. 14, el cap. IV y p. ej. Quevedo.", "No hay más."]);
    check("es", &["Murió en el siglo I a. C.", "Los hijos huyeron.", "Nadie volvió."]);
}

#[test]
fn italian() {
    check("it", &["Il sig. Bruni e la sig.ra Conti videro il dott. Ferri.", "Era tardi."]);
    check("it", &["Si veda p. 12, cap. IV, e cfr. Manzoni.", "Non c’è altro."]);
    check("it", &["Prese la via.", "Corse da lei, gridò, ecc.", "Bruni tacque."]);
}

#[test]
fn portuguese() {
    check("pt", &["O Sr. Lopes e o Dr. Matos falaram com V. Exª. Teresa na Av. Central.", "Chovia."]);
    check("pt", &["Veja-se a pág. 14, o cap. IV e p. ex. Camilo.", "Nada mais."]);
    check("pt", &["Bom dia, sr.", "Depois saiu.", "Olhou o mar.", "Trinta barcos vinham."]);
}

#[test]
fn russian() {
    check("ru", &["Проф. Громов жил на ул. Садовой в г. Туле.", "Он умер в 1901 г.", "Его забыли."]);
    check("ru", &["См. т. IV, гл. 3, с. 12 и журн., т. е. Вестник, и т. д.", "Всё ясно."]);
    check("ru", &["Все думали о нем.", "Никто не держал её рук.", "Было тихо."]);
}

#[test]
fn ukrainian() {
    check(
        "uk",
        &["Проф. Гай жив на вул. Садовій і мав книги, напр. Кобзар.", "Він помер у 1901 р.", "Усі плакали."],
    );
}

#[test]
fn polish() {
    check("pl", &["P. Nowak i ks. Zalewski widzieli św. Marka, np. Rynek, na ul. Długiej.", "Potem wyszli."]);
    check("pl", &["Zob. t. IV, rozdz. 3, str. 12.", "Zmarł w 1901 r.", "Potem zapomniano."]);
    check("pl", &["Powiedział im.", "Wszyscy milczeli.", "Zebrał się tłum.", "Nowak wyszedł."]);
}

#[test]
fn czech() {
    check("cs", &["Dr. Havel a p. Malý šli do kostela sv. Anny, tzv. Staré kaple.", "Pršelo."]);
    check("cs", &["Viz str. 12, kap. IV a např. Komenského.", "Řekl nám.", "Potom odešel."]);
}

#[test]
fn serbian_in_both_scripts() {
    check("sr", &["Г. Петровић и проф. Лазић виде цркву св. Саве.", "Онда оду."]);
    check("sr", &["Gđa. Petrović i prof. Lazić, tj. Miloš, odu u ul. Kneza.", "Onda spavaju."]);
}

#[test]
fn hungarian() {
    check("hu", &["Dr. Vas és ifj. Kovács, ill. Nagy úr beszélt.", "Azután elmentek."]);
    check("hu", &["Vö. 12. old. és pl. Arany verseit.", "Alma, körte stb.", "Kovács elment."]);
}

#[test]
fn greek_with_old_and_new_accents() {
    check("el", &["Ο κ. Παππάς και η κα. Μελά, δηλ. Ελένη, ήρθαν.", "Μετά έφυγαν."]);
    check("el", &["Ἴδε σελ. 12, τόμ. 3 καὶ βλ. Κοραῆν.", "Τὸ βιβλίον ἐχάθη."]);
    check("el", &["Γεννήθηκε το 40 π.Χ.", "Τότε κανείς δεν έγραφε."]);
}

#[test]
fn latin() {
    check("la", &["M. Lollius et Cn. Fannius Ti. Varium viderunt.", "Deinde abierunt."]);
    check("la", &["Q. Iunio Sex. Varo cos.", "Deinde pax fuit.", "Nemo a. d. V Kal. Maias venit."]);
}

#[test]
fn northern_languages() {
    check("nl", &["Dhr. Bakker en mevr. Smit, d.w.z. Anna, zagen o.a. Utrecht.", "Daarna sliepen zij."]);
    check("sv", &["Hr. Berg och prof. Lund, d. v. s. Nils, såg bl. a. Uppsala.", "Sedan sov de."]);
    check("da", &["Hr. Berg og prof. Lund, dvs. Niels, så f.eks. Odense.", "Bilen var min.", "Aksel sov."]);
    check("fi", &["Prof. Laine ja hra. Virta, esim. Matti, näkivät mm. Turun.", "Sitten he nukkuivat."]);
}

#[test]
fn romanian_and_turkish() {
    check("ro", &["Dl. Popa și prof. Rusu au văzut str. Lungă, cf. Ghica.", "Apoi au plecat."]);
    check("tr", &["Prof. Demir ile Dr. Kaya geldi, bkz. Ankara.", "İki kişi daha vardı."]);
}

package io.generalbots.edge.route;

import io.generalbots.sharding.geo.Place;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The continent of each country of ISO 3166-1, as GeoIP databases have them, and of Kosovo: proxies
 * that tell the country seldom tell the continent, and policies name both.
 */
final class Continents {

  private static final Map<String, String> OF_COUNTRY =
      Stream.of(
              "AF: AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW "
                  + "KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO "
                  + "SS ST SZ TD TG TN TZ UG YT ZA ZM ZW",
              "AN: AQ BV GS HM TF",
              "AS: AE AF AM AZ BD BH BN BT CC CN CX CY GE HK ID IL IN IO IQ IR JO JP KG "
                  + "KH KP KR KW KZ LA LB LK MM MN MO MV MY NP OM PH PK PS QA SA SG SY TH "
                  + "TJ TL TM TR TW UZ VN YE",
              "EU: AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU "
                  + "IE IM IS IT JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI "
                  + "SJ SK SM UA VA XK",
              "NA: AG AI AW BB BL BM BQ BS BZ CA CR CU CW DM DO GD GL GP GT HN HT JM KN "
                  + "KY LC MF MQ MS MX NI PA PM PR SV SX TC TT US VC VG VI",
              "OC: AS AU CK FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM "
                  + "VU WF WS",
              "SA: AR BO BR CL CO EC FK GF GY PE PY SR UY VE")
          .flatMap(Continents::countries)
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private Continents() {}

  /** The place of a country; unknown for what is none, as proxies write for some addresses. */
  static Place placeOf(String country) {
    var code = country.toUpperCase(Locale.ROOT);
    var continent = Optional.ofNullable(OF_COUNTRY.get(code));
    return new Place(continent.map(c -> code), continent);
  }

  private static Stream<Map.Entry<String, String>> countries(String row) {
    var words = row.split("[: ]+");
    return Arrays.stream(words).skip(1).map(country -> Map.entry(country, words[0]));
  }
}

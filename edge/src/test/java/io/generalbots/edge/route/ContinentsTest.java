package io.generalbots.edge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.sharding.geo.Place;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The continents of countries. */
class ContinentsTest {

  /** Java has had AN for what has been three countries since 2010. */
  @Test
  void everyCountryThatJavaKnowsHasOne() {
    assertThat(Arrays.stream(Locale.getISOCountries()).filter(code -> !"AN".equals(code)))
        .allSatisfy(code -> assertThat(Continents.placeOf(code).continent()).isPresent());
  }

  @Test
  void someAreWhereAllSayTheyAre() {
    assertThat(continent("DE")).isEqualTo("EU");
    assertThat(continent("mx")).isEqualTo("NA");
    assertThat(continent("BR")).isEqualTo("SA");
    assertThat(continent("IN")).isEqualTo("AS");
    assertThat(continent("NA")).isEqualTo("AF");
    assertThat(continent("NZ")).isEqualTo("OC");
    assertThat(continent("AQ")).isEqualTo("AN");
  }

  @Test
  void whatIsNoCountryIsNowhere() {
    assertThat(Continents.placeOf("XX")).isEqualTo(Place.UNKNOWN);
    assertThat(Continents.placeOf("T1")).isEqualTo(Place.UNKNOWN);
    assertThat(Continents.placeOf("Germany")).isEqualTo(Place.UNKNOWN);
  }

  private static String continent(String country) {
    return Continents.placeOf(country).continent().orElse("");
  }
}

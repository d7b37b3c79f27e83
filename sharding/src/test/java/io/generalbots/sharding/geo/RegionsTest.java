package io.generalbots.sharding.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which regions serve whom. */
class RegionsTest {

  private static final Regions REGIONS =
      new Regions(
          List.of(
              new Region("asia", Set.of(), Set.of("AS")),
              new Region("us-east", Set.of("US", "CA"), Set.of("NA", "SA")),
              new Region("nordic", Set.of("NO", "SE"), Set.of("EU")),
              new Region("central", Set.of("DE"), Set.of("EU"))),
          "us-east");

  @Test
  void theCountryComesFirstThenTheContinentThenTheDefaultThenTheRest() {
    assertThat(REGIONS.preference(place("DE", "EU")))
        .containsExactly("central", "nordic", "us-east", "asia");
    assertThat(REGIONS.preference(place("FR", "EU")))
        .containsExactly("nordic", "central", "us-east", "asia");
  }

  @Test
  void aCountryCountsMoreThanItsContinent() {
    assertThat(REGIONS.preference(place("SE", "AS")))
        .containsExactly("nordic", "asia", "us-east", "central");
  }

  @Test
  void whoIsNowhereGoesToTheDefault() {
    assertThat(REGIONS.preference(Place.UNKNOWN))
        .containsExactly("us-east", "asia", "nordic", "central");
    assertThat(REGIONS.preference(place("T1", "??"))).isEqualTo(REGIONS.preference(Place.UNKNOWN));
  }

  @Test
  void codesMayBeInLowerCase() {
    assertThat(REGIONS.preference(place("de", "eu")))
        .isEqualTo(REGIONS.preference(place("DE", "EU")));
  }

  @Test
  void aRegionThatIsDownSendsItsUsersToTheNext() {
    assertThat(REGIONS.first(place("DE", "EU"), Set.of("us-east", "nordic"))).hasValue("nordic");
    assertThat(REGIONS.first(place("DE", "EU"), Set.of("asia"))).hasValue("asia");
    assertThat(REGIONS.first(place("DE", "EU"), Set.of("elsewhere"))).isEmpty();
  }

  @Test
  void regionsThatContradictEachOtherAreRefused() {
    var us = new Region("us", Set.of("US"), Set.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Regions(List.of(us), "eu"))
        .withMessage("the default region is none of the regions: eu");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Regions(List.of(us, us), "us"))
        .withMessage("region us is there twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Regions(List.of(us, new Region("eu", Set.of("US"), Set.of())), "us"))
        .withMessage("country US is there twice");
  }

  private static Place place(String country, String continent) {
    return new Place(Optional.of(country), Optional.of(continent));
  }
}

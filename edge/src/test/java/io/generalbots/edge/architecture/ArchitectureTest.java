package io.generalbots.edge.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Clock;
import java.time.Instant;

/** What decides knows nothing of where tables and requests come from. */
@AnalyzeClasses(
    packages = "io.generalbots.edge",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String ROOT = "io.generalbots.edge";

  @ArchTest
  static final ArchRule decisionsDependOnFactsAlone =
      noClasses()
          .that()
          .resideInAnyPackage(ROOT + ".route..", ROOT + ".address..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "io.fabric8..",
                  "io.vertx..",
                  "io.quarkus..",
                  "io.micrometer..",
                  "jakarta..",
                  "com.fasterxml..",
                  "com.maxmind..",
                  "org.jboss.logging..",
                  "java.nio.file.."));

  @ArchTest
  static final ArchRule decisionsReadNoClock =
      noClasses()
          .that()
          .resideInAnyPackage(ROOT + ".route..", ROOT + ".address..")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class);

  /** It would ask a name server for whatever a header says. */
  @ArchTest
  static final ArchRule noNameIsLookedUp =
      noClasses().should().callMethod(java.net.InetAddress.class, "getByName", String.class);

  @ArchTest
  static final ArchRule namesComeFromTheDomain =
      classes().should().haveNameNotMatching(".*(Util|Utils|Helper|Manager|Impl)$");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      SlicesRuleDefinition.slices().matching(ROOT + ".(**)").should().beFreeOfCycles();
}

package io.generalbots.operator.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.fabric8.kubernetes.client.CustomResource;
import java.net.URLEncoder;
import java.util.Set;

/** The rules of docs/architecture.md that a compiler does not know. */
@AnalyzeClasses(
    packages = "io.generalbots.operator",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String ROOT = "io.generalbots.operator";

  /** Everything that decides; the rest observes, writes or wires. */
  private static final String[] PURE = {
    ROOT + ".cluster..",
    ROOT + ".config..",
    ROOT + ".kube..",
    ROOT + ".residents..",
    ROOT + ".schema..",
    ROOT + ".tenant.."
  };

  private static final Set<String> WRITES =
      Set.of(
          "serverSideApply",
          "create",
          "createOr",
          "update",
          "replace",
          "delete",
          "patch",
          "patchStatus",
          "updateStatus",
          "edit",
          "editStatus",
          "scale",
          "raw");

  @ArchTest
  static final ArchRule theKernelKnowsNoProduct =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".kernel..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  ROOT + ".kube..",
                  ROOT + ".cluster..",
                  ROOT + ".external..",
                  "io.generalbots.api.."));

  @ArchTest
  static final ArchRule objectFunctionsKnowNoProduct =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".kube..")
          .should()
          .dependOnClassesThat(resideInAnyPackage(ROOT + ".cluster..", ROOT + ".external.."));

  @ArchTest
  static final ArchRule plansUseNoClientClockOrLog =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "io.fabric8.kubernetes.client..",
                      "io.javaoperatorsdk..",
                      "io.quarkus..",
                      "jakarta..",
                      "java.net..",
                      "java.sql..",
                      "java.util.logging..",
                      "org.jboss.logging..",
                      "org.slf4j..")
                  .and(not(type(CustomResource.class)))
                  .and(not(type(URLEncoder.class))));

  @ArchTest
  static final ArchRule plansReadNoAmbientState =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .accessTargetWhere(
              readsAmbientState()
                  .as("read the clock, the environment or randomness: they come with the facts"));

  @ArchTest
  static final ArchRule oneClassWritesToKubernetes =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(ROOT + ".kernel.Writer")
          .and()
          .doNotHaveFullyQualifiedName(ROOT + ".kernel.EventRecorder")
          .and()
          .resideOutsideOfPackage(ROOT + ".external..")
          .should()
          .accessTargetWhere(writesThroughTheClient());

  @ArchTest
  static final ArchRule namesComeFromTheDomain =
      classes()
          .should()
          .haveNameNotMatching(".*(Util|Utils|Helper|Manager|Impl)$")
          .andShould()
          .haveNameNotMatching(".*\\.Abstract[A-Z]\\w*$");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      SlicesRuleDefinition.slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

  private static DescribedPredicate<JavaAccess<?>> readsAmbientState() {
    return describe(
        "ambient state",
        access -> {
          AccessTarget target = access.getTarget();
          String call = target.getOwner().getName() + "." + target.getName();
          boolean now = "now".equals(target.getName()) && call.startsWith("java.time.");
          return now
              || call.startsWith("java.lang.System.getenv")
              || call.startsWith("java.lang.System.getProperty")
              || call.startsWith("java.lang.System.currentTimeMillis")
              || call.startsWith("java.lang.System.nanoTime")
              || call.startsWith("java.lang.Math.random")
              || call.startsWith("java.util.Random.")
              || call.startsWith("java.util.UUID.randomUUID")
              || call.startsWith("java.security.SecureRandom.");
        });
  }

  private static DescribedPredicate<JavaAccess<?>> writesThroughTheClient() {
    return describe(
        "a write through the Kubernetes client",
        access ->
            access
                    .getTarget()
                    .getOwner()
                    .getPackageName()
                    .startsWith("io.fabric8.kubernetes.client")
                && WRITES.contains(access.getTarget().getName()));
  }
}
